#pragma once
// Every text that the program says to people on a terminal, in English and German. What goes wrong with a file or a command line
// is said in English only; the words of files, JSON and CSV are English everywhere.

#include <string_view>

namespace sojourn::tools::words {

struct Entry {
  std::string_view english;
  std::string_view german;
};

inline constexpr Entry catalogue[] = {
#include "tools/words/batch.inc"
#include "tools/words/doctor.inc"
#include "tools/words/help.inc"
#include "tools/words/manual.inc"
#include "tools/words/pages.inc"
#include "tools/words/story.inc"
};

consteval std::string_view german_of(std::string_view english) {
  for (const Entry& entry : catalogue) {
    if (entry.english == english) return entry.german;
  }
  throw "the catalogue (tools/words) does not have this text";
}

}  // namespace sojourn::tools::words
