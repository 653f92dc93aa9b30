#include "models/data/columns.h"

#include <gtest/gtest.h>

#include <memory>

namespace sojourn::models {
namespace {

const Source source = std::make_shared<const SourceText>(SourceText{"log.csv", ""});
const std::vector<ColumnRole> roles = {{"case", "--case", true, false, {"case_id"}},
                                       {"segment", "--segment", false, true, {"segment", "name"}}};

std::vector<CsvCell> header(const std::vector<std::string>& names) {
  std::vector<CsvCell> cells;
  for (const std::string& name : names) cells.push_back({name, 1, 1, 1});
  return cells;
}

std::string told(const std::vector<std::string>& names, const ColumnNames& said) {
  Diagnostics found;
  std::string text;
  for (const auto& [role, column] : find_columns(header(names), roles, said, source, found)) {
    text += role + "=" + std::to_string(column) + " ";
  }
  return found.has_errors() ? found.format() : text;
}

TEST(Columns, usual_names_are_found_however_they_are_spelled) {
  EXPECT_EQ(plain_name(" Case:concept--name "), "case_concept_name");
  EXPECT_EQ(told({"x", "Case ID"}, {}), "case=1 ");
  EXPECT_EQ(told({"segment", "case_id"}, {}), "case=1 segment=0 ");
}

TEST(Columns, what_is_said_wins) {
  EXPECT_EQ(told({"case_id", "order"}, {{"case", "order"}}), "case=1 ");
  EXPECT_EQ(told({"case_id", "segment"}, {{"segment", "case_id"}, {"case", "segment"}}), "case=1 segment=0 ");
}

TEST(Columns, a_missing_one_is_told_with_what_is_there) {
  const std::string text = told({"cse_id", "when"}, {});
  for (const char* part : {"log.csv:1:1: error: no column for the case is found", "Is it 'cse_id'?", "'--case NAME'",
                           "The columns are 'cse_id', 'when'"}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
  const std::string named = told({"case_id", "when"}, {{"segment", "whem"}});
  EXPECT_NE(named.find("no column is called 'whem'. Did you mean 'when'?"), std::string::npos) << named;
}

TEST(Columns, personal_ones_are_never_what_is_shown) {
  EXPECT_EQ(told({"case_id", "name"}, {}), "case=0 ") << "not by its usual name";
  const std::string text = told({"case_id", "RecipientEmail"}, {{"segment", "RecipientEmail"}});
  EXPECT_NE(text.find("looks like personal data"), std::string::npos) << text;
  for (const char* one : {"Name", "E-Mail", "IPAddress", "first name", "LocationLatitude"})
    EXPECT_TRUE(is_personal(one));
  for (const char* one : {"concept:name", "activity_name", "segment", "shipment"}) EXPECT_FALSE(is_personal(one));
}

}  // namespace
}  // namespace sojourn::models
