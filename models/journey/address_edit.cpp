// Editing at an address: create, erase, set_number.

#include "models/journey/address.h"
#include "models/journey/families.h"
#include "models/journey/values.h"

#include <algorithm>

namespace sojourn::models {
namespace {

/// The entry of that key, created as an empty map where it is not there.
Tree& entry_of(Tree& map, std::string_view key, const Mark& mark) {
  if (Tree* found = map.find(key)) return *found;
  Tree empty;
  empty.kind = Tree::Kind::map;
  empty.mark = mark;
  map.entries.push_back({std::string(key), mark, std::move(empty)});
  return map.entries.back().value;
}

/// The parts that are keys of maps in the tree: below `targets` the rest is one key.
std::vector<std::string_view> keys_of(std::string_view address) {
  constexpr std::string_view targets = "targets.";
  if (address.starts_with(targets)) return {address.substr(0, targets.size() - 1), address.substr(targets.size())};
  return parts_of(address);
}

Tree& item_or_self(Tree& tree, std::string_view next, bool& used) {
  used = false;
  if (tree.kind != Tree::Kind::list) return tree;
  const std::optional<std::size_t> index = index_of(next);
  used = index.has_value();
  return tree.items.at(index.value_or(0));
}

}  // namespace

Tree& create(Tree& journey, std::string_view address, const Mark& mark) {
  Tree* tree = &journey;
  for (const std::string_view key : keys_of(address)) {
    bool used = false;
    tree = &item_or_self(*tree, key, used);
    if (!used) tree = &entry_of(*tree, key, mark);
  }
  return *tree;
}

void erase(Tree& journey, std::string_view address) {
  const std::vector<std::string_view> keys = keys_of(address);
  Tree* tree = &journey;
  for (std::size_t i = 0; i + 1 < keys.size() && tree; ++i) {
    bool used = false;
    tree = &item_or_self(*tree, keys[i], used);
    if (!used) tree = tree->find(keys[i]);
  }
  if (!tree) return;
  if (tree->kind == Tree::Kind::list) {
    const std::optional<std::size_t> index = index_of(keys.back());
    if (!index) {
      std::erase_if(tree->items.at(0).entries, [&](const Tree::Entry& entry) { return entry.key == keys.back(); });
    } else if (*index < tree->items.size()) {
      tree->items.erase(tree->items.begin() + static_cast<std::ptrdiff_t>(*index));
      if (tree->items.size() == 1) *tree = Tree(std::move(tree->items.front()));  // one edge is no list
    }
    return;
  }
  std::erase_if(tree->entries, [&](const Tree::Entry& entry) { return entry.key == keys.back(); });
}

void set_number(Tree& journey, std::string_view address, double value) {
  const Place place = find(journey, address);
  const Type* type = place.type;
  Tree& tree = create(journey, address, journey.mark);
  if (type->kind == Kind::distribution) type = &constant_type(type->quantity);
  tree.kind = Tree::Kind::scalar;
  tree.entries.clear();
  tree.scalar = value_text(value, *type);
  tree.quoted = false;
}

}  // namespace sojourn::models
