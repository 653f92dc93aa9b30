#pragma once
// When the event of a row was, whatever the format of the log.

#include "models/data/detail/phase.h"
#include "models/data/rejects.h"
#include "models/data/time_stamp.h"

namespace sojourn::models::detail {

/// Fills in a row's phase and times from the words that the log has for them (`end` may be empty). False if the row is none to tell of: a
/// phase that is counted in `shape`, or times that are rejected.
inline bool read_when(EventRow& row, std::string_view phase, std::string_view time, std::string_view end,
                      EventShape& shape, Rejects& rejects) {
  const std::optional<Lifecycle> known = phase_of(phase);
  if (!known) {
    ++shape.other_phases;
    return false;
  }
  row.lifecycle = *known;
  const auto reject = [&](std::string reason, std::string remedy = {}) {
    rejects.reject(row.line, std::move(reason), std::move(remedy));
    return false;
  };
  if (time.empty()) return reject("it has no time");
  const auto began = read_time_stamp(time);
  if (!began) return reject(began.refusal.what, began.refusal.suggestion);
  row.time_ms = *began;
  if (end.empty()) return true;
  const auto ended = read_time_stamp(end);
  if (!ended) return reject(ended.refusal.what, ended.refusal.suggestion);
  if (*ended < row.time_ms) return reject("it ends before it begins");
  row.end_ms = *ended;
  return true;
}

}  // namespace sojourn::models::detail
