#pragma once
// Journeys unrolled by step: where the customers are at their first visit, their second, and so on.

#include "models/score/experiment.h"

#include <vector>

namespace sojourn::models {

/// What is drawn of it. Shares are of all customers, 0..1.
struct StepFlowOptions {
  std::uint32_t steps = 12;      // visits told one by one; who travels on goes to "later"
  double least_share = 0.012;    // touchpoints that hold fewer at a step are told together
  std::size_t most_places = 12;  // touchpoints told apart at a step, the fullest
};

struct StepPlace {
  enum class Kind { touchpoint, outcome, other, later };
  Kind kind = Kind::touchpoint;
  std::uint32_t index = 0;  // of the touchpoint or outcome; of `other` how many touchpoints it holds
  std::uint32_t step = 0;   // 0 is the first visit; an outcome stands at the step behind the last visit
  Figure share;
};

struct StepLink {
  std::size_t from = 0;  // indices into places
  std::size_t to = 0;
  Figure share;
};

struct StepFlows {
  std::uint64_t agents = 0;  // that were followed: 0 .. agents - 1
  std::vector<StepPlace> places;
  std::vector<StepLink> links;
};

/// Follows the first `agents` customers of a case. Intervals are Wilson's, of shares of independent customers. An agent that
/// the visit limit cuts goes to "later". The agents must have a way on (engine::NoWayOn passes): those of a finished run have.
StepFlows step_flows(const Experiment& experiment, std::size_t case_index, const engine::PlaceKeys& keys,
                     std::uint64_t agents, const StepFlowOptions& options = {});

}  // namespace sojourn::models
