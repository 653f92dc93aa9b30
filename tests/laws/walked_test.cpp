// Numbers that are found by walking anew, against the truth: surveys of a queue whose patience, and what is replayed beside it, were drawn from
// their priors.

#include "models/calibrate/calibration.h"
#include "models/calibrate/likelihood.h"
#include "models/calibrate/questions.h"
#include "models/replay/model.h"
#include "tests/models/survey/small_journey.h"
#include "tests/support/sweep.h"

#include "engine/study/decision.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace sojourn::tests {
namespace {

const std::string kQueue = R"(journey: A queue
personas: {all: {patience: {lognormal: {median: 6 min, sigma: 0.5}}}}
touchpoints:
  queue:
    duration: {lognormal: {median: 5 min, sigma: 0.5}}
    experience: {normal: {mean: 6, sd: 1}}
    next: {counter: 1}
    if_given_up: gone
  counter: {experience: {normal: {mean: 7, sd: 1}}, next: {done: 1}}
start: queue
outcomes: {done: {success: true}, gone: {}}
recommendation: {spread: 0.8}
calibrate:
  parameters:
    personas.all.patience.lognormal.median: {prior: {lognormal: {median: 6 min, sigma: 0.5}}}
    touchpoints.queue.experience.normal.mean: {prior: {normal: {mean: 6, sd: 1.5}}}
    recommendation.spread: {prior: {lognormal: {median: 0.8, sigma: 0.3}}}
)";
constexpr std::size_t kParameters = 3;

/// Drawn from the priors of the journey above.
Eigen::VectorXd truth(std::mt19937_64& dice) {
  std::normal_distribution<double> normal;
  Eigen::VectorXd values(kParameters);
  values << 360'000 * std::exp(0.5 * normal(dice)), 6 + 1.5 * normal(dice), 0.8 * std::exp(0.3 * normal(dice));
  return values;
}

models::Answers survey(const models::CalibrationModel& model, const models::JourneyFile& file,
                       const Eigen::VectorXd& values, int count, std::mt19937_64& dice) {
  models::AnswerCell cell;
  cell.count[0] = 1;
  const models::SurveyQuestions questions =
      models::questions_of(std::vector{cell}, models::typed_journey(file.tree), model.atlas(), model.tables());
  const models::Bank bank = model.bank(values, 20'000, {dice(), 0});
  const models::BankLikelihood likelihood(bank, model.tables(), model.numbers(), questions.sites, questions.site_count,
                                          model.parameters(), values, questions.cells);
  const models::ScoreOdds odds = likelihood.shares(values, 1).front();
  std::discrete_distribution<std::size_t> answer(odds.begin(), odds.end());
  cell.count.fill(0);
  for (int i = 0; i < count; ++i) ++cell.count[answer(dice)];
  cell.rows = count;
  models::Answers answers;
  answers.cells = {cell};
  return answers;
}

/// [parameter] in how many of the sets the central 90 % of the draws hold the truth.
std::array<int, kParameters> covered(int sets) {
  const models::JourneyFile file = journey_file(kQueue);
  const auto parameters = models::parameters_of(file);
  const models::CalibrationModel model(file, parameters);
  std::array<int, kParameters> hits{};
  for (int set = 0; set < sets; ++set) {
    const std::uint64_t seed = swept(static_cast<std::uint64_t>(set) + 1);
    std::mt19937_64 dice(seed);
    const Eigen::VectorXd values = truth(dice);
    const models::Answers answers = survey(model, file, values, 1000, dice);
    models::CalibrationPlan plan;
    plan.seed = seed;
    plan.threads = 1;
    plan.journeys = 2000;
    plan.posterior.draws = 50;
    plan.posterior.warm_up = 30;
    const models::Calibration found = *models::calibrate(file, parameters, answers, nullptr, plan);
    for (std::size_t i = 0; i < kParameters; ++i) {
      std::vector<double> draws;
      for (const Eigen::MatrixXd& chain : found.posterior.chains) {
        const Eigen::VectorXd column = chain.col(static_cast<Eigen::Index>(i));
        draws.insert(draws.end(), column.begin(), column.end());
      }
      const double own = values[static_cast<Eigen::Index>(i)];
      if (engine::sample_quantile(draws, 0.05) <= own && own <= engine::sample_quantile(draws, 0.95)) ++hits[i];
    }
  }
  return hits;
}

// Of 30 sets 0.9 +- 4 sqrt(0.09 / 30) is 0.68 to 1.
TEST(Walked, intervals_hold_the_truth_as_often_as_they_say) {
  constexpr int kSets = 30;
  for (const int hits : covered(kSets)) {
    fmt::print("90 % intervals cover {} of {}\n", hits, kSets);
    EXPECT_GE(hits, 21);
  }
}

}  // namespace
}  // namespace sojourn::tests
