#pragma once
// A run or compare document (cli.md) made small enough to be mailed: FORMAT.md says what is kept and how a figure is written.

#include "tools/json/json_text.h"

namespace sojourn::tools {

/// The document with figures as lists and without what the page does not show. Takes sojourn.run/1 and sojourn.compare/1.
Json condensed(const Json& document);

/// One figure: [estimate, lo, hi], of a difference also p_better, adjusted_lo and adjusted_hi; null stays null.
Json condensed_figure(const Json& figure);

}  // namespace sojourn::tools
