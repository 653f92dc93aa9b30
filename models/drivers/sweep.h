#pragma once
// The derivative of one journey's metrics with respect to every lever, by one pass backwards over its tape (reverse mode;
// Glasserman & Giles 2006, Risk 19(1)): so the cost does not grow with the number of levers.
//
// Pathwise (infinitesimal perturbation analysis, Glasserman 1991) through experience, expectation, satisfaction, mood and
// memory to the answer; by the likelihood ratio (score function, Glynn 1990; Rubinstein & Shapiro 1993; Fu 2006, sec. 3)
// through every decision: persona, start, channel, pains, recoveries, goals, patience, next node. A decision whose odds
// depend on the mood hands its score to the mood, and so to everything that made the mood: pathwise derivatives alone would
// be biased there. What jumps otherwise (the peak that changes sides, and models/drivers/crossings.h) is smoothed by a kernel.

#include "engine/tally/gradient_tally.h"
#include "models/drivers/baseline.h"
#include "models/drivers/crossings.h"
#include "models/drivers/edge_chances.h"
#include "models/drivers/origins.h"
#include "models/drivers/row_plan.h"

#include <vector>

namespace sojourn::models {

using Gradient = engine::AgentRows<kColumns>;

class Sweep {
 public:
  Sweep(const JourneyTables& tables, const Origins& origins, const PilotMeans& baseline, RowPlan plan)
      : tables_(tables), origins_(origins), baseline_(baseline), plan_(plan) {}

  /// Adds the agent's derivatives to `gradient`.
  void run(const Tape& tape, const Jumps& jumps, Gradient& gradient);

 private:
  struct Adjoints {  // of the metrics, with respect to the agent's state
    MetricRow mood{}, expectation{};
  };

  void add(std::uint32_t lever, const MetricRow& row, double factor);
  void answer(const Tape& tape, MetricRow& overall);
  void memory(const Tape& tape, const MetricRow& overall);
  void peak(const Tape& tape, const MetricRow& overall, double weight);
  void visit(const Tape& tape, std::size_t k, Adjoints& adjoints);
  void next(const TapeVisit& one, const MetricRow& advantage, Adjoints& adjoints);
  void chances(const Tape& tape, const TapeVisit& one, const MetricRow& advantage);
  void worth_of_goal(const Tape& tape, std::uint64_t goal, std::uint32_t lever);
  void times(const Tape& tape, std::size_t k, const MetricRow& advantage);
  void draws(const DrawOrigin& origin, double u, const MetricRow& row, double factor);
  void population(const Tape& tape, const Adjoints& adjoints);

  const JourneyTables& tables_;
  const Origins& origins_;
  const PilotMeans& baseline_;
  RowPlan plan_;

  // Of the present agent.
  const PersonaTables* persona_ = nullptr;
  const PersonaOrigins* from_ = nullptr;
  const Jumps* jumps_ = nullptr;
  Gradient* to_ = nullptr;
  std::vector<MetricRow> moments_;    // [visit] adjoint of the momentary satisfaction
  std::vector<MetricRow> unclamped_;  // [visit] and of it before its clamp
  std::vector<EdgeChance> chances_;
};

}  // namespace sojourn::models
