#include "models/learn/traces.h"

#include <algorithm>
#include <map>
#include <optional>

namespace sojourn::models {
namespace {

template <class Name>
std::optional<std::uint32_t> place_of(const std::vector<std::string>& sorted, const Name& name) {
  const auto at = std::ranges::lower_bound(sorted, name);
  if (at == sorted.end() || *at != name) return std::nullopt;
  return static_cast<std::uint32_t>(at - sorted.begin());
}

std::vector<std::string> sorted(std::vector<std::string> names) {
  std::ranges::sort(names);
  return names;
}

/// [number in the log] place among the names, or kNotSaid.
std::vector<std::uint32_t> places(const std::vector<std::string>& of_log, const std::vector<std::string>& names) {
  std::vector<std::uint32_t> list;
  for (const std::string& name : of_log) list.push_back(place_of(names, name).value_or(kNotSaid));
  return list;
}

constexpr const char* no_outcome = "";

}  // namespace

Alphabet alphabet_of(const EventLog& log, double min_share) {
  Alphabet alphabet;
  alphabet.activities = sorted(log.activities);
  alphabet.personas = sorted(log.personas);
  alphabet.exits = log.outcomes.empty() ? std::vector<std::string>{no_outcome} : sorted(log.outcomes);
  alphabet.cases = static_cast<std::uint32_t>(log.cases.size());
  const std::vector<std::uint32_t> place = places(log.activities, alphabet.activities);
  std::vector<std::uint64_t> events(alphabet.activities.size(), 0), cases(alphabet.activities.size(), 0);
  std::vector<std::uint32_t> last_case(alphabet.activities.size(), kNotSaid);
  for (const LoggedEvent& event : log.events) {
    const std::uint32_t activity = place[event.activity];
    ++events[activity];
    if (last_case[activity] != event.of_case) ++cases[activity];
    last_case[activity] = event.of_case;
  }
  std::vector<bool> rare(alphabet.activities.size());
  std::size_t rare_count = 0;
  std::uint64_t rare_events = 0;
  for (std::size_t a = 0; a < rare.size(); ++a) {
    rare[a] = static_cast<double>(cases[a]) < min_share * alphabet.cases;
    if (!rare[a]) continue;
    ++rare_count;
    rare_events += events[a];
  }
  if (rare_count < 2) rare.assign(rare.size(), false);
  alphabet.symbol_of.assign(rare.size(), 0);
  alphabet.share_within.assign(rare.size(), 1);
  for (std::size_t a = 0; a < rare.size(); ++a) {
    if (rare[a]) continue;
    alphabet.symbol_of[a] = static_cast<Symbol>(alphabet.symbols.size());
    alphabet.symbols.push_back(alphabet.activities[a]);
  }
  if (rare_count < 2) return alphabet;
  for (std::size_t a = 0; a < rare.size(); ++a) {
    if (!rare[a]) continue;
    alphabet.symbol_of[a] = static_cast<Symbol>(alphabet.symbols.size());
    alphabet.share_within[a] = static_cast<double>(events[a]) / static_cast<double>(rare_events);
  }
  alphabet.symbols.emplace_back();
  return alphabet;
}

Traces traces_of(const EventLog& log, const Alphabet& alphabet) {
  Traces traces;
  const std::vector<std::uint32_t> activity = places(log.activities, alphabet.activities);
  const std::vector<std::uint32_t> persona = places(log.personas, alphabet.personas);
  const std::vector<std::uint32_t> exit = places(log.outcomes, alphabet.exits);
  std::vector<std::uint64_t> ends(alphabet.exits.size(), 0);
  for (const LoggedCase& one : log.cases) {
    if (one.outcome != kNotSaid && exit[one.outcome] != kNotSaid) ++ends[exit[one.outcome]];
  }
  const auto usual_end = static_cast<std::uint32_t>(std::ranges::max_element(ends) - ends.begin());
  traces.steps.reserve(log.events.size());
  traces.list.reserve(log.cases.size());
  for (const LoggedCase& one : log.cases) {
    Trace trace;
    trace.first = traces.steps.size();
    if (one.persona != kNotSaid) trace.persona = persona[one.persona];
    trace.exit = one.outcome == kNotSaid ? usual_end : exit[one.outcome];
    const LoggedEvent* last = nullptr;
    for (const LoggedEvent& event : log.of(one)) {
      if (activity[event.activity] == kNotSaid) {
        ++traces.unknown_events;
        continue;
      }
      if (last != nullptr) traces.steps.back().gap_ms = event.start_ms - last->start_ms;
      const std::int64_t own = event.end_ms - event.start_ms;
      const Symbol known = activity[event.activity];
      traces.steps.push_back({own, own, alphabet.symbol_of[known], known});
      last = &event;
    }
    trace.count = traces.steps.size() - trace.first;
    if (trace.count == 0 || trace.exit == kNotSaid) {
      ++traces.unknown_cases;
      traces.steps.resize(trace.first);
      continue;
    }
    traces.list.push_back(trace);
  }
  return traces;
}

}  // namespace sojourn::models
