#include "models/survey/forecast_scores.h"

#include "engine/random/luck.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::models {
namespace {

constexpr ScoreOdds kHalves = {0, 0, 0, 0, 0, 0, 0, 0.5, 0, 0.25, 0.25};
constexpr ScoreOdds kEven = {1.0 / 11, 1.0 / 11, 1.0 / 11, 1.0 / 11, 1.0 / 11, 1.0 / 11,
                             1.0 / 11, 1.0 / 11, 1.0 / 11, 1.0 / 11, 1.0 / 11};

TEST(ForecastScores, by_hand) {
  EXPECT_DOUBLE_EQ(log_score(kHalves, 7), std::log(0.5));
  EXPECT_EQ(log_score(kHalves, 8), -INFINITY);
  // P(Y <= k) is 0 up to 6, then 1/2, 1/2, 3/4; the answer 9 makes it 0 up to 8, then 1.
  EXPECT_DOUBLE_EQ(ranked_probability_score(kHalves, 9), (0.25 + 0.25 + 0.0625) / 10);
  ScoreOdds sure{};
  sure[10] = 1;
  EXPECT_EQ(ranked_probability_score(sure, 10), 0);
  EXPECT_EQ(ranked_probability_score(sure, 0), 1);
  EXPECT_DOUBLE_EQ(nps_of(kHalves), 50);
}

TEST(ForecastScores, nps_and_its_error) {
  // 50 promoters, 20 detractors of 100: 30 +- 100 sqrt((0.7 - 0.09) / 100).
  const std::array<ScoredAnswer, 3> answers{ScoredAnswer{9, 50}, ScoredAnswer{7, 30}, ScoredAnswer{6, 20}};
  const ObservedNps lumps = observed_nps(answers);
  EXPECT_DOUBLE_EQ(lumps.nps, 30);
  EXPECT_DOUBLE_EQ(lumps.n, 10000.0 / 3800);
  std::vector<ScoredAnswer> each;
  for (const ScoredAnswer& one : answers)
    each.insert(each.end(), static_cast<std::size_t>(one.weight), {one.score, 2.5});
  const ObservedNps rows = observed_nps(each);
  EXPECT_DOUBLE_EQ(rows.nps, 30);
  EXPECT_DOUBLE_EQ(rows.n, 100);
  EXPECT_NEAR(rows.se, 100 * std::sqrt(0.61 / 100), 1e-12);
}

TEST(ForecastScores, means_are_weighted) {
  const std::array<ScoreOdds, 3> forecasts{kHalves, kEven, kEven};
  const std::array<ScoredAnswer, 3> answers{ScoredAnswer{7, 3}, ScoredAnswer{0, 1}, ScoredAnswer{5, 0}};
  const ForecastScores scores = forecast_scores(forecasts, answers);
  EXPECT_DOUBLE_EQ(scores.log_score, (3 * std::log(0.5) + std::log(1.0 / 11)) / 4);
  EXPECT_DOUBLE_EQ(scores.rps, (3 * ranked_probability_score(kHalves, 7) + ranked_probability_score(kEven, 0)) / 4);
  EXPECT_DOUBLE_EQ(scores.nps, (3 * 50 - 100 * 5.0 / 11) / 4);
  EXPECT_DOUBLE_EQ(scores.observed.nps, -25);
  // Of eleven equal shares none may be left out; of kHalves 7 to 10 are needed.
  EXPECT_DOUBLE_EQ(scores.hit_rate, 1);
  EXPECT_DOUBLE_EQ(scores.promised_hit_rate, 1);
  ScoreOdds tails = {0.04, 0.01, 0, 0, 0, 0, 0.3, 0.6, 0, 0.02, 0.03};
  const std::array<ScoreOdds, 2> same{tails, tails};
  const std::array<ScoredAnswer, 2> ends{ScoredAnswer{1, 1}, ScoredAnswer{6, 3}};
  const ForecastScores spread = forecast_scores(same, ends);
  EXPECT_DOUBLE_EQ(spread.hit_rate, 0.75);
  EXPECT_NEAR(spread.promised_hit_rate, 0.9, 1e-12);
}

// The score of what answers are drawn from is the best: no other forecast has a higher mean (a proper score).
TEST(ForecastScores, are_proper) {
  const ScoreOdds truth = {0.05, 0, 0, 0, 0, 0.1, 0.05, 0.1, 0.3, 0.2, 0.2};
  std::vector<ScoredAnswer> answers;
  for (int k = 0; k <= 10; ++k) answers.push_back({k, truth[static_cast<std::size_t>(k)]});
  const auto score = [&](const ScoreOdds& odds) {
    return forecast_scores(std::vector<ScoreOdds>(answers.size(), odds), answers);
  };
  const ForecastScores best = score(truth);
  for (std::size_t from : {0U, 5U, 8U}) {
    for (std::size_t to : {1U, 7U, 10U}) {
      ScoreOdds other = truth;
      other[from] -= 0.03, other[to] += 0.03;
      EXPECT_GT(score(other).rps, best.rps);
      EXPECT_LT(score(other).log_score, best.log_score);
    }
  }
}

/// Answers of which half are 10; one forecast gives 10 a half, the other `p`.
struct Pair {
  std::vector<ScoredAnswer> answers;
  std::vector<ScoreOdds> a, b;
};

Pair pair_of(std::uint32_t set, std::size_t n, double p) {
  Pair to;
  const auto odds = [](double share) {
    ScoreOdds to_all;
    to_all.fill((1 - share) / 10);
    to_all[10] = share;
    return to_all;
  };
  const engine::PlaceKey key = engine::place_key(3, "answers");
  for (std::size_t i = 0; i < n; ++i) {
    const engine::Block words = engine::luck_of(key, i, set, 0).block(0);
    to.answers.push_back({engine::uniform(words[0]) < 0.5 ? 10 : 3, 0.5 + engine::uniform(words[1])});
    to.a.push_back(odds(0.5)), to.b.push_back(odds(p));
  }
  return to;
}

TEST(ScoreGain, of_a_forecast_over_itself_is_0) {
  const Pair pair = pair_of(0, 50, 0.5);
  const ScoreGain gain = score_gain(pair.a, pair.a, pair.answers, 1);
  EXPECT_EQ(gain.gain, 0);
  EXPECT_EQ(gain.lo, 0);
  EXPECT_EQ(gain.hi, 0);
}

// The interval holds the expected gain of 0.5 ln(0.5 / 0.7) + 0.5 ln(0.5 / 0.3) in 0.95 of 200 sets of 80, less what a percentile interval
// of 80 lacks (0.01): within 4.5 of 0.0154, false alarm 7e-6. Intervals of a third of the width are seen.
TEST(ScoreGain, intervals_cover) {
  const double truth = 0.5 * std::log(0.5 / 0.7) + 0.5 * std::log(0.5 / 0.3);
  int held = 0, held_by_narrow = 0;
  double mean = 0;
  for (std::uint32_t set = 0; set < 200; ++set) {
    const Pair pair = pair_of(set, 80, 0.7);
    const ScoreGain gain = score_gain(pair.a, pair.b, pair.answers, 7);
    held += gain.lo <= truth && truth <= gain.hi;
    held_by_narrow += std::abs(gain.gain - truth) < (gain.hi - gain.lo) / 6;
    mean += gain.gain / 200;
    EXPECT_LT(gain.lo, gain.gain);
    EXPECT_GT(gain.hi, gain.gain);
  }
  EXPECT_NEAR(held / 200.0, 0.94, 4.5 * 0.0154);
  EXPECT_LT(held_by_narrow / 200.0, 0.94 - 4.5 * 0.0154);
  EXPECT_NEAR(mean, truth, 0.02);  // 6 standard errors
}

TEST(ScoreGain, the_same_seed_gives_the_same_interval) {
  const Pair pair = pair_of(1, 60, 0.7);
  const ScoreGain a = score_gain(pair.a, pair.b, pair.answers, 7), b = score_gain(pair.a, pair.b, pair.answers, 7);
  EXPECT_EQ(a.lo, b.lo);
  EXPECT_EQ(a.hi, b.hi);
  EXPECT_NE(score_gain(pair.a, pair.b, pair.answers, 8).lo, a.lo);
}

}  // namespace
}  // namespace sojourn::models
