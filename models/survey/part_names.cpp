#include "models/survey/part_names.h"

#include "models/text/folded.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <fmt/format.h>

#include <algorithm>

namespace sojourn::models {
namespace {

constexpr std::size_t most_listed = 12;

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size() && i < most_listed; ++i) text += (i ? ", " : "") + words[i];
  if (words.size() > most_listed) text += fmt::format(" and {} more", words.size() - most_listed);
  return text;
}

}  // namespace

std::vector<NamedPart> touchpoint_parts(const Journey& journey) {
  std::vector<NamedPart> parts;
  for (const Touchpoint& one : journey.touchpoints) parts.push_back({one.id, one.label});
  return parts;
}

std::vector<NamedPart> persona_parts(const Journey& journey) {
  std::vector<NamedPart> parts;
  for (const Persona& one : journey.personas) parts.push_back({one.id, one.name});
  return parts;
}

std::vector<NamedPart> outcome_parts(const Journey& journey) {
  std::vector<NamedPart> parts;
  for (const Outcome& one : journey.outcomes) parts.push_back({one.id, one.label});
  return parts;
}

PartNames::PartNames(std::string what, std::span<const NamedPart> parts, std::span<const Translation> translations,
                     Diagnostics& diagnostics)
    : what_(std::move(what)) {
  for (const NamedPart& part : parts) ids_.emplace_back(part.id);
  for (std::uint32_t i = 0; i < parts.size(); ++i) {
    const auto [at, fresh] = known_.emplace(folded(parts[i].label), i);
    if (!fresh) at->second = kNotSaid;
  }
  known_.erase("");
  for (std::uint32_t i = 0; i < parts.size(); ++i) known_[folded(parts[i].id)] = i;
  std::map<std::string, std::uint32_t, std::less<>> translated;
  for (const Translation& one : translations) {
    const std::uint32_t meant = find(folded(one.meaning));
    if (meant == kNotSaid) {
      const std::vector<std::string_view> all(ids_.begin(), ids_.end());
      const std::string near = did_you_mean(one.meaning, all);
      diagnostics.error(one.mark, "no " + what_ + " of the journey is called " + quoted(one.meaning),
                        "codes are translated to what the journey has",
                        near.empty() ? "There are " + listed(ids_) : near);
    }
    translated[folded(one.text)] = meant;
  }
  for (const auto& [text, meant] : translated) known_[text] = meant;
}

std::uint32_t PartNames::find(const std::string& folded_text) const {
  const auto at = known_.find(folded_text);
  return at == known_.end() ? kNotSaid : at->second;
}

std::uint32_t PartNames::operator()(std::string_view text, std::uint64_t rows) {
  const std::uint32_t part = find(folded(text));
  if (part == kNotSaid) {
    const auto at = lost_.find(text);
    (at == lost_.end() ? lost_[std::string(text)] : at->second) += rows;
  }
  return part;
}

std::string PartNames::near_ones(std::size_t most) const {
  std::vector<std::string_view> candidates;
  for (const auto& [text, part] : known_) candidates.push_back(text);
  std::string to;
  for (const auto& [text, rows] : lost_) {
    if (most == 0) break;
    const std::string_view near = nearest(text, candidates);
    if (near.empty() || known_.find(near)->second == kNotSaid) continue;
    to += fmt::format("{} may be '{}'. ", quoted(text), ids_[known_.find(near)->second]);
    --most;
  }
  return to;
}

void PartNames::report(const Source& source, const std::string& why, const std::string& remedy,
                       Diagnostics& diagnostics) const {
  if (lost_.empty()) return;
  std::vector<std::pair<std::uint64_t, std::string>> texts;  // most frequent first
  for (const auto& [text, rows] : lost_) texts.emplace_back(rows, text);
  std::ranges::stable_sort(texts, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> words;
  for (const auto& [rows, text] : texts) {
    words.push_back(quoted(text));
    if (rows > 0) words.back() += fmt::format(" ({} row{})", rows, rows == 1 ? "" : "s");
  }
  const std::string& first = texts.front().second;
  const std::string shown = first.size() > 60 ? "..." : first;
  diagnostics.error({source, 0, 0, 1}, "no " + what_ + " of the journey is called " + listed(words), why,
                    fmt::format("{}There are {}. Translate others in a mapping, values: {{{}: {{{}: {}}}}}{}",
                                near_ones(5), listed(ids_), what_, shown, ids_.empty() ? "..." : ids_.front(),
                                remedy.empty() ? "" : ", or " + remedy));
}

}  // namespace sojourn::models
