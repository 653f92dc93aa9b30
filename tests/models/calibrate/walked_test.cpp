// Numbers that no replay follows, found again from the answers of journeys that have them.

#include "models/calibrate/calibration.h"
#include "models/calibrate/likelihood.h"
#include "models/calibrate/questions.h"
#include "models/replay/model.h"
#include "tests/models/survey/small_journey.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::models {
namespace {

/// Whoever waits longer than the patience leaves, and says so.
std::string queue(const std::string& patience, const std::string& mean, const std::string& parameters) {
  return fmt::format(R"(journey: A queue
personas: {{all: {{patience: {{lognormal: {{median: {}, sigma: 0.5}}}}}}}}
touchpoints:
  queue:
    duration: {{lognormal: {{median: 5 min, sigma: 0.5}}}}
    experience: {{normal: {{mean: {}, sd: 1}}}}
    next: {{counter: 1}}
    if_given_up: gone
  counter: {{experience: {{gamma: {{mean: 7, sd: 1}}}}, next: {{done: 1}}}}
start: queue
outcomes: {{done: {{success: true}}, gone: {{}}}}
recommendation: {{spread: 0.8}}
calibrate:
  parameters:
{})",
                     patience, mean, parameters);
}

const std::string kParameters =
    "    personas.all.patience.lognormal.median: {prior: {lognormal: {median: 6 min, sigma: 0.5}}}\n"
    "    touchpoints.queue.experience.normal.mean: {prior: {normal: {mean: 6, sd: 1.5}}}\n"
    "    recommendation.spread: {prior: {normal: {mean: 0.8, sd: 0.3}}, low: 0.2}\n";

