// Intervals of differences where there is little to go by.

#include "models/score/comparison.h"

#include "models/score/figures.h"
#include "tests/support/cases.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

constexpr const char* street = R"(journey: A street
personas: {a: {}}
pains: {rain: {severity: 8}}
touchpoints:
  shop: {experience: {normal: {mean: 7, sd: 1}}, pains: {rain: {probability: 0.00001}}, next: {done: 1}}
start: shop
outcomes: {done: {}}
)";

std::vector<Comparison> compared(const std::vector<std::string>& changes, std::uint64_t agents) {
  const Case base = tests::case_of(street);
  std::vector<Case> cases;
  std::vector<const Case*> pointers = {&base};
  std::vector<ScenarioStamp> stamps;
  for (const std::string& change : changes) cases.push_back(tests::changed_case(street, {change}));
  for (const Case& one : cases) pointers.push_back(&one);
  stamps.resize(changes.size());
  const Experiment experiment(pointers);
  RunPlan plan;
  plan.agents = agents;
  return compare(experiment, *experiment.run(plan), stamps, 0.5);
}

TEST(Comparison, does_not_take_the_unseen_for_nothing) {
  const std::string no_rain = "{set: touchpoints.shop.pains.rain.probability, to: 0}";
  const Figure few = compared({no_rain}, 10)[0].difference.overall[Metric::nps];
  EXPECT_EQ(few.estimate, 0);
  EXPECT_LT(few.adjusted_lo, -50);  // Wilson: up to 28 of 100 might change, by 200 points
  EXPECT_GT(few.adjusted_hi, 50);
  EXPECT_EQ(compared({no_rain}, 10)[0].verdict, Verdict::unclear);
  const Figure many = compared({no_rain}, 20'000)[0].difference.overall[Metric::nps];
  EXPECT_NEAR(many.hi - many.estimate, 200 * 3.8416 / 20'000, 0.03);
}

TEST(Comparison, a_precision_is_not_reached_by_what_was_not_seen) {
  const Case base = tests::case_of(street);
  const Case dry = tests::changed_case(street, {"{set: touchpoints.shop.pains.rain.probability, to: 0}"});
  const Experiment experiment({&base, &dry});
  RunPlan plan;
  plan.agents = 100'000;
  plan.precision = 0.001;
  EXPECT_EQ(experiment.run(plan)->agents, 100'000U);
}

TEST(Comparison, the_interval_for_all_is_never_narrower) {
  const std::string better = "{shift: touchpoints.shop.experience.normal.mean, by: 1}";
  const std::string worse = "{shift: touchpoints.shop.experience.normal.mean, by: -1}";
  for (const std::uint64_t agents : {3U, 5U, 20U, 1000U}) {
    for (const std::vector<std::string>& changes : {std::vector{better}, std::vector{better, worse}}) {
      for (const Comparison& c : compared(changes, agents)) {
        for (const Figure& f : c.difference.overall.metrics) {
          if (f.lo != f.lo) continue;
          EXPECT_LE(f.adjusted_lo, f.lo) << agents;
          EXPECT_GE(f.adjusted_hi, f.hi) << agents;
        }
        if (changes.size() == 1) {
          EXPECT_EQ(c.difference.overall[Metric::nps].adjusted_hi, c.difference.overall[Metric::nps].hi);
        }
      }
    }
  }
}

}  // namespace
}  // namespace sojourn::models
