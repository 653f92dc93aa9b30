#include "models/drivers/tape.h"

#include "models/behaviour/scores.h"

#include <bit>

namespace sojourn::models {
namespace {

MetricRow metrics_of(const std::vector<std::int64_t>& scores) {
  const auto metric = [&](std::uint32_t score) { return static_cast<double>(scores[score]) / engine::kNano; };
  return {metric(score::nps),  metric(score::satisfaction), metric(score::success),
          metric(score::cost), metric(score::value),        0};
}

/// The customer, writing down what it does.
class Writing {
 public:
  using State = Traveller;
  Writing(const Customer& customer, Tape& tape) : customer_(customer), tape_(tape) {}

  State begin(const engine::Luck& luck) const {
    State state = customer_.begin(luck);
    tape_.visits.clear();
    tape_.offers.fill(0);
    tape_.group = state.group;
    tape_.start = state.node;
    tape_.u_expectation = engine::uniform(luck.block(purpose::agent)[1]);
    return state;
  }

  void visit(State& state, const engine::Luck& luck, engine::Visit& visit) const {
    const PersonaTables& persona = customer_.tables().personas[state.group];
    TapeVisit& written = tape_.visits.emplace_back();
    written.mood = state.mood;
    written.cost = state.cost;
    written.goals = state.goals;
    written.open = state.open;
    const Slice& ways = persona.stops[state.node].ways;
    customer_.visit(state, luck, visit);
    written.visit = visit;
    written.way = ways.first;
    while (persona.ways[written.way].way != visit.way) ++written.way;
    const engine::Block draws = luck.block(purpose::visit);
    written.u_duration = engine::uniform(draws[0]);
    written.u_experience = engine::uniform(draws[1]);
    const Slice& goals = persona.ways[written.way].fulfilments;
    for (std::uint32_t i = goals.first; i < goals.first + goals.count && !visit.given_up; ++i) {
      std::uint8_t& offers = tape_.offers[static_cast<std::size_t>(std::countr_zero(persona.fulfilments[i].achieves))];
      if (offers < 255) ++offers;
    }
    if (!persona.patient) written.u_patience = engine::uniform(luck.block(purpose::patience)[0]);
  }

  void score(const State& state, const engine::Ending& ending, std::span<std::int64_t> scores) const {
    customer_.score(state, ending, scores);
    tape_.end = state;
  }
  std::uint32_t node_count() const { return customer_.node_count(); }
  std::uint32_t visit_limit(const State& state) const { return customer_.visit_limit(state); }

 private:
  const Customer& customer_;
  Tape& tape_;
};

/// The customer, with an intervention.
class Altered {
 public:
  using State = Traveller;
  Altered(Customer& customer, const Intervention& intervention) : customer_(customer), intervention_(intervention) {}

  State begin(const engine::Luck& luck) const {
    visits_ = 0;
    return customer_.begin(luck);
  }

  void visit(State& state, const engine::Luck& luck, engine::Visit& visit) const {
    const std::uint32_t number = visits_++;
    if (number == intervention_.clock_visit) state.elapsed_ms += intervention_.clock_ms;
    if (number != intervention_.change_visit || !intervention_.change) return customer_.visit(state, luck, visit);
    PersonaTables& persona = customer_.tables().personas[state.group];
    intervention_.change(persona, true);
    try {
      customer_.visit(state, luck, visit);
    } catch (...) {
      intervention_.change(persona, false);
      throw;
    }
    intervention_.change(persona, false);
  }

  void score(const State& state, const engine::Ending& ending, std::span<std::int64_t> scores) const {
    customer_.score(state, ending, scores);
  }
  std::uint32_t node_count() const { return customer_.node_count(); }
  std::uint32_t visit_limit(const State& state) const { return customer_.visit_limit(state); }

 private:
  Customer& customer_;
  const Intervention& intervention_;
  mutable std::uint32_t visits_ = 0;
};

}  // namespace

Recorder::Recorder(const Customer& customer, const engine::PlaceKeys& keys, std::size_t scores)
    : customer_(customer), keys_(keys), ordinals_(customer.node_count()), scores_(scores, 0) {}

const Tape& Recorder::record(std::uint64_t agent) {
  tape_.ending = engine::walk(Writing(customer_, tape_), keys_, agent, ordinals_, scores_, [](const engine::Visit&) {});
  tape_.metrics = metrics_of(scores_);
  return tape_;
}

std::optional<MetricRow> Recorder::had(std::uint64_t agent, const Intervention& intervention) {
  try {
    engine::walk(Altered(customer_, intervention), keys_, agent, ordinals_, scores_, [](const engine::Visit&) {});
  } catch (const engine::NoWayOn&) {
    return std::nullopt;
  }
  return metrics_of(scores_);
}

}  // namespace sojourn::models
