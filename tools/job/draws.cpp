#include "tools/job/draws.h"

#include "tools/program/interrupt.h"
#include "tools/terminal/progress.h"

namespace sojourn::tools {

std::optional<models::Uncertainty> draw_inputs(const models::Experiment& experiment, const DrawRequest& request,
                                               Warnings& warnings, const Console& console) {
  const models::DrawPlan plan = models::draw_plan(request.agents, request.draws);
  const bool anything = request.files.posterior || models::has_uncertain_inputs(experiment);
  if (plan.draws == 0 || !anything) return std::nullopt;
  const Graceful graceful;
  Progress progress(console, "{0} of {1} draws of the inputs");
  auto drawn = models::draw_inputs(experiment, request.files, request.run, plan, request.centre,
                                   [&](const models::ProgressReport& report) {
                                     progress.show(report.agents_done, report.agents_planned);
                                     return stop_signal() == 0;
                                   });
  throw_if_stopped();
  warnings.say(drawn->warnings);
  return std::move(drawn->uncertainty);
}

}  // namespace sojourn::tools
