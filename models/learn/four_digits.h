#pragma once
// Learned numbers are kept to four digits, so that a file can be read.

#include <fmt/format.h>

#include <charconv>
#include <string>

namespace sojourn::models {

/// Never down to 0.
inline double four_digits(double x) {
  double to = 0;
  const std::string text = fmt::format("{:.4g}", x);
  std::from_chars(text.data(), text.data() + text.size(), to);
  return to;
}

}  // namespace sojourn::models
