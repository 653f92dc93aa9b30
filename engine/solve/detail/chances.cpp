#include "engine/solve/detail/chances.h"

namespace sojourn::engine::detail {
namespace {

std::uint64_t key_of(std::uint32_t from, std::uint32_t to) { return (std::uint64_t{from} << 32) | to; }

}  // namespace

Chances::Chances(std::uint32_t nodes) : slots_(64), to_(nodes), from_(nodes), out_(nodes), in_(nodes), gone_(nodes) {}

void Chances::add(std::uint32_t from, std::uint32_t to, double chance) {
  if (from == to) return;
  if (2 * used_ >= slots_.size()) grow();
  const std::uint64_t key = key_of(from, to);
  Slot& entry = slot(key);
  entry.chance += chance;
  if (entry.key == key) return;
  entry.key = key;
  ++used_;
  to_[from].push_back(to);
  from_[to].push_back(from);
  ++out_[from];
  ++in_[to];
}

void Chances::take(std::uint32_t node, std::vector<Step>& row, std::vector<Step>& column) {
  gone_[node] = true;
  for (const std::uint32_t to : to_[node]) {
    if (gone_[to]) continue;
    row.push_back({node, to, slot(key_of(node, to)).chance});
    --in_[to];
  }
  for (const std::uint32_t from : from_[node]) {
    if (gone_[from]) continue;
    column.push_back({from, node, slot(key_of(from, node)).chance});
    --out_[from];
  }
  to_[node] = {};
  from_[node] = {};
}

/// The key's slot, or the free one where it belongs.
Chances::Slot& Chances::slot(std::uint64_t key) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = ((key ^ (key >> 31)) * 0x9e3779b97f4a7c15U) >> 20;
  while (slots_[at & mask].key != key && slots_[at & mask].key != free_) ++at;
  return slots_[at & mask];
}

void Chances::grow() {
  std::vector<Slot> before(4 * slots_.size());
  before.swap(slots_);
  for (const Slot& entry : before) {
    if (entry.key != free_) slot(entry.key) = entry;
  }
}

}  // namespace sojourn::engine::detail
