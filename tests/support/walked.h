#pragma once
// Single agents walked by the engine, to be compared bit for bit.

#include "engine/walk/walk.h"
#include "models/score/experiment.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sojourn::tests {

/// Equal bits, or two that are not numbers.
bool same_bits(double a, double b);

struct Walked {
  std::vector<engine::Visit> visits;
  engine::Ending ending;
  std::vector<std::int64_t> scores;      // all of the layout's
  double satisfaction = 0;               // S
  std::optional<engine::NoWayOn> stuck;  // then only `visits` counts
};

/// One case of an experiment, agent by agent.
class AgentWalker {
 public:
  AgentWalker(const models::Experiment& experiment, std::size_t case_index, std::uint64_t seed = 1,
              std::uint32_t replicate = 0);
  Walked walk(std::uint64_t agent);

 private:
  const models::Experiment& experiment_;
  const models::Customer& customer_;
  engine::PlaceKeys keys_;
  engine::Ordinals ordinals_;
  engine::JourneySums sums_;
};

/// What differs first between two journeys of one numbering; empty if every bit is the same.
std::string difference(const Walked& a, const Walked& b);
std::string difference(const engine::Visit& a, const engine::Visit& b);

}  // namespace sojourn::tests
