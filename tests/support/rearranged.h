#pragma once
// The same journey written otherwise: what must not matter.

#include "models/text/tree.h"

#include <cstdint>
#include <string>

namespace sojourn::tests {

/// A journey file's text with the entries of all maps in an order drawn from `seed`. Lists keep theirs: the order of
/// overrides and thresholds means something.
std::string rearranged(const std::string& journey, std::uint64_t seed);

/// With every label, name, title and text for people replaced by another.
std::string relabelled(const std::string& journey);

}  // namespace sojourn::tests
