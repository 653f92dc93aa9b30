#pragma once
// Which lever each number of the compiled tables comes from: the tables of models/behaviour/tables.h once more, with
// levers where those have numbers.

#include "engine/random/quantile_slope.h"
#include "models/behaviour/atlas.h"
#include "models/behaviour/quantiles.h"
#include "models/behaviour/tables.h"
#include "models/drivers/levers.h"

#include <array>
#include <memory>
#include <utility>
#include <vector>

namespace sojourn::models {

/// A drawn quantity: how its draw moves with each of its levers.
struct DrawOrigin {
  std::uint32_t count = 0;
  std::array<std::uint32_t, 3> lever{kNoLever, kNoLever, kNoLever};
  std::array<engine::QuantileSlope, 3> slope;
  double half_width = 0;      // engine::half_width; 0 where there is no density
  double log_half_width = 0;  // the same of the logarithm; of a draw that can be 0, relative to its median
};

struct WayOrigin {
  DrawOrigin duration, experience;
  std::uint32_t effort = kNoLever, cost = kNoLever;
  std::uint32_t share = kNoLever, affinity = kNoLever;
  double share_value = 0, affinity_value = 1;
  // Where patience can end here: P(duration > patience) and what it changes by with each lever of either.
  double given_up = 0;
  std::vector<std::pair<std::uint32_t, double>> given_up_slopes;
};

struct PainOrigin {
  std::uint32_t probability = kNoLever, after = kNoLever;
  std::uint32_t severity = kNoLever, sensitivity = kNoLever;
  double severity_value = 0, sensitivity_value = 1;  // whose product the table holds
};

struct ResolutionOrigin {
  std::uint32_t probability = kNoLever, lift = kNoLever;
};

struct EdgeOrigin {
  std::uint32_t weight = kNoLever, mood = kNoLever;
};

struct PersonaOrigins {
  // As in PersonaTables.
  std::vector<std::uint32_t> importance;  // [node]
  std::vector<WayOrigin> ways;
  std::vector<PainOrigin> pains;
  std::vector<ResolutionOrigin> resolutions;
  std::vector<std::uint32_t> fulfilments;  // probability
  std::vector<EdgeOrigin> edges;
  std::vector<std::uint32_t> start;  // weight

  DrawOrigin expectation, patience;
  std::uint32_t anchor = kNoLever, performance_weight = kNoLever, disconfirmation_weight = kNoLever;
  std::uint32_t reactivity = kNoLever, effort_weight = kNoLever;
  std::uint32_t memory_peak = kNoLever, memory_end = kNoLever, memory_mean = kNoLever;
  double reactivity_value = 0;
  double memory_total = 1;  // of the three as written
  std::uint32_t learning = kNoLever, loss_aversion = kNoLever, share = kNoLever;
  std::uint32_t bias = kNoLever, spread = kNoLever;
  std::array<std::uint32_t, 10> thresholds{};
  std::vector<std::uint32_t> goal_importance;  // [goal bit]
  std::vector<std::uint32_t> pain_lingering;   // [lasting pain bit]
  std::vector<std::uint32_t> exit_value;       // [exit]
  std::uint64_t guarding_goals = 0;            // goals that open or close an edge somewhere
  bool has_deadlines = false;                  // a pain with `after` somewhere: times can matter beyond their own visit
};

struct Origins {
  std::vector<PersonaOrigins> personas;  // [group]
  std::vector<double> shares;            // [group] as written
  std::shared_ptr<Quantiles> quantiles;  // keeps the slopes' tables alive
};

/// Levers that have no derivative here (a width of 0, a probability of 0 that the tables leave out) are left out of the
/// list, with the reason.
Origins origins_of(const Case& one, const Atlas& atlas, const JourneyTables& tables, Levers& levers);

}  // namespace sojourn::models
