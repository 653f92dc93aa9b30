#include "tools/job/simulate.h"

#include "tools/program/interrupt.h"
#include "tools/terminal/progress.h"

#include <utility>

namespace sojourn::tools {

namespace {

/// What comes of `run`, and how long it took.
template <class Run>
auto simulated(const models::RunPlan& plan, const Console& console, Run run) {
  const Graceful graceful;
  Progress progress(console);
  auto tallies = run([&](const models::ProgressReport& report) {
    progress.show(report.agents_done, report.agents_planned);
    return stop_signal() == 0;
  });
  const double seconds = progress.seconds();
  throw_if_stopped();
  const int threads = engine::worker_count({.threads = plan.threads});
  const std::uint64_t visits = tallies->visits;
  return std::pair(std::move(*tallies), Performance{visits, seconds, threads});
}

}  // namespace

Simulated simulate(const models::Experiment& experiment, const models::RunPlan& plan, const Console& console) {
  auto [tallies, performance] =
      simulated(plan, console, [&](const auto& progress) { return experiment.run(plan, progress); });
  return {std::move(tallies), performance};
}

SimulatedVisits simulate_visits_only(const models::Experiment& experiment, const models::RunPlan& plan,
                                     const Console& console) {
  auto [tally, performance] = simulated(
      plan, console, [&](const auto& progress) { return models::run_visits_only(experiment, plan, progress); });
  return {std::move(tally), performance};
}

}  // namespace sojourn::tools
