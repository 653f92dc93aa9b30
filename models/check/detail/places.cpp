#include "models/check/detail/places.h"

namespace sojourn::models::detail {

Mark Places::section(std::size_t view, std::string_view key) {
  if (view >= case_->trees.size()) return {};
  for (const Tree::Entry& entry : case_->trees[view].entries) {
    if (entry.key == key) return entry.mark;
  }
  return {};
}

const Tree::Entry* Places::entry(std::size_t view, std::string_view touchpoint) {
  if (view >= case_->trees.size()) return nullptr;
  auto [known, fresh] = touchpoints_.try_emplace(view);
  if (fresh) {
    if (const Tree* map = case_->trees[view].find("touchpoints")) {
      for (const Tree::Entry& entry : map->entries) known->second.emplace(entry.key, &entry);
    }
  }
  const auto found = known->second.find(touchpoint);
  return found == known->second.end() ? nullptr : found->second;
}

Mark Places::touchpoint(std::size_t view, std::string_view id) {
  const Tree::Entry* found = entry(view, id);
  return found ? found->mark : Mark{};
}

Mark Places::condition(std::size_t view, const Touchpoint& touchpoint, std::string_view channel, const Way& way,
                       const Edge& edge) {
  const Tree::Entry* found = entry(view, touchpoint.id);
  if (!found) return {};
  const Tree* next = found->value.find("next");
  if (!channel.empty()) {
    const Tree* channels = found->value.find("channels");
    const Tree* carrier = channels ? channels->find(channel) : nullptr;
    if (const Tree* own = carrier ? carrier->find("next") : nullptr) next = own;
  }
  if (!next) return found->mark;
  for (const Tree::Entry& to : next->entries) {
    if (to.key != edge.to) continue;
    const Tree* written = &to.value;
    if (written->kind == Tree::Kind::list) {  // several edges to one target, in the view's order
      std::size_t before = 0;
      for (const Edge* other = way.next.data(); other != &edge; ++other) before += other->to == edge.to ? 1 : 0;
      if (before < written->items.size()) written = &written->items[before];
    }
    for (const Tree::Entry& part : written->entries) {
      if (part.key == "if" || part.key == "unless") return part.mark;
    }
    return to.mark;
  }
  return found->mark;
}

}  // namespace sojourn::models::detail
