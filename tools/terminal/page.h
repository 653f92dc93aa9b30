#pragma once
// What pages of figures have in common.

#include "models/score/result.h"
#include "tools/terminal/look.h"
#include "tools/terminal/table.h"

#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tools {

/// A heading on a line of its own, an empty line before it; behind it, in grey, how to read what follows.
std::string heading(const Look& look, std::string_view title, std::string_view how_to_read = {});

/// A paragraph of at most the look's width, every line painted.
std::string painted(const Look& look, Tone tone, std::string_view text, std::size_t indent = 0);

/// A label, or the id where there is none.
std::string label_of(const models::Named& named);

/// A sentence of ours as the look can show it: without UTF-8 the real minus becomes a hyphen.
std::string spoken(const Look& look, std::string_view sentence);

/// What sharpened the intervals of an NPS, in a sentence; empty where nothing did to speak of. `ratios`: of variances, each
/// plain over controlled.
std::string controls_in_words(const std::vector<std::string>& controls, std::vector<double> ratios, const Look& look);

/// "Next: COMMAND", what it does below it.
std::string next_step(const Look& look, std::string_view command, std::string_view what_for);

}  // namespace sojourn::tools
