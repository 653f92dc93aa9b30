// From a study's document to what is said about it, as JSON and on a terminal.

#include "tools/archive/study_data.h"

#include "engine/store/format_error.h"
#include "tools/json/analysis_json.h"
#include "tools/terminal/analysis_page.h"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

using engine::Archive;
using engine::Doubles;
using engine::Strings;
using engine::Wholes;
using testing::HasSubstr;
using testing::Not;

/// Two what-ifs and a factor, one at a time: NPS rises with the factor, and the second what-if is dear.
Archive sample() {
  Archive archive;
  archive.attributes = {{"filetype", std::string("sojourn study")}, {"design", std::string("one_at_a_time")}};
  const auto coordinate = [&](const char* name, engine::Values values) {
    archive.coordinates.push_back({name, {name}, std::move(values), "", "", {}});
  };
  coordinate("point", Wholes{0, 1, 2});
  coordinate("replication", Wholes{0, 1, 2, 3});
  coordinate("scenario", Strings{"base", "faster"});
  coordinate("statistic", Strings{"estimate", "se", "lo", "hi"});
  coordinate("factor", Strings{"touchpoints.pay.duration"});
  const auto variable = [&](const char* name, Strings dimensions, engine::Values values) {
    archive.variables.push_back({name, std::move(dimensions), std::move(values), "", "", {}});
  };
  variable("scenario_title", {"scenario"}, Strings{"The shop", "Faster"});
  variable("factor_value", {"point", "factor"}, Doubles{0.2, 0.1, 0.5});
  variable("factor_position", {"point", "factor"}, Doubles{-1, 0, 1});
  variable("factor_label", {"factor"}, Strings{"Pay: duration"});
  Doubles nps, cost;
  for (const double level : {40.0, 42.0, 34.0}) {
    for (int r = 0; r < 4; ++r) {
      for (const double more : {0.0, 3.0}) {
        const double estimate = level + more + r;
        for (const double one : {estimate, 0.1, estimate - 0.2, estimate + 0.2}) nps.push_back(one);
        for (const double one : {2 + more, 0.1, 0.0, 0.0}) cost.push_back(one);
      }
    }
  }
  variable("nps", {"point", "replication", "scenario", "statistic"}, nps);
  variable("cost", {"point", "replication", "scenario", "statistic"}, cost);
  return archive;
}

TEST(StudyDataFile, is_read_as_it_was_written) {
  EXPECT_EQ(engine::problem_of(sample()), "");
  const models::StudyData data = study_data(sample(), "s.h5");
  EXPECT_EQ(data.design, models::DesignChoice::Kind::one_at_a_time);
  EXPECT_EQ(data.points(), 3U);
  EXPECT_EQ(data.replications, 4U);
  EXPECT_EQ(data.responses.size(), 2U);
  EXPECT_EQ(data.responses[0].estimates[2], 41);  // point 0, replication 1, as it is
  EXPECT_EQ(data.values.at(2, 0), 0.5);
}

TEST(StudyDataFile, that_is_something_else_is_refused) {
  EXPECT_THROW(study_data(Archive{}, "s.h5"), engine::FormatError);
  Archive cut = sample();
  std::get<Doubles>(cut.variables.back().values).pop_back();
  EXPECT_THROW(study_data(cut, "s.h5"), engine::FormatError);
}

TEST(StudyAnalysisJson, has_what_the_study_has) {
  const models::StudyData data = study_data(sample(), "s.h5");
  const Json json = analysis_json(models::analyse(data), data);
  const Json& tornado = json["metrics"]["nps"]["factors"][0]["tornado"][0];
  EXPECT_EQ(tornado["address"], "touchpoints.pay.duration");
  EXPECT_EQ(tornado["ends"][0]["value"], 0.1);
  EXPECT_EQ(tornado["ends"][1]["change"], -6);
  EXPECT_EQ(tornado["ends"][1]["se"], 0);
  EXPECT_FALSE(json["metrics"]["nps"]["factors"][0].contains("sobol"));
  const Json& ranking = json["metrics"]["nps"]["ranking"];
  EXPECT_EQ(ranking["options"][0]["point"], 1);
  EXPECT_EQ(ranking["options"][0]["scenario"], "Faster");
  EXPECT_EQ(ranking["decided"], true);
  EXPECT_EQ(json["pareto"]["options"].size(), 2U);
  EXPECT_EQ(json["pareto"]["among"], 6);
  EXPECT_TRUE(ranking["undecided_because"].is_null());
  EXPECT_EQ(json["metrics"]["nps"]["factors"][0]["varies"], true);
  const Json& cost = json["metrics"]["cost"]["factors"][0];  // hangs on the what-if alone
  EXPECT_EQ(cost["varies"], false);
  EXPECT_FALSE(cost.contains("tornado"));
}

TEST(StudyAnalysisPage, says_it_in_both_languages) {
  const models::StudyData data = study_data(sample(), "s.h5");
  const models::StudyAnalysis analysis = models::analyse(data);
  const std::string english = analysis_page(analysis, data, "EUR", {});
  EXPECT_THAT(english, HasSubstr("One at a time, what changes: Net Promoter Score"));
  EXPECT_THAT(english, HasSubstr("0.1 to 0.5"));
  EXPECT_THAT(english, HasSubstr("+2.0 to \u22126.0"));
  EXPECT_THAT(english, HasSubstr("Point 1, Faster"));
  EXPECT_THAT(english, HasSubstr("NPS for its price"));
  EXPECT_THAT(english, HasSubstr("What moves: Cost\nIt does not vary over the points: no factor moves it."));
  Look look;
  look.language = Language::german;
  const std::string german = analysis_page(analysis, data, "EUR", look);
  EXPECT_THAT(german, HasSubstr("0,1 bis 0,5"));
  EXPECT_THAT(german, HasSubstr("Punkt 1, Faster"));
  EXPECT_THAT(german, Not(HasSubstr("Which is best")));
}

}  // namespace
}  // namespace sojourn::tools
