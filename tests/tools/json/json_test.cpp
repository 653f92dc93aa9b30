#include "tools/json/json.h"

#include "tests/tools/hand_made.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

using Json = nlohmann::ordered_json;
using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsSupersetOf;

std::vector<std::string> keys(const Json& json) {
  std::vector<std::string> list;
  for (auto it = json.begin(); it != json.end(); ++it) list.push_back(it.key());
  return list;
}

const Performance performance{812345, 0.031, 2};

// The names of the documented contract: they may be joined by others, and never change.
const std::vector<std::string> overall_names = {"nps",
                                                "promoters",
                                                "passives",
                                                "detractors",
                                                "score",
                                                "satisfaction",
                                                "satisfied",
                                                "success",
                                                "abandoned",
                                                "truncated",
                                                "visits",
                                                "elapsed_hours",
                                                "effort",
                                                "cost",
                                                "value",
                                                "net",
                                                "elapsed_hours_p50",
                                                "elapsed_hours_p90",
                                                "satisfaction_sd",
                                                "elapsed_hours_sd",
                                                "scores",
                                                "outcomes",
                                                "goals",
                                                "pains"};
const std::vector<std::string> touchpoint_names = {
    "visits",   "reach",          "experience", "expectation", "disconfirmation", "satisfaction", "mood",
    "given_up", "duration_hours", "drop_off",   "pains",       "pain_loss",       "flow"};

TEST(RunJson, has_the_documented_names) {
  const Json json = Json::parse(run_json(tests::run_result(), performance));
  EXPECT_THAT(keys(json), IsSupersetOf({"format", "program", "method", "journey", "scenarios", "seed", "agents",
                                        "overall", "personas", "touchpoints", "performance"}));
  EXPECT_EQ(json["format"], "sojourn.run/1");
  EXPECT_EQ(json["method"], "simulated");
  EXPECT_EQ(json["agents"], 2000);
  EXPECT_THAT(keys(json["journey"]), ElementsAre("title", "file", "sha256"));
  EXPECT_THAT(keys(json["overall"]), IsSupersetOf(overall_names));
  EXPECT_EQ(json["overall"]["nps"].dump(), R"({"estimate":31.25,"se":0.25,"lo":30.75,"hi":31.75})");
  EXPECT_EQ(json["overall"]["scores"].size(), 11u);
  EXPECT_EQ(json["overall"]["scores"][0], 0.0625);
  EXPECT_THAT(keys(json["overall"]["outcomes"]), ElementsAre("happy", "gone", "abandoned"));
  EXPECT_EQ(json["overall"]["pains"]["late"]["met"]["estimate"], 0.25);
  EXPECT_EQ(json["overall"]["pains"]["late"]["open"]["estimate"], 0.125);
  EXPECT_THAT(keys(json["personas"]), ElementsAre("mia", "otto"));
  EXPECT_THAT(keys(json["personas"]["mia"]), IsSupersetOf(overall_names));
  EXPECT_THAT(keys(json["personas"]["mia"]), IsSupersetOf({"share", "agents", "touchpoints"}));
  EXPECT_EQ(json["personas"]["mia"]["share"], 0.5);
  EXPECT_EQ(json["personas"]["mia"]["agents"], 1000);
  EXPECT_THAT(keys(json["personas"]["mia"]["touchpoints"]["wish"]), IsSupersetOf(touchpoint_names));
  EXPECT_THAT(keys(json["touchpoints"]), ElementsAre("wish", "eve"));
  EXPECT_THAT(keys(json["touchpoints"]["eve"]), IsSupersetOf(touchpoint_names));
  EXPECT_THAT(keys(json["touchpoints"]["wish"]["channels"]), ElementsAre("post", "dream"));
  EXPECT_THAT(keys(json["touchpoints"]["wish"]["channels"]["post"]), IsSupersetOf(touchpoint_names));
  EXPECT_EQ(
      json["touchpoints"]["eve"]["flow"].dump(),
      R"({"happy":{"estimate":0.5,"se":0.25,"lo":0,"hi":1},"gone":{"estimate":0.375,"se":0.25,"lo":-0.125,"hi":0.875}})");
}

TEST(RunJson, what_does_not_exist_is_null) {
  models::RunResult result = tests::run_result();
  result.figures.overall[models::Metric::elapsed_hours_p90].se = models::kNone;
  const std::string text = run_json(result, performance);
  const Json json = Json::parse(text);
  EXPECT_TRUE(json["touchpoints"]["wish"]["channels"]["dream"]["experience"].is_null());
  EXPECT_EQ(json["touchpoints"]["wish"]["channels"]["dream"]["visits"]["estimate"], 0);
  EXPECT_TRUE(json["overall"]["elapsed_hours_p90"]["se"].is_null());
  EXPECT_EQ(text.find("nan"), std::string::npos);
  EXPECT_EQ(text.find("inf"), std::string::npos);
}

TEST(RunJson, performance_comes_last_and_is_all_that_may_differ) {
  const std::string once = run_json(tests::run_result(), performance);
  const std::string again = run_json(tests::run_result(), {812345, 7.5, 1});
  EXPECT_EQ(keys(Json::parse(once)).back(), "performance");
  const std::size_t at = once.rfind("\"performance\"");
  EXPECT_EQ(once.substr(0, at), again.substr(0, again.rfind("\"performance\"")));
  EXPECT_EQ(once.substr(at), "\"performance\": {\"visits\": 812345, \"seconds\": 0.031, \"threads\": 2}\n}\n");
}

