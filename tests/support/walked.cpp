#include "tests/support/walked.h"

#include "engine/tally/journey_sums.h"

#include <fmt/format.h>

#include <bit>

namespace sojourn::tests {
namespace {

/// A behaviour that remembers the last state, from which S can be had with all its bits.
class Watched {
 public:
  using State = models::Customer::State;
  explicit Watched(const models::Customer& customer) : customer_(customer) {}
  State begin(const engine::Luck& luck) const { return customer_.begin(luck); }
  void visit(State& state, const engine::Luck& luck, engine::Visit& visit) const {
    customer_.visit(state, luck, visit);
  }
  void score(const State& state, const engine::Ending& ending, std::span<std::int64_t> scores) const {
    customer_.score(state, ending, scores);
    satisfaction_ = customer_.overall_satisfaction(state);
  }
  std::uint32_t node_count() const { return customer_.node_count(); }
  std::uint32_t visit_limit(const State& state) const { return customer_.visit_limit(state); }
  double satisfaction() const { return satisfaction_; }

 private:
  const models::Customer& customer_;
  mutable double satisfaction_ = 0;
};

}  // namespace

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (a != a && b != b);
}

AgentWalker::AgentWalker(const models::Experiment& experiment, std::size_t case_index, std::uint64_t seed,
                         std::uint32_t replicate)
    : experiment_(experiment),
      customer_(experiment.customer(case_index)),
      keys_(experiment.keys(seed, replicate)),
      ordinals_(experiment.atlas().layout.node_count()),
      sums_(experiment.atlas().layout) {}

Walked AgentWalker::walk(std::uint64_t agent) {
  Walked walked;
  const Watched watched(customer_);
  sums_.clear();
  try {
    walked.ending = engine::walk(watched, keys_, agent, ordinals_, sums_.behaviour_scores(), [&](const auto& visit) {
      sums_.add(visit);
      walked.visits.push_back(visit);
    });
    walked.satisfaction = watched.satisfaction();
    walked.scores.assign(sums_.scores().begin(), sums_.scores().end());
  } catch (const engine::NoWayOn& where) {
    walked.stuck = where;
  }
  return walked;
}

std::string difference(const engine::Visit& a, const engine::Visit& b) {
  const auto text = [](const char* what, auto x, auto y) { return fmt::format("{}: {} and {}", what, x, y); };
  if (a.node != b.node) return text("node", a.node, b.node);
  if (a.way != b.way) return text("way", a.way, b.way);
  if (a.arrived_ms != b.arrived_ms) return text("arrived_ms", a.arrived_ms, b.arrived_ms);
  if (a.duration_ms != b.duration_ms) return text("duration_ms", a.duration_ms, b.duration_ms);
  if (a.given_up != b.given_up) return text("given_up", a.given_up, b.given_up);
  if (a.marks != b.marks) return text("marks", a.marks, b.marks);
  if (a.states != b.states) return text("states", a.states, b.states);
  if (a.more_states != b.more_states) return text("more_states", a.more_states, b.more_states);
  for (std::size_t i = 0; i < engine::kMeasures; ++i) {
    if (!same_bits(a.measures[i], b.measures[i]))
      return fmt::format("measure {}: {} and {}", i, a.measures[i], b.measures[i]);
  }
  if (!same_bits(a.effort, b.effort)) return text("effort", a.effort, b.effort);
  if (!same_bits(a.cost, b.cost)) return text("cost", a.cost, b.cost);
  if (a.next != b.next) return text("next", a.next, b.next);
  if (a.flow != b.flow) return text("flow", a.flow, b.flow);
  if (a.drop_off != b.drop_off) return text("drop_off", a.drop_off, b.drop_off);
  return "";
}

std::string difference(const Walked& a, const Walked& b) {
  for (std::size_t i = 0; i < std::min(a.visits.size(), b.visits.size()); ++i) {
    const std::string broken = difference(a.visits[i], b.visits[i]);
    if (!broken.empty()) return fmt::format("visit {}: {}", i, broken);
  }
  if (a.visits.size() != b.visits.size()) return fmt::format("visits: {} and {}", a.visits.size(), b.visits.size());
  if (a.stuck.has_value() != b.stuck.has_value()) return "one is stuck, and the other is not";
  if (a.stuck)
    return a.stuck->what == b.stuck->what && a.stuck->node == b.stuck->node ? "" : "they are stuck elsewhere";
  if (a.ending.group != b.ending.group) return "their groups";
  if (a.ending.truncated != b.ending.truncated) return "one is truncated";
  if (a.ending.exit != b.ending.exit) return "their exits";
  if (a.ending.elapsed_ms != b.ending.elapsed_ms) return "their times";
  if (!same_bits(a.satisfaction, b.satisfaction)) {
    return fmt::format("satisfaction: {} and {}", a.satisfaction, b.satisfaction);
  }
  for (std::size_t i = 0; i < a.scores.size(); ++i) {
    if (a.scores[i] != b.scores[i]) return fmt::format("score {}: {} and {}", i, a.scores[i], b.scores[i]);
  }
  return "";
}

}  // namespace sojourn::tests
