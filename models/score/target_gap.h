#pragma once
// What is beside what should be (Soll).

#include "models/score/result.h"

namespace sojourn::models {

enum class TargetVerdict { reached, short_of, unclear };

struct TargetGap {
  Figure gap;  // figure less target, in the figure's unit, with the figure's error
  TargetVerdict verdict = TargetVerdict::unclear;
};

/// A target is reached, or missed, only where the whole 95 % interval lies on one side of it. A figure of which less is
/// better reaches its target from above; one without a better direction counts as one of which more is better.
TargetGap gap_to(const Figure& figure, double target, Better better);

}  // namespace sojourn::models
