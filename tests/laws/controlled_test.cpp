// Laws of control variates: they are never biased, their intervals hold what they say, and everything that is promised of plain
// figures is true of them too. Coverage: 95 % +- 3 % of 400 seeds with 2,000 agents each, as in coverage_test.cpp, which says
// how often that is a false alarm.

#include "tests/laws/coverage.h"
#include "tests/support/cases.h"
#include "tests/support/property.h"

#include <fmt/format.h>

namespace sojourn::tests {
namespace {

using models::Estimates;

TEST(Controlled, intervals_of_95_percent_hold_in_95_percent) {
  for (const auto& [address, share] : coverage(400, 2'000, 1.0, Estimates::controlled)) {
    EXPECT_GE(share, 0.92) << address;
    EXPECT_LE(share, 0.98) << address;
  }
}

TEST(Controlled, intervals_that_are_too_narrow_are_seen) {
  for (const auto& [address, share] : coverage(400, 2'000, 0.8, Estimates::controlled))
    EXPECT_LT(share, 0.92) << address;
}

const std::string queue =
    "personas:\n  calm: {share: 3, expectation: {normal: {mean: 6, sd: 2}}}\n"
    "  hasty: {share: 1, patience: {exponential: {mean: 20 min}}}\n"
    "touchpoints:\n  a: {experience: {uniform: {low: 4, high: 9}}, duration: {exponential: {mean: 10 min}}, next: {a: "
    "1, b: 1, done: 2}}\n"
    "  b: {experience: {normal: {mean: 7, sd: 2}}, next: {done: 1, a: 1}}\n"
    "start: {a: 1, b: 1}\noutcomes: {done: {success: true}}\n";

/// Means over seeds of (estimate - exact) in standard errors: normal with sd 1/20 over 400 seeds, so beyond 0.25 in 6e-7 of all
/// choices of seeds. The exact value is a plain run of 4,000,000 agents, whose own error is 1/45 of the small runs' at most.
TEST(Controlled, estimates_of_few_agents_are_not_off) {
  const models::Case base = case_of(queue);
  const models::Case changed = changed_case(queue, {"{shift: touchpoints.a.experience.uniform.low, by: 1}"});
  const models::Experiment plain({&base, &changed});
  models::Experiment controlled({&base, &changed}, Estimates::controlled);
  models::know_exactly(controlled);
  const auto truth = all_figures(plain, 4'000'000, 77);
  std::map<std::string, double> off;
  std::map<std::string, double> narrower;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    const auto figures = all_figures(controlled, 500, seed);
    const auto wide = all_figures(plain, 500, seed);
    for (const char* address : {"0.overall.nps", "0.overall.satisfaction", "0.overall.success", "0.personas.calm.nps",
                                "1.overall.nps", "1.difference.overall.nps", "1.difference.overall.satisfaction"}) {
      const models::Figure& f = figures.at(address);
      if (f.se > 0) off[address] += (f.estimate - truth.at(address).estimate) / f.se / 400;
      narrower[address] += f.se / wide.at(address).se / 400;
    }
  }
  for (const auto& [address, mean] : off) EXPECT_LT(std::abs(mean), 0.25) << address;
  EXPECT_LT(narrower.at("0.overall.nps"), 0.95);
  EXPECT_LT(narrower.at("1.difference.overall.nps"), 1.0);
}

TEST(Controlled, what_changes_nothing_differs_by_exactly_nothing) {
  const models::Case base = case_of(queue);
  const models::Case same = changed_case(queue, {"{set: touchpoints.a.label, to: Another}"});
  models::Experiment experiment({&base, &same}, Estimates::controlled);
  models::know_exactly(experiment);
  const auto figures = all_figures(experiment, 3'000);
  for (const auto& [address, figure] : figures) {
    if (!address.starts_with("1.difference.") || address.ends_with("agents") || address.ends_with("share")) continue;
    if (figure.estimate != figure.estimate) continue;                                   // does not exist
    if (address.find("_p") != std::string::npos || address.ends_with("_sd")) continue;  // errors as if unpaired
    EXPECT_EQ(figure.estimate, 0) << address;
    EXPECT_EQ(figure.se, 0) << address;
  }
}

TEST(Controlled, personas_that_never_vary_leave_no_chance) {
  // Each persona's answer is certain, so that NPS is known once the shares are; a plain mean is off by the shares' chance.
  const std::string certain =
      "personas:\n  a: {share: 3, recommendation: {bias: 1}}\n  b: {share: 1}\n"
      "touchpoints: {t: {experience: 8, next: {done: 1}}}\nstart: t\noutcomes: {done: {}}\n";
  const models::Case base = case_of(certain);
  const models::Case shifted = changed_case(certain, {"{set: personas.a.share, to: 1}"});
  const models::Experiment experiment({&base, &shifted}, Estimates::controlled);
  const models::Experiment plain({&base, &shifted});
  const auto figures = all_figures(experiment, 1'000);
  const double a = figures.at("0.personas.a.nps").estimate;
  const double b = figures.at("0.personas.b.nps").estimate;
  EXPECT_GT(std::abs(a - b), 10);
  EXPECT_NEAR(figures.at("0.overall.nps").estimate, 0.75 * a + 0.25 * b, 1e-9);
  EXPECT_LT(figures.at("0.overall.nps").se, 1e-6);
  EXPECT_GT(all_figures(plain, 1'000).at("0.overall.nps").se, 0.1);
  EXPECT_NEAR(figures.at("1.difference.overall.nps").estimate, 0.25 * (b - a), 1e-9);  // a quarter of all moves
  EXPECT_LT(figures.at("1.difference.overall.nps").se, 1e-6);
}

std::string sums(const FiguresByAddress& figures) {
  double sum = 0;
  for (const auto& [address, figure] : figures) {
    if (address.starts_with("1.by_first_change.") && figure.estimate == figure.estimate) sum += figure.estimate;
  }
  const double difference = figures.at("1.difference.overall.nps").estimate;
  if (std::abs(sum - difference) > 1e-7)
    return fmt::format("first changes sum to {}, the difference is {}", sum, difference);
  const double outcomes = figures.at("0.overall.promoters").estimate + figures.at("0.overall.passives").estimate +
                          figures.at("0.overall.detractors").estimate;
  return std::abs(outcomes - 1) > 1e-9 ? fmt::format("classes sum to {}", outcomes) : "";
}

/// What is true of plain figures of random journeys is true of controlled ones: parts make the whole, threads do not show, sums
/// add up, shares are shares.
TEST(Controlled, promises_hold_for_random_journeys) {
  for_all(30, any_what_if(), [](const WhatIf& what_if) -> std::string {
    const models::Case base = case_of(what_if.journey.text);
    const models::Case changed = changed_case(what_if.journey.text, what_if.changes);
    models::Experiment experiment({&base, &changed}, Estimates::controlled);
    models::know_exactly(experiment);
    const engine::Layout& layout = experiment.atlas().layout;
    const engine::PlaceKeys keys = experiment.keys(3, 0);
    const engine::Simulation<models::Customer> simulation(layout, {&experiment.customer(0), &experiment.customer(1)},
                                                          keys);
    engine::Tallies whole(layout, 1);
    engine::Tallies parts(layout, 1);
    try {
      simulation.run({0, 2'500, 1, 0}, {}, whole);
      simulation.run({1'104, 2'500, 2, 5}, {}, parts);  // from the end of a unit on
      simulation.run({0, 1'104, 2, 0}, {}, parts);
    } catch (const engine::StuckAgent&) {
      return "";
    }
    const auto figures = all_figures(experiment, whole);
    const std::string broken = difference(figures, all_figures(experiment, parts));
    if (!broken.empty()) return broken;
    for (const char* share :
         {"promoters", "passives", "detractors", "success", "satisfied", "abandoned", "truncated"}) {
      const models::Figure& f = figures.at(std::string("0.overall.") + share);
      if (!(f.estimate >= 0 && f.estimate <= 1)) return fmt::format("{} is {}", share, f.estimate);
    }
    return sums(figures);
  });
}

}  // namespace
}  // namespace sojourn::tests
