#include "models/crowd/differences.h"

#include <algorithm>
#include <span>

namespace sojourn::models {
namespace {

bool same(const engine::Quantile& left, const engine::Quantile& right) {
  return left.kind == right.kind && left.count == right.count && left.a == right.a && left.b == right.b &&
         left.c == right.c && std::equal(left.table, left.table + 2 * std::size_t{left.count}, right.table);
}

template <class Row>
bool same(const std::vector<Row>& left, const Slice& of_left, const std::vector<Row>& right, const Slice& of_right) {
  return std::ranges::equal(std::span(left).subspan(of_left.first, of_left.count),
                            std::span(right).subspan(of_right.first, of_right.count));
}

bool same_visit(const PersonaTables& left, const WayRow& in_left, const PersonaTables& right, const WayRow& in_right) {
  return same(in_left.duration, in_right.duration) && same(in_left.experience, in_right.experience) &&
         in_left.effort == in_right.effort && in_left.cost == in_right.cost &&
         in_left.given_up_to == in_right.given_up_to && in_left.given_up_flow == in_right.given_up_flow &&
         same(left.pains, in_left.pains, right.pains, in_right.pains) &&
         same(left.resolutions, in_left.resolutions, right.resolutions, in_right.resolutions) &&
         same(left.fulfilments, in_left.fulfilments, right.fulfilments, in_right.fulfilments) &&
         same(left.edges, in_left.edges, right.edges, in_right.edges);
}

bool same_picks(const PersonaTables& left, const StopRow& of_left, const PersonaTables& right,
                const StopRow& of_right) {
  if (of_left.ways.count != of_right.ways.count || of_left.way_total != of_right.way_total) return false;
  for (std::uint32_t i = 0; i < of_left.ways.count; ++i) {
    const WayRow& one = left.ways[of_left.ways.first + i];
    const WayRow& other = right.ways[of_right.ways.first + i];
    if (one.way != other.way || one.cumulated_share != other.cumulated_share) return false;
  }
  return true;
}

bool same(const MemoryWeights& left, const MemoryWeights& right) {
  return left.peak == right.peak && left.end == right.end && left.mean == right.mean;
}

/// What shows only after the visit that it changes, or at the end of the journey.
bool same_unseen(const PersonaTables& left, const PersonaTables& right) {
  const bool stops = [&] {
    for (std::size_t node = 0; node < std::min(left.stops.size(), right.stops.size()); ++node) {
      if (left.stops[node].importance != right.stops[node].importance) return false;
    }
    return true;
  }();
  return stops && left.start == right.start && left.anchor == right.anchor &&
         left.effort_weight == right.effort_weight && left.learning == right.learning &&
         same(left.memory, right.memory) && left.response.threshold_less_bias == right.response.threshold_less_bias &&
         left.response.spread == right.response.spread && left.goal_importance == right.goal_importance &&
         left.pain_lingering == right.pain_lingering && left.exit_value == right.exit_value &&
         left.exit_success == right.exit_success && left.visit_limit == right.visit_limit;
}

/// What every visit shows.
bool same_everywhere(const PersonaTables& left, const PersonaTables& right) {
  return left.patient == right.patient && left.surely_patient_ms == right.surely_patient_ms &&
         same(left.patience, right.patience) && left.performance_weight == right.performance_weight &&
         left.disconfirmation_weight == right.disconfirmation_weight && left.loss_aversion == right.loss_aversion;
}

}  // namespace

CrowdDifferences::CrowdDifferences(const JourneyTables& base, const JourneyTables& scenario) {
  visible = base.shares == scenario.shares && base.personas.size() == scenario.personas.size() &&
            base.node_count == scenario.node_count && base.abandoned_exit == scenario.abandoned_exit &&
            base.lasting_pain_of_bit == scenario.lasting_pain_of_bit &&
            base.goal_bits_by_id == scenario.goal_bits_by_id &&
            base.lasting_pain_bits_by_id == scenario.lasting_pain_bits_by_id && base.goals == scenario.goals &&
            base.pains == scenario.pains && base.outcomes == scenario.outcomes;
  if (!visible) return;
  for (std::size_t group = 0; group < base.personas.size(); ++group) {
    const PersonaTables& here = base.personas[group];
    const PersonaTables& there = scenario.personas[group];
    visible = visible && same_unseen(here, there);
    expectation.push_back(same(here.expectation, there.expectation) ? 0 : 1);
    const bool everywhere = same_everywhere(here, there);
    picks.emplace_back(base.node_count, std::uint8_t{0});
    way_there.emplace_back(here.ways.size(), kNoWay);
    ways.emplace_back(here.ways.size(), std::uint8_t{0});
    for (std::size_t node = 0; node < here.stops.size(); ++node) {
      const StopRow& stop = here.stops[node];
      const StopRow other = node < there.stops.size() ? there.stops[node] : StopRow{};
      picks.back()[node] = same_picks(here, stop, there, other) ? 0 : 1;
      for (std::uint32_t w = stop.ways.first; w < stop.ways.first + stop.ways.count; ++w) {
        for (std::uint32_t o = other.ways.first; o < other.ways.first + other.ways.count; ++o) {
          if (there.ways[o].way != here.ways[w].way) continue;
          way_there.back()[w] = o;
          ways.back()[w] =
              everywhere && stop.mood_step == other.mood_step && same_visit(here, here.ways[w], there, there.ways[o])
                  ? 0
                  : 1;
        }
      }
    }
  }
}

}  // namespace sojourn::models
