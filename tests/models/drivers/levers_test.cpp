#include "models/drivers/levers.h"

#include "models/journey/fields.h"
#include "tests/support/cases.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

using tests::case_of;

constexpr const char* kJourney =
    "personas:\n"
    "  a: {share: 2, expectation: {normal: {mean: 6, sd: 1}}}\n"
    "  b: {overrides: [{set: touchpoints.t.duration, to: {exponential: {mean: 3 h}}}]}\n"
    "pains: {late: {severity: 2}}\n"
    "touchpoints:\n"
    "  t:\n"
    "    duration: 30 min\n"
    "    pains: {late: {probability: 0.95}}\n"
    "    channels: {app: {experience: 9.5}, web: {experience: {uniform: {low: 2, high: 8}}, cost: 0}}\n"
    "    experience: 5\n"
    "    next: {done: 1}\n"
    "start: t\noutcomes: {done: {}}\n";

TEST(Levers, are_the_written_numbers_and_the_defaults_that_count) {
  const Case one = case_of(kJourney);
  const Levers levers(one);
  const auto at = [&](const std::string& address) {
    const std::uint32_t i = levers.find(address);
    EXPECT_NE(i, kNoLever) << address;
    return levers[i];
  };
  EXPECT_EQ(at("personas.a.share").value, 2);
  EXPECT_EQ(at("personas.b.share").value, 1);  // a default
  EXPECT_EQ(at("satisfaction.disconfirmation_weight").value, 0.5);
  EXPECT_EQ(at("touchpoints.t.channels.web.cost").value, 0);  // written
  EXPECT_EQ(at("personas.a.expectation.normal.sd").value, 1);
  // What follows another address is that address' business, and an unwritten 0 nobody's.
  for (const char* address : {"personas.b.expectation", "touchpoints.t.pains.late.severity", "touchpoints.t.cost",
                              "personas.a.recommendation.spread", "personas.a.learning"}) {
    EXPECT_EQ(levers.find(address), kNoLever) << address;
  }
}

TEST(Levers, say_who_has_them) {
  const Case one = case_of(kJourney);
  const Levers levers(one);
  EXPECT_EQ(levers[levers.find("touchpoints.t.duration")].only_for, std::vector<std::string>{"a"});
  EXPECT_EQ(levers[levers.find("touchpoints.t.duration.exponential.mean")].only_for, std::vector<std::string>{"b"});
  EXPECT_TRUE(levers[levers.find("personas.a.share")].only_for.empty());
}

TEST(Levers, that_nobody_uses_are_left_out) {
  const Case one = case_of(kJourney);
  Levers levers(one);
  EXPECT_EQ(levers.use("personas.a.share"), levers.find("personas.a.share"));
  EXPECT_EQ(levers.use("personas.nobody.share"), kNoLever);
  levers.leave_out(levers.find("personas.b.share"), "a reason of its own");
  levers.leave_out_unused();
  EXPECT_EQ(levers[levers.find("personas.a.share")].left_out, "");
  EXPECT_EQ(levers[levers.find("personas.b.share")].left_out, "a reason of its own");
  EXPECT_EQ(levers[levers.find("touchpoints.t.experience")].left_out,
            "nobody looks at it: everyone below it carries an own one");
}

TEST(Levers, steps_stay_in_range) {
  const Case one = case_of(kJourney);
  const Levers levers(one);
  const auto step = [&](const std::string& address) { return step_of(levers[levers.find(address)]); };
  EXPECT_EQ(step("touchpoints.t.channels.web.experience.uniform.low"), 1);
  EXPECT_EQ(step("personas.a.expectation.normal.mean"), 1);
  EXPECT_DOUBLE_EQ(step("personas.a.expectation.normal.sd"), 0.1);
  EXPECT_DOUBLE_EQ(step("personas.a.share"), 0.2);
  EXPECT_DOUBLE_EQ(step("touchpoints.t.pains.late.probability"), -0.095);  // 1.045 is none
  EXPECT_DOUBLE_EQ(step("touchpoints.t.duration"), 180'000);
  EXPECT_EQ(step("touchpoints.t.channels.web.cost"), 1);
}

}  // namespace
}  // namespace sojourn::models
