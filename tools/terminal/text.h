#pragma once
// Text measured in terminal columns. Everything here takes and gives printable UTF-8 (models::printable makes it so).

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tools {

/// Terminal columns.
std::size_t width_of(std::string_view text);

/// At most so many columns, the last of them the ellipsis where something was cut.
std::string cut(std::string_view text, std::size_t columns, std::string_view ellipsis);

/// Filled up with spaces to so many columns; longer text stays as it is.
std::string pad_right(std::string_view text, std::size_t columns);
std::string pad_left(std::string_view text, std::size_t columns);

/// Lines of at most so many columns, broken at spaces, though not between a number and its unit; a longer word is
/// broken where it must be. At least one line.
std::vector<std::string> wrap(std::string_view text, std::size_t columns);

/// The same as one block, each line behind `indent` spaces and ended.
std::string paragraph(std::string_view text, std::size_t columns, std::size_t indent = 0);

/// As one word of a POSIX shell.
std::string shell_word(std::string_view text);

}  // namespace sojourn::tools
