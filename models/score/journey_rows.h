#pragma once
// Single journeys as columns of numbers, for those who want to look at more than figures.

#include "models/score/experiment.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace sojourn::models {

/// What each journey came to; every column is [case][agent], names and units are those of the metrics (models/score/metrics.h).
struct JourneyRows {
  std::uint64_t agents = 0;
  std::vector<std::int16_t> persona;                       // of the experiment's names
  std::vector<std::int16_t> outcome;                       // of the experiment's names; -1: cut off at the visit limit
  std::vector<std::int8_t> success, abandoned, truncated;  // 1: it is
  std::vector<std::int32_t> visits;
  std::vector<double> score, promoters, passives,
      detractors;  // what the answer is on average; how probable it is of each class
  std::vector<double> satisfaction, elapsed_hours, effort, cost, value;
};

/// Of the first `agents` of the plan, whatever its precision: the agents of a run of so many, with the same luck. Walks them one by one.
/// Throws InputError where one has no way on. Empty if progress stopped it.
std::optional<JourneyRows> journey_rows(const Experiment& experiment, const RunPlan& plan, std::uint64_t agents,
                                        const OnProgress& progress = {});

}  // namespace sojourn::models
