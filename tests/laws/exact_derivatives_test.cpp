// Law: exact derivatives are the limits of differences of exact answers, and what one simulated run estimates.
//
// Differences are central ones of two steps, one half of the other, extrapolated (Richardson 1911), so that what is left are rounding
// and, for times, that draws are whole milliseconds. A simulated derivative is off by more than 7.5 of its standard errors by
// chance in 6e-14 of all cases, more where few agents meet the number: ten agents' worth is allowed for. Fewer than 20,000
// comparisons: a false alarm in less than 1e-5 of all seeds.

#include "tests/support/cases.h"
#include "tests/support/derivatives.h"
#include "tests/support/exact.h"
#include "tests/support/property.h"

#include "models/drivers/exact_derivatives.h"
#include "models/journey/values.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <regex>

namespace sojourn::tests {
namespace {

using models::DriverMetric;
using models::WorthPart;

constexpr std::size_t kParts = static_cast<std::size_t>(WorthPart::count);
constexpr std::array<const char*, kParts> kAddress = {"overall.success", "overall.cost", "overall.value"};
constexpr std::array<DriverMetric, kParts> kMetric = {DriverMetric::success, DriverMetric::cost, DriverMetric::value};
constexpr std::array<double, kParts> kRange = {1, 30, 30};

struct Exactly {
  std::vector<models::Lever> levers;
  models::ExactDerivatives derivatives;
};

/// The journey with no choice that depends on mood or on a pain that opens by the clock.
std::string calm(const RandomJourney& journey) {
  const std::string text = std::regex_replace(journey.text, std::regex(", mood: [-0-9.]+"), "");
  return std::regex_replace(text, std::regex("after: [0-9.]+ (ms|s|min|h|d|w)"), "probability: 0.3");
}

Exactly exactly(const std::string& journey) {
  const models::Case one = case_of(journey);
  const models::Experiment experiment({&one});
  models::Levers levers(one);
  const models::JourneyTables& tables = experiment.customer(0).tables();
  const models::Origins origins = models::origins_of(one, experiment.atlas(), tables, levers);
  Exactly to;
  for (std::size_t i = 0; i < levers.size(); ++i) to.levers.push_back(levers[i]);
  to.derivatives = models::exact_derivatives(one, experiment.atlas(), tables, origins, levers.size());
  return to;
}

/// Success, cost and value of the journey with the lever moved; nothing where that is not valid or not exact.
std::optional<models::Worth> worth_at(const std::string& journey, const models::Lever& lever, double step) {
  models::Type type = *lever.type;
  type.range = {};
  std::string change = "{shift: " + lever.address + ", by: " + models::value_text(step, type);
  for (std::size_t i = 0; i < lever.only_for.size(); ++i) change += (i == 0 ? ", for: [" : ", ") + lever.only_for[i];
  change += lever.only_for.empty() ? "}" : "]}";
  try {
    const models::Case one = step == 0 ? case_of(journey) : changed_case(journey, {change});
    const models::Experiment experiment({&one});
    const FiguresByAddress figures = solved(experiment).figures;
    models::Worth worth;
    for (std::size_t m = 0; m < kParts; ++m) {
      worth[m] = figures.at(kAddress[m]).estimate;
      if (!std::isfinite(worth[m])) return std::nullopt;
    }
    return worth;
  } catch (const models::InputError&) {
    return std::nullopt;
  }
}

struct Slope {
  models::Worth value, error;  // the error as the two steps disagree
  bool is_kink = false;        // the two sides disagree
};

std::optional<Slope> slope_at(const std::string& journey, const models::Lever& lever, double step) {
  std::array<models::Worth, 2> slopes;
  const auto here = worth_at(journey, lever, 0);
  if (!here) return std::nullopt;
  Slope to;
  for (const std::size_t i : {0U, 1U}) {
    const double h = i == 0 ? step : step / 2;
    const auto high = worth_at(journey, lever, h);
    const auto low = worth_at(journey, lever, -h);
    if (!high || !low) return std::nullopt;
    for (std::size_t m = 0; m < kParts; ++m) {
      slopes[i][m] = ((*high)[m] - (*low)[m]) / (2 * h);
      const double curved = std::abs((*high)[m] + (*low)[m] - 2 * (*here)[m]);
      if (i == 1 && curved > 0.2 * std::abs((*high)[m] - (*low)[m]) + 1e-11 * kRange[m]) to.is_kink = true;
    }
  }
  for (std::size_t m = 0; m < kParts; ++m) {
    to.value[m] = (4 * slopes[1][m] - slopes[0][m]) / 3;
    to.error[m] = std::abs(slopes[1][m] - slopes[0][m]);
  }
  return to;
}

double step_for(const models::Lever& lever) {
  const bool time = lever.type->kind == models::Kind::duration;
  return time ? std::max(0.02 * std::abs(lever.value), 20.0) : std::max(1e-3 * std::abs(lever.value), 1e-4);
}

TEST(ExactDerivatives, are_the_limits_of_exact_differences) {
  int compared = 0, not_zero = 0, times = 0;
  for_all(50, any_journey(), [&](const RandomJourney& journey) -> std::string {
    const std::string text = calm(journey);
    const Exactly exact = exactly(text);
    if (!exact.derivatives.why_not.empty()) return "";
    for (std::size_t i = 0; i < exact.levers.size(); ++i) {
      const models::Lever& lever = exact.levers[i];
      const models::Worth& here = exact.derivatives.levers[i];
      const bool flat = here == models::Worth{};
      if (!lever.left_out.empty() || (flat && i % 8 != 0)) continue;
      const auto there = slope_at(text, lever, step_for(lever));
      if (!there || there->is_kink) continue;
      // Whatever moves a wait, sigmas too: draws are whole milliseconds, and the odds of giving up are integrated numerically.
      const bool time =
          lever.address.find(".patience") != std::string::npos || lever.address.find(".duration") != std::string::npos;
      for (std::size_t m = 0; m < kParts; ++m) {
        if (!std::isfinite(here[m])) continue;
        // A patience that is a matter of milliseconds: no step that whole milliseconds allow shows its slope.
        if (time && std::abs(here[m]) * step_for(lever) > 0.05 * kRange[m]) continue;
        ++compared;
        not_zero += here[m] != 0 ? 1 : 0;
        times += time && here[m] != 0 ? 1 : 0;
        const double size = std::max(std::abs(here[m]), std::abs(there->value[m]));
        const double rounding = 1e-11 * kRange[m] / step_for(lever);
        // Of times that are a matter of milliseconds, the slope is that of the distributions, and the walk's is rounded.
        if (time && std::abs(here[m] - there->value[m]) * std::abs(lever.value) < 1e-5 * kRange[m]) continue;
        if (std::abs(here[m] - there->value[m]) >
            (time ? 2e-3 * size + 3 * there->error[m] : 1e-6 * size + there->error[m]) + rounding) {
          return fmt::format("{} = {}, {}: {} and by differences {} +- {}", lever.address, lever.value, kAddress[m],
                             here[m], there->value[m], there->error[m]);
        }
      }
    }
    return "";
  });
  EXPECT_GT(compared, 200);
  EXPECT_GT(not_zero, 40);
  EXPECT_GT(times, 3);
}

TEST(ExactDerivatives, are_what_one_run_estimates) {
  int compared = 0;
  constexpr std::uint64_t kAgents = 30'000;
  for_all(40, any_journey(), [&](const RandomJourney& journey) -> std::string {
    const std::string text = calm(journey);
    const Exactly exact = exactly(text);
    if (!exact.derivatives.why_not.empty()) return "";
    std::vector<Derivative> simulated;
    try {
      simulated = derivatives(text, kAgents);
    } catch (const models::InputError&) {
      return "";
    }
    for (std::size_t i = 0; i < simulated.size(); ++i) {
      if (!simulated[i].left_out.empty()) continue;
      for (std::size_t m = 0; m < kParts; ++m) {
        const double here = exact.derivatives.levers[i][m];
        if (!std::isfinite(here)) continue;
        const models::Figure& there = simulated[i].row[static_cast<std::size_t>(kMetric[m])];
        ++compared;
        const double unit = std::max(std::abs(simulated[i].value), 1e-4);
        const double few = 10 * kRange[m] / (static_cast<double>(kAgents) * unit);
        if (std::abs(here - there.estimate) > 7.5 * there.se + 1e-6 * std::abs(here) + few) {
          return fmt::format("{} = {}, {}: {} and simulated {} +- {}", simulated[i].address, simulated[i].value,
                             kAddress[m], here, there.estimate, there.se);
        }
      }
    }
    return "";
  });
  EXPECT_GT(compared, 1000);
}

TEST(ExactDerivatives, shares_of_success_sum_to_what_touchpoints_can_do) {
  int compared = 0;
  for_all(60, any_journey(), [&](const RandomJourney& journey) -> std::string {
    const models::ExactDerivatives exact = exactly(calm(journey)).derivatives;
    if (exact.shapley_success.empty()) return "";
    double sum = 0;
    for (const double value : exact.shapley_success) sum += value;
    double most = 0;
    for (std::size_t t = 0; t < exact.shapley_success.size(); ++t) {
      most = std::max(most, exact.success_through[t]);
      if (exact.shapley_success[t] > exact.success_through[t] + 1e-12) return "more than what comes by";
    }
    ++compared;
    return sum <= exact.mean[0] + 1e-12 && sum >= most - 1e-12 ? "" : fmt::format("{} of {}", sum, exact.mean[0]);
  });
  EXPECT_GT(compared, 5);
}

}  // namespace
}  // namespace sojourn::tests
