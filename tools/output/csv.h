#pragma once
// Results as tidy tables: one row a figure, everything that identifies it in columns of its own.

#include "models/score/result.h"

#include <string>
#include <vector>

namespace sojourn::tools {

struct TextFile {
  std::string name;
  std::string text;
};

/// overall.csv, personas.csv, scores.csv, outcomes.csv, goals.csv, pains.csv, touchpoints.csv, channels.csv, risks.csv,
/// flows.csv, and provenance.json beside them; of an exact result not_exact.csv, too. `scenario` is "base" throughout.
std::vector<TextFile> csv_files(const models::RunResult& result);

/// The same for the base and every scenario, and differences.csv (every difference, of all kinds of figures),
/// first_change.csv, flips.csv, money.csv and scenarios.csv (the verdicts).
std::vector<TextFile> csv_files(const models::CompareResult& result);

/// What the column `scenario` calls them: their titles, told apart where two are equal or one is "base".
std::vector<std::string> scenario_names(const models::CompareResult& result);

}  // namespace sojourn::tools
