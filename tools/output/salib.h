#pragma once
// A study's design for those who analyse with SALib (Herman & Usher 2017, Iwanaga, Usher & Herman 2022).

#include "models/study/plan.h"

#include <string>

namespace sojourn::tools {

/// A Python script: SALib's problem (names, bounds, distributions where SALib has the same), which rows of the study's tables are the
/// responses, and the analysis that goes with the design. Without SALib it prints the problem. `study`: the file, for the comments.
std::string salib_script(const models::Plan& plan, const std::string& study);

/// The points as a CSV whose header holds the addresses, one row for each row of the design, which a `list` design reads back. Durations
/// have their unit; a cell is empty where only scenarios have the place and it stays as they have it.
std::string points_csv(const models::Plan& plan);

}  // namespace sojourn::tools
