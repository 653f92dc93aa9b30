#pragma once
// One visit, and one ending, told in short sentences.

#include "models/score/result.h"
#include "tools/job/traced.h"
#include "tools/terminal/look.h"

#include <string>
#include <vector>

namespace sojourn::tools {

/// A line of the story before it is wrapped.
struct Line {
  std::string text;
  Tone tone = Tone::plain;
};

/// "1.2 d  Wait for the answer, by post", then what was drawn and what came of it.
std::vector<Line> visit_words(const TracedVisit& traced, const models::Names& names, const Look& look);

/// How it ended, what is remembered of it, and what the customer would answer.
std::vector<Line> ending_words(const TracedJourney& journey, const models::Names& names, const Look& look);

}  // namespace sojourn::tools
