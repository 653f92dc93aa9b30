#include "tools/report/condensed.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

Json level(double estimate) {
  return {{"estimate", estimate}, {"se", 0.1}, {"lo", estimate - 0.2}, {"hi", estimate + 0.2}};
}

Json difference(double estimate) {
  Json json = level(estimate);
  json["p_better"] = 0.75;
  json["adjusted_lo"] = estimate - 0.5;
  json["adjusted_hi"] = estimate + 0.5;
  return json;
}

Json touchpoint(const Json& figure) {
  return {{"visits", figure},
          {"reach", figure},
          {"experience", figure},
          {"expectation", figure},
          {"mood", figure},
          {"satisfaction", figure},
          {"drop_off", figure},
          {"pain_loss", figure},
          {"flow", {{"happy", figure}}},
          {"channels", {{"post", {{"visits", figure}, {"satisfaction", figure}, {"mood", figure}}}}}};
}

Json figures(const Json& figure) {
  Json json = Json::object();
  json["overall"] = {{"nps", figure}, {"scores", {0.5, 0.5}}, {"scores_se", {0.1, 0.1}}};
  json["personas"] = {{"mia", {{"share", 1.0}, {"nps", figure}, {"touchpoints", {{"wish", touchpoint(figure)}}}}}};
  json["touchpoints"] = {{"wish", touchpoint(figure)}};
  return json;
}

TEST(Condensed, figures_are_lists_of_five_digits) {
  EXPECT_EQ(condensed_figure({{"estimate", 1.23456789}, {"se", 1.0}, {"lo", -0.0000123456}, {"hi", 123456789.0}}),
            Json::array({1.2346, -1.2346e-05, 123460000.0}));
  EXPECT_EQ(condensed_figure(difference(2)), Json::array({2.0, 1.8, 2.2, 0.75, 1.5, 2.5}));
  EXPECT_EQ(condensed_figure(Json(nullptr)), Json(nullptr));
  EXPECT_EQ(condensed_figure({{"estimate", 1.0}, {"se", nullptr}, {"lo", nullptr}, {"hi", nullptr}}),
            Json::array({1.0, nullptr, nullptr}));
}

TEST(Condensed, what_is_not_known_about_the_inputs_stays_apart) {
  const auto with_inputs = [](Json json) {
    json["uncertain"] = {{"nps", {{"estimate", 1.0}, {"lo", -2.0}, {"hi", 4.0}, {"p_best", 0.5}}}};
    return json;
  };
  Json scenario = with_inputs(figures(difference(1)));
  scenario["difference"] = scenario["overall"];
  scenario["result"] = figures(level(2));
  const Json compare = {{"format", "sojourn.compare/1"},
                        {"base", with_inputs(figures(level(1)))},
                        {"scenarios", Json::array({scenario})}};
  const Json json = condensed(compare);
  const Json inputs = {{"nps", {1.0, -2.0, 4.0}}};
  EXPECT_EQ(json["base"]["uncertain"], inputs);
  EXPECT_EQ(json["scenarios"][0]["uncertain"], inputs);
  EXPECT_FALSE(json["scenarios"][0]["result"].contains("uncertain"));
}

TEST(Condensed, a_run_keeps_what_the_page_shows) {
  Json run = figures(level(1));
  run["format"] = "sojourn.run/1";
  run["seed"] = 7;
  run["performance"] = {{"seconds", 0.1}};
  const Json json = condensed(run);
  const Json one = {1.0, 0.8, 1.2};
  EXPECT_EQ(json["seed"], 7);
  EXPECT_FALSE(json.contains("performance"));
  EXPECT_EQ(json["overall"], (Json{{"nps", one}, {"scores", {0.5, 0.5}}}));
  const Json& wish = json["touchpoints"]["wish"];
  EXPECT_EQ(wish["flow"], (Json{{"happy", one}}));
  EXPECT_EQ(wish["channels"], (Json{{"post", {{"visits", one}, {"satisfaction", one}}}}));
  EXPECT_FALSE(wish.contains("mood"));
  EXPECT_EQ(json["personas"]["mia"]["touchpoints"]["wish"],
            (Json{{"reach", one}, {"satisfaction", one}, {"pain_loss", one}, {"drop_off", one}}));
}

TEST(Condensed, differences_are_long_where_a_headline_needs_them) {
  Json scenario = figures(difference(1));
  scenario["difference"] = scenario["overall"];
  scenario.erase("overall");
  scenario["verdict"] = "Better.";
  scenario["verdict_kind"] = "better";
  scenario["result"] = figures(level(3));
  scenario["result"]["seed"] = 7;
  Json compare = {{"format", "sojourn.compare/1"}, {"base", figures(level(2))}};
  compare["scenarios"] = Json::array({scenario});
  const Json json = condensed(compare)["scenarios"][0];
  EXPECT_EQ(json["difference"]["nps"].size(), 6U);
  EXPECT_EQ(json["personas"]["mia"]["nps"].size(), 6U);
  EXPECT_EQ(json["personas"]["mia"]["touchpoints"]["wish"], (Json{{"satisfaction", {1.0, 0.8, 1.2}}}));
  EXPECT_EQ(json["touchpoints"]["wish"]["satisfaction"].size(), 3U);
  EXPECT_EQ(json["verdict_kind"], "better");
  EXPECT_FALSE(json.contains("verdict"));
  EXPECT_FALSE(json["result"].contains("seed"));
  EXPECT_EQ(json["result"]["overall"]["nps"], Json::array({3.0, 2.8, 3.2}));
}

}  // namespace
}  // namespace sojourn::tools
