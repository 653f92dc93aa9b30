#pragma once
// Which program this is, and what it was built with.

#include <string>

namespace sojourn::tools {

/// "sojourn 0.1.0".
std::string program_name();

/// "g++ 12.2.0".
std::string compiler_name();

/// A few lines: version, random scheme, compiler, libraries.
std::string version_text();

}  // namespace sojourn::tools
