#pragma once
// Single values as the field table types them: read, refused with a reason, described.

#include "models/journey/fields.h"
#include "models/journey/where.h"
#include "models/text/tree.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

/// Whether a value's range is looked at now or, for the value of a change, only once all changes are made.
enum class Ranges { check, later };

/// The number, count or (in milliseconds) duration that a scalar holds; reports what is wrong with it.
/// `why` is what the number is for, added to a message about its range.
std::optional<double> read_value(const Tree& tree, const Type& type, const Where& where, Ranges ranges,
                                 std::string_view why, Diagnostics& diagnostics);

/// The same for a tree that is known to be valid.
double valid_value(const Tree& tree, const Type& type);

/// The value as it may be written at such a place: 0.25, or 36 h.
std::string value_text(double value, const Type& type);

/// "'late'", "a map", "a list", "nothing": what stands there.
std::string found(const Tree& tree);

/// "from 0 to 1", "0 or more", "above 0", or empty.
std::string range_text(const Range& range);

/// "a number from 0 to 1", "a duration such as 10 min", "a map with the keys goal and pain".
std::string expected(const Type& type);

/// A description inside a sentence: first letter small, without the full stop.
std::string as_reason(std::string_view description);

/// "a, b and c".
std::string listed(const std::vector<std::string_view>& words, std::string_view last_joint = " and ");

/// "Did you mean 'x'?", or what there is if nothing is near and it is not too much; empty if there is nothing.
std::string nearest_or_all(std::string_view written, const std::vector<std::string_view>& candidates);

/// "a touchpoint", "an outcome".
std::string with_article(std::string_view noun);

}  // namespace sojourn::models
