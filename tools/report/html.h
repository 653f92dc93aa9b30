#pragma once
// Text made safe for the places of a page that it goes to.

#include "tools/json/json_text.h"

#include <string>
#include <string_view>

namespace sojourn::tools {

/// For text between tags and for values in double quotes. Control characters and bytes that are not UTF-8 become U+FFFD.
std::string html_text(std::string_view text);

/// One line of JSON for inside <script type="application/json">: < > & U+2028 U+2029 are escaped, so that no text of a journey
/// can end the element or begin a comment.
std::string script_json(const Json& json);

/// "sha256-..." as a Content-Security-Policy names an inline script or style.
std::string csp_digest(std::string_view text);

}  // namespace sojourn::tools
