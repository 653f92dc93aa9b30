// Laws of record and replay, on random journeys with every number as a parameter that can be one:
// - replayed under its own numbers, a journey comes to the satisfaction that it was walked to;
// - the slope of the likelihood is the one that differences show;
// - replayed under other numbers, journeys answer like journeys that were walked under them.

#include "tests/support/cases.h"
#include "tests/support/property.h"

#include "models/behaviour/scores.h"
#include "models/calibrate/likelihood.h"
#include "models/drivers/tape.h"
#include "models/journey/address.h"
#include "models/replay/model.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>

namespace sojourn::tests {
namespace {

using models::BankLikelihood;
using models::CalibrationModel;
using models::CalibrationParameter;

/// Every number that can be calibrated, with a normal prior around where it stands and, of bounded ones, bounds near it.
enum class Betas { move, stay };
std::vector<CalibrationParameter> every_parameter(const models::JourneyFile& journey, Betas betas) {
  std::vector<CalibrationParameter> list;
  for (const models::Number& number : models::every_number(journey.tree, models::Unwritten::leave_out)) {
    if (number.address.find(".overrides") != std::string::npos) continue;
    if (betas == Betas::stay && number.address.find(".beta.") != std::string::npos) continue;
    CalibrationParameter one;
    one.prior.address = number.address;
    one.prior.distribution = {models::Distribution::Family::normal, number.value, 1, 0, {}};
    one.prior.range = number.type->range;
    one.value = number.value;
    try {
      if (CalibrationModel(journey, {one}).walked()[0]) continue;  // no replay follows it
    } catch (const models::InputError&) {
      continue;
    }
    list.push_back(one);
  }
  return list;
}

struct Problem {
  models::JourneyFile journey;
  std::unique_ptr<CalibrationModel> model;
  std::vector<models::AnswerSites> sites;
  std::size_t site_count = 0;
  std::vector<models::LikelihoodCell> cells;
};

/// Asked everywhere; one cell for everybody's end, where personas are not told apart.
Problem problem_of(const std::string& text, Betas betas) {
  Problem problem;
  problem.journey = models::read_journey(source_of(text));
  problem.model = std::make_unique<CalibrationModel>(problem.journey, every_parameter(problem.journey, betas));
  const models::Atlas& atlas = problem.model->atlas();
  models::LikelihoodCell everybody;
  std::size_t asked = 0;
  const auto ask = [&](models::LikelihoodCell& cell) {
    for (double& count : cell.count) count = static_cast<double>(asked++ * 7 % 20);
  };
  for (std::size_t p = 0; p < atlas.personas.size(); ++p) {
    models::AnswerSites& sites = problem.sites.emplace_back();
    const auto next = [&] {
      models::LikelihoodCell& cell = problem.cells.emplace_back();
      cell.parts = {{static_cast<std::uint32_t>(problem.site_count), 1}};
      ask(cell);
      return static_cast<std::uint32_t>(problem.site_count++);
    };
    sites.end = next();
    everybody.parts.push_back({sites.end, 1.0 + static_cast<double>(p)});
    for (std::size_t node = 0; node < atlas.touchpoints.size(); ++node) sites.after.push_back(next());
  }
  ask(everybody);
  problem.cells.push_back(everybody);
  return problem;
}

/// Cells whose sites somebody comes to.
std::vector<models::LikelihoodCell> met(const Problem& problem, const models::Bank& bank) {
  std::vector<bool> is_met(problem.site_count, false);
  for (const models::BankJourney& journey : bank.journeys) {
    const models::AnswerSites& sites = problem.sites[journey.group];
    is_met[sites.end] = true;
    for (std::uint32_t k = 0; k < journey.count; ++k) is_met[sites.after[bank.visits[journey.first + k].node]] = true;
  }
  std::vector<models::LikelihoodCell> cells;
  for (const models::LikelihoodCell& cell : problem.cells) {
    bool all = true;
    for (const auto& part : cell.parts) all = all && is_met[part.site];
    if (all) cells.push_back(cell);
  }
  return cells;
}

TEST(Replay, under_its_own_numbers_a_journey_comes_to_the_satisfaction_it_was_walked_to) {
  for_all(200, any_journey(), [](const RandomJourney& random) -> std::string {
    const Problem problem = problem_of(random.text, Betas::stay);
    const CalibrationModel& model = *problem.model;
    if (model.parameters().empty()) return "";
    const models::Bank bank = model.bank(model.written(), 50, {3, 0});
    const BankLikelihood likelihood(bank, model.tables(), model.numbers(), problem.sites, problem.site_count,
                                    model.parameters(), model.written(), met(problem, bank), 0);
    const models::Customer customer(model.tables_at(model.written()));
    const engine::PlaceKeys keys = engine::place_keys({3, 0}, model.atlas().touchpoints.ids());
    models::Recorder recorder(customer, keys, model.atlas().layout.scores);
    std::vector<double> sums(problem.site_count, 0.0), weights(problem.site_count, 0.0);
    std::vector<std::uint32_t> seen(model.atlas().personas.size(), 0);
    std::size_t done = 0;
    // The mean score at the end, persona by persona, straight from the walk.
    for (std::uint64_t agent = 0; done < bank.journeys.size(); ++agent) {
      const auto group = customer.begin(engine::luck_of(keys.agent, agent, 0, 0)).group;
      if (seen[group] == 50) continue;
      const models::Tape& tape = recorder.record(agent);
      const double s = customer.overall_satisfaction(tape.end);
      const models::ScoreShares shares = models::score_shares(customer.tables().personas[group].response, s);
      for (std::size_t k = 0; k < shares.size(); ++k) {
        sums[problem.sites[group].end] += static_cast<double>(k) * static_cast<double>(shares[k]) * 1e-9 / 50;
      }
      ++seen[group];
      ++done;
    }
    const std::vector<models::ScoreOdds> shares = likelihood.shares(model.written(), 1);
    for (std::size_t c = 0; c < likelihood.cells().size(); ++c) {
      const auto& parts = likelihood.cells()[c].parts;
      if (parts.size() != 1) continue;
      const bool is_end = std::ranges::any_of(problem.sites, [&](const auto& one) { return one.end == parts[0].site; });
      if (!is_end) continue;
      double mean = 0;
      for (std::size_t k = 0; k < shares[c].size(); ++k) mean += static_cast<double>(k) * shares[c][k];
      if (std::abs(mean - sums[parts[0].site]) > 1e-6) {
        return fmt::format("site {}: replayed {}, walked {}", parts[0].site, mean, sums[parts[0].site]);
      }
    }
    if (likelihood.effective_share(model.written(), 1) < 1 - 1e-12) return "weights under its own numbers are not 1";
    return "";
  });
}

struct Compared {
  int all = 0, kinks = 0, jumps = 0;
};

/// Where the differences to either side disagree there is a kink (a clamp, an experience that equals the expectation), and the slope is as far
/// from them as they are from each other, at most; where differences of two steps do, a peak jumps between them, and nothing is said.
std::string against_differences(const BankLikelihood& likelihood, const Eigen::VectorXd& values, Compared& compared,
                                const std::vector<CalibrationParameter>& parameters) {
  const models::LogLikelihood here = likelihood.at(values, BankLikelihood::Slope::yes, 1);
  if (!std::isfinite(here.value)) return "";
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    const auto difference = [&](double step) {
      Eigen::VectorXd moved = values;
      moved[i] += step;
      return (likelihood.at(moved, BankLikelihood::Slope::no, 1).value - here.value) / step;
    };
    const double step = 1e-6 * std::max(1.0, std::abs(values[i]));
    const double above = difference(step);
    const double below = difference(-step);
    const double middle = 0.5 * (above + below);
    const double narrow = 0.5 * (difference(0.3 * step) + difference(-0.3 * step));
    ++compared.all;
    const double size = std::max({1.0, std::abs(middle), std::abs(here.slope[i])});
    if (!(std::abs(middle - narrow) < 1e-5 * size)) {
      ++compared.jumps;
      continue;
    }
    // Of journeys that stand at a clamp the slope counts none, the differences those that leave it to their side.
    const double kink = std::abs(above - below);
    const bool smooth = kink < 3e-5 * size;
    if (!smooth) ++compared.kinks;
    if (std::abs(middle - here.slope[i]) > 1e-5 * size + (smooth ? 0 : 10 * kink)) {
      return fmt::format("{}: slope {}, differences {} {}", parameters[static_cast<std::size_t>(i)].address(),
                         here.slope[i], below, above);
    }
  }
  return "";
}

TEST(Replay, the_slope_is_what_differences_show_for_every_kind_of_number) {
  Compared compared;
  for_all(150, any_journey(), [&](const RandomJourney& random) -> std::string {
    const Problem problem = problem_of(random.text, Betas::move);
    const CalibrationModel& model = *problem.model;
    if (model.parameters().empty()) return "";
    const models::Bank bank = model.bank(model.written(), 30, {5, 0});
    const BankLikelihood likelihood(bank, model.tables(), model.numbers(), problem.sites, problem.site_count,
                                    model.parameters(), model.written(), met(problem, bank));
    // A little off the bank, so that weights are not 1.
    Eigen::VectorXd values = model.written();
    for (Eigen::Index i = 0; i < values.size(); ++i) {
      const models::Range& range = model.parameters()[static_cast<std::size_t>(i)].prior.range;
      const double step = 0.003 * std::max(0.1, std::abs(values[i])) * (i % 2 == 0 ? 1 : -1);
      if (values[i] + 2 * step < range.high && values[i] + 2 * step > range.low) values[i] += step;
    }
    const std::string wrong = against_differences(likelihood, values, compared, model.parameters());
    return wrong.empty() ? "" : wrong + "\n" + random.text;
  });
  fmt::print("{} slopes, {} kinks, {} jumps\n", compared.all, compared.kinks, compared.jumps);
  EXPECT_GT(compared.all, 1000);
  EXPECT_LT(compared.jumps, compared.all / 50);
  EXPECT_LT(compared.kinks, compared.all / 5);
}

}  // namespace
}  // namespace sojourn::tests
