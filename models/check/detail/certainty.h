#pragma once
// Whether something that may come about does come about for some agents, whatever the time travelled.

#include "models/check/detail/states.h"

namespace sojourn::models::detail {

class Certainty {
 public:
  explicit Certainty(const States& states) : states_(states) {}

  /// Whether one of the states, each of which may be reached, is reached with a chance above 0: by certain links, and by
  /// all of an undecided state's links.
  bool reaches(const std::vector<std::uint32_t>& goal);

 private:
  void turn_round();

  const States& states_;
  std::vector<std::size_t> first_;  // [node] where the certain links to it begin, and the end
  std::vector<std::uint32_t> from_;
  std::vector<std::uint32_t> branches_;  // [node] links of an undecided state
};

}  // namespace sojourn::models::detail
