#include "tools/job/notes.h"

#include "models/ask/stamps.h"
#include "tools/job/resolved.h"
#include "tools/program/version.h"
#include "tools/terminal/number_words.h"

#include <cmath>

namespace sojourn::tools {

models::Provenance provenance_of(const Inputs& inputs, const models::Case& ran, const models::RunPlan& plan,
                                 std::uint64_t agents) {
  models::Provenance provenance = models::provenance_of(inputs.journey, inputs.scenarios, ran, plan, agents);
  provenance.program = program_name();
  provenance.resolved_journey = resolved_yaml(inputs.journey, ran);
  return provenance;
}

void note_precision(const models::RunPlan& plan, double reached, const Console& console) {
  if (!plan.precision || reached <= *plan.precision) return;
  const Look& look = console.err();
  console.say(std::isfinite(reached)
                  ? look.say("sojourn: the precision is not reached: {0} points after {1} customers. Allow more with "
                             "--agents\n",
                             {decimal(reached, 2, look), whole(plan.agents, look)})
                  : look.say("sojourn: the precision is not reached: no telling after {0} customers. Allow more with "
                             "--agents\n",
                             {whole(plan.agents, look)}));
}

}  // namespace sojourn::tools
