#pragma once
// How one persona uses the ways of its view: which channels it takes, and whether it gives up there.

#include "models/check/detail/view_map.h"
#include "models/check/detail/waiting.h"

namespace sojourn::models::detail {

struct WayUse {
  double chance = 0;            // of this way at a visit to its touchpoint; 0: never
  double give_up = 0;           // chance that a visit is given up; NaN where it is not known
  bool finishes = true;         // a visit can last no longer than the patience
  bool gives_up = false;        // and it can last longer
  std::int64_t longest_ms = 0;  // of a visit that is not given up: no drawable patience is longer
};

/// [way of the map] what its duration can be drawn as.
std::vector<Drawn> drawn_durations(const ViewMap& map);

/// [way of the map]
std::vector<WayUse> way_uses(const ViewMap& map, const std::vector<Drawn>& durations, const Persona& persona);

}  // namespace sojourn::models::detail
