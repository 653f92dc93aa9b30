#include "models/data/event_log.h"
#include "tests/models/data/written_file.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

using tests::WrittenFile;

struct ReadLog {
  EventLog log;
  EventShape shape;
  std::vector<Reject> rejects;
};

ReadLog read(const std::string& name, const std::string& text, const Mapping& mapping = {}) {
  const WrittenFile file(name, text);
  ReadLog result;
  Rejects rejects([&](const Reject& one) { result.rejects.push_back(one); });
  EventCollector collector;
  result.shape = read_events(file.path(), mapping, rejects, [&](const EventRow& row) { collector.add(row); });
  result.log = collector.finish();
  return result;
}

/// "a@0-5 b@5-5 | ..." with persona and outcome behind.
std::string told(const EventLog& log) {
  std::string text;
  for (const LoggedCase& one : log.cases) {
    for (const LoggedEvent& event : log.of(one)) {
      text += log.activities[event.activity] + "@" + std::to_string(event.start_ms) + "-" +
              std::to_string(event.end_ms) + " ";
    }
    if (one.persona != kNotSaid) text += "p=" + log.personas[one.persona] + " ";
    if (one.outcome != kNotSaid) text += "o=" + log.outcomes[one.outcome] + " ";
    text += "| ";
  }
  return text;
}

constexpr const char* pm4py =
    "case:concept:name,concept:name,time:timestamp,start_timestamp\n"
    "2,b,1970-01-01 00:00:00.009,1970-01-01 00:00:00.008\n"
    "1,b,1970-01-01 00:00:00.007,1970-01-01 00:00:00.005\n"
    "1,a,1970-01-01 00:00:00.004,1970-01-01 00:00:00.003\n";

TEST(Events, pm4py_tables_need_no_mapping) {
  const ReadLog r = read("log.csv", pm4py);
  EXPECT_EQ(told(r.log), "a@3-4 b@5-7 | b@8-9 | ");
  EXPECT_TRUE(r.log.has_ends);
  EXPECT_EQ(r.shape.columns.at("time"), "start_timestamp");
  EXPECT_EQ(r.shape.columns.at("end"), "time:timestamp");
}

TEST(Events, the_order_of_rows_means_nothing) {
  const std::string header = "case;activity;timestamp\n";
  const std::vector<std::string> rows = {"1;a;1970-01-01\n", "2;b;1970-01-01\n", "1;c;1970-01-01\n",
                                         "2;a;1970-01-02\n"};
  const std::string one = told(read("a.csv", header + rows[0] + rows[1] + rows[2] + rows[3]).log);
  EXPECT_EQ(one, told(read("b.csv", header + rows[3] + rows[2] + rows[1] + rows[0]).log));
  EXPECT_EQ(one, "a@0-0 c@0-0 | b@0-0 a@86400000-86400000 | ");
}

TEST(Events, the_latest_row_says_persona_and_outcome) {
  const std::string header = "case,activity,time,persona,outcome\n";
  const std::string first = "1,a,1970-01-01,young,open\n", last = "1,b,1970-01-02,,done\n",
                    also = "1,c,1970-01-02,old,aborted\n";
  const std::string one = told(read("a.csv", header + first + last + also).log);
  EXPECT_NE(one.find("p=old o=done"), std::string::npos) << one;
  EXPECT_EQ(one, told(read("b.csv", header + also + last + first).log));
}

TEST(Events, starts_and_completions_are_paired_first_with_first) {
  const std::string text =
      "case,activity,timestamp,lifecycle\n"
      "1,a,1970-01-01 00:00:00.001,start\n1,a,1970-01-01 00:00:00.002,START\n1,b,1970-01-01 00:00:00.002,complete\n"
      "1,a,1970-01-01 00:00:00.005,complete\n1,a,1970-01-01 00:00:00.009,complete\n1,c,1970-01-01 00:00:00.003,start\n"
      "1,a,1970-01-01 00:00:00.004,schedule\n";
  const ReadLog r = read("log.csv", text);
  EXPECT_EQ(told(r.log), "a@1-5 b@2-2 a@2-9 c@3-3 | ");
  EXPECT_EQ(r.shape.other_phases, 1U);
  EXPECT_TRUE(r.rejects.empty());
}

