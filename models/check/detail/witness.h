#pragma once
// The likeliest way to a state, in words.

#include "engine/graph/paths.h"
#include "models/check/detail/findings.h"
#include "models/check/detail/states.h"

namespace sojourn::models::detail {

class Witness {
 public:
  Witness(const ViewMap& map, const States& states) : map_(map), states_(states), paths_(states.network) {}

  /// wish -> bake -> loop
  std::string to(std::uint32_t node) const {
    std::vector<std::string_view> ids;
    for (const std::uint32_t at : paths_.to(node)) {
      const State& state = states_.states[at];
      if (state.kind == State::Kind::arriving) ids.push_back(map_.touchpoint(state.touchpoint).id);
    }
    return path_text(ids);
  }

 private:
  const ViewMap& map_;
  const States& states_;
  engine::LikeliestPaths paths_;
};

}  // namespace sojourn::models::detail
