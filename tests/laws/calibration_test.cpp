// Calibration against the truth: surveys of a journey whose 20 parameters were drawn from their priors.

#include "tests/support/survey_study.h"

#include "engine/study/decision.h"
#include "models/calibrate/posterior.h"
#include "models/calibrate/weak.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace sojourn::tests {
namespace {

using models::BankLikelihood;

struct Calibrated {
  models::Fit fit;
  models::Posterior posterior;
};

Calibrated calibrated(const SurveyStudy& study, const std::vector<models::LikelihoodCell>& cells, std::uint32_t journeys, std::uint64_t seed, int draws,
                      int threads = 0) {
  const models::ParameterSpace space(study.model().parameters());
  const Eigen::VectorXd written = study.model().written();
  const models::Bank bank = study.model().bank(written, journeys, {seed, 1});
  const BankLikelihood likelihood(bank, study.model().tables(), study.model().numbers(), study.sites(), study.site_count(),
                                  study.model().parameters(), written, cells);
  Calibrated to;
  to.fit = *models::fit(likelihood, space, space.coordinates(written), threads);
  models::PosteriorPlan plan;
  plan.warm_up = 50;
  plan.draws = draws;
  plan.seed = seed;
  plan.threads = threads;
  to.posterior = *models::sample_posterior(likelihood, space, to.fit, plan);
  return to;
}

/// Of each parameter, whether its central 90 % hold the truth; and where among the draws it stands, 0 to 1.
struct Coverage {
  std::vector<int> hits;
  std::vector<std::vector<double>> places;  // [parameter][set]
  int sets = 0;

  double overall() const {
    double sum = 0;
    for (const int one : hits) sum += one;
    return sum / (static_cast<double>(hits.size()) * sets);
  }
};

Coverage coverage(const SurveyStudy& study, int sets, std::uint32_t journeys, int draws) {
  Coverage to;
  const std::size_t parameters = study.model().parameters().size();
  to.hits.assign(parameters, 0);
  to.places.resize(parameters);
  for (to.sets = 0; to.sets < sets; ++to.sets) {
    const auto seed = static_cast<std::uint64_t>(to.sets + 1);
    const Eigen::VectorXd truth = study.parameters(seed);
    const Calibrated found = calibrated(study, study.answers(truth, 125, seed), journeys, seed, draws);
    for (std::size_t i = 0; i < parameters; ++i) {
      std::vector<double> all;
      for (const Eigen::MatrixXd& chain : found.posterior.chains) {
        all.insert(all.end(), chain.col(static_cast<Eigen::Index>(i)).begin(), chain.col(static_cast<Eigen::Index>(i)).end());
      }
      const double value = truth[static_cast<Eigen::Index>(i)];
      to.hits[i] += value >= engine::sample_quantile(all, 0.05) && value <= engine::sample_quantile(all, 0.95) ? 1 : 0;
      double below = 0;
      for (const double one : all) below += one < value ? 1 : 0;
      to.places[i].push_back(below / static_cast<double>(all.size()));
    }
  }
  return to;
}

// 10 sets of 20 parameters. Of one set's 20 hits, correlated as parameters are, the standard deviation is at most that of 5 independent ones:
// 0.9 +- 4 sqrt(0.09 / 50) holds 0.73 to 1, and is left by chance in less than 1e-4 of all seeds.
TEST(Calibration, intervals_hold_the_truth_as_often_as_they_say) {
  const SurveyStudy study;
  const Coverage found = coverage(study, 10, 4000, 60);
  fmt::print("90 % intervals cover {:.3f} in 10 sets\n", found.overall());
  EXPECT_GT(found.overall(), 0.73);
  EXPECT_LT(found.overall(), 0.995);
}

TEST(Calibration, threads_change_no_bit) {
  const SurveyStudy study;
  const Eigen::VectorXd truth = study.parameters(3);
  const auto cells = study.answers(truth, 60, 3);
  const Calibrated one = calibrated(study, cells, 500, 3, 10, 1);
  const Calibrated two = calibrated(study, cells, 500, 3, 10, 2);
  EXPECT_EQ(one.fit.x, two.fit.x);
  for (std::size_t c = 0; c < one.posterior.chains.size(); ++c) EXPECT_EQ(one.posterior.chains[c], two.posterior.chains[c]);
}

std::vector<models::WeakDirection> weak_of(const SurveyStudy& study, const std::vector<models::LikelihoodCell>& cells, std::uint64_t seed) {
  const models::ParameterSpace space(study.model().parameters());
  const Eigen::VectorXd written = study.model().written();
  const models::Bank bank = study.model().bank(written, 4000, {seed, 1});
  const BankLikelihood likelihood(bank, study.model().tables(), study.model().numbers(), study.sites(), study.site_count(),
                                  study.model().parameters(), written, cells);
  return models::weak_directions(space, *models::fit(likelihood, space, space.coordinates(written), 0));
}

/// Two touchpoints that are always visited one after the other, with no question between them.
std::string with_a_pair() {
  std::string text = survey_study_text();
  const std::string twin = "  h: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {i: 1}}\n  i: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {done: 1}}\n";
  const std::string own = "  h: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {done: 1}}\n";
  text.replace(text.find(own), own.size(), twin);
  const std::string line = "    touchpoints.h.experience.normal.mean";
  text.insert(text.find(line), "    touchpoints.i.experience.normal.mean: {prior: {normal: {mean: 6.5, sd: 1}}}\n");
  return text;
}

TEST(Calibration, what_answers_cannot_separate_is_flagged) {
  const SurveyStudy study(with_a_pair());
  const auto& parameters = study.model().parameters();
  const auto index = [&](const std::string& address) {
    return static_cast<std::size_t>(std::ranges::find(parameters, address, &models::CalibrationParameter::address) - parameters.begin());
  };
  const std::size_t h = index("touchpoints.h.experience.normal.mean");
  const std::size_t i = index("touchpoints.i.experience.normal.mean");
  int flagged = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    auto cells = study.answers(study.parameters(seed), 125, seed);
    // Nobody asks after h: only what both come to is seen.
    std::erase_if(cells, [&](const models::LikelihoodCell& cell) {
      return std::ranges::any_of(study.sites(), [&](const models::AnswerSites& sites) {
        return sites.after[study.model().atlas().touchpoints.index("h")] == cell.parts[0].site;
      });
    });
    bool both = false;
    for (const models::WeakDirection& one : weak_of(study, cells, seed)) {
      double of_h = 0;
      double of_i = 0;
      for (const auto& part : one.parts) {
        if (part.parameter == h) of_h = part.share;
        if (part.parameter == i) of_i = part.share;
      }
      both = both || of_h * of_i < 0;
    }
    flagged += both ? 1 : 0;
  }
  EXPECT_EQ(flagged, 10);
}

TEST(Calibration, what_answers_tell_is_not_flagged) {
  const SurveyStudy study;
  int flagged = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) flagged += weak_of(study, study.answers(study.parameters(seed), 125, seed), seed).empty() ? 0 : 1;
  EXPECT_LE(flagged, 1);
}

}  // namespace
}  // namespace sojourn::tests
