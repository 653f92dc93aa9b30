#pragma once
// What differs between two normalised journeys, address by address.

#include "models/text/tree.h"

#include <string>
#include <vector>

namespace sojourn::models {

struct Difference {
  std::string address;
  std::string before;  // one line of YAML; empty where there was nothing
  std::string after;   // empty where there is nothing any more
};

/// In the order of `base`, then what `changed` adds. A field that is written in one and left to its default in the
/// other differs only if the values do.
std::vector<Difference> differences(const Tree& base, const Tree& changed);

}  // namespace sojourn::models
