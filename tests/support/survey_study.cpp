#include "tests/support/survey_study.h"

#include "tests/support/cases.h"

#include "engine/random/luck.h"
#include "models/behaviour/recommendation.h"
#include "models/score/input_draws.h"

#include <fmt/format.h>

namespace sojourn::tests {

std::string survey_study_text() {
  std::string text = R"(
journey: Ten touchpoints
personas:
  ann: {share: 1, expectation: {normal: {mean: 6.5, sd: 1}}, learning: 0.2, loss_aversion: 1.8}
  bob: {share: 1, expectation: {normal: {mean: 6, sd: 1}}, learning: 0.2, loss_aversion: 1.8, recommendation: {bias: 0.2}}
touchpoints:
  a: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {b: 2, c: 1}}
  b: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {d: 1, e: 1}}
  c: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {d: 1, e: 2}}
  d: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {f: 1, g: 1}}
  e: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {f: 2, g: 1}}
  f: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {h: 3, i: 2}}
  g: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {h: 1, j: 1}}
  h: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {done: 1}}
  i: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {done: 1, j: 1}}
  j: {experience: {normal: {mean: 6.5, sd: 1.2}}, next: {done: 1}}
start: {a: 3, c: 1, d: 1}
outcomes: {done: {success: true}}
recommendation: {thresholds: [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5]}
calibrate:
  parameters:
)";
  for (const char id : std::string("bcdefghij")) {
    text += fmt::format("    touchpoints.{}.experience.normal.mean: {{prior: {{normal: {{mean: 6.5, sd: 1}}}}}}\n", id);
  }
  text += "    personas.bob.recommendation.bias: {prior: {normal: {mean: 0.2, sd: 0.5}}}\n";
  for (int k = 0; k < 10; ++k) {
    text += fmt::format("    recommendation.thresholds.{}: {{prior: {{normal: {{mean: {}.5, sd: 1}}}}}}\n", k, k);
  }
  return text;
}

SurveyStudy::SurveyStudy(const std::string& text) : journey_(models::read_journey(source_of(text))) {
  model_ = std::make_unique<models::CalibrationModel>(journey_, models::parameters_of(journey_));
  for (std::size_t p = 0; p < model_->atlas().personas.size(); ++p) {
    models::AnswerSites& sites = sites_.emplace_back();
    for (std::size_t node = 0; node < model_->atlas().touchpoints.size(); ++node) {
      sites.after.push_back(static_cast<std::uint32_t>(site_count_++));
    }
  }
}

Eigen::VectorXd SurveyStudy::parameters(std::uint64_t seed) const {
  models::Quantiles quantiles;
  const auto& list = model_->parameters();
  Eigen::VectorXd values(static_cast<Eigen::Index>(list.size()));
  for (std::size_t i = 0; i < list.size(); ++i) {
    const bool first_threshold = list[i].address().ends_with("thresholds.0");
    values[static_cast<Eigen::Index>(i)] = models::InputDraw(list[i].prior, seed, 0, quantiles).value(0);
    if (!first_threshold) continue;
    // All ten again and again until they rise.
    for (std::uint32_t attempt = 0;; ++attempt) {
      bool rising = true;
      for (std::size_t k = 0; k < 10; ++k) {
        const double value = models::InputDraw(list[i + k].prior, seed * 1000 + attempt, 1, quantiles).value(0);
        values[static_cast<Eigen::Index>(i + k)] = value;
        rising = rising && (k == 0 || value > values[static_cast<Eigen::Index>(i + k - 1)]);
      }
      if (rising) return values;
    }
  }
  return values;
}

std::vector<models::LikelihoodCell> SurveyStudy::answers(const Eigen::VectorXd& values, int per_cell,
                                                         std::uint64_t seed) const {
  const std::size_t nodes = model_->atlas().touchpoints.size();
  // A customer answers at one touchpoint only: as many customers for each as it takes, and few come by some.
  const models::Bank bank =
      model_->bank(values, static_cast<std::uint32_t>(per_cell * static_cast<int>(nodes) * 6), {seed, 77});
  const models::JourneyTables tables = model_->tables_at(values);
  std::vector<models::LikelihoodCell> cells(site_count_);
  std::vector<int> have(site_count_, 0);
  const engine::PlaceKey key = engine::place_key(seed, "answers");
  std::vector<std::size_t> seen(model_->atlas().personas.size(), 0);
  for (const models::BankJourney& journey : bank.journeys) {
    const models::PersonaNumbers& persona = model_->numbers()[journey.group];
    std::vector<double> numbers = persona.values;
    for (const models::NumberLink& link : persona.links) {
      numbers[link.number] = link.slope * values[static_cast<Eigen::Index>(link.parameter)] + link.intercept;
    }
    const std::vector<std::uint32_t> moves = [&] {
      std::vector<std::uint32_t> places(numbers.size(), models::Replay::kFixed);
      for (const models::NumberLink& link : persona.links) places[link.number] = 0;
      return places;
    }();
    models::Replay replay(model_->tables(), journey.group, persona, sites_[journey.group], moves, 0);
    const std::vector<std::optional<models::BetaRow>> betas(persona.experience.size() + 1);
    replay.set(numbers, betas);
    const std::size_t asked_at = seen[journey.group]++ % nodes;
    for (const models::Replay::Answer& one :
         replay.forward(journey, std::span(bank.visits.data() + journey.first, journey.count))) {
      if (one.site != sites_[journey.group].after[asked_at] || have[one.site] == per_cell) continue;
      const models::ScoreShares shares =
          models::score_shares(tables.personas[journey.group].response, one.satisfaction);
      const double u =
          engine::uniform(engine::luck_of(key, one.site, 0, static_cast<std::uint32_t>(have[one.site])).block(0)[0]);
      double below = 0;
      std::size_t score = 0;
      while (score < 10 && u >= (below += static_cast<double>(shares[score]) * 1e-9)) ++score;
      cells[one.site].count[score] += 1;
      ++have[one.site];
    }
  }
  for (std::uint32_t site = 0; site < site_count_; ++site) {
    cells[site].parts = {{site, 1}};
    if (have[site] != per_cell) throw std::runtime_error("too few customers");
  }
  return cells;
}

}  // namespace sojourn::tests
