#include "models/survey/rating_model.h"

#include "engine/random/luck.h"
#include "models/journey/read.h"
#include "models/survey/baselines.h"
#include "tests/support/environment.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace sojourn::models {
namespace {

const std::vector<std::string> kItems = {"way", "signs", "security", "food", "way again"};

/// A survey like the airport's in small: five items from 0 to 10 that hang together, food often never used, some blanks, and an answer
/// that follows the others as an ordered logit.
std::vector<Respondent> twin(std::uint32_t set, std::size_t n) {
  std::vector<Respondent> to;
  const engine::PlaceKey key = engine::place_key(11, "survey");
  for (std::size_t i = 0; i < n; ++i) {
    const engine::Luck luck = engine::luck_of(key, i, set, 0);
    const auto u = [&](std::uint32_t what) { return engine::uniform(luck.block(what)[0]); };
    Respondent one;
    one.weight = 0.5 + u(0);
    const double mood = u(1);
    double predicted = 0;
    for (std::uint32_t item = 0; item < 4; ++item) {
      const double value = std::round(4 * (0.5 * mood + 0.5 * u(10 + item))) * 2.5;
      const double chance = u(20 + item);
      if (item == 3 && chance < 0.4) {
        one.ratings.push_back({Rating::Kind::never_used, 0});
      } else if (chance > 0.95) {
        one.ratings.push_back({});
      } else {
        one.ratings.push_back({Rating::Kind::rated, value});
      }
      constexpr std::array<double, 4> slopes = {0.2, 0.1, 0.4, 0.15};
      predicted += slopes[item] * (value - 5);
    }
    one.ratings.push_back(one.ratings[0]);
    constexpr std::array<double, 10> cuts = {-4.5, -4.2, -3.8, -3.4, -3, -1.8, -1.3, -0.5, 0.9, 2};
    const double answer = u(2);
    while (one.score < 10 && answer > 1 / (1 + std::exp(predicted - cuts[static_cast<std::size_t>(one.score)])))
      ++one.score;
    to.push_back(std::move(one));
  }
  return to;
}

struct Held {
  std::vector<ScoredAnswer> answers;
  std::vector<ScoreOdds> model, marginal;
};

Held hold(const RatingModel& model, std::span<const Respondent> training, std::span<const Respondent> held_out) {
  const Baselines baselines(cells_of(training));
  Held to;
  for (const Respondent& one : held_out) {
    to.answers.push_back({one.score, one.weight});
    to.model.push_back(model(one));
    to.marginal.push_back(baselines.marginal(kNotSaid));
  }
  return to;
}

TEST(RatingModel, foretells_answers_of_others) {
  const std::vector<Respondent> training = twin(0, 2000), others = twin(1, 1000);
  const Reading<RatingModel> model = RatingModel::fit(training, kItems);
  ASSERT_TRUE(model) << model.refusal.what;
  // The second column of the way says nothing new.
  EXPECT_EQ((*model).columns(), (std::vector<std::string>{"way", "way missing", "signs", "signs missing", "security",
                                                          "security missing", "food", "food missing"}));
  EXPECT_NEAR((*model).logit().slopes[4], 0.4, 6 * (*model).logit().standard_error(10 + 4));
  const Held held = hold(*model, training, others);
  for (const ScoreOdds& odds : held.model) EXPECT_NEAR(std::accumulate(odds.begin(), odds.end(), 0.0), 1, 1e-9);
  const ScoreGain gain = score_gain(held.model, held.marginal, held.answers, 1);
  EXPECT_GT(gain.gain, 6 * gain.se);
  // Ratings that belong to somebody else foretell nothing.
  std::vector<Respondent> mixed = others;
  for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i].ratings = others[(i + 1) % others.size()].ratings;
  const Held wrong = hold(*model, training, mixed);
  EXPECT_LT(score_gain(wrong.model, wrong.marginal, wrong.answers, 1).hi, 0);
}

TEST(RatingModel, answers_that_nobody_gave_are_possible) {
  std::vector<Respondent> training = twin(0, 300);
  for (Respondent& one : training) one.weight = 1, one.score = one.score < 4 ? 4 : one.score;
  const Reading<RatingModel> model = RatingModel::fit(training, kItems);
  ASSERT_TRUE(model) << model.refusal.what;
  const ScoreOdds odds = (*model)(training[0]);
  EXPECT_DOUBLE_EQ(odds[2], 0.5 / 305.5);
  EXPECT_NEAR(std::accumulate(odds.begin(), odds.end(), 0.0), 1, 1e-12);
  for (Respondent& one : training) one.score = 7;
  EXPECT_FALSE(RatingModel::fit(training, kItems));
}

/// The airport's respondents of 2017, those whose number is divisible by five apart.
struct Airport {
  std::vector<Respondent> training, held_out;
  std::vector<std::string> items;
};

Airport airport(const std::filesystem::path& data) {
  const Mapping mapping = read_mapping_file((tests::source_dir() / "scenarios/airport/mapping.yaml").string());
  const JourneyFile file = read_journey_file((tests::source_dir() / "scenarios/airport/journey.yaml").string());
  Rejects rejects;
  const Answers answers = collect_answers((data / "airport_survey_2013_2017.csv").string(), mapping,
                                          typed_journey(file.tree), BadRows::fail, rejects);
  Airport to;
  to.items = answers.shape.ratings;
  for (const Respondent& one : answers.respondents) {
    (std::stoi(answers.cases[one.of_case]) % 5 == 0 ? to.held_out : to.training).push_back(one);
  }
  return to;
}

void print(const char* which, const Airport& from) {
  const Reading<RatingModel> model = RatingModel::fit(from.training, from.items);
  ASSERT_TRUE(model) << model.refusal.what;
  const Held held = hold(*model, from.training, from.held_out);
  const ForecastScores scores = forecast_scores(held.model, held.answers);
  const ForecastScores marginal = forecast_scores(held.marginal, held.answers);
  const ScoreGain gain = score_gain(held.model, held.marginal, held.answers, 1);
  double training_weight = 0;
  for (const Respondent& one : from.training) training_weight += one.weight;
  fmt::print(
      "{}: {} train, {} held out, {} columns\n  train deviance / 2 {:.4f} a row\n  log score {:.4f}, marginal {:.4f}, "
      "gain {:.4f} ({:.4f} to {:.4f})\n  rps {:.4f}, marginal {:.4f}\n  NPS {:.1f}, observed {:.1f} +- {:.1f}\n  in 90 "
      "% {:.3f}, promised {:.3f}\n",
      which, from.training.size(), from.held_out.size(), (*model).columns().size(),
      (*model).logit().deviance / 2 / training_weight, scores.log_score, marginal.log_score, gain.gain, gain.lo,
      gain.hi, scores.rps, marginal.rps, scores.nps, scores.observed.nps, scores.observed.se, scores.hit_rate,
      scores.promised_hit_rate);
  EXPECT_GT(gain.lo, 0);
  EXPECT_LT(scores.rps, marginal.rps);
}

TEST(RatingModel, the_airport) {
  SOJOURN_DATA_OR_SKIP(data);
  Airport from = airport(data);
  EXPECT_EQ(from.training.size() + from.held_out.size(), 2746U);
  print("weighted", from);
  for (auto* part : {&from.training, &from.held_out}) {
    for (Respondent& one : *part) one.weight = 1;
  }
  print("unweighted", from);
}

}  // namespace
}  // namespace sojourn::models
