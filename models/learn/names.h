#pragma once
// Ids and labels of what was learned.

#include "models/learn/context.h"
#include "models/learn/learned.h"

#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

struct NamedState {
  std::string id, label;
};

inline constexpr const char* kElsewhere = "elsewhere";
inline constexpr const char* kUnderWay = "long_under_way";  // the pain that says so

/// Ids of outcomes, all different; `end` where the log has none.
std::vector<std::string> outcome_ids(const std::vector<std::string>& exits);

/// "Pay", "Pay, after Order", "Pay, first": different ids, none of an outcome.
std::vector<NamedState> state_names(const std::vector<Context>& contexts, const Alphabet& alphabet, Symbol start,
                                    const std::vector<LearnedExit>& exits);

/// Of a column their values, else by what they do most above others. `visits`: [persona][symbol] per case.
void name_personas(LearnedJourney& journey, const Alphabet& alphabet, bool from_column,
                   const std::vector<std::vector<double>>& visits);

/// Ids of the touchpoints for those who are late.
void name_late(LearnedJourney& journey);

}  // namespace sojourn::models
