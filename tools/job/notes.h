#pragma once
// What a result is made from, and what is to be said beside it.

#include "models/score/experiment.h"
#include "tools/job/inputs.h"

namespace sojourn::tools {

/// Of a run of `ran`, or of a comparison with it as the base. `agents`: that travelled.
models::Provenance provenance_of(const Inputs& inputs, const models::Case& ran, const models::RunPlan& plan,
                                 std::uint64_t agents);

/// Says so on standard error if the precision that was asked for is not reached. `reached`: NPS points.
void note_precision(const models::RunPlan& plan, double reached, const Console& console);

}  // namespace sojourn::tools
