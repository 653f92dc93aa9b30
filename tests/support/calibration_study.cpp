#include "tests/support/calibration_study.h"

#include "engine/study/decision.h"
#include "tests/support/sweep.h"

#include <algorithm>

namespace sojourn::tests {

using models::BankLikelihood;

Calibrated calibrated(const SurveyStudy& study, const std::vector<models::LikelihoodCell>& cells,
                      std::uint32_t journeys, std::uint64_t seed, int draws, int threads) {
  const models::ParameterSpace space(study.model().parameters());
  const Eigen::VectorXd written = study.model().written();
  const models::Bank bank = study.model().bank(written, journeys, {seed, 1});
  const BankLikelihood likelihood(bank, study.model().tables(), study.model().numbers(), study.sites(),
                                  study.site_count(), study.model().parameters(), written, cells);
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

double Coverage::overall() const {
  double sum = 0;
  for (const int one : hits) sum += one;
  return sum / (static_cast<double>(hits.size()) * sets);
}

Coverage coverage(const SurveyStudy& study, int sets, std::uint32_t journeys, int draws) {
  Coverage to;
  const std::size_t parameters = study.model().parameters().size();
  to.hits.assign(parameters, 0);
  to.places.resize(parameters);
  for (to.sets = 0; to.sets < sets; ++to.sets) {
    const std::uint64_t seed = swept(static_cast<std::uint64_t>(to.sets + 1));
    const Eigen::VectorXd truth = study.parameters(seed);
    const Calibrated found = calibrated(study, study.answers(truth, 100, seed), journeys, seed, draws);
    for (std::size_t i = 0; i < parameters; ++i) {
      std::vector<double> all;
      for (const Eigen::MatrixXd& chain : found.posterior.chains) {
        all.insert(all.end(), chain.col(static_cast<Eigen::Index>(i)).begin(),
                   chain.col(static_cast<Eigen::Index>(i)).end());
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

std::vector<models::WeakDirection> weak_directions_of(const SurveyStudy& study,
                                                      const std::vector<models::LikelihoodCell>& cells,
                                                      std::uint64_t seed) {
  const models::ParameterSpace space(study.model().parameters());
  const Eigen::VectorXd written = study.model().written();
  const models::Bank bank = study.model().bank(written, 4000, {seed, 1});
  const BankLikelihood likelihood(bank, study.model().tables(), study.model().numbers(), study.sites(),
                                  study.site_count(), study.model().parameters(), written, cells);
  return models::weak_directions(space, *models::fit(likelihood, space, space.coordinates(written), 0));
}

namespace {

std::string with_a_pair() {
  std::string text = survey_study_text();
  const std::string twin =
      "  h: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {z: 1}}\n  z: {experience: {normal: {mean: 6.5, sd: "
      "1.2}}, next: {done: 1}}\n";
  const std::string own = "  h: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {done: 1}}\n";
  text.replace(text.find(own), own.size(), twin);
  const std::string line = "    touchpoints.h.experience.normal.mean";
  text.insert(text.find(line), "    touchpoints.z.experience.normal.mean: {prior: {normal: {mean: 6.5, sd: 1}}}\n");
  return text;
}

}  // namespace

int flagged_pairs(int surveys) {
  const SurveyStudy study(with_a_pair());
  const auto& parameters = study.model().parameters();
  const auto index = [&](const std::string& address) {
    return static_cast<std::size_t>(std::ranges::find(parameters, address, &models::CalibrationParameter::address) -
                                    parameters.begin());
  };
  const std::size_t h = index("touchpoints.h.experience.normal.mean");
  const std::size_t z = index("touchpoints.z.experience.normal.mean");
  int flagged = 0;
  for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(surveys); ++seed) {
    auto cells = study.answers(study.parameters(seed), 100, seed);
    // Nobody asks after h: only what both come to is seen.
    std::erase_if(cells, [&](const models::LikelihoodCell& cell) {
      return std::ranges::any_of(study.sites(), [&](const models::AnswerSites& sites) {
        return sites.after[study.model().atlas().touchpoints.index("h")] == cell.parts[0].site;
      });
    });
    bool both = false;
    for (const models::WeakDirection& one : weak_directions_of(study, cells, seed)) {
      double of_h = 0;
      double of_z = 0;
      for (const auto& part : one.parts) {
        if (part.parameter == h) of_h = part.share;
        if (part.parameter == z) of_z = part.share;
      }
      both = both || of_h * of_z < 0;
    }
    flagged += both ? 1 : 0;
  }
  return flagged;
}

int flagged_without_reason(int surveys) {
  const SurveyStudy study;
  int flagged = 0;
  for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(surveys); ++seed) {
    flagged += weak_directions_of(study, study.answers(study.parameters(seed), 100, seed), seed).empty() ? 0 : 1;
  }
  return flagged;
}

}  // namespace sojourn::tests
