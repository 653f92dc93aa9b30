#pragma once
// What can come about for one party of personas, and the checks that look at it alone.

#include "models/check/detail/findings.h"
#include "models/check/detail/places.h"
#include "models/check/detail/states.h"

namespace sojourn::models::detail {

struct Explored {
  const ViewMap& map;
  std::size_t view;
  const States& states;
  Conditions conditions;
};

/// Reached states without a way on, and reached classes of states without a way to an outcome.
void check_dead_ends(const Explored& explored, Places& places, Findings& findings);
void check_traps(const Explored& explored, Places& places, Findings& findings);

/// "pain 'late' is open and goal 'gift' is not achieved": the flags of `relevant` that are set in all (in `always`) or in
/// none (not in `ever`).
std::string flags_text(const ViewMap& map, Flags relevant, Flags ever, Flags always);

}  // namespace sojourn::models::detail
