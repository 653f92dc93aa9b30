#pragma once
// The documents that --json writes: sojourn.run/1, sojourn.compare/1. Names and nesting are a contract with whoever reads
// them (models/README.md); more may be added, none renamed without a new format.

#include "models/score/result.h"
#include "tools/json/json_text.h"
#include "tools/json/performance.h"

#include <string>
#include <string_view>

namespace sojourn::tools {

std::string run_json(const models::RunResult& result, const Performance& performance);
/// The same of a run of which only visits are known: what does not exist is left out, and "only" is "visits".
std::string visits_json(const models::RunResult& result, const Performance& performance);
std::string compare_json(const models::CompareResult& result, const Performance& performance);

/// The part `observed` of a run.
Json observed_json(const std::vector<models::ObservedFigure>& observed);

/// A verdict as machine-readable results name it: better, no_matter, ...
std::string_view name_of(models::Verdict verdict);

/// What a result was made from and with, for the file beside tables.
std::string provenance_json(const models::Provenance& provenance);

}  // namespace sojourn::tools
