#include "models/drivers/sweep.h"

#include "models/behaviour/scores.h"
#include "models/drivers/answer.h"
#include "models/drivers/detail/peak_flips.h"

#include <bit>

namespace sojourn::models {
namespace {

constexpr std::size_t kNps = static_cast<std::size_t>(DriverMetric::nps);
constexpr std::size_t kSatisfaction = static_cast<std::size_t>(DriverMetric::satisfaction);
constexpr std::size_t kCost = static_cast<std::size_t>(DriverMetric::cost);
constexpr std::size_t kValue = static_cast<std::size_t>(DriverMetric::value);

bool inside(double points) { return points > 0 && points < 10; }

void add_to(MetricRow& row, const MetricRow& other, double factor) {
  for (std::size_t m = 0; m < kColumns; ++m) row[m] += factor * other[m];
}

}  // namespace

void Sweep::add(std::uint32_t lever, const MetricRow& row, double factor) {
  if (lever != kNoLever && factor != 0) add_to((*to_)[lever], row, factor);
}

void Sweep::draws(const DrawOrigin& origin, double u, const MetricRow& row, double factor) {
  for (std::uint32_t i = 0; i < origin.count; ++i) add(origin.lever[i], row, factor * origin.slope[i](u));
}

void Sweep::run(const Tape& tape, const Jumps& jumps, Gradient& gradient) {
  persona_ = &tables_.personas[tape.group];
  from_ = &origins_.personas[tape.group];
  jumps_ = &jumps;
  to_ = &gradient;
  moments_.assign(tape.visits.size(), MetricRow{});
  unclamped_.assign(tape.visits.size(), MetricRow{});

  Adjoints adjoints;
  if (tape.end.memory.any) {
    MetricRow overall{};
    answer(tape, overall);
    memory(tape, overall);
  } else {
    const AnswerSlopes answer = answer_slopes(persona_->response, persona_->anchor);
    MetricRow overall{};
    overall[kNps] = answer.in_satisfaction;
    overall[kSatisfaction] = 1;
    add(from_->anchor, overall, 1);
    this->answer(tape, overall);
  }
  for (const OwnJump& jump : jumps.own) add(jump.lever, jump.per_unit, 1);
  for (std::size_t k = tape.visits.size(); k-- > 0;) visit(tape, k, adjoints);
  population(tape, adjoints);
}

/// From the metrics to the overall satisfaction before its clamp, and everything that stands beside it.
void Sweep::answer(const Tape& tape, MetricRow& overall) {
  const PersonaTables& persona = *persona_;
  const double satisfaction = tape.metrics[kSatisfaction];
  const AnswerSlopes answer = answer_slopes(persona.response, satisfaction);
  MetricRow nps{};
  nps[kNps] = 1;
  add(from_->bias, nps, answer.in_satisfaction);
  add(from_->spread, nps, answer.in_spread);
  add(from_->thresholds[6], nps, answer.in_threshold_6);
  add(from_->thresholds[8], nps, answer.in_threshold_8);
  if (!tape.ending.truncated) {
    MetricRow value{};
    value[kValue] = 1;
    add(from_->exit_value[tape.ending.exit - tables_.node_count], value, 1);
  }
  if (!tape.end.memory.any || !inside(satisfaction)) {
    overall = {};
    return;
  }
  overall[kNps] = answer.in_satisfaction;
  overall[kSatisfaction] = 1;
  for (const std::uint32_t goal : tables_.goal_bits_by_id) {
    if ((tape.end.goals >> goal & 1) == 0) add(from_->goal_importance[goal], overall, -1);
  }
  for (const std::uint32_t pain : tables_.lasting_pain_bits_by_id) {
    if ((tape.end.open >> pain & 1) != 0) add(from_->pain_lingering[pain], overall, -1);
  }
  add(from_->effort_weight, overall, -tape.end.effort);
  for (const TapeVisit& one : tape.visits) add(from_->ways[one.way].effort, overall, -persona.effort_weight);
}

/// From the overall satisfaction to the moments.
void Sweep::memory(const Tape& tape, const MetricRow& overall) {
  const PersonaTables& persona = *persona_;
  const Memory& memory = tape.end.memory;
  const double mean = memory.weight > 0 ? memory.weighted / memory.weight : persona.anchor;
  const double total = remembered(memory, persona.memory, persona.anchor);
  add(from_->memory_peak, overall, (memory.peak - total) / from_->memory_total);
  add(from_->memory_end, overall, (memory.end - total) / from_->memory_total);
  add(from_->memory_mean, overall, (mean - total) / from_->memory_total);
  add_to(moments_.back(), overall, persona.memory.end);
  for (std::size_t k = 0; k < tape.visits.size() && memory.weight > 0; ++k) {
    const engine::Visit& visit = tape.visits[k].visit;
    const double importance = persona.stops[visit.node].importance;
    add_to(moments_[k], overall, persona.memory.mean * importance / memory.weight);
    add(from_->importance[visit.node], overall,
        persona.memory.mean * (visit.measures[measure::satisfaction] - mean) / memory.weight);
  }
  if (!(memory.weight > 0)) add(from_->anchor, overall, persona.memory.mean);
  peak(tape, overall, persona.memory.peak);
}

/// The peak is the moment farthest from the anchor; where it would change sides it jumps: the density of that, smoothed, times
/// the jump.
void Sweep::peak(const Tape& tape, const MetricRow& overall, double weight) {
  const PersonaTables& persona = *persona_;
  const detail::PeakFlips found = detail::peak_flips(tape, persona, *from_);
  add_to(moments_[found.peak], overall, weight);
  for (std::size_t i = 0; i < found.count && weight > 0; ++i) {
    const detail::PeakFlip& flip = found.flips[i];
    MetricRow jump{};
    constexpr double kEqual = 1e-9;
    if (flip.lead < kEqual && flip.lead > -kEqual) jump[kTie] = 1;
    const double density = flip.width > 0 ? kernel(flip.lead / flip.width) / flip.width : 0;
    if (density != 0) {
      const double rest = remembered(tape.end.memory, persona.memory, persona.anchor) - weight * tape.end.memory.peak +
                          beside_memory(tables_, tape);
      const double high = clamp_points(rest + weight * (persona.anchor + flip.high));
      const double low = clamp_points(rest + weight * (persona.anchor + flip.low));
      jump[kNps] = density * (nps_given(persona.response, high) - nps_given(persona.response, low));
      jump[kSatisfaction] = density * (high - low);
    } else if (jump[kTie] == 0) {
      continue;
    }
    auto& moments = flip.before_clamp ? unclamped_ : moments_;
    for (const std::size_t visit : {flip.above, flip.below}) {
      if (visit == detail::PeakFlip::kNone) continue;
      add_to(moments[visit], jump, 1);
    }
    if (!flip.before_clamp) add(from_->anchor, jump, -2);  // both distances are from the anchor
  }
  if (found.both_ends && weight > 0) {
    MetricRow tie{};
    tie[kTie] = 1;
    add(from_->anchor, tie, 1);
  }
}

void Sweep::visit(const Tape& tape, std::size_t k, Adjoints& adjoints) {
  const PersonaTables& persona = *persona_;
  const TapeVisit& one = tape.visits[k];
  const engine::Visit& visit = one.visit;
  const StopRow& stop = persona.stops[visit.node];
  const WayRow& way = persona.ways[one.way];
  const WayOrigin& from = from_->ways[one.way];

  MetricRow advantage = tape.metrics;
  add_to(advantage, baseline_.at(tape.group, visit.node), -1);
  advantage[kCost] -= one.cost;

  if (!visit.given_up) {
    next(one, advantage, adjoints);
    chances(tape, one, advantage);
  }
  times(tape, k, advantage);
  MetricRow money{};
  money[kCost] = 1;
  add(from.cost, money, 1);

  // 7. s' = s + r (m - s), r = min(1, reactivity * importance).
  const double satisfaction = visit.measures[measure::satisfaction];
  MetricRow moment = moments_[k];
  add_to(moment, adjoints.mood, stop.mood_step);
  if (stop.mood_step < 1) {
    add(from_->reactivity, adjoints.mood, stop.importance * (satisfaction - one.mood));
    add(from_->importance[visit.node], adjoints.mood, from_->reactivity_value * (satisfaction - one.mood));
  }
  for (double& m : adjoints.mood) m *= 1 - stop.mood_step;
  // 6. e' = e + K (q - e).
  const double disconfirmation = visit.measures[measure::disconfirmation];
  MetricRow experience{};
  add_to(experience, adjoints.expectation, persona.learning);
  add(from_->learning, adjoints.expectation, disconfirmation);
  for (double& e : adjoints.expectation) e *= 1 - persona.learning;
  // 5. m = A + a (q - A) + b g, clamped; g = q - e, or lambda times that below 0.
  const double q = visit.measures[measure::experience];
  MetricRow unclamped = unclamped_[k];
  if (inside(satisfaction)) add_to(unclamped, moment, 1);
  const double slope = disconfirmation >= 0 ? 1 : persona.loss_aversion;
  const double b = persona.disconfirmation_weight;
  add_to(experience, unclamped, persona.performance_weight + b * slope);
  add_to(adjoints.expectation, unclamped, -b * slope);
  add(from_->anchor, unclamped, 1 - persona.performance_weight);
  add(from_->performance_weight, unclamped, q - persona.anchor);
  add(from_->disconfirmation_weight, unclamped, slope * disconfirmation);
  if (disconfirmation < 0) add(from_->loss_aversion, unclamped, b * disconfirmation);
  // 4, 3, 2. Lifts and pains, each clamped, and what was drawn.
  if (visit.given_up || q >= 10) return;
  double before_lifts = q;
  std::uint64_t open = one.open;
  for (std::uint32_t i = way.pains.first; i < way.pains.first + way.pains.count; ++i) {
    if ((visit.marks >> persona.pains[i].mark & 1) != 0) open |= persona.pains[i].opens;
  }
  for (std::uint32_t i = way.resolutions.first; i < way.resolutions.first + way.resolutions.count; ++i) {
    const ResolutionRow& resolution = persona.resolutions[i];
    if ((open & resolution.closes) == 0 || (visit.more_states & resolution.closes) != 0) continue;
    add(from_->resolutions[i].lift, experience, 1);
    before_lifts -= resolution.lift;
  }
  // What was drawn, clamped: before the lifts and what the pains really took off.
  const double drawn = before_lifts + visit.measures[measure::pain_loss];
  double left = drawn;
  for (std::uint32_t i = way.pains.first; i < way.pains.first + way.pains.count; ++i) {
    if ((visit.marks >> persona.pains[i].mark & 1) != 0) left -= persona.pains[i].severity;
  }
  constexpr double kRounding = 1e-9;
  if (left <= kRounding) return;  // clamped at 0: neither the draw nor the pains show
  for (std::uint32_t i = way.pains.first; i < way.pains.first + way.pains.count; ++i) {
    if ((visit.marks >> persona.pains[i].mark & 1) == 0) continue;
    add(from_->pains[i].severity, experience, -from_->pains[i].sensitivity_value);
    add(from_->pains[i].sensitivity, experience, -from_->pains[i].severity_value);
  }
  if (drawn <= kRounding || drawn >= 10 - kRounding) return;
  draws(from.experience, one.u_experience, experience, 1);
  add_to((*to_)[plan_.row(TouchpointRow::experience, visit.node)], experience, 1);
}

/// 11. Where next: d log p / d weight = (taken - p) / weight, and by the mood d log p / d s.
void Sweep::next(const TapeVisit& one, const MetricRow& advantage, Adjoints& adjoints) {
  const PersonaTables& persona = *persona_;
  const WayRow& way = persona.ways[one.way];
  if (way.edges.count < 2) return;
  const double mood = one.visit.measures[measure::mood] - persona.anchor;
  edge_chances(persona, way, mood, one.visit.states, one.visit.more_states, chances_);
  if (chances_.size() < 2) return;
  double taken = 0;  // the chance of all edges to where it went
  double mean_pull = 0, taken_pull = 0;
  for (const EdgeChance& each : chances_) {
    const EdgeRow& edge = persona.edges[each.edge];
    mean_pull += each.chance * edge.mood;
    if (edge.to != one.visit.next) continue;
    taken += each.chance;
    taken_pull += each.chance * edge.mood;
  }
  for (const EdgeChance& each : chances_) {
    const EdgeRow& edge = persona.edges[each.edge];
    const double score = (edge.to == one.visit.next ? each.chance / taken : 0.0) - each.chance;
    const EdgeOrigin& from = from_->edges[each.edge];
    add(from.weight, advantage, score / edge.weight);
    add(from.mood, advantage, score * mood);
  }
  const double pull = taken_pull / taken - mean_pull;
  add_to(adjoints.mood, advantage, pull);
  add(from_->anchor, advantage, -pull);
}

/// Pains, recoveries and goals that chance decides: d log p / d probability. What is certain is Crossings' business.
void Sweep::chances(const Tape& tape, const TapeVisit& one, const MetricRow& advantage) {
  const PersonaTables& persona = *persona_;
  const WayRow& way = persona.ways[one.way];
  const auto score = [&](std::uint32_t lever, double p, bool occurred) {
    if (p > 0 && p < 1) add(lever, advantage, occurred ? 1 / p : -1 / (1 - p));
  };
  std::uint64_t open = one.open;
  for (std::uint32_t i = way.pains.first; i < way.pains.first + way.pains.count; ++i) {
    const PainRow& pain = persona.pains[i];
    const bool occurred = (one.visit.marks >> pain.mark & 1) != 0;
    if (occurred) open |= pain.opens;
    if (pain.after_ms == PainRow::kNever) score(from_->pains[i].probability, pain.probability, occurred);
  }
  for (std::uint32_t i = way.resolutions.first; i < way.resolutions.first + way.resolutions.count; ++i) {
    const ResolutionRow& resolution = persona.resolutions[i];
    if ((open & resolution.closes) == 0) continue;
    score(from_->resolutions[i].probability, resolution.probability, (one.visit.more_states & resolution.closes) == 0);
  }
  for (std::uint32_t i = way.fulfilments.first; i < way.fulfilments.first + way.fulfilments.count; ++i) {
    const FulfilmentRow& fulfilment = persona.fulfilments[i];
    if ((one.goals & fulfilment.achieves) != 0) continue;
    if (shows_at_the_end_only(*from_, tape, fulfilment.achieves)) {
      worth_of_goal(tape, fulfilment.achieves, from_->fulfilments[i]);
      continue;
    }
    score(from_->fulfilments[i], fulfilment.probability, (one.visit.states & fulfilment.achieves) != 0);
  }
}

/// With the goal less without it.
void Sweep::worth_of_goal(const Tape& tape, std::uint64_t goal, std::uint32_t lever) {
  const PersonaTables& persona = *persona_;
  const double importance = persona.goal_importance[static_cast<std::size_t>(std::countr_zero(goal))];
  if (lever == kNoLever || importance == 0) return;
  const double missed = (tape.end.goals & goal) == 0 ? importance : 0;
  const double with =
      remembered(tape.end.memory, persona.memory, persona.anchor) + beside_memory(tables_, tape) + missed;
  const double high = clamp_points(with);
  const double low = clamp_points(with - importance);
  MetricRow worth{};
  worth[kNps] = nps_given(persona.response, high) - nps_given(persona.response, low);
  worth[kSatisfaction] = high - low;
  add(lever, worth, 1);
}

/// The channel, and 1: the duration against the patience. Where no deadline waits, what follows depends on whether the visit
/// was given up and on nothing else of the two, so their score given that is enough, and varies least.
void Sweep::times(const Tape& tape, std::size_t k, const MetricRow& advantage) {
  const PersonaTables& persona = *persona_;
  const TapeVisit& one = tape.visits[k];
  const StopRow& stop = persona.stops[one.visit.node];
  if (stop.ways.count > 1) {
    for (std::uint32_t w = stop.ways.first; w < stop.ways.first + stop.ways.count; ++w) {
      const double below = w == stop.ways.first ? 0 : persona.ways[w - 1].cumulated_share;
      const double chance = (persona.ways[w].cumulated_share - below) / stop.way_total;
      const double score = (w == one.way ? 1.0 : 0.0) - chance;
      add(from_->ways[w].share, advantage, score / from_->ways[w].share_value);
      add(from_->ways[w].affinity, advantage, score / from_->ways[w].affinity_value);
    }
  }
  const WayOrigin& from = from_->ways[one.way];
  if (!from_->has_deadlines) {
    const double p = from.given_up;
    if (!(p > 0 && p < 1)) return;
    const double score = one.visit.given_up ? 1 / p : -1 / (1 - p);
    for (const auto& [lever, slope] : from.given_up_slopes) add(lever, advantage, score * slope);
    return;
  }
  for (const PatienceJump& jump : jumps_->patience) {
    if (jump.visit != k) continue;
    draws(from.duration, one.u_duration, jump.per_log, 1 / persona.ways[one.way].duration(one.u_duration));
    draws(from_->patience, one.u_patience, jump.per_log, -1 / persona.patience(one.u_patience));
  }
  MetricRow clock{};
  bool any = false;
  for (const TimeJump& jump : jumps_->times) {
    any = any || jump.visit >= k;
    if (jump.visit >= k) add_to(clock, jump.per_ms, 1);
  }
  if (!any) return;
  if (one.visit.given_up) {
    draws(from_->patience, one.u_patience, clock, 1);
  } else {
    draws(from.duration, one.u_duration, clock, 1);
  }
}

/// The start of the journey: where, with which expectation, and who.
void Sweep::population(const Tape& tape, const Adjoints& adjoints) {
  const PersonaTables& persona = *persona_;
  add(from_->anchor, adjoints.mood, 1);
  draws(from_->expectation, tape.u_expectation, adjoints.expectation, 1);
  if (persona.start.size() > 1) {
    MetricRow advantage = tape.metrics;
    add_to(advantage, baseline_.persona(tape.group), -1);
    double below = 0;
    for (std::size_t i = 0; i < persona.start.size(); ++i) {
      const auto& [cumulated, node] = persona.start[i];
      const double weight = cumulated - below;
      below = cumulated;
      const double score = (node == tape.start ? 1.0 : 0.0) - weight / persona.start.back().first;
      add(from_->start[i], advantage, score / weight);
    }
  }
  if (tables_.shares.size() < 2) return;
  MetricRow advantage = tape.metrics;
  add_to(advantage, baseline_.everyone(), -1);
  const double total = tables_.shares.back().first;
  for (const auto& [cumulated, group] : tables_.shares) {
    const double share = origins_.shares[group];
    add(origins_.personas[group].share, advantage, (group == tape.group ? 1 / share : 0.0) - 1 / total);
  }
}

}  // namespace sojourn::models
