#include "tools/job/notes.h"

#include "engine/random/luck.h"
#include "tools/job/resolved.h"
#include "tools/program/version.h"
#include "tools/terminal/number_words.h"

#include <cmath>

namespace sojourn::tools {

models::Provenance provenance_of(const Inputs& inputs, const models::Case& ran, const models::RunPlan& plan,
                                 std::uint64_t agents) {
  models::Provenance provenance;
  provenance.program = program_name();
  provenance.random_scheme = engine::kRandomScheme;
  provenance.journey = stamp_of(inputs.journey);
  provenance.scenarios = stamps_of(inputs.scenarios);
  provenance.money = ran.views.views.front().money;
  provenance.seed = plan.seed;
  provenance.replicate = plan.replicate;
  provenance.agents = agents;
  provenance.precision = plan.precision.value_or(models::kNone);
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
