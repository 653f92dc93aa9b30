#include "models/drivers/drivers.h"

#include "engine/tally/interval.h"
#include "models/drivers/exact_derivatives.h"
#include "models/drivers/insight.h"
#include "models/drivers/reruns.h"

#include <algorithm>
#include <cmath>

namespace sojourn::models {
namespace {

constexpr std::size_t kNps = static_cast<std::size_t>(DriverMetric::nps);

/// A figure times a constant.
Figure times(const Figure& figure, double factor) {
  Figure result;
  result.estimate = figure.estimate * factor;
  result.se = figure.se * std::abs(factor);
  result.lo = (factor < 0 ? figure.hi : figure.lo) * factor;
  result.hi = (factor < 0 ? figure.lo : figure.hi) * factor;
  return result;
}

DriverFigures row(const GradientRun& run, std::uint32_t index) {
  DriverFigures figures;
  for (std::size_t m = 0; m < kDriverMetrics; ++m) figures[m] = run.figure(index, static_cast<DriverMetric>(m));
  return figures;
}

/// The share of the successful journeys among whom it is yes: the ratio of two means, one of which is part of the other.
Figure share_of(const Figure& part, const Figure& whole, std::uint64_t agents) {
  Figure share;
  if (!(whole.estimate > 0)) return share;
  share.estimate = part.estimate / whole.estimate;
  const double number = whole.estimate * static_cast<double>(agents);
  share.se = std::sqrt(std::max(share.estimate * (1 - share.estimate), 0.0) / number);
  const auto [lo, hi] = engine::wilson(share.estimate, number, engine::kZ95);
  share.lo = lo;
  share.hi = hi;
  return share;
}

Figure exactly(double value) { return {value, 0, value, value}; }

/// What is known without chance takes the place of what was simulated.
void take_exact(const ExactDerivatives& exact, const Levers& levers, Drivers& to) {
  to.exact.why_not = exact.why_not;
  if (!exact.why_not.empty()) return;
  constexpr std::array kKnown = {std::pair(DriverMetric::success, WorthPart::success),
                                 std::pair(DriverMetric::cost, WorthPart::cost),
                                 std::pair(DriverMetric::value, WorthPart::value)};
  for (const auto& [metric, part] : kKnown) {
    to.exact.derivatives.push_back(metric);
    to.base[static_cast<std::size_t>(metric)] = exactly(exact.mean[static_cast<std::size_t>(part)]);
  }
  for (Driver& driver : to.drivers) {
    const Worth& worth = exact.levers[levers.find(driver.lever.address)];
    for (const auto& [metric, part] : kKnown) {
      const double slope = worth[static_cast<std::size_t>(part)];
      if (!std::isfinite(slope)) continue;
      driver.derivative[static_cast<std::size_t>(metric)] = exactly(slope);
      driver.effect[static_cast<std::size_t>(metric)] = exactly(slope * driver.step);
    }
  }
  const double success = exact.mean[static_cast<std::size_t>(WorthPart::success)];
  to.exact.credit = !exact.shapley_success.empty();
  for (std::size_t t = 0; to.exact.credit && t < to.touchpoints.size(); ++t) {
    TouchpointDriver& one = to.touchpoints[t];
    one.shapley_success = exactly(exact.shapley_success[t]);
    one.nothing_success = exactly(-exact.success_through[t]);
    one.through_share = success > 0 ? exactly(exact.success_through[t] / success) : Figure{};
  }
}

void list_drivers(const Levers& levers, const GradientRun& run, Drivers& to) {
  for (std::uint32_t i = 0; i < levers.size(); ++i) {
    std::string reason = levers[i].left_out;
    if (reason.empty()) reason = run.no_derivative(i);
    const double step = step_of(levers[i]);
    if (reason.empty() && step == 0) reason = "its range holds no step of ten per cent";
    if (!reason.empty()) {
      to.left_out.push_back({levers[i].address, reason});
      continue;
    }
    Driver& driver = to.drivers.emplace_back();
    driver.lever = levers[i];
    driver.step = step;
    driver.derivative = row(run, i);
    for (std::size_t m = 0; m < kDriverMetrics; ++m) driver.effect[m] = times(driver.derivative[m], step);
  }
  to.left_out.push_back({"limits.visits", "it is a whole number: it has no small step"});
  std::ranges::stable_sort(to.drivers, [](const Driver& a, const Driver& b) {
    return std::abs(a.effect[kNps].estimate) > std::abs(b.effect[kNps].estimate);
  });
}

void attribute(const GradientRun& run, Drivers& to) {
  const DriverFigures all = row(run, run.plan.all());
  const auto success = static_cast<std::size_t>(DriverMetric::success);
  to.touchpoints.resize(run.plan.touchpoints);
  for (std::size_t t = 0; t < to.touchpoints.size(); ++t) {
    TouchpointDriver& one = to.touchpoints[t];
    one.importance = run.figure(run.plan.row(TouchpointRow::experience, t), DriverMetric::nps);
    const DriverFigures through = row(run, run.plan.row(TouchpointRow::through, t));
    one.through_share = share_of(through[success], all[success], run.agents);
    one.nothing_success = times(through[success], -1);
    one.nothing_nps = times(through[kNps], -1);
    const DriverFigures shapley = row(run, run.plan.row(TouchpointRow::shapley, t));
    one.shapley_nps = shapley[kNps];
    one.shapley_satisfaction = shapley[static_cast<std::size_t>(DriverMetric::satisfaction)];
    one.shapley_success = shapley[success];
  }
}

/// The touchpoints that are taken out: all, or those that change NPS most where every journey through them counts as
/// nothing or a point is worth most.
std::vector<std::size_t> removed(const Drivers& drivers) {
  std::vector<std::size_t> order;
  for (std::size_t t = 0; t < drivers.touchpoints.size(); ++t) order.push_back(t);
  const auto size = [&](std::size_t t) {
    return std::abs(drivers.touchpoints[t].nothing_nps.estimate) + std::abs(drivers.touchpoints[t].importance.estimate);
  };
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return size(a) > size(b); });
  if (order.size() > kMostRemovals) order.resize(kMostRemovals);
  return order;
}

}  // namespace

