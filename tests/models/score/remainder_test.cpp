#include "models/score/remainder.h"

#include "models/score/figures.h"
#include "tests/support/cases.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::models {
namespace {

using tests::changed_case;

constexpr const char* journey =
    "personas: {p: {}}\n"
    "touchpoints:\n"
    "  a: {experience: {normal: {mean: 5, sd: 1}}, next: {b: 1, lost: 1}}\n"
    "  b: {experience: {normal: {mean: 5, sd: 1}}, next: {won: 1}}\n"
    "  never: {experience: 5, next: {won: 1}}\n"
    "start: {a: 1, never: 0}\n"
    "outcomes: {won: {}, lost: {}}\n";
// More go on to where it is better: together more than each alone.
constexpr const char* more = "{set: touchpoints.a.next.b.weight, to: 9}";
constexpr const char* better = "{set: touchpoints.b.experience.normal.mean, to: 9}";
constexpr const char* unseen = "{set: touchpoints.never.effort, to: 9}";

struct Found {
  Figure remainder;
  double by_hand;
};

class Changes {
 public:
  Changes(const char* first, const char* second)
      : base_(changed_case(journey, {})),
        one_(changed_case(journey, {first})),
        two_(changed_case(journey, {second})),
        both_(changed_case(journey, {first, second})),
        experiment_({&base_, &one_, &two_, &both_}) {}

  Found find(std::uint64_t seed, std::uint64_t agents) const {
    RunPlan plan;
    plan.seed = seed;
    plan.agents = agents;
    plan.threads = 1;
    const auto tallies = experiment_.run(plan);
    const auto nps = [&](std::size_t i) {
      return differences_of(experiment_, *tallies, i).overall[Metric::nps].estimate;
    };
    return {nps_remainder(experiment_, *tallies), nps(2) - nps(0) - nps(1)};
  }

 private:
  Case base_, one_, two_, both_;
  Experiment experiment_;
};

TEST(Remainder, is_what_both_do_less_what_each_does) {
  const Found found = Changes(more, better).find(1, 5000);
  EXPECT_NEAR(found.remainder.estimate, found.by_hand, 1e-9);
  EXPECT_GT(found.remainder.lo, 0) << "those who come, because more come, find it better";
  EXPECT_NEAR(found.remainder.hi - found.remainder.estimate, found.remainder.estimate - found.remainder.lo, 1e-12);
}

TEST(Remainder, is_exactly_nothing_beside_a_change_that_nobody_meets) {
  const Found found = Changes(more, unseen).find(1, 2000);
  EXPECT_NEAR(found.remainder.estimate, 0, 1e-9);
  EXPECT_NEAR(found.remainder.se, 0, 1e-9);
}

TEST(Remainder, error_is_that_of_repetitions) {
  constexpr int runs = 200;
  const Changes changes(more, better);
  double sum = 0;
  double squares = 0;
  double variance = 0;
  for (int seed = 1; seed <= runs; ++seed) {
    const Figure figure = changes.find(static_cast<std::uint64_t>(seed), 400).remainder;
    sum += figure.estimate;
    squares += figure.estimate * figure.estimate;
    variance += figure.se * figure.se / runs;
  }
  const double seen = (squares - sum * sum / runs) / (runs - 1);
  // The ratio of a variance over 200 runs has an error of about a tenth: five of them fail by chance once in a million.
  EXPECT_NEAR(seen / variance, 1, 0.5);
}

}  // namespace
}  // namespace sojourn::models
