#pragma once
// Logs of a test's own, written as sequences.

#include "models/data/event_log.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::tests {

struct WrittenEvent {
  std::string activity;
  std::int64_t start_ms = 0, end_ms = 0;
};

class LogWriter {
 public:
  /// A case begins with the log's first moment of its own.
  void add(const std::vector<WrittenEvent>& events, const std::string& persona = "", const std::string& outcome = "") {
    const std::string id = std::to_string(1'000'000 + cases_);
    for (const WrittenEvent& event : events) {
      models::EventRow row;
      row.case_id = id;
      row.activity = event.activity;
      row.time_ms = static_cast<std::int64_t>(cases_) * 1'000 + event.start_ms;
      row.end_ms = static_cast<std::int64_t>(cases_) * 1'000 + event.end_ms;
      row.persona = persona;
      row.outcome = outcome;
      collector_.add(row);
    }
    ++cases_;
  }
  /// "abc" is three events, an hour each, one after the other.
  void add(const std::string& letters, const std::string& persona = "", const std::string& outcome = "") {
    constexpr std::int64_t hour = 3'600'000;
    std::vector<WrittenEvent> events;
    for (const char letter : letters) {
      const auto at = static_cast<std::int64_t>(events.size());
      events.push_back({std::string(1, letter), at * hour, (at + 1) * hour});
    }
    add(events, persona, outcome);
  }
  models::EventLog log() { return collector_.finish(); }

 private:
  models::EventCollector collector_;
  std::size_t cases_ = 0;
};

inline models::EventLog log_of(const std::vector<std::string>& cases) {
  LogWriter writer;
  for (const std::string& one : cases) writer.add(one);
  return writer.log();
}

}  // namespace sojourn::tests
