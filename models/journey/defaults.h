#pragma once
// What an unwritten field counts as.

#include "models/journey/fields.h"
#include "models/text/tree.h"

#include <optional>
#include <string_view>

namespace sojourn::models {

/// What a default may depend on, of a normalised journey.
struct DefaultContext {
  const Tree* journey = nullptr;     // the whole
  const Tree* record = nullptr;      // the record that the field belongs to; null where that is not written itself
  const Tree* touchpoint = nullptr;  // around a channel
  std::string_view id = {};          // the nearest key of a map above
};

/// The default of a field, or nothing where it has none (required fields, `patience`, `if`, texts).
std::optional<Tree> default_value(const Field& field, const DefaultContext& context);

/// A constant of the field table as a tree: a scalar, {} or [a, b].
Tree constant_tree(std::string_view text);

/// The journey with every default that is a value written out, in the table's order after what is written. What
/// channels take from their touchpoint stays unwritten; `abandoned` is among the outcomes. Means the same, and reads
/// back to the same journey.
Tree with_defaults(const Tree& journey);

/// Whether two parts of one journey mean the same: 1.0 and 1, 24 h and 1 d, a default written or not.
bool same_meaning(const Tree& a, const Tree& b, const Type& type, const DefaultContext& context);

}  // namespace sojourn::models
