#pragma once
// The command table, with what each verb takes: from it come completions and manual pages.

#include "tools/arguments/syntax.h"

#include <string>
#include <vector>

namespace sojourn::tools {

struct Verb {
  std::string name;
  Phrase summary;
  Syntax syntax;
};

/// Those of tools/command.h, in its order.
std::vector<Verb> verbs();

}  // namespace sojourn::tools
