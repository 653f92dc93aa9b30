#include "tools/studio/sliders.h"

#include "tests/support/cases.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <cmath>
#include <map>

namespace sojourn::tools {
namespace {

using tests::case_of;

constexpr const char* journey =
    "personas:\n"
    "  a: {}\n"
    "  b: {overrides: [{set: touchpoints.u.duration, to: {exponential: {mean: 3 h}}}]}\n"
    "pains: {late: {severity: 2}}\n"
    "touchpoints:\n"
    "  t:\n"
    "    duration: {lognormal: {median: 36 h, sigma: 0.5}}\n"
    "    experience: {normal: {mean: 9.5, sd: 1}}\n"
    "    effort: 1\n"
    "    cost: -3\n"
    "    pains: {late: {probability: 0.013}}\n"
    "    next: {done: 4, u: 0.5}\n"
    "  u: {duration: {lognormal: {median: 1 h, sigma: 1}}, experience: 5, next: {done: 1}}\n"
    "start: t\noutcomes: {done: {}}\n";

std::map<std::string, Json> by_address(const models::Case& one) {
  std::map<std::string, Json> map;
  for (const Json& slider : sliders(one)) map.emplace(slider.at("address"), slider);
  return map;
}

TEST(Sliders, reach_from_what_may_be_to_what_may_be) {
  const auto map = by_address(case_of(journey));
  const auto at = [&](const char* address) { return map.at(std::string("touchpoints.t.") + address); };
  const Json mean = at("experience.normal.mean");
  EXPECT_EQ(mean.at("unit"), "points");
  EXPECT_EQ(mean.at("low"), 0);
  EXPECT_EQ(mean.at("high"), 10);
  const Json median = at("duration.lognormal.median");
  EXPECT_EQ(median.at("unit"), "d");
  EXPECT_EQ(median.at("value"), 1.5);
  EXPECT_GT(median.at("low"), 0) << "a lognormal's median is above 0";
  const Json chance = at("pains.late.probability");
  EXPECT_EQ(chance.at("unit"), "share");
  EXPECT_LE(chance.at("high"), 1);
  EXPECT_LE(chance.at("step"), 0.001) << "small chances move in small steps";
  EXPECT_LT(at("cost").at("low"), -3);
  EXPECT_EQ(at("next.done.weight").at("high"), 10);
  EXPECT_EQ(at("next.u.weight").at("high"), 1);
}

TEST(Sliders, hold_their_value_and_have_steps_that_divide_the_range_finely) {
  for (const auto& [address, slider] : by_address(case_of(journey))) {
    const double low = slider.at("low");
    const double high = slider.at("high");
    const double value = slider.at("value");
    const double step = slider.at("step");
    EXPECT_LE(low, value) << address;
    EXPECT_GE(high, value) << address;
    EXPECT_GE((high - low) / step, 20) << address;
    EXPECT_LE((high - low) / step, 1000) << address;
  }
}

TEST(Sliders, are_none_where_personas_differ_and_for_pains_that_nobody_meets_only_in_severity) {
  const auto map = by_address(case_of(journey));
  EXPECT_EQ(map.count("touchpoints.u.duration.lognormal.median"), 0U) << "one slider could not say from where it moves";
  EXPECT_EQ(map.count("pains.late.severity"), 1U);
  for (const auto& [address, slider] : map) {
    EXPECT_TRUE(address.starts_with("touchpoints.") || address == "pains.late.severity") << address;
  }
}

TEST(Sliders, say_what_stands_elsewhere_for_everyone) {
  const models::Case base = case_of(journey);
  const Json list = sliders(base);
  std::string text = journey;
  text.replace(text.find("36 h"), 4, "48 h");
  EXPECT_EQ(moved(list, case_of(text)), (Json{{"touchpoints.t.duration.lognormal.median", 2.0}}));
  EXPECT_EQ(moved(list, base), Json::object());
  std::string for_one = journey;
  for_one.replace(for_one.find("[{set"), 5, "[{set: touchpoints.t.cost, to: 7}, {set");
  EXPECT_EQ(moved(list, case_of(for_one)), Json::object()) << "what only one has is no place of the slider";
}

}  // namespace
}  // namespace sojourn::tools
