#pragma once
// What is tallied, and where: one numbering shared by all cases (base and scenarios) of a command, so that a slot means
// the same thing in each of them. Cases may lack nodes, ways, marks or targets of others; those slots stay empty.

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::engine {

/// Where visits are summed: a node as a whole, or one of its ways.
struct Site {
  std::uint32_t node = 0;
  std::int32_t way = -1;         // -1: the node as a whole
  std::uint32_t first_mark = 0;  // slots of its marks, one per entry of the node's `marks`
  std::uint32_t first_flow = 0;  // slots of its flows, one per entry of the node's `targets`
};

struct NodeLayout {
  std::string name;
  std::vector<std::string> ways;       // empty if the node has only one
  std::vector<std::uint32_t> marks;    // kinds of mark it can leave, at most 64
  std::vector<std::uint32_t> targets;  // nodes and exits (node_count + exit) that can follow
  std::uint32_t first_site = 0;        // its own site; those of its ways follow
};

/// A quantity of an agent whose expectation is known without any walk, or may be: a control variate.
struct Control {
  enum class Kind {
    first,  // 1 for agents that begin at node or exit `which`
    luck,   // Ending::luck less 2^31, whose expectation is -1/2
    score   // score `which`
  };
  Kind kind = Kind::first;
  std::uint32_t which = 0;
};

struct Layout {
  std::vector<std::string> groups;
  std::vector<NodeLayout> nodes;
  std::vector<std::string> exits;
  std::vector<std::string> mark_kinds;
  std::uint32_t scores = 0;                     // per agent, of which the last mark_kinds.size() count marks by kind
  std::uint32_t headline_score = 0;             // the one whose change is credited to the node of the first difference
  std::uint32_t pair_scores = 0;                // per agent and pair of cases
  std::vector<std::uint32_t> histogram_scores;  // scores (>= 0) whose distribution is kept

  // Sums of products of each control with the others and with the controlled scores are kept, and changes of the headline score
  // by group; nothing is if there is no controlled score.
  std::vector<Control> controls;
  std::vector<std::uint32_t> controlled;

  // Filled by finish():
  std::vector<Site> sites;
  std::uint32_t mark_slots = 0;
  std::uint32_t flow_slots = 0;

  /// Numbers sites and slots once nodes are complete.
  void finish();
  std::uint32_t node_count() const { return static_cast<std::uint32_t>(nodes.size()); }
};

}  // namespace sojourn::engine
