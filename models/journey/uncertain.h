#pragma once
// Numbers that are not known exactly: an address of the journey, and what is known instead.

#include "models/journey/distribution.h"
#include "models/journey/fields.h"
#include "models/journey/lookup.h"
#include "models/text/tree.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace sojourn::models {

/// The number's value is `factor` times a draw of `distribution`: factor is 0.1 for a beta, which is on 0..1 here,
/// else 1. Times are in milliseconds.
struct Uncertain {
  std::string address;
  Distribution distribution;
  double factor = 1;
  Range range = {};          // of what stands at the address
  std::size_t scenario = 0;  // 0: the journey's own; k: the k-th scenario of the case, counted from 1
  Mark mark;                 // of the address
};

/// An entry whose key is an address, and the distribution of what stands there.
struct UncertainEntry {
  std::string_view section;  // for messages: "uncertain"
  const Tree::Entry& entry;
  const Tree& distribution;
};

/// Reports an address that is not a number's and a distribution that does not fit it. Returns the number's type, or
/// null where there is no such number.
const Type* check_uncertain(const Tree& journey, const UncertainEntry& uncertain, Lookup& lookup,
                            Diagnostics& diagnostics);

/// Of an entry that was checked.
Uncertain typed_uncertain(const Tree& journey, const Tree::Entry& entry, Lookup& lookup);

}  // namespace sojourn::models
