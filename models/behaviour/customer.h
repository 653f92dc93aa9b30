#pragma once
// The customer: the one Behaviour of this program. journey-model's "What happens to one agent" in code, step by step.

#include "engine/walk/behaviour.h"
#include "models/behaviour/scores.h"
#include "models/behaviour/tables.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace sojourn::models {

/// The purposes of luck at the agent's own place and at a touchpoint; pains and goals have theirs by name.
namespace purpose {
enum : std::uint32_t {
  agent = 0,  // words: persona, expectation, start, answer
  visit = 0,  // words: duration, experience, next, channel
  patience = 1
};
}

/// What an agent carries from visit to visit.
struct Traveller {
  std::uint32_t node = 0;
  std::uint32_t group = 0;      // persona
  std::uint32_t luck = 0;       // the word that its first expectation is drawn from
  std::int64_t elapsed_ms = 0;  // t
  double mood = 0;              // s
  double expectation = 0;       // e
  double effort = 0;            // f
  double cost = 0;              // c
  std::uint64_t goals = 0;      // achieved
  std::uint64_t open = 0;       // lasting pains
  Memory memory;
};

class Crowd;

class Customer {
 public:
  using State = Traveller;
  using Crowd = models::Crowd;  // many at once (models/crowd/crowd.h)

  explicit Customer(JourneyTables tables) : tables_(std::move(tables)) {}

  State begin(const engine::Luck& luck) const { return begin(luck.block(purpose::agent)); }
  /// From the block of the agent's own luck (purpose::agent).
  State begin(const engine::Block& draws) const;
  void visit(State& state, const engine::Luck& luck, engine::Visit& visit) const;
  void score(const State& state, const engine::Ending& ending, std::span<std::int64_t> scores) const;
  std::uint32_t node_count() const { return tables_.node_count; }
  std::uint32_t visit_limit(const State& state) const { return tables_.personas[state.group].visit_limit; }

  /// The scores of a finished journey of which overall satisfaction and the answers' shares are known.
  void score(const State& state, const engine::Ending& ending, double overall, const ScoreShares& shares,
             std::span<std::int64_t> scores) const;

  /// Share of a journey's answer that is in class i / 3 in the base and i % 3 in the scenario (detractor, passive,
  /// promoter), when both answers come from one uniform: the overlap of the classes' parts of (0, 1). Nano-units.
  static std::int64_t pair_score(std::uint32_t i, std::span<const std::int64_t> base,
                                 std::span<const std::int64_t> scenario) {
    const auto part = [](std::span<const std::int64_t> scores, std::uint32_t which) {
      const std::int64_t detractors = scores[models::score::detractors];
      const std::int64_t passives = detractors + scores[models::score::passives];
      const std::array<std::int64_t, 4> bounds = {0, detractors, passives, kOne};
      return std::pair(bounds[which], bounds[which + 1]);
    };
    const auto [low1, high1] = part(base, i / 3);
    const auto [low2, high2] = part(scenario, i % 3);
    return std::max<std::int64_t>(0, std::min(high1, high2) - std::max(low1, low2));
  }
  static constexpr std::uint32_t kPairScores = 9;

  /// Overall satisfaction S of a finished journey.
  double overall_satisfaction(const State& state) const;

  const JourneyTables& tables() const { return tables_; }
  /// To try out what a single visit would be under other numbers (models/drivers).
  JourneyTables& tables() { return tables_; }

 private:
  JourneyTables tables_;
};

}  // namespace sojourn::models
