#include "tools/report/targets_part.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

Json level(double estimate, double half) {
  return {{"estimate", estimate}, {"se", half / 2}, {"lo", estimate - half}, {"hi", estimate + half}};
}

Json run() {
  return {
      {"format", "sojourn.run/1"},
      {"overall", {{"nps", level(30, 1)}, {"pains", {{"late", {{"met", level(0.25, 0.125)}}}}}}},
      {"personas", {{"mia", {{"success", level(0.5, 0.25)}}}}},
      {"touchpoints",
       {{"wish", {{"satisfaction", level(8, 0.5)}, {"pains", {{"late", level(0.5, 0.125)}}}, {"drop_off", nullptr}}}}}};
}

TEST(TargetsPart, finds_figures_wherever_they_stand) {
  const Json list =
      targets_part({{"nps", 20.0}, {"personas.mia.success", 0.5}, {"touchpoints.wish.satisfaction", 9.0}}, run());
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0]["unit"], "nps_points");
  EXPECT_EQ(list[0]["cases"],
            Json::parse(R"([{"figure": [30.0, 29.0, 31.0], "gap": [10.0, 9.0, 11.0], "verdict": "reached"}])"));
  EXPECT_EQ(list[1]["persona"], "mia");
  EXPECT_EQ(list[1]["cases"][0]["verdict"], "unclear");
  EXPECT_EQ(list[2]["touchpoint"], "wish");
  EXPECT_EQ(list[2]["cases"][0]["gap"], Json::array({-1.0, -1.5, -0.5}));
  EXPECT_EQ(list[2]["cases"][0]["verdict"], "short");
}

TEST(TargetsPart, less_is_better_for_pains) {
  const Json list = targets_part({{"touchpoints.wish.pains.late", 0.7}, {"pains.late.met", 0.1}}, run());
  EXPECT_EQ(list[0]["less_is_better"], true);
  EXPECT_EQ(list[0]["unit"], "share");
  EXPECT_EQ(list[0]["cases"][0]["verdict"], "reached");
  EXPECT_EQ(list[1]["cases"][0]["verdict"], "short");
}

TEST(TargetsPart, what_does_not_exist_is_unclear) {
  const Json list = targets_part({{"touchpoints.wish.drop_off", 0.1}, {"touchpoints.gone.satisfaction", 7.0}}, run());
  for (const Json& one : list) {
    EXPECT_EQ(one["cases"], Json::parse(R"([{"figure": null, "gap": null, "verdict": "unclear"}])")) << one["address"];
  }
}

TEST(TargetsPart, every_scenario_is_judged) {
  Json compare = {{"format", "sojourn.compare/1"}, {"base", run()}};
  Json scenario = {{"result", run()}};
  scenario["result"]["overall"]["nps"] = level(10, 1);
  compare["scenarios"] = Json::array({scenario});
  const Json list = targets_part({{"nps", 20.0}}, compare);
  ASSERT_EQ(list[0]["cases"].size(), 2U);
  EXPECT_EQ(list[0]["cases"][0]["verdict"], "reached");
  EXPECT_EQ(list[0]["cases"][1]["verdict"], "short");
}

}  // namespace
}  // namespace sojourn::tools
