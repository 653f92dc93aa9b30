#include "models/drivers/drivers.h"

#include "models/behaviour/scores.h"
#include "models/drivers/insight.h"
#include "models/drivers/reruns.h"
#include "tests/support/cases.h"
#include "tests/support/statistics.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::models {
namespace {

using tests::expect_exact;

Drivers of(const std::string& text, std::uint64_t agents) {
  const JourneyFile journey = read_journey(tests::source_of(text));
  const Case base = build_case(journey, {});
  RunPlan plan;
  plan.agents = agents;
  return *find_drivers(journey, {}, base, plan);
}

// A -> B .6, C .3, lost .1; B -> A .2, C .5, won .2, lost .1; C -> B .1, won .6, lost .3.
constexpr const char* kMarketing =
    "personas: {p: {}}\n"
    "touchpoints:\n"
    "  a: {experience: 6, next: {b: 0.6, c: 0.3, lost: 0.1}}\n"
    "  b: {experience: 7, next: {a: 0.2, c: 0.5, won: 0.2, lost: 0.1}}\n"
    "  c: {experience: {uniform: {low: 1, high: 9}}, next: {b: 0.1, won: 0.6, lost: 0.3}}\n"
    "start: a\noutcomes: {won: {success: true}, lost: {}}\n";

TEST(Drivers, removal_and_shapley_of_the_small_marketing_journey) {
  const Drivers drivers = of(kMarketing, 60'000);
  const double success = 0.589805825242718;
  const TouchpointDriver& b = drivers.touchpoints[1];
  const TouchpointDriver& c = drivers.touchpoints[2];
  // Without mood and clock these are exact; the published figures have twelve digits and more.
  EXPECT_TRUE(drivers.exact.credit);
  EXPECT_NEAR(b.through_share.estimate, 0.694814814814815, 1e-14);
  EXPECT_NEAR(c.through_share.estimate, 0.768799102132, 1e-12);
  EXPECT_NEAR(b.nothing_success.estimate, -0.694814814814815 * success, 1e-14);
  EXPECT_NEAR(drivers.base[2].estimate, success, 1e-14);
  EXPECT_EQ(b.through_share.se, 0);
  // Rerouted, a -> c .75, lost .25 and c -> won 2/3: .5; and without c: b -> a .4, won .4, a -> b 6/7.
  expect_exact("b taken out", (*b.rerouted)[2], 0.5 - success, 0.04);
  expect_exact("c taken out", (*c.rerouted)[2], 6.0 / 7 * 0.4 / (1 - 6.0 / 7 * 0.4) - success, 0.04);
  // All start at a: without it there is no journey.
  EXPECT_FALSE(drivers.touchpoints[0].rerouted);
  EXPECT_NE(drivers.touchpoints[0].why_not_rerouted, "");
  // The Shapley values of success share all of it, and a is on every path.
  double sum = 0;
  for (const TouchpointDriver& one : drivers.touchpoints) sum += one.shapley_success.estimate;
  EXPECT_NEAR(sum, drivers.base[2].estimate, 1e-9);
  // Of the paths that succeed, a b and a c and a b c share by 2, 2 and 3: v is won by {a,b}, {a,c} and all.
  const double ab = 0.6 * 0.2 / (1 - 0.6 * 0.2);
  const double ac = 0.3 * 0.6;
  const double all = success - ab - ac;
  EXPECT_NEAR(drivers.touchpoints[0].shapley_success.estimate, ab / 2 + ac / 2 + all / 3, 1e-14);
  EXPECT_NEAR(b.shapley_success.estimate, ab / 2 + all / 3, 1e-14);
  EXPECT_NEAR(c.shapley_success.estimate, ac / 2 + all / 3, 1e-14);
}

TEST(Drivers, without_mood_and_clock_success_has_exact_derivatives) {
  const Drivers drivers = of(kMarketing, 2'000);
  EXPECT_EQ(drivers.exact.why_not, "");
  ASSERT_EQ(drivers.exact.derivatives.size(), 3U);
  double towards_b = 0, towards_lost = 0;
  for (const Driver& driver : drivers.drivers) {
    if (driver.lever.address == "touchpoints.a.next.b.weight") towards_b = driver.derivative[2].estimate;
    if (driver.lever.address == "touchpoints.a.next.lost.weight") towards_lost = driver.derivative[2].estimate;
    EXPECT_EQ(driver.derivative[2].se, 0) << driver.lever.address;
    EXPECT_EQ(driver.derivative[3].se, 0) << driver.lever.address;
  }
  EXPECT_NEAR(towards_b - towards_lost, 0.749952870205, 1e-12);  // of the weights at a, whose sum is 1
}

TEST(Drivers, what_prevents_exact_derivatives_is_named) {
  std::string text = kMarketing;
  text.replace(text.find("b: 0.6"), 6, "b: {weight: 0.6, mood: 0.4}");
  const Drivers drivers = of(text, 2'000);
  EXPECT_TRUE(drivers.exact.derivatives.empty());
  EXPECT_FALSE(drivers.exact.credit);
  EXPECT_NE(drivers.exact.why_not.find("touchpoints.a.next.b.mood"), std::string::npos) << drivers.exact.why_not;
}

TEST(Drivers, shapley_values_of_moments_sum_to_what_all_moments_do) {
  const Drivers drivers = of(kMarketing, 5'000);
  double nps = 0;
  double satisfaction = 0;
  for (const TouchpointDriver& one : drivers.touchpoints) {
    nps += one.shapley_nps.estimate;
    satisfaction += one.shapley_satisfaction.estimate;
  }
  // With neutral moments all are remembered at the anchor.
  const auto below = [](double t) { return 1 / (1 + std::exp(-(t - 5) / 0.8)); };
  const double neutral = 100 * (1 - below(8.5) - below(6.5));
  EXPECT_NEAR(satisfaction, drivers.base[1].estimate - 5, 1e-6);
  EXPECT_NEAR(nps, drivers.base[0].estimate - neutral, 1e-5);
}

TEST(Drivers, the_largest_are_run_again_with_the_whole_step) {
  const Drivers drivers = of(kMarketing, 20'000);
  ASSERT_GT(drivers.drivers.size(), kReruns);
  double before = INFINITY;
  for (std::size_t i = 0; i < drivers.drivers.size(); ++i) {
    const Driver& driver = drivers.drivers[i];
    EXPECT_EQ(driver.effect_from == EffectFrom::rerun, i < kReruns && driver.why_no_rerun.empty());
    const double linear = std::abs(driver.derivative[0].estimate * driver.step);
    EXPECT_LE(linear, before);
    before = linear;
  }
  EXPECT_EQ(drivers.left_out.back().address, "limits.visits");
}

TEST(Drivers, a_step_is_a_shift_for_those_who_have_the_number) {
  const Lever lever{
      .address = "touchpoints.t.duration", .value = 3.6e6, .type = nullptr, .only_for = {"a"}, .left_out = {}};
  Lever timed = lever;
  const JourneyFile journey = read_journey(tests::source_of(kMarketing));
  const Case base = build_case(journey, {});
  const Levers levers(base);
  timed.type = levers[levers.find("touchpoints.a.experience")].type;
  const Change change = change_of(timed, -0.5);
  EXPECT_EQ(change.verb, Change::Verb::shift);
  EXPECT_EQ(change.value.scalar, "-0.5");
  ASSERT_EQ(change.only_for.size(), 1U);
  EXPECT_EQ(change.only_for[0].id, "a");
}

TouchpointDriver touchpoint(double reach, double importance, double performance) {
  TouchpointDriver one;
  one.reach.estimate = reach;
  one.importance = {.estimate = importance, .se = 0, .lo = importance, .hi = importance};
  one.performance.estimate = performance;
  return one;
}

TEST(Drivers, insight_map_splits_at_the_means_and_calls_small_touchpoints_out) {
  Drivers drivers;
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    TouchpointName name;
    name.id = id;
    name.label = id;
    drivers.names.touchpoints.push_back(name);
  }
  drivers.touchpoints = {touchpoint(1, 4, 5), touchpoint(1, 3, 9), touchpoint(1, 1, 6), touchpoint(0.1, 0.8, 8),
                         touchpoint(0, 0, kNone)};
  map_insights(drivers);
  EXPECT_DOUBLE_EQ(drivers.mean_importance, 2.2);
  EXPECT_DOUBLE_EQ(drivers.mean_performance, 7);
  EXPECT_EQ(drivers.touchpoints[0].quadrant, Quadrant::concentrate);
  EXPECT_EQ(drivers.touchpoints[1].quadrant, Quadrant::keep_up);
  EXPECT_EQ(drivers.touchpoints[2].quadrant, Quadrant::low_priority);
  EXPECT_EQ(drivers.touchpoints[3].quadrant, Quadrant::possible_overkill);
  EXPECT_EQ(drivers.touchpoints[4].quadrant, Quadrant::none);  // nobody comes
  ASSERT_EQ(drivers.callouts.size(), 1U);
  EXPECT_EQ(drivers.callouts[0].sentence,
            "'d' is small and matters: only 10 of 100 customers come there, but one more point of experience lifts the "
            "NPS of those who do by 8.0, against 2.8 at an average touchpoint.");
}

}  // namespace
}  // namespace sojourn::models
