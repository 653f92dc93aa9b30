#include "models/behaviour/customer.h"

#include "models/behaviour/scores.h"

#include <algorithm>
#include <bit>

namespace sojourn::models {
namespace {

using engine::uniform;

/// The first entry whose cumulated weight is above u times the total; entries stand in bytewise id order.
std::uint32_t pick(const std::vector<std::pair<double, std::uint32_t>>& cumulated, double u) {
  const double threshold = u * cumulated.back().first;
  for (const auto& [weight, index] : cumulated) {
    if (threshold < weight) return index;
  }
  return cumulated.back().second;
}

const WayRow& pick_way(const PersonaTables& persona, const StopRow& stop, std::uint32_t node, std::uint32_t word) {
  const WayRow* ways = persona.ways.data() + stop.ways.first;
  if (stop.ways.count == 1 && stop.way_total > 0) return ways[0];
  if (!(stop.way_total > 0)) throw engine::NoWayOn{engine::NoWayOn::What::way, node};
  const double threshold = uniform(word) * stop.way_total;
  for (std::uint32_t i = 0; i + 1 < stop.ways.count; ++i) {
    if (threshold < ways[i].cumulated_share) return ways[i];
  }
  return ways[stop.ways.count - 1];
}

bool is_open(const EdgeRow& edge, std::uint64_t goals, std::uint64_t pains) {
  return (edge.if_goals & ~goals) == 0 && (edge.if_pains & ~pains) == 0 && (edge.unless_goals & goals) == 0 &&
         (edge.unless_pains & pains) == 0;
}

/// An edge's weight under a mood, over e^largest. Most edges heed no mood, and e^0 is exactly 1.
double pull(const EdgeRow& edge, double mood, double largest) {
  const double exponent = edge.mood * mood - largest;
  return exponent == 0 ? edge.weight : edge.weight * engine::formula::exp_of_negative(exponent);
}

/// Equation (11) with mood or guards: multinomial logit over the open edges (McFadden 1974). The largest exponent is taken
/// away first, so that none overflows.
const EdgeRow& pick_open_edge(const PersonaTables& persona, const WayRow& way, const Traveller& agent, double u) {
  const EdgeRow* edges = persona.edges.data() + way.edges.first;
  const double mood = agent.mood - persona.anchor;
  double largest = -std::numeric_limits<double>::infinity();
  for (std::uint32_t i = 0; i < way.edges.count; ++i) {
    if (is_open(edges[i], agent.goals, agent.open)) largest = std::max(largest, edges[i].mood * mood);
  }
  double total = 0;
  for (std::uint32_t i = 0; i < way.edges.count; ++i) {
    if (is_open(edges[i], agent.goals, agent.open)) total += pull(edges[i], mood, largest);
  }
  if (!(total > 0)) throw engine::NoWayOn{engine::NoWayOn::What::edge, agent.node};
  const double threshold = u * total;
  double cumulated = 0;
  const EdgeRow* chosen = nullptr;
  for (std::uint32_t i = 0; i < way.edges.count; ++i) {
    if (!is_open(edges[i], agent.goals, agent.open)) continue;
    const double weight = pull(edges[i], mood, largest);
    if (!(weight > 0)) continue;
    cumulated += weight;
    chosen = &edges[i];
    if (threshold < cumulated) break;
  }
  return *chosen;
}

const EdgeRow& pick_edge(const PersonaTables& persona, const WayRow& way, const Traveller& agent, std::uint32_t word) {
  const double u = uniform(word);
  if (!way.edges_fixed) return pick_open_edge(persona, way, agent, u);
  if (way.edges.count == 0) throw engine::NoWayOn{engine::NoWayOn::What::edge, agent.node};
  const double threshold = u * way.edge_total;
  std::uint32_t i = way.edges.first;
  const std::uint32_t last = way.edges.first + way.edges.count - 1;
  while (i < last && !(threshold < persona.edge_cumulated[i])) ++i;
  return persona.edges[i];
}

}  // namespace

Traveller Customer::begin(const engine::Block& draws) const {
  Traveller agent;
  agent.group = pick(tables_.shares, uniform(draws[0]));
  const PersonaTables& persona = tables_.personas[agent.group];
  agent.mood = persona.anchor;
  agent.luck = draws[1];
  agent.expectation = persona.expectation(uniform(draws[1]));
  agent.node = pick(persona.start, uniform(draws[2]));
  return agent;
}

void Customer::visit(Traveller& agent, const engine::Luck& luck, engine::Visit& visit) const {
  const PersonaTables& persona = tables_.personas[agent.group];
  const StopRow& stop = persona.stops[agent.node];
  const engine::Block draws = luck.block(purpose::visit);
  const WayRow& way = pick_way(persona, stop, agent.node, draws[3]);

  visit.node = agent.node;
  visit.way = way.way;
  visit.arrived_ms = agent.elapsed_ms;
  visit.marks = 0;

  // (1) Duration against patience.
  std::int64_t duration_ms = whole_ms(way.duration(uniform(draws[0])));
  bool given_up = false;
  if (!persona.patient && duration_ms > persona.surely_patient_ms) {
    const std::int64_t patience_ms = whole_ms(persona.patience(uniform(luck.block(purpose::patience)[0])));
    given_up = duration_ms > patience_ms;
    if (given_up) duration_ms = patience_ms;
  }
  agent.elapsed_ms = std::min(agent.elapsed_ms + duration_ms, kLongestMs);

  double experience = 0;
  double pain_loss = 0;
  if (!given_up) {
    // (2) Performance.
    experience = clamp_points(way.experience(uniform(draws[1])));
    // (3) Pains.
    const double before_pains = experience;
    for (std::uint32_t i = way.pains.first; i < way.pains.first + way.pains.count; ++i) {
      const PainRow& pain = persona.pains[i];
      const bool occurs = pain.after_ms != PainRow::kNever ? agent.elapsed_ms > pain.after_ms
                                                           : uniform(luck.block(pain.purpose)[0]) < pain.probability;
      if (!occurs) continue;
      experience -= pain.severity;
      agent.open |= pain.opens;
      visit.marks |= std::uint64_t{1} << pain.mark;
    }
    if (experience < 0) experience = 0;
    pain_loss = before_pains - experience;
    // (4) Recovery.
    for (std::uint32_t i = way.resolutions.first; i < way.resolutions.first + way.resolutions.count; ++i) {
      const ResolutionRow& resolution = persona.resolutions[i];
      if ((agent.open & resolution.closes) == 0) continue;
      if (!(uniform(luck.block(resolution.purpose)[1]) < resolution.probability)) continue;
      agent.open &= ~resolution.closes;
      experience += resolution.lift;
    }
    if (experience > 10) experience = 10;
  }

  // (5) Disconfirmation and momentary satisfaction.
  const double expectation = agent.expectation;
  const double disconfirmation = experience - expectation;
  const double satisfaction =
      momentary_satisfaction(persona.anchor, persona.performance_weight, persona.disconfirmation_weight, experience,
                             weighed_disconfirmation(disconfirmation, persona.loss_aversion));
  // (6) Expectation follows experience (adaptive expectations; Boulding, Kalra, Staelin & Zeithaml 1993).
  agent.expectation += persona.learning * disconfirmation;
  // (7) The running mood.
  agent.mood += stop.mood_step * (satisfaction - agent.mood);
  // (8) Memory.
  agent.memory.remember(satisfaction, stop.importance, persona.anchor);
  // (9) Effort and cost.
  agent.effort += way.effort;
  agent.cost += way.cost;

  if (given_up) {
    agent.node = way.given_up_to;
    visit.flow = way.given_up_flow;
    visit.drop_off = way.given_up_drop_off;
  } else {
    // (10) Goals.
    for (std::uint32_t i = way.fulfilments.first; i < way.fulfilments.first + way.fulfilments.count; ++i) {
      const FulfilmentRow& fulfilment = persona.fulfilments[i];
      if (uniform(luck.block(fulfilment.purpose)[0]) < fulfilment.probability) agent.goals |= fulfilment.achieves;
    }
    // (11) Where next.
    const EdgeRow& edge = pick_edge(persona, way, agent, draws[2]);
    agent.node = edge.to;
    visit.flow = edge.flow;
    visit.drop_off = edge.drop_off;
  }

  visit.next = agent.node;
  visit.given_up = given_up;
  visit.duration_ms = duration_ms;
  visit.states = agent.goals;
  visit.more_states = agent.open;
  visit.effort = agent.effort;
  visit.cost = agent.cost;
  visit.measures[measure::experience] = experience;
  visit.measures[measure::expectation] = expectation;
  visit.measures[measure::disconfirmation] = disconfirmation;
  visit.measures[measure::satisfaction] = satisfaction;
  visit.measures[measure::mood] = agent.mood;
  visit.measures[measure::pain_loss] = pain_loss;
}

// (12)
double Customer::overall_satisfaction(const Traveller& agent) const {
  const PersonaTables& persona = tables_.personas[agent.group];
  if (!agent.memory.any) return persona.anchor;
  double overall = remembered(agent.memory, persona.memory, persona.anchor);
  for (const std::uint32_t goal : tables_.goal_bits_by_id) {
    if ((agent.goals >> goal & 1) == 0) overall -= persona.goal_importance[goal];
  }
  for (const std::uint32_t pain : tables_.lasting_pain_bits_by_id) {
    if ((agent.open >> pain & 1) != 0) overall -= persona.pain_lingering[pain];
  }
  return clamp_points(overall - persona.effort_weight * agent.effort);
}

void Customer::score(const Traveller& agent, const engine::Ending& ending, std::span<std::int64_t> scores) const {
  const double overall = overall_satisfaction(agent);
  score(agent, ending, overall, score_shares(tables_.personas[agent.group].response, overall), scores);
}

void Customer::score(const Traveller& agent, const engine::Ending& ending, double overall, const ScoreShares& shares,
                     std::span<std::int64_t> scores) const {
  const PersonaTables& persona = tables_.personas[agent.group];
  const Classes by_class = classes(shares);
  scores[score::nps] = 100 * (by_class.promoters - by_class.detractors);
  scores[score::promoters] = by_class.promoters;
  scores[score::passives] = by_class.passives;
  scores[score::detractors] = by_class.detractors;
  engine::Nano mean_answer = 0;
  for (std::size_t k = 0; k < shares.size(); ++k) {
    scores[score::answer_0 + k] = shares[k];
    mean_answer += static_cast<engine::Nano>(k) * shares[k];
  }
  scores[score::answer] = mean_answer;
  scores[score::satisfaction] = engine::to_nano(overall);
  scores[score::satisfied] = overall >= 7 ? kOne : 0;
  const std::uint32_t exit = ending.exit - tables_.node_count;
  const bool success = !ending.truncated && persona.exit_success[exit] != 0;
  scores[score::success] = success ? kOne : 0;
  scores[score::abandoned] = !ending.truncated && exit == tables_.abandoned_exit ? kOne : 0;
  scores[score::truncated] = ending.truncated ? kOne : 0;
  scores[score::visits] = static_cast<std::int64_t>(ending.visits) * kOne;
  scores[score::elapsed_ms] = agent.elapsed_ms;
  scores[score::effort] = engine::to_nano(agent.effort);
  scores[score::cost] = engine::to_nano(agent.cost);
  scores[score::value] = ending.truncated ? 0 : engine::to_nano(persona.exit_value[exit]);
  scores[score::net] = scores[score::value] - scores[score::cost];
  std::size_t at = score::fixed_count;
  for (std::uint32_t i = 0; i < tables_.outcomes; ++i) scores[at + i] = 0;
  if (!ending.truncated) scores[at + exit] = kOne;
  at += tables_.outcomes;
  for (std::uint32_t i = 0; i < tables_.goals; ++i) scores[at + i] = (agent.goals >> i & 1) != 0 ? kOne : 0;
  at += tables_.goals;
  for (std::uint32_t i = 0; i < tables_.pains; ++i) scores[at + i] = 0;
  for (std::uint64_t open = agent.open; open != 0; open &= open - 1) {
    scores[at + tables_.lasting_pain_of_bit[static_cast<std::size_t>(std::countr_zero(open))]] = kOne;
  }
}

}  // namespace sojourn::models
