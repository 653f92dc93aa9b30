#include "models/drivers/attribution.h"

#include "models/behaviour/scores.h"
#include "models/drivers/answer.h"

#include <algorithm>

namespace sojourn::models {
namespace {

constexpr std::size_t kNps = static_cast<std::size_t>(DriverMetric::nps);
constexpr std::size_t kSatisfaction = static_cast<std::size_t>(DriverMetric::satisfaction);
constexpr std::size_t kSuccess = static_cast<std::size_t>(DriverMetric::success);

}  // namespace

void Attribution::run(std::uint64_t agent, const engine::PlaceKeys& keys, const Tape& tape, Gradient& gradient) {
  gradient[plan_.all()] = tape.metrics;
  if (tape.visits.empty()) return;
  const PersonaTables& persona = tables_.personas[tape.group];
  order_.clear();
  moments_.clear();
  for (std::size_t k = 0; k < tape.visits.size(); ++k) {
    const engine::Visit& visit = tape.visits[k].visit;
    std::uint32_t& place = touched_[visit.node];
    if (place == 0) {
      order_.push_back(visit.node);
      moments_.emplace_back();
      place = static_cast<std::uint32_t>(order_.size());
    }
    Moments& moments = moments_[place - 1];
    const double off = visit.measures[measure::satisfaction] - persona.anchor;
    moments.weighted_off += persona.stops[visit.node].importance * off;
    if (off > moments.above) {
      moments.above = off;
      moments.above_at = k;
    }
    if (-off > moments.below) {
      moments.below = -off;
      moments.below_at = k;
    }
    moments.is_end = k + 1 == tape.visits.size();
    if (moments.is_end) moments.end_off = off;
  }
  const double share = tape.metrics[kSuccess] / static_cast<double>(order_.size());
  for (const std::uint32_t node : order_) {
    gradient[plan_.row(TouchpointRow::through, node)] = tape.metrics;
    gradient[plan_.row(TouchpointRow::shapley, node)][kSuccess] += share;
  }
  // A random order (Fisher & Yates 1938), by the agent's own luck.
  static const std::uint32_t kPurpose = engine::purpose_of("shapley");
  for (std::size_t i = order_.size(); i > 1; --i) {
    const engine::Luck luck =
        engine::luck_of(keys.agent, agent, keys.seed.replicate, static_cast<std::uint32_t>(i / 4));
    const double u = engine::uniform(luck.block(kPurpose)[i % 4]);
    std::swap(order_[i - 1], order_[static_cast<std::size_t>(u * static_cast<double>(i))]);
  }
  const double rest = beside_memory(tables_, tape);
  walk_order(tape, rest, gradient);
  for (const std::uint32_t node : order_) touched_[node] = 0;
}

/// The touchpoints' moments come in, one touchpoint after the other; each gets what it changes.
void Attribution::walk_order(const Tape& tape, double rest, Gradient& gradient) const {
  const PersonaTables& persona = tables_.personas[tape.group];
  const double weight = tape.end.memory.weight;
  const double anchor = persona.anchor;
  double weighted_off = 0, end_off = 0, above = 0, below = 0;
  std::size_t above_at = 0, below_at = 0;
  double satisfaction = clamp_points(anchor + rest);
  double nps = nps_given(persona.response, satisfaction);
  for (const std::uint32_t node : order_) {
    const Moments& moments = moments_[touched_[node] - 1];
    weighted_off += moments.weighted_off;
    if (moments.is_end) end_off = moments.end_off;
    if (moments.above > above || (moments.above == above && moments.above_at < above_at)) {
      above = moments.above;
      above_at = moments.above_at;
    }
    if (moments.below > below || (moments.below == below && moments.below_at < below_at)) {
      below = moments.below;
      below_at = moments.below_at;
    }
    // The farthest from the anchor, the first of equals.
    const double peak_off = above > below || (above == below && above_at < below_at) ? above : -below;
    const double mean_off = weight > 0 ? weighted_off / weight : 0;
    const double now = clamp_points(anchor + persona.memory.peak * peak_off + persona.memory.end * end_off +
                                    persona.memory.mean * mean_off + rest);
    const double nps_now = nps_given(persona.response, now);
    MetricRow& row = gradient[plan_.row(TouchpointRow::shapley, node)];
    row[kNps] += nps_now - nps;
    row[kSatisfaction] += now - satisfaction;
    satisfaction = now;
    nps = nps_now;
  }
}

}  // namespace sojourn::models
