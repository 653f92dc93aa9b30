#include "models/change/one_file.h"

#include "models/change/change.h"
#include "models/change/differences.h"
#include "models/journey/address.h"
#include "models/journey/defaults.h"
#include "models/journey/write.h"

#include <algorithm>
#include <set>

namespace sojourn::models {
namespace {

/// The whole field that a difference stands in, which an override can set; empty where there is none.
std::string overridden(const std::string& address) {
  const std::vector<std::string_view> parts = parts_of(address);
  const std::size_t depth = parts.front() == "start" ? 1 : (parts.front() == "satisfaction" ? 2 : 3);
  static constexpr std::string_view kMay[] = {"touchpoints", "pains", "outcomes", "start", "satisfaction"};
  if (std::ranges::find(kMay, parts.front()) == std::end(kMay) || parts.size() < depth) return {};
  std::string field;
  for (std::size_t i = 0; i < depth; ++i) field += (i == 0 ? "" : ".") + std::string(parts[i]);
  return field;
}

Tree text(std::string scalar) {
  Tree tree;
  tree.scalar = std::move(scalar);
  return tree;
}

Tree set_to(const std::string& address, const Tree& value) {
  Tree change;
  change.kind = Tree::Kind::map;
  change.entries.push_back({"set", {}, text(address)});
  change.entries.push_back({"to", {}, value});
  return change;
}

/// The overrides that make `seen` of `file`, or nothing. What a scenario changed of the persona itself goes into the file,
/// where nobody else looks at it.
std::optional<Tree> overrides_to(Tree& file, const Tree& seen, const std::string& persona) {
  Tree list;
  list.kind = Tree::Kind::list;
  std::set<std::string> done;
  const std::string own = "personas." + persona + ".";
  for (const Difference& difference : differences(file, seen)) {
    const bool of_persona = difference.address.starts_with(own);
    if (difference.address.starts_with("personas.") && !of_persona) continue;
    const std::string field = of_persona ? difference.address : overridden(difference.address);
    if (field.empty() || !done.insert(field).second) {
      if (field.empty()) return std::nullopt;
      continue;
    }
    const Place place = find(seen, field);
    if (place.state == Place::State::missing || place.state == Place::State::unwritten) return std::nullopt;
    const Tree& value = place.tree != nullptr ? *place.tree : place.value;
    if (of_persona) {
      create(file, field, {}) = value;
    } else {
      list.items.push_back(set_to(field, value));
    }
  }
  return list;
}

/// Whether the file with these overrides is what the persona sees, apart from what concerns other personas.
bool gives(Tree file, const Tree& overrides, const Tree& seen, const std::string& persona) {
  Diagnostics problems;
  for (const Change& change : read_changes(overrides)) {
    if (apply(change, file, problems) == Effect::refused) return false;
  }
  return std::ranges::none_of(differences(file, seen), [&](const Difference& difference) {
    const bool of_persona = difference.address.starts_with("personas.");
    return !of_persona || difference.address.starts_with("personas." + persona + ".");
  });
}

}  // namespace

std::optional<Tree> one_file(const Case& one) {
  std::vector<double> shares(one.trees.size(), 0.0);
  const std::vector<Persona>& personas = one.views.views.front().personas;
  for (std::size_t p = 0; p < personas.size(); ++p) shares[one.views.view_of_persona[p]] += personas[p].share;
  const auto main = static_cast<std::size_t>(std::ranges::max_element(shares) - shares.begin());
  Tree file = with_defaults(one.trees[main]);
  std::vector<std::pair<std::string, Tree>> added;
  for (std::size_t p = 0; p < personas.size(); ++p) {
    const std::size_t view = one.views.view_of_persona[p];
    if (view == main) continue;
    const Tree seen = with_defaults(one.trees[view]);
    std::optional<Tree> list = overrides_to(file, seen, personas[p].id);
    if (!list || !gives(file, *list, seen, personas[p].id)) return std::nullopt;
    added.emplace_back(personas[p].id, std::move(*list));
  }
  for (auto& [id, list] : added) {
    Tree* persona = file.find("personas")->find(id);
    std::erase_if(persona->entries, [](const Tree::Entry& entry) { return entry.key == "overrides"; });
    persona->entries.push_back({"overrides", {}, std::move(list)});
  }
  return file;
}

}  // namespace sojourn::models
