#pragma once
// The document sojourn.report/1, which the page shows: FORMAT.md.

#include "tools/report/parts.h"

#include <string>

namespace sojourn::tools {

/// `document`: a whole sojourn.run/1 or sojourn.compare/1. `language`: "en" or "de".
Json report_document(const Json& document, const ReportParts& parts, const std::string& language);

}  // namespace sojourn::tools
