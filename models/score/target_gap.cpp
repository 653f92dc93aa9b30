#include "models/score/target_gap.h"

namespace sojourn::models {

TargetGap gap_to(const Figure& figure, double target, Better better) {
  TargetGap result;
  result.gap.estimate = figure.estimate - target;  // a target is a constant: the error stays the figure's
  result.gap.se = figure.se;
  result.gap.lo = figure.lo - target;
  result.gap.hi = figure.hi - target;
  const bool above = result.gap.lo >= 0;
  const bool below = result.gap.hi <= 0;
  const bool less = better == Better::less;
  if (less ? below : above) {
    result.verdict = TargetVerdict::reached;
  } else if (less ? result.gap.lo > 0 : result.gap.hi < 0) {
    result.verdict = TargetVerdict::short_of;
  }
  return result;
}

}  // namespace sojourn::models
