#pragma once
// A comparison in one plain sentence that a strategist can repeat.

#include "models/score/result.h"

namespace sojourn::models {

/// The first that fits, on the interval that holds for all scenarios together: all within +-matters; all above 0; all below
/// 0; else unclear, or, where two personas clearly differ in sign, their disagreement. Money against NPS is named.
Verdict verdict_of(const Comparison& comparison, double matters);

/// The verdict in words, with numbers. base: the base's figures.
std::string verdict_sentence(const Comparison& comparison, const Figures& base, const Names& names,
                             const std::string& money, double matters);

}  // namespace sojourn::models
