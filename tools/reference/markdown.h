#pragma once
// The manual as Markdown: docs/COMMANDS.md, and its sections one by one.

#include "tools/reference/verbs.h"

#include <span>
#include <string>

namespace sojourn::tools {

/// All verbs on one page, with the exit statuses.
std::string commands_page(std::span<const Verb> verbs, Language language);
/// The part of the page that is about one verb.
std::string commands_section(const Verb& verb, Language language);

}  // namespace sojourn::tools
