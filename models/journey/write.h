#pragma once
// A tree back as text that the own reader takes.

#include "models/text/tree.h"

#include <string>

namespace sojourn::models {

struct Record;

/// YAML: keys in the tree's order, short maps in one line, strings quoted where they must be. parse(to_yaml(t))
/// equals t up to the marks.
std::string to_yaml(const Tree& tree);

/// One line of it, in flow style.
std::string to_yaml_line(const Tree& tree);

/// JSON, two spaces of indent: numbers and booleans where the field table says so, strings elsewhere. It is YAML,
/// too, and reads back to the same journey.
std::string to_json(const Tree& tree, const Record& record);

/// Whether two trees say the same, text for text; marks and quotes do not matter.
bool same_text(const Tree& a, const Tree& b);

}  // namespace sojourn::models
