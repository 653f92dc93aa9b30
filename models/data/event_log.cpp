#include "models/data/event_log.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace sojourn::models {

std::uint32_t Interned::number(std::string_view text) {
  if (const auto known = numbers_.find(text); known != numbers_.end()) return known->second;
  const auto number = static_cast<std::uint32_t>(texts_.size());
  numbers_.emplace(text, number);
  texts_.emplace_back(text);
  return number;
}

std::optional<std::uint32_t> Interned::find(std::string_view text) const {
  const auto known = numbers_.find(text);
  return known == numbers_.end() ? std::nullopt : std::optional(known->second);
}

EventCollector::EventCollector(std::span<const std::string> asked) {
  for (const std::string& id : asked) asked_.number(id);
}

void EventCollector::Latest::say(Interned& texts, std::string_view said, std::int64_t time_ms) {
  if (text == kNotSaid || std::pair(at_ms, std::string_view(texts.texts()[text])) < std::pair(time_ms, said)) {
    text = texts.number(said);
    at_ms = time_ms;
  }
}

void EventCollector::add(const EventRow& row) {
  LoggedEvent event;
  event.of_case = cases_.number(row.case_id);
  event.activity = activities_.number(row.activity);
  event.start_ms = row.time_ms;
  event.end_ms = row.end_ms.value_or(row.time_ms);
  has_ends_ = has_ends_ || row.end_ms;
  if (event.of_case >= said_.size()) said_.resize(event.of_case + 1);
  if (!row.persona.empty()) said_[event.of_case].persona.say(personas_, row.persona, row.time_ms);
  if (!row.outcome.empty()) said_[event.of_case].outcome.say(outcomes_, row.outcome, row.time_ms);
  switch (row.lifecycle) {
    case Lifecycle::whole: events_.push_back(event); break;
    case Lifecycle::start: starts_.push_back(event); break;
    case Lifecycle::complete: completions_.push_back(event); break;
  }
}

void EventCollector::pair_phases() {
  const auto before = [](const LoggedEvent& a, const LoggedEvent& b) {
    return std::tie(a.of_case, a.activity, a.start_ms) < std::tie(b.of_case, b.activity, b.start_ms);
  };
  std::ranges::stable_sort(starts_, before);
  std::ranges::stable_sort(completions_, before);
  std::size_t start = 0;
  const auto same = [](const LoggedEvent& a, const LoggedEvent& b) {
    return a.of_case == b.of_case && a.activity == b.activity;
  };
  for (LoggedEvent& completion : completions_) {
    while (start < starts_.size() && before(starts_[start], completion) && !same(starts_[start], completion)) {
      events_.push_back(starts_[start++]);
    }
    if (start < starts_.size() && same(starts_[start], completion) && starts_[start].start_ms <= completion.start_ms) {
      completion.start_ms = starts_[start++].start_ms;
      has_ends_ = true;
    }
    events_.push_back(completion);
  }
  events_.insert(events_.end(), starts_.begin() + static_cast<std::ptrdiff_t>(start), starts_.end());
  starts_.clear();
  completions_.clear();
}

EventLog EventCollector::finish() {
  pair_phases();
  EventLog log;
  log.activities = activities_.texts();
  log.personas = personas_.texts();
  log.outcomes = outcomes_.texts();
  log.has_ends = has_ends_;
  const std::vector<std::string>& names = log.activities;
  const std::vector<std::string>& ids = cases_.texts();
  std::vector<std::int64_t> begins(ids.size(), std::numeric_limits<std::int64_t>::max());  // [case]
  for (const LoggedEvent& event : events_) begins[event.of_case] = std::min(begins[event.of_case], event.start_ms);
  // A file whose rows stand in another order gives the same log.
  std::vector<std::uint32_t> order(ids.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return std::tie(begins[a], ids[a]) < std::tie(begins[b], ids[b]);
  });
  std::vector<std::uint32_t> place(ids.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  for (LoggedEvent& event : events_) event.of_case = place[event.of_case];
  std::ranges::sort(events_, [&](const LoggedEvent& a, const LoggedEvent& b) {
    return std::tie(a.of_case, a.start_ms, a.end_ms, names[a.activity]) <
           std::tie(b.of_case, b.start_ms, b.end_ms, names[b.activity]);
  });
  log.events = std::move(events_);
  for (std::size_t at = 0; at < log.events.size(); ++at) {
    const LoggedEvent& event = log.events[at];
    if (at == 0 || event.of_case != log.events[at - 1].of_case) {
      const Said& said = said_[order[event.of_case]];
      const std::uint32_t asked = asked_.find(ids[order[event.of_case]]).value_or(kNotSaid);
      log.cases.push_back({at, 0, said.persona.text, said.outcome.text, asked});
    }
    ++log.cases.back().count;
  }
  for (std::size_t i = 0; i < log.cases.size(); ++i) {
    for (std::size_t at = log.cases[i].first; at < log.cases[i].first + log.cases[i].count; ++at) {
      log.events[at].of_case = static_cast<std::uint32_t>(i);
    }
  }
  *this = EventCollector();
  return log;
}

}  // namespace sojourn::models
