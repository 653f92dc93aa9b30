#pragma once
// A sparse square matrix of chances from which nodes are taken out one by one.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sojourn::engine::detail {

struct Step {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  double chance = 0;
};

class Chances {
 public:
  explicit Chances(std::uint32_t nodes);

  /// Adds to what stands there. From a node to itself is not kept.
  void add(std::uint32_t from, std::uint32_t to, double chance);
  /// How many entries taking the node out may add.
  std::size_t fill(std::uint32_t node) const { return std::size_t{in_[node]} * out_[node]; }
  /// Takes the node out; appends what stood in its row and in its column.
  void take(std::uint32_t node, std::vector<Step>& row, std::vector<Step>& column);

 private:
  struct Slot {
    std::uint64_t key = free_;
    double chance = 0;
  };
  static constexpr std::uint64_t free_ = ~std::uint64_t{0};

  Slot& slot(std::uint64_t key);
  void grow();

  std::vector<Slot> slots_;  // open addressing; entries of nodes taken out stay behind
  std::size_t used_ = 0;
  std::vector<std::vector<std::uint32_t>> to_, from_;  // [node], some of them gone
  std::vector<std::uint32_t> out_, in_;                // [node] how many of them are not
  std::vector<bool> gone_;
};

}  // namespace sojourn::engine::detail
