#pragma once
// Files that the build puts into the program: the page's script and style, and its words.

#include <span>
#include <string>
#include <string_view>

namespace sojourn::tools {

/// Empty where the program was built without npm: the report then has its tables and plain figures only.
std::string_view page_script();
std::string_view page_style();

/// The studio's, its style in addition to the page's.
std::string_view studio_script();
std::string_view studio_style();

/// The dictionary of a language, a flat JSON object: "en" or "de".
std::string_view page_words(std::string_view language);

/// What shows a part of the document, and is in a report only where the document has the part.
struct PagePanels {
  std::string_view part;             // key in the document
  std::string_view script;           // stands behind the page's script; empty where that is
  std::string_view english, german;  // its dictionaries, as page_words has the page's
};

std::span<const PagePanels> page_panels();

/// One line for `--version`.
std::string page_version();

}  // namespace sojourn::tools