std::optional<Drivers> find_drivers(const JourneyFile& journey, std::span<const ScenarioFile> scenarios,
                                    const Case& base, const RunPlan& plan, const OnProgress& progress) {
  const Experiment experiment({&base});
  Levers levers(base);
  const Origins origins = origins_of(base, experiment.atlas(), experiment.customer(0).tables(), levers);
  const std::optional<GradientRun> run = run_gradient(experiment, origins, levers.size(), plan, progress);
  if (!run) return std::nullopt;

  Drivers drivers;
  drivers.names = experiment.names();
  drivers.visits = run->visits;
  list_drivers(levers, *run, drivers);
  attribute(*run, drivers);
  const ExactDerivatives exact =
      exact_derivatives(base, experiment.atlas(), experiment.customer(0).tables(), origins, levers.size());
  take_exact(exact, levers, drivers);

  std::vector<Rerun> reruns;
  const std::size_t largest = std::min(kReruns, drivers.drivers.size());
  for (std::size_t i = 0; i < largest; ++i) {
    reruns.push_back({change_of(drivers.drivers[i].lever, drivers.drivers[i].step), std::nullopt, {}});
  }
  const std::vector<std::size_t> out = removed(drivers);
  for (const std::size_t t : out) reruns.push_back({removal_of(drivers.names.touchpoints[t].id), std::nullopt, {}});
  std::optional<Figures> figures;
  if (!rerun(journey, scenarios, base, plan, progress, reruns, figures)) return std::nullopt;

  for (std::size_t i = 0; i < largest; ++i) {
    Driver& driver = drivers.drivers[i];
    driver.why_no_rerun = reruns[i].why_not;
    if (!reruns[i].difference) continue;
    driver.effect = *reruns[i].difference;
    driver.effect_from = EffectFrom::rerun;
  }
  for (TouchpointDriver& one : drivers.touchpoints) {
    one.why_not_rerouted = "only the " + std::to_string(kMostRemovals) + " that matter most are taken out";
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    drivers.touchpoints[out[i]].rerouted = reruns[largest + i].difference;
    drivers.touchpoints[out[i]].why_not_rerouted = reruns[largest + i].why_not;
  }
  for (std::size_t m = 0; m < kDriverMetrics; ++m) {
    if (!std::isfinite(drivers.base[m].estimate)) drivers.base[m] = figures->overall[kDriverMetricInfo[m]];
  }
  for (std::size_t t = 0; t < drivers.touchpoints.size(); ++t) {
    drivers.touchpoints[t].reach = figures->touchpoints[t][SiteMetric::reach];
    drivers.touchpoints[t].performance = figures->touchpoints[t][SiteMetric::experience];
  }
  map_insights(drivers);
  return drivers;
}

}  // namespace sojourn::models
