#pragma once
// One agent walked alone, with what was drawn at each visit. Everything a trace shows comes from the walk itself or from the
// same tables and the same luck.

#include "models/score/experiment.h"

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace sojourn::tools {

struct TracedVisit {
  engine::Visit visit;
  std::optional<std::int64_t> patience_ms;              // none where nobody's patience ends
  std::int64_t drawn_duration_ms = 0;                   // longer than what passed if the visit was given up
  double drawn_experience = 0;                          // 0..10, before pains and recovery
  std::vector<std::pair<std::uint32_t, double>> pains;  // (pain, points off)
  std::vector<std::uint32_t> opened, closed;            // lasting pains
  std::vector<std::uint32_t> achieved;                  // goals
  double expects_next = 0;                              // what the agent expects from now on
};

struct TracedJourney {
  std::uint32_t persona = 0;
  std::vector<TracedVisit> visits;
  std::optional<engine::NoWayOn> stuck;  // it could not go on: there is no end
  bool cut_short = false;                // it went on after the last visit that was followed: there is no end either
  std::vector<std::int64_t> worth;       // everything that is counted of the journey at its end
  engine::Ending ending;
  double satisfaction = 0;          // overall, 0..10
  std::array<double, 11> scores{};  // probabilities of the answers
  models::Memory memory;
  std::vector<std::pair<std::uint32_t, double>> missed;  // (goal, points off)
  std::vector<std::pair<std::uint32_t, double>> open;    // (pain, points off)
  double effort_loss = 0;                                // points off

  /// A touchpoint, or touchpoints + outcome (Names::target). Not of one that is stuck or truncated.
  std::uint32_t end() const { return ending.exit; }
};

/// agent < 2^40. Follows it for `most_visits` at most: see `cut_short`. Never throws NoWayOn: see `stuck`.
TracedJourney trace_agent(const models::Experiment& experiment, std::size_t case_index, const engine::PlaceKeys& keys,
                          std::uint64_t agent, std::size_t most_visits);

/// The first visit that differs in any bit; nothing where no visit does.
std::optional<std::size_t> parting(const TracedJourney& base, const TracedJourney& changed);

/// Visits of both put side by side by touchpoint: (index in base, index in changed), the first `same` of them equal. A
/// missing one is nothing. Longest common subsequence of the touchpoints.
using Alignment = std::vector<std::pair<std::optional<std::size_t>, std::optional<std::size_t>>>;
Alignment align(const TracedJourney& base, const TracedJourney& changed, std::size_t same);

}  // namespace sojourn::tools
