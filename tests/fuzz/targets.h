#pragma once
// What reads bytes that somebody else wrote, each by itself: whatever the bytes, it ends with a result or with one of the exceptions that are
// documented as a user's mistake. Anything else leaves the function.

#include <span>
#include <string_view>

namespace sojourn::fuzz {

struct Target {
  std::string_view name;  // of its folder in the corpus
  void (*read)(std::string_view bytes);
};

/// journey, scenario, study, mapping, survey, events, unit, result, studio.
std::span<const Target> targets();

}  // namespace sojourn::fuzz
