#pragma once
// The numbers of a persona that a replayed journey is made of, in one flat list, and what each of them follows when a parameter moves.

#include "models/behaviour/atlas.h"
#include "models/behaviour/tables.h"
#include "models/change/views.h"
#include "models/replay/parameter.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

/// Where in the list what stands. Rows are those of PersonaTables.
struct NumberPlan {
  enum Trait : std::uint32_t {
    anchor,
    performance_weight,
    disconfirmation_weight,
    reactivity,
    effort_weight,
    memory_peak,  // the three as written, not normalised
    memory_end,
    memory_mean,
    learning,
    loss_aversion,
    bias,
    spread,
    thresholds,                     // ten
    expectation = thresholds + 10,  // a, b, c of the distribution
    traits = expectation + 3
  };
  enum Way : std::uint32_t { share, affinity, effort, experience /* a, b, c */, per_way = experience + 3 };
  enum Pain : std::uint32_t { probability, severity, sensitivity, per_pain };
  enum Resolution : std::uint32_t { closing, lift, per_resolution };
  enum Edge : std::uint32_t { weight, mood, per_edge };

  std::uint32_t goals = 0, lingering = 0, start = 0, importance = 0, ways = 0, pains = 0, resolutions = 0,
                fulfilments = 0, edges = 0, count = 0;

  explicit NumberPlan(const PersonaTables& rows);
  std::uint32_t way(std::uint32_t row, std::uint32_t which) const { return ways + per_way * row + which; }
  std::uint32_t pain(std::uint32_t row, std::uint32_t which) const { return pains + per_pain * row + which; }
  std::uint32_t resolution(std::uint32_t row, std::uint32_t which) const {
    return resolutions + per_resolution * row + which;
  }
  std::uint32_t edge(std::uint32_t row, std::uint32_t which) const { return edges + per_edge * row + which; }
};

/// A number that is slope * parameter + intercept: the file's own, or what overrides make of it.
struct NumberLink {
  std::uint32_t number = 0;
  std::uint32_t parameter = 0;
  double slope = 1;
  double intercept = 0;
};

struct PersonaNumbers {
  NumberPlan plan;
  std::vector<double> values;  // [number], with every parameter at its value in the file
  std::vector<NumberLink> links;
  std::vector<Distribution::Family> experience;  // [way row]
  Distribution::Family expectation = Distribution::Family::constant;
};

/// What a journey is replayed with.
struct ReplayNumbers {
  std::vector<PersonaNumbers> personas;  // [group]
  /// [parameter] No replay follows it (times; gamma, triangular and discrete distributions, the width of a beta and what else such a draw is made
  /// of), so that journeys must be walked anew where it moves. It has no links.
  std::vector<bool> walked;
};

/// Found by moving each parameter and reading the journey again, so that overrides mean what they mean in a run. Throws InputError for a
/// parameter that answers can say nothing about (money, shares of personas, chances that are certain): the message says which, why and what to do.
ReplayNumbers numbers_of(const JourneyFile& journey, const Case& base, const Atlas& atlas, const JourneyTables& tables,
                         const std::vector<CalibrationParameter>& parameters);

}  // namespace sojourn::models
