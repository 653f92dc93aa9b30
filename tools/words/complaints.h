#pragma once
// Sentences that the libraries make, which speak English, in German: those that people meet away from a file's text, on the studio's page
// and as reasons why something has no exact answer. Problems of a file stay English: they quote its keys, which are.

#include "tools/words/phrase.h"

#include <string>
#include <string_view>

namespace sojourn::tools {

/// In the language, as far as complaints.inc has it; else as it is.
std::string complaint(std::string_view english, Language language);

}  // namespace sojourn::tools
