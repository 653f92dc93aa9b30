#include "models/survey/baselines.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace sojourn::models {
namespace {

using Counts = std::array<double, 11>;

Counts many(std::size_t score, double n, std::size_t other, double m) {
  Counts counts{};
  counts[score] += n;
  counts[other] += m;
  return counts;
}

AnswerCell cell(std::uint32_t persona, std::uint32_t touchpoint, std::uint32_t period, const Counts& counts) {
  return {persona, touchpoint, period, counts, std::accumulate(counts.begin(), counts.end(), 0.0)};
}

TEST(Baselines, add_up_and_lie_between_a_histogram_and_the_one_above) {
  const std::array<AnswerCell, 4> training{cell(0, kNotSaid, 0, many(10, 80, 5, 20)),
                                           cell(0, kNotSaid, 1, many(10, 60, 5, 40)),
                                           cell(1, kNotSaid, 1, many(10, 5, 5, 95)), cell(0, 2, 1, many(7, 30, 8, 10))};
  const Baselines baselines(training);
  for (const ScoreOdds& odds :
       {baselines.uniform(), baselines.marginal(kNotSaid), baselines.marginal(2), baselines.marginal(9),
        baselines.segment(0, kNotSaid), baselines.segment(7, 7), *baselines.persistence(0, kNotSaid, 5)}) {
    EXPECT_NEAR(std::accumulate(odds.begin(), odds.end(), 0.0), 1, 1e-12);
    for (const double p : odds) EXPECT_GT(p, 0);
  }
  EXPECT_EQ(baselines.uniform()[3], 1.0 / 11);
  EXPECT_NEAR(baselines.marginal(kNotSaid)[10], 145.0 / 300, 0.01);
  EXPECT_GT(baselines.marginal(2)[7], 0.6);
  EXPECT_GT(baselines.segment(0, kNotSaid)[10], 0.65);
  EXPECT_LT(baselines.segment(0, kNotSaid)[10], 0.7);
  EXPECT_LT(baselines.segment(1, kNotSaid)[10], 0.1);
  EXPECT_DOUBLE_EQ(baselines.marginal(2)[0], 0.5 / 45.5);
  EXPECT_DOUBLE_EQ(baselines.marginal(9)[10], 145.5 / 345.5);  // nobody was asked there
  for (std::size_t k = 0; k <= 10; ++k) {                      // nobody of that persona was asked
    EXPECT_DOUBLE_EQ(baselines.segment(7, kNotSaid)[k], baselines.marginal(kNotSaid)[k]);
  }
}

TEST(Baselines, persistence_is_the_latest_period_before) {
  const std::array<AnswerCell, 3> training{cell(0, kNotSaid, 1, many(10, 1000, 0, 0)),
                                           cell(0, kNotSaid, 3, many(0, 1000, 1, 0)),
                                           cell(1, kNotSaid, kNotSaid, many(4, 10, 5, 10))};
  const Baselines baselines(training);
  EXPECT_FALSE(baselines.persistence(0, kNotSaid, 0));
  EXPECT_FALSE(baselines.persistence(0, kNotSaid, 1));
  EXPECT_FALSE(baselines.persistence(0, kNotSaid, kNotSaid));
  EXPECT_FALSE(baselines.persistence(0, 3, 9));
  EXPECT_FALSE(baselines.persistence(1, kNotSaid, 9));
  for (const std::uint32_t period : {2U, 3U}) EXPECT_GT((*baselines.persistence(0, kNotSaid, period))[10], 0.99);
  for (const std::uint32_t period : {4U, 9U}) EXPECT_GT((*baselines.persistence(0, kNotSaid, period))[0], 0.99);
}

// Of one histogram drawn to its own shares no variation is seen; of two that exclude each other nothing is common.
TEST(Baselines, concentration) {
  ScoreOdds half{};
  half.fill(1e-9);
  half[0] = half[10] = 0.5 - 4.5e-9;
  using Pair = std::pair<Counts, ScoreOdds>;
  const std::array<Pair, 2> alike{Pair{many(0, 50, 10, 50), half}, Pair{many(0, 500, 10, 500), half}};
  EXPECT_GT(likeliest_concentration(alike), 1e5);
  const std::array<Pair, 2> apart{Pair{many(0, 50, 10, 0), half}, Pair{many(0, 0, 10, 50), half}};
  EXPECT_LT(likeliest_concentration(apart), 0.11);
  // Of pairs one in four is split: c / (c + 1) ((c + 2) / (c + 1))^3 has its top at c = 1.
  const std::array<Pair, 4> some{Pair{many(0, 1, 10, 1), half}, Pair{many(0, 2, 10, 0), half},
                                 Pair{many(0, 2, 10, 0), half}, Pair{many(0, 0, 10, 2), half}};
  EXPECT_NEAR(likeliest_concentration(some), 1, 1e-6);
}

}  // namespace
}  // namespace sojourn::models
