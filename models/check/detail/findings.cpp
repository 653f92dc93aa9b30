#include "models/check/detail/findings.h"

#include <algorithm>

namespace sojourn::models::detail {

void Findings::add(Finding finding) {
  const bool is_error = finding.severity == Diagnostic::Severity::error;
  const Mark& mark = finding.mark;
  std::string key = std::to_string(mark.line) + ":" + std::to_string(mark.column) + ":" + finding.what + finding.when;
  if (mark.source) key += ":" + mark.source->name;
  const auto known = known_.find(key);
  if (known == known_.end()) {
    if (list_.size() == Diagnostics::kept && !(is_error && make_room())) {
      ++(is_error ? more_errors_ : more_warnings_);
      return;
    }
    known_.emplace(key, list_.size());
    list_.push_back({std::move(finding), personas_, std::move(key)});
    return;
  }
  Entry& entry = list_[known->second];
  if (is_error) entry.finding.severity = finding.severity;
  for (const std::size_t persona : personas_) {
    if (std::ranges::find(entry.personas, persona) == entry.personas.end()) entry.personas.push_back(persona);
  }
}

bool Findings::make_room() {
  const auto warning = std::find_if(list_.rbegin(), list_.rend(), [](const Entry& entry) {
    return entry.finding.severity == Diagnostic::Severity::warning;
  });
  if (warning == list_.rend()) return false;
  const auto place = static_cast<std::size_t>(list_.rend() - warning) - 1;
  known_.erase(list_[place].key);
  list_.erase(list_.begin() + static_cast<std::ptrdiff_t>(place));
  for (auto& [key, index] : known_) index -= index > place ? 1 : 0;
  ++more_warnings_;
  return true;
}

void Findings::report(const std::vector<Persona>& personas, std::size_t travelling, Diagnostics& diagnostics) const {
  // Errors first: the diagnostics, too, keep only so many.
  std::vector<const Entry*> order;
  for (const Entry& entry : list_) order.push_back(&entry);
  std::stable_partition(order.begin(), order.end(),
                        [](const Entry* entry) { return entry->finding.severity == Diagnostic::Severity::error; });
  for (const Entry* each : order) {
    const Entry& entry = *each;
    std::string what = entry.finding.what;
    if (!entry.personas.empty() && entry.personas.size() < travelling) {
      std::vector<std::size_t> numbers = entry.personas;
      std::ranges::sort(numbers);
      std::vector<std::string_view> ids;
      for (const std::size_t persona : numbers) ids.push_back(personas[persona].id);
      what += (ids.size() == 1 ? " for persona " : " for personas ") + quoted_list(ids);
    }
    what += entry.finding.when;
    if (entry.finding.severity == Diagnostic::Severity::error) {
      diagnostics.error(entry.finding.mark, what, entry.finding.why, entry.finding.suggestion);
    } else {
      diagnostics.warning(entry.finding.mark, what, entry.finding.why, entry.finding.suggestion);
    }
  }
  for (std::size_t i = 0; i < more_errors_; ++i) diagnostics.error({}, "");  // beyond what is kept of them
  for (std::size_t i = 0; i < more_warnings_; ++i) diagnostics.warning({}, "");
}

std::string quoted_list(const std::vector<std::string_view>& ids) {
  const std::size_t shown = ids.size() > 6 ? 4 : ids.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += i + 1 == ids.size() ? " and " : ", ";
    text += "'" + std::string(ids[i]) + "'";
  }
  if (shown < ids.size()) text += " and " + std::to_string(ids.size() - shown) + " others";
  return text;
}

std::string path_text(const std::vector<std::string_view>& ids) {
  constexpr std::size_t most = 10;
  std::string text;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) text += " -> ";
    if (ids.size() > most && i == most / 2) {
      const std::size_t left_out = ids.size() - most;
      text += "(" + std::to_string(left_out) + " more) -> ";
      i += left_out;
    }
    text += ids[i];
  }
  return text;
}

}  // namespace sojourn::models::detail
