#pragma once
// Keys of large maps, found in constant time while a tree does not change.

#include "models/text/tree.h"

#include <string_view>
#include <unordered_map>

namespace sojourn::models {

/// Remembers the keys of the large maps that it was asked about. Valid as long as the trees are not touched.
class Lookup {
 public:
  const Tree* find(const Tree& map, std::string_view key) {
    if (map.entries.size() < worth_it) return map.find(key);
    auto [known, is_new] = keys_.try_emplace(&map);
    if (is_new) {
      for (const Tree::Entry& entry : map.entries) known->second.emplace(entry.key, &entry.value);
    }
    const auto found = known->second.find(key);
    return found == known->second.end() ? nullptr : found->second;
  }

 private:
  static constexpr std::size_t worth_it = 32;
  std::unordered_map<const Tree*, std::unordered_map<std::string_view, const Tree*>> keys_;
};

}  // namespace sojourn::models
