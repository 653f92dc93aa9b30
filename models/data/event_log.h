#pragma once
// The cases of an event log in memory, every text interned.

#include "models/data/events.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sojourn::models {

/// Texts numbered in the order they come.
class Interned {
 public:
  std::uint32_t number(std::string_view text);
  std::optional<std::uint32_t> find(std::string_view text) const;
  const std::vector<std::string>& texts() const { return texts_; }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> numbers_;
  std::vector<std::string> texts_;
};

inline constexpr std::uint32_t kNotSaid = std::numeric_limits<std::uint32_t>::max();

struct LoggedEvent {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;  // = start_ms where the log has no ends
  std::uint32_t activity = 0;
  std::uint32_t of_case = 0;
};

struct LoggedCase {
  std::size_t first = 0, count = 0;  // of EventLog::events; count > 0
  std::uint32_t persona = kNotSaid;  // of the latest row that says one
  std::uint32_t outcome = kNotSaid;  // as persona
  std::uint32_t asked = kNotSaid;    // of the ids that the collector was asked about
};

/// Cases by their first start, events of each by start, then end, then name.
struct EventLog {
  std::vector<std::string> activities, personas, outcomes;
  std::vector<LoggedEvent> events;
  std::vector<LoggedCase> cases;
  bool has_ends = false;  // some event has an end of its own

  std::span<const LoggedEvent> of(const LoggedCase& one) const { return {events.data() + one.first, one.count}; }
};

/// Collects rows, whatever their order: 24 bytes an event, and each case's id until the log is made.
class EventCollector {
 public:
  EventCollector() = default;
  /// `asked`: ids of cases, each once, that are to be found again in the log (LoggedCase::asked); others are forgotten.
  explicit EventCollector(std::span<const std::string> asked);
  void add(const EventRow& row);
  /// Pairs starts with completions (of one activity in one case, first with first; what stays alone is an event without
  /// length), orders everything. The collector is empty then.
  EventLog finish();

 private:
  /// What the latest row says; of rows at one moment the greatest text, so that their order means nothing.
  struct Latest {
    std::uint32_t text = kNotSaid;
    std::int64_t at_ms = 0;
    void say(Interned& texts, std::string_view said, std::int64_t time_ms);
  };
  struct Said {
    Latest persona, outcome;
  };
  void pair_phases();

  Interned asked_, cases_, activities_, personas_, outcomes_;
  std::vector<Said> said_;  // [case]
  std::vector<LoggedEvent> events_;
  std::vector<LoggedEvent> starts_, completions_;  // rows of one side
  bool has_ends_ = false;
};

}  // namespace sojourn::models