TEST(RunJson, hostile_titles_stay_inside_their_strings) {
  models::RunResult result = tests::run_result();
  result.provenance.journey.title = "\"}, \x1b[31m\n\\";
  result.provenance.journey.file =
      "no\xff"
      "utf8.yaml";
  result.provenance.seed = UINT64_MAX;
  const Json json = Json::parse(run_json(result, performance));
  EXPECT_EQ(json["journey"]["title"], "\"}, \x1b[31m\n\\");
  EXPECT_EQ(json["journey"]["file"], "no\uFFFDutf8.yaml");
  EXPECT_EQ(json["seed"].get<std::uint64_t>(), UINT64_MAX);
}

TEST(CompareJson, has_the_documented_names) {
  const Json json = Json::parse(compare_json(tests::compare_result(), performance));
  EXPECT_EQ(json["format"], "sojourn.compare/1");
  EXPECT_EQ(json["base"]["format"], "sojourn.run/1");
  EXPECT_THAT(keys(json["base"]["overall"]), IsSupersetOf(overall_names));
  EXPECT_FALSE(json["base"].contains("performance"));
  ASSERT_EQ(json["scenarios"].size(), 1u);
  const Json& scenario = json["scenarios"][0];
  EXPECT_THAT(keys(scenario),
              IsSupersetOf({"scenario", "result", "difference", "personas", "touchpoints", "by_first_change", "flips",
                            "net_gain", "break_even_journeys", "agents_changed", "variance_ratio", "verdict"}));
  EXPECT_EQ(scenario["scenario"]["title"], "Faster");
  EXPECT_THAT(keys(scenario["result"]["overall"]), IsSupersetOf(overall_names));
  EXPECT_THAT(keys(scenario["difference"]), IsSupersetOf(overall_names));
  EXPECT_EQ(scenario["difference"]["nps"].dump(),
            R"({"estimate":4.25,"se":0.25,"lo":3.75,"hi":4.75,"p_better":0.75,"adjusted_lo":3.25,"adjusted_hi":5.25})");
  EXPECT_EQ(scenario["personas"]["mia"]["nps"]["p_better"], 0.75);
  EXPECT_EQ(scenario["touchpoints"]["wish"]["reach"]["adjusted_lo"], 0);
  EXPECT_THAT(keys(scenario["by_first_change"]), ElementsAre("wish", "eve", "(end)"));
  EXPECT_EQ(scenario["by_first_change"]["wish"]["estimate"], 3.25);
  ASSERT_EQ(scenario["flips"].size(), 3u);
  for (const Json& row : scenario["flips"])
    EXPECT_THAT(row.get<std::vector<double>>(), ElementsAreArray({1.0 / 9, 1.0 / 9, 1.0 / 9}));
  EXPECT_EQ(scenario["agents_changed"], 0.31);
  EXPECT_EQ(scenario["variance_ratio"], 14.2);
  EXPECT_EQ(scenario["verdict"], "Better. Faster lifts NPS by 4.2.");
  EXPECT_EQ(keys(json).back(), "performance");
}

TEST(CompareJson, what_is_not_known_stands_apart) {
  models::CompareResult result = tests::compare_result();
  EXPECT_FALSE(Json::parse(compare_json(result, performance)).contains("uncertain"));
  result.uncertain = tests::uncertainty();
  const Json json = Json::parse(compare_json(result, performance));
  EXPECT_EQ(json["scenarios"][0]["uncertain"].dump(),
            R"({"nps":{"estimate":4.5,"lo":-1,"hi":6,"p_best":0.75,"evpi":0.5}})");
  EXPECT_EQ(json["base"]["uncertain"]["nps"]["p_best"], 0.25);
  EXPECT_EQ(json["uncertain"]["evpi"]["se"], 0.125);
  EXPECT_EQ(json["uncertain"]["inputs"]["touchpoints.wish.cost"]["evppi"], 0.375);
  EXPECT_EQ(json["uncertain"]["evppi_by_file"]["Santa's service"], 0.375);
}

TEST(CompareJson, says_what_sharpened_it) {
  models::CompareResult result = tests::compare_result();
  result.provenance.controls = {"personas", "visits"};
  result.base.control_ratio = 1.5;
  result.scenarios[0].difference.control_ratio = 2.5;
  const Json json = Json::parse(compare_json(result, performance));
  EXPECT_EQ(json["base"]["controls"].dump(), R"({"used":["personas","visits"],"variance_ratio":1.5})");
  EXPECT_EQ(json["scenarios"][0]["controls"]["variance_ratio"], 2.5);
}

TEST(CompareJson, no_money_no_gain) {
  models::CompareResult result = tests::compare_result();
  result.scenarios[0].net_gain = {};
  result.scenarios[0].break_even_journeys = {};
  result.scenarios[0].variance_ratio = models::kNone;
  const Json json = Json::parse(compare_json(result, performance));
  EXPECT_TRUE(json["scenarios"][0]["net_gain"].is_null());
  EXPECT_TRUE(json["scenarios"][0]["break_even_journeys"].is_null());
  EXPECT_TRUE(json["scenarios"][0]["variance_ratio"].is_null());
}

}  // namespace
}  // namespace sojourn::tools
