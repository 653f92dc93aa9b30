#pragma once
// JSON as text: two spaces of indent, what holds only scalars in one line, numbers in their shortest form, no NaN.

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <string_view>

namespace sojourn::tools {

using Json = nlohmann::ordered_json;

/// Ends with a line feed. A number that is not finite is null. Bytes that are not UTF-8 become U+FFFD.
std::string json_text(const Json& json);

}  // namespace sojourn::tools
