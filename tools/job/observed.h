#pragma once
// --observed: a table of what was measured, read before the long work and held against its result.

#include "models/score/observed.h"
#include "models/text/tree.h"
#include "tools/job/inputs.h"
#include "tools/json/json_text.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace sojourn::tools {

/// Figures of a journey, and of a document that was kept. The tree or document must outlive the answer.
models::WhyNoFigure figures_of(const models::Tree& journey);
models::WhyNoFigure figures_of(const Json& document);

/// Nothing without a path. Throws MissingFile or InputError, which has all that is wrong with the table.
std::vector<models::Observation> read_observed(const std::optional<std::string>& path,
                                               const models::WhyNoFigure& why_no_figure, Warnings& warnings);

/// `document`: a whole sojourn.run/1 or sojourn.compare/1; `targets`: what should be, by address.
std::vector<models::ObservedFigure> observed_in(const std::vector<models::Observation>& observations,
                                                const std::map<std::string, double>& targets, const Json& document);

}  // namespace sojourn::tools
