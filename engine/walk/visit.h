#pragma once
// What one visit of one agent to one node came to. The walk writes it; tallies, comparisons and traces read it.

#include <array>
#include <cstddef>
#include <cstdint>

namespace sojourn::engine {

/// How many real-valued measures a behaviour may record at a visit; what they mean is the behaviour's business.
inline constexpr std::size_t kMeasures = 6;

struct Visit {
  std::uint32_t node = 0;
  std::int32_t way = -1;   // which of the node's ways it was made through; -1 where the node has none
  std::uint32_t next = 0;  // node or exit that follows
  std::uint32_t flow = 0;  // which of the node's targets that is, in the layout's list
  bool given_up = false;
  bool drop_off = false;         // next is an exit that counts as a failure
  std::int64_t arrived_ms = 0;   // since the start of the agent's journey
  std::int64_t duration_ms = 0;  // what passed: the patience if given up
  std::uint64_t marks = 0;       // bit i: the i-th mark that this node can leave happened here
  std::uint64_t states = 0;      // the agent's binary states after the visit (two words, behaviour's meaning)
  std::uint64_t more_states = 0;
  double effort = 0;  // totals after the visit
  double cost = 0;
  std::array<double, kMeasures> measures{};

  friend bool operator==(const Visit&, const Visit&) = default;  // bit for bit, but that -0 equals 0
};

}  // namespace sojourn::engine
