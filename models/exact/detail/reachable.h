#pragma once
// What lies behind an obstacle, touchpoint by touchpoint, whatever the guards say.

#include "models/exact/detail/product.h"

namespace sojourn::models::exact {

struct Behind {
  std::vector<std::int32_t> nodes;     // [node] why its arrivals are not known, or kExact
  std::vector<std::int32_t> outcomes;  // [outcome]
  std::int32_t any_node = kExact;

  explicit Behind(const PersonaView& view)
      : nodes(view.nodes(), kExact), outcomes(view.atlas().outcomes.size(), kExact) {}

  /// Spoils this node or outcome (node count + outcome) and all that can follow.
  void spoil(const PersonaView& view, std::uint32_t to, std::int32_t why);
};

Behind behind_obstacles(const PersonaView& view, const Product& product);

}  // namespace sojourn::models::exact
