#pragma once
// Results as tidy tables: one row a figure, everything that identifies it in columns of its own.

#include "models/score/result.h"
#include "tools/output/csv_text.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tools {

struct NamedTable {
  std::string name;  // of the file without .csv, of the sheet
  CsvText table;
};

struct TextFile {
  std::string name;
  std::string text;
};

/// overall.csv, personas.csv, scores.csv, outcomes.csv, goals.csv, pains.csv, touchpoints.csv, channels.csv, risks.csv,
/// flows.csv, and provenance.json beside them; of an exact result not_exact.csv, where something was
/// measured observed.csv, too. `scenario` is "base" throughout.
std::vector<TextFile> csv_files(const models::RunResult& result);

/// The tables of csv_files.
std::vector<NamedTable> tables_of(const models::RunResult& result);
std::vector<NamedTable> tables_of(const models::CompareResult& result);

/// The same for the base and every scenario, and differences.csv (every difference, of all kinds of figures),
/// first_change.csv, flips.csv, money.csv and scenarios.csv (the verdicts).
std::vector<TextFile> csv_files(const models::CompareResult& result);

/// Every table that a result can have.
inline constexpr std::array<std::string_view, 19> kTables = {
    "overall.csv",     "personas.csv",         "scores.csv",    "outcomes.csv", "goals.csv",
    "pains.csv",       "touchpoints.csv",      "channels.csv",  "risks.csv",    "flows.csv",
    "differences.csv", "first_change.csv",     "flips.csv",     "money.csv",    "scenarios.csv",
    "uncertain.csv",   "uncertain_inputs.csv", "not_exact.csv", "observed.csv"};

/// What the column `scenario` calls them: their titles, told apart where two are equal or one is "base".
std::vector<std::string> scenario_names(const models::CompareResult& result);

}  // namespace sojourn::tools
