#pragma once
// Agents by what they carry from visit to visit.

#include "models/behaviour/satisfaction.h"
#include "models/exact/detail/events.h"
#include "models/exact/detail/sums.h"

#include <array>
#include <unordered_map>

namespace sojourn::models::exact {

/// What must be carried, so that as little as possible tells agents apart.
struct CarryPlan {
  Flags flags;
  bool expectation = false, mood = false, peak = false, mean = false, effort = false;
  bool elapsed = false;     // whole milliseconds: then durations must be discrete
  std::string elapsed_why;  // a sentence
  bool marks = false;       // which pains were met at a visit
};

/// S alone, or also what the chain could not tell.
enum class Want { scores, everything };

/// `known`: what the chain has told already.
CarryPlan carry_plan(const PersonaView& view, const JourneySums& known, Want want);

struct Carried {
  std::uint32_t node = 0;
  Flags flags;
  double expectation = 0;
  double mood = 0;
  Memory memory;  // its end is written at the visit and not carried
  double effort = 0;
  std::int64_t elapsed_ms = 0;
};

struct Weighed {
  Carried carried;
  double probability = 0;
};

/// Sums come about in any order, so those that differ by rounding alone (2^-40) are the same; what is compared keeps its bits.
struct CarriedKey {
  std::array<std::uint64_t, 10> words;
  friend bool operator==(const CarriedKey&, const CarriedKey&) = default;
};
CarriedKey key_of(const Carried& carried);

struct HashCarried {
  std::size_t operator()(const CarriedKey& key) const;
};
using Crowd = std::unordered_map<CarriedKey, Weighed, HashCarried>;

}  // namespace sojourn::models::exact