/// What so many customers are expected to answer at the end.
Answers answers_of(const std::string& text, double count) {
  const JourneyFile file = tests::journey_file(text);
  const CalibrationModel model(file, {});
  AnswerCell cell;
  cell.count[0] = 1;
  const SurveyQuestions questions =
      questions_of(std::vector{cell}, typed_journey(file.tree), model.atlas(), model.tables());
  const Bank bank = model.bank(model.written(), 50'000, {99, 0});
  const BankLikelihood likelihood(bank, model.tables(), model.numbers(), questions.sites, questions.site_count, {},
                                  model.written(), questions.cells);
  const ScoreOdds odds = likelihood.shares(model.written(), 1).front();
  for (std::size_t k = 0; k < odds.size(); ++k) cell.count[k] = count * odds[k];
  cell.rows = count;
  Answers answers;
  answers.cells = {cell};
  return answers;
}

Calibration calibrated(const std::string& text, const Answers& answers, int threads) {
  const JourneyFile file = tests::journey_file(text);
  CalibrationPlan plan;
  plan.threads = threads;
  plan.journeys = 3000;
  plan.posterior.draws = 60;
  plan.posterior.warm_up = 30;
  return *calibrate(file, parameters_of(file), answers, nullptr, plan);
}

constexpr double kMinute = 60'000;

TEST(Walked, a_patience_is_found_again_with_what_is_replayed) {
  const Answers answers = answers_of(queue("9 min", "7", kParameters), 2000);
  const Calibration found = calibrated(queue("4 min", "6", kParameters), answers, 2);
  ASSERT_TRUE(found.walks);
  EXPECT_EQ(found.walks->walked, (std::vector<bool>{true, false, false}));
  EXPECT_TRUE(found.walks->settled);
  fmt::print("{} banks\n", found.walks->banks);
  const double truth[] = {9 * kMinute, 7, 0.8};
  for (std::size_t i = 0; i < 3; ++i) {
    const ParameterEstimate& one = found.posterior.parameters[i];
    fmt::print("{}: {} ({} to {}), truth {}, sd {}, learned {}\n", found.addresses[i], one.estimate, one.lo, one.hi,
               truth[i], one.sd, one.contraction);
    EXPECT_LT(one.lo, truth[i]) << found.addresses[i];
    EXPECT_GT(one.hi, truth[i]) << found.addresses[i];
    // The answers are what is expected, so that only the bank's chance and the prior are between them.
    EXPECT_LT(std::abs(one.estimate - truth[i]), 1.2 * one.sd) << found.addresses[i];
    EXPECT_GT(one.contraction, 0.7) << found.addresses[i];
  }
}

TEST(Walked, threads_change_no_bit) {
  const Answers answers = answers_of(queue("9 min", "7", kParameters), 500);
  const std::string text = queue("6 min", "6", kParameters);
  const Calibration one = calibrated(text, answers, 1);
  const Calibration two = calibrated(text, answers, 2);
  EXPECT_EQ(one.mode, two.mode);
  EXPECT_EQ(one.walks->banks, two.walks->banks);
  for (std::size_t c = 0; c < one.posterior.chains.size(); ++c)
    EXPECT_EQ(one.posterior.chains[c], two.posterior.chains[c]);
}

std::string refusal(const std::string& text) {
  try {
    calibrated(text, answers_of(queue("9 min", "7", kParameters), 500), 0);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Walked, what_no_journey_hangs_on_is_refused) {
  const std::string after = "    touchpoints.counter.duration: {prior: {normal: {mean: 3 min, sd: 1 min}}}\n";
  std::string text = queue("6 min", "6", after);
  text.replace(text.find("counter: {"), 10, "counter: {duration: 3 min, ");
  // Patience may end there, too.
  EXPECT_EQ(refusal(text), "");
  const std::size_t at = text.find("patience: "), end = text.find("}}", at) + 2;
  text.replace(at, end - at, "learning: 0");
  EXPECT_NE(refusal(text).find("touchpoints.counter.duration"), std::string::npos) << refusal(text);
}

TEST(Walked, what_a_gamma_draws_is_walked_whole) {
  const JourneyFile file = tests::journey_file(
      queue("6 min", "6", "    touchpoints.counter.experience.gamma.mean: {prior: {normal: {mean: 7, sd: 1}}}\n"));
  const CalibrationModel model(file, parameters_of(file));
  EXPECT_TRUE(model.walked()[0]);
  for (const PersonaNumbers& one : model.numbers()) EXPECT_TRUE(one.links.empty());
}

/// A gamma's mean and the bias stand in for each other: each is uncertain, what they make of the answers together is not. Checks that moved the one
/// without the other would expect answers some five times as wide apart.
TEST(Walked, checks_walk_under_every_draw) {
  const std::string parameters =
      "    touchpoints.counter.experience.gamma.mean: {prior: {normal: {mean: 7, sd: 0.5}}}\n"
      "    personas.all.recommendation.bias: {prior: {normal: {mean: 0, sd: 1}}}\n";
  const Answers answers = answers_of(queue("6 min", "6", parameters), 2000);
  const Calibration found = calibrated(queue("6 min", "6", parameters), answers, 2);
  const CheckedCell& cell = found.cells.front();
  EXPECT_LT(cell.nps_hi - cell.nps_lo, 1.5 * (cell.nps_observed_hi - cell.nps_observed_lo));
  EXPECT_LT(std::abs(cell.z), 3);
}

TEST(Walked, what_makes_no_journey_together_is_neither_drawn_nor_taken_for_a_slope) {
  std::string text = queue("6 min", "6",
                           "    touchpoints.counter.experience.triangular.low: {prior: {normal: {mean: 4, sd: 1}}}\n"
                           "    recommendation.spread: {prior: {normal: {mean: 0.8, sd: 0.3}}, low: 0.2}\n");
  const std::string gamma = "{gamma: {mean: 7, sd: 1}}";
  text.replace(text.find(gamma), gamma.size(), "{triangular: {low: 4, mode: 5, high: 9}}");
  std::string higher = text;
  higher.replace(higher.find("low: 4, mode"), 6, "low: 4.95");
  const Calibration found = calibrated(text, answers_of(higher, 2000), 2);
  EXPECT_LT(found.posterior.noise, 1);
  for (const Eigen::MatrixXd& chain : found.posterior.chains) {
    EXPECT_LE(chain.col(0).maxCoeff(), 5);
    EXPECT_TRUE(chain.allFinite());
  }
  EXPECT_LT(found.posterior.parameters[0].hi - found.posterior.parameters[0].lo, 4);
}

TEST(Walked, bounds_beyond_the_prior_are_searched) {
  const std::string bounded =
      "    personas.all.patience.lognormal.median: {prior: {normal: {mean: 6 min, sd: 2 min}}, low: 9 min}\n";
  const Calibration found =
      calibrated(queue("9.5 min", "6", bounded), answers_of(queue("10 min", "6", bounded), 1000), 2);
  EXPECT_GE(found.mode[0], 9 * kMinute);
}

}  // namespace
}  // namespace sojourn::models
