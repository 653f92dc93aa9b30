#pragma once
// Manual pages, in the macros of man(7).

#include "tools/output/csv.h"
#include "tools/reference/verbs.h"

#include <span>
#include <string>
#include <vector>

namespace sojourn::tools {

/// sojourn(1).
std::string manual_page(std::span<const Verb> verbs, Language language);
/// sojourn-VERB(1).
std::string manual_page(const Verb& verb, Language language);

/// All of them in all languages, below a folder as man(1) wants it: man1/sojourn-run.1, de/man1/sojourn-run.1.
std::vector<TextFile> manual_pages(std::span<const Verb> verbs);

}  // namespace sojourn::tools
