#include "models/journey/address_words.h"

#include "models/journey/address.h"

#include <algorithm>
#include <array>

namespace sojourn::models {
namespace {

/// Keys whose next part is an id, and the section where that has its label; empty: beside it.
struct Holder {
  std::string_view key;
  std::string_view section;
};
constexpr std::array<Holder, 12> holders = {{{"touchpoints", "touchpoints"},
                                             {"personas", "personas"},
                                             {"outcomes", "outcomes"},
                                             {"pains", "pains"},
                                             {"goals", "goals"},
                                             {"sensitivity", "pains"},
                                             {"resolves", "pains"},
                                             {"fulfils", "goals"},
                                             {"channels", ""},
                                             {"next", "touchpoints"},
                                             {"start", "touchpoints"},
                                             {"if_given_up", "touchpoints"}}};

std::string label_at(const Tree* record) {
  for (const char* key : {"label", "name"}) {
    const Tree* label = record && record->is_map() ? record->find(key) : nullptr;
    if (label && !label->scalar.empty()) return label->scalar;
  }
  return "";
}

std::string label_of(const Tree& journey, const Holder& holder, std::string_view id, const Tree* beside) {
  std::string label;
  if (!holder.section.empty()) {
    const Tree* section = journey.find(holder.section);
    label = label_at(section ? section->find(id) : nullptr);
    if (label.empty() && holder.section == "touchpoints") {  // of a way on: an outcome
      const Tree* outcomes = journey.find("outcomes");
      label = label_at(outcomes ? outcomes->find(id) : nullptr);
    }
  } else {
    label = label_at(beside ? beside->find(id) : nullptr);
  }
  return label.empty() ? std::string(id) : label;
}

}  // namespace

std::string address_words(const Tree& journey, std::string_view address) {
  std::string where;
  std::string what;
  const Tree* at = &journey;
  const std::vector<std::string_view> parts = parts_of(address);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (at) at = at->is_map() ? at->find(parts[i]) : nullptr;
    const auto holder = std::ranges::find(holders, parts[i], &Holder::key);
    if (holder != holders.end() && i + 1 < parts.size()) {
      const std::string_view id = parts[i + 1];
      const std::string joint = parts[i] == "next" ? " to " : ", ";
      where += (where.empty() ? "" : joint) + label_of(journey, *holder, id, at);
      ++i;
      if (at) at = at->is_map() ? at->find(id) : nullptr;
    } else {
      what += (what.empty() ? "" : " ") + std::string(parts[i]);
    }
  }
  std::ranges::replace(what, '_', ' ');
  if (where.empty() || what.empty()) return where + what;
  return where + ": " + what;
}

}  // namespace sojourn::models
