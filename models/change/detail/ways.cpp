#include "models/change/detail/ways.h"

#include <utility>

namespace sojourn::models::detail {

void for_each_way(Tree& journey, const WayAction& action) {
  Tree* touchpoints = journey.find("touchpoints");
  if (!touchpoints) return;
  for (Tree::Entry& touchpoint : touchpoints->entries) {
    action(touchpoint.value, false);
    Tree* channels = touchpoint.value.find("channels");
    if (!channels) continue;
    for (Tree::Entry& channel : channels->entries) action(channel.value, true);
  }
}

void for_each_entry(Tree& journey, std::string_view section, const std::function<void(Tree&)>& action) {
  Tree* map = journey.find(section);
  if (!map) return;
  for (Tree::Entry& entry : map->entries) action(entry.value);
}

void drop_key(Tree* map, std::string_view key) {
  if (map) std::erase_if(map->entries, [&](const Tree::Entry& entry) { return entry.key == key; });
}

std::vector<Tree> edges_of(Tree tree) {
  if (tree.kind == Tree::Kind::list) return std::move(tree.items);
  std::vector<Tree> one;
  one.push_back(std::move(tree));
  return one;
}

Tree side_by_side(std::vector<Tree> edges) {
  if (edges.size() == 1) return std::move(edges.front());
  Tree list;
  list.kind = Tree::Kind::list;
  list.mark = edges.front().mark;
  list.items = std::move(edges);
  return list;
}

}  // namespace sojourn::models::detail
