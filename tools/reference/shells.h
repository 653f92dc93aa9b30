#pragma once
// Completions for shells. Each completes verbs, options, the choices of options, files and folders; those of fish and zsh say what
// each is for.

#include "tools/reference/verbs.h"

#include <span>
#include <string>

namespace sojourn::tools {

std::string bash_completion(std::span<const Verb> verbs, Language language);
std::string zsh_completion(std::span<const Verb> verbs, Language language);
std::string fish_completion(std::span<const Verb> verbs, Language language);

}  // namespace sojourn::tools