TEST(Events, bad_rows_are_told_with_line_and_reason) {
  Mapping mapping;
  mapping.blank = {"n/a"};
  const ReadLog r = read("log.csv",
                         "case,activity,start_time,end_time,segment,outcome\n"
                         "1,a,1970-01-01,,young,\n"
                         "1,b,soon,,,\n"
                         ",b,1970-01-01,,,\n"
                         "1,n/a,1970-01-01,,,\n"
                         "1,b,1970-01-02,1970-01-01,,\n"
                         "1,b,1970-01-01,1970-01-02,,done\n"
                         "1,b\n"
                         "\"1\"x,b,1970-01-01,,,\n",
                         mapping);
  EXPECT_EQ(told(r.log), "a@0-0 b@0-86400000 p=young o=done | ");
  std::string text;
  for (const Reject& one : r.rejects) text += std::to_string(one.line) + " " + one.reason + "\n";
  EXPECT_EQ(text,
            "3 'soon' is no point in time that is read\n4 no case is named\n5 no activity is named\n"
            "6 it ends before it begins\n8 this row has 2 cells and the header 6\n9 text behind a closing quote\n");
}

TEST(Events, too_many_bad_rows_are_refused) {
  const Source source = std::make_shared<const SourceText>(SourceText{"log.csv", ""});
  Rejects rejects;
  for (int i = 0; i < 200; ++i) rejects.row();
  for (std::size_t line = 5; line < 7; ++line) rejects.reject(line, "why");
  EXPECT_NO_THROW(rejects.refuse_if_too_many(BadRows::few, source, ""));
  EXPECT_THROW(rejects.refuse_if_too_many(BadRows::fail, source, ""), InputError);
  rejects.reject(9, "why");
  EXPECT_NO_THROW(rejects.refuse_if_too_many(BadRows::skip, source, ""));
  try {
    rejects.refuse_if_too_many(BadRows::few, source, "kept.csv");
    FAIL();
  } catch (const InputError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("log.csv:5:1: error: why"), std::string::npos) << text;
    EXPECT_NE(text.find("3 of 200 rows cannot be read (1.5 %)"), std::string::npos) << text;
    EXPECT_NE(text.find("kept.csv"), std::string::npos) << text;
  }
}

constexpr const char* xes = R"(<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <global scope="event"><string key="concept:name" value="unnamed"/></global>
  <trace>
    <event>
      <string key="concept:name" value="a &amp; b"/><date key="time:timestamp" value="1970-01-01T00:00:00.001Z"/>
      <string key="lifecycle:transition" value="start"><string key="concept:name" value="meta"/></string>
    </event>
    <event>
      <string key="lifecycle:transition" value="complete"/>
      <string key="concept:name" value="a &amp; b"/><date key="time:timestamp" value="1970-01-01T00:00:00.004+00:00"/>
    </event>
    <event><string key="concept:name" value="c"/></event>
    <string key="concept:name" value="case 7"/>
    <string key="channel" value="web"/>
  </trace>
</log>)";

TEST(Events, xes_is_read) {
  Mapping mapping;
  mapping.events = {{"persona", "case:channel"}};
  const ReadLog r = read("log.xes", xes, mapping);
  EXPECT_EQ(told(r.log), "a & b@1-4 p=web | ");
  ASSERT_EQ(r.rejects.size(), 1U);
  EXPECT_EQ(r.rejects[0].line, 13U);
  EXPECT_EQ(r.shape.rows, 3U);
}

TEST(Events, xes_that_breaks_off_is_refused) {
  const std::string whole = xes;
  for (std::size_t n = 1; n < whole.size(); n += 37) EXPECT_THROW(read("log.xes", whole.substr(0, n)), InputError) << n;
  EXPECT_THROW(read("log.xes", "<!DOCTYPE log [<!ENTITY a \"aaaa\">]><log>&a;</log>"), InputError);
  EXPECT_THROW(read("log.xes", "<html></html>"), InputError);
}

TEST(Events, personal_columns_are_refused_in_xes_too) {
  Mapping mapping;
  mapping.events = {{"persona", "case:email"}};
  EXPECT_THROW(read("log.xes", xes, mapping), InputError);
}

TEST(Events, the_shared_logs) {
  SOJOURN_DATA_OR_SKIP(data);
  Mapping mapping;
  // One case of sepsis is called NA, which was exported as nothing: its 24 rows name no case.
  const std::size_t events[] = {5976, 9119, 8577, 15190}, cases[] = {797, 608, 1434, 1049}, bad[] = {0, 0, 0, 24};
  std::size_t i = 0;
  for (const char* name : {"loanapp_train.csv", "purchasing_p2p.csv", "receipt.csv", "sepsis.csv"}) {
    Rejects rejects;
    EventCollector collector;
    read_events((data / name).string(), mapping, rejects, [&](const EventRow& row) { collector.add(row); });
    const EventLog log = collector.finish();
    EXPECT_EQ(rejects.rejected(), bad[i]) << name;
    EXPECT_EQ(log.events.size(), events[i]) << name;
    EXPECT_EQ(log.cases.size(), cases[i++]) << name;
  }
}

}  // namespace
}  // namespace sojourn::models
