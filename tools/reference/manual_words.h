#pragma once
// What a manual says of all verbs, in whatever form it is written.

#include "tools/words/phrase.h"

namespace sojourn::tools {

struct Term {
  const char* name;
  Phrase means;
};

// tools/program/exit_code.h
inline constexpr Term kEndings[] = {
    {"0", "all went well"},
    {"1", "'doctor' found something wrong"},
    {"2", "what was typed cannot be meant"},
    {"65", "something is wrong in a file"},
    {"66", "a file is missing or cannot be read"},
    {"70", "a bug of this program"},
    {"73", "an output exists already, or is in use"},
    {"74", "writing failed"},
    {"75", "a signal stopped a batch: what is done is kept, and it can go on"},
    {"130, 143", "a signal stopped it, and nothing is half written"},
};

inline constexpr Term kVariables[] = {
    {"NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM", "whether the terminal is written to in colour"},
    {"LC_ALL, LC_CTYPE, LANG", "whether the terminal shows UTF-8; the language is that of --lang"},
};

}  // namespace sojourn::tools
