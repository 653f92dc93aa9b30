#pragma once
// What a verb takes, as data: what --help prints, and what completions and manual pages are made from.

#include "tools/words/phrase.h"

#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tools {

enum class Takes { nothing, one, many };

struct OptionSyntax {
  std::string name;                  // with its dashes
  std::string value;                 // its value's name; empty for a flag
  std::vector<std::string> choices;  // the only values there are; empty where there are others
  Phrase about;
  Takes takes;
};

struct OperandSyntax {
  std::string name;  // in brackets where it is optional
  std::vector<std::string> choices;
  Phrase about;
  Takes takes;
};

struct Syntax {
  std::string verb;
  Phrase about;  // a sentence or a few
  std::vector<OperandSyntax> operands;
  std::vector<OptionSyntax> options;
  std::string example;  // lines, each ended
};

/// What a shell can offer for a value.
struct Offer {
  enum class Kind { nothing, choices, files, folders };
  Kind kind = Kind::nothing;
  std::vector<std::string> values = {};   // the choices
  std::vector<std::string> endings = {};  // of files that are meant, without the dot; empty: any file
};

/// By the value's name ("FILE.h5", "[SCENARIO]"), which must be one of those that the program uses.
Offer offer_for(std::string_view name, const std::vector<std::string>& choices);

}  // namespace sojourn::tools
