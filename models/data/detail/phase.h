#pragma once
// The lifecycle's words (IEEE 1849, lifecycle:transition).

#include "models/data/columns.h"
#include "models/data/events.h"

namespace sojourn::models::detail {

/// Nothing: neither start nor completion. No word stands for the whole event.
inline std::optional<Lifecycle> phase_of(std::string_view word) {
  if (word.empty()) return Lifecycle::whole;
  const std::string plain = plain_name(word);
  if (plain == "start") return Lifecycle::start;
  if (plain == "complete") return Lifecycle::complete;
  return std::nullopt;
}

}  // namespace sojourn::models::detail
