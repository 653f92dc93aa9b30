#include "tools/job/simulate.h"

#include "tools/program/interrupt.h"
#include "tools/terminal/progress.h"

namespace sojourn::tools {

Simulated simulate(const models::Experiment& experiment, const models::RunPlan& plan, const Console& console) {
  const Graceful graceful;
  Progress progress(console);
  auto tallies = experiment.run(plan, [&](const models::ProgressReport& report) {
    progress.show(report.agents_done, report.agents_planned);
    return stop_signal() == 0;
  });
  const double seconds = progress.seconds();
  throw_if_stopped();
  const int threads = engine::worker_count({.threads = plan.threads});
  const std::uint64_t visits = tallies->visits;
  return {std::move(*tallies), {visits, seconds, threads}};
}

}  // namespace sojourn::tools
