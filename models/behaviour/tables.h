#pragma once
// A journey compiled for the walk: one flat set of tables per persona, numbered by the layout that all cases of a command
// share. Everything that can be folded is folded (sensitivity into severity, affinity into shares, bias into thresholds).

#include "engine/random/quantile.h"
#include "models/behaviour/recommendation.h"
#include "models/behaviour/satisfaction.h"

#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

namespace sojourn::models {

struct Slice {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct EdgeRow {
  double weight = 0;  // > 0
  double mood = 0;
  std::uint64_t if_goals = 0;      // all of these achieved ...
  std::uint64_t if_pains = 0;      // ... and all of these open ...
  std::uint64_t unless_goals = 0;  // ... and none of these achieved ...
  std::uint64_t unless_pains = 0;  // ... and none of these open
  std::uint32_t to = 0;            // node, or node_count + exit
  std::uint32_t flow = 0;          // the target's place in the layout's list
  bool drop_off = false;
  friend bool operator==(const EdgeRow&, const EdgeRow&) = default;
};

struct PainRow {
  double probability = 0;  // or, if after_ms is not kNever, by the clock
  std::int64_t after_ms = kNever;
  double severity = 0;        // times the persona's sensitivity
  std::uint32_t purpose = 0;  // its luck
  std::uint32_t mark = 0;     // its bit among the node's marks
  std::uint64_t opens = 0;    // its bit among the lasting pains; 0 if it does not last
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  friend bool operator==(const PainRow&, const PainRow&) = default;
};

struct ResolutionRow {
  double probability = 0;
  double lift = 0;
  std::uint32_t purpose = 0;
  std::uint64_t closes = 0;
  friend bool operator==(const ResolutionRow&, const ResolutionRow&) = default;
};

struct FulfilmentRow {
  double probability = 0;
  std::uint32_t purpose = 0;
  std::uint64_t achieves = 0;
  friend bool operator==(const FulfilmentRow&, const FulfilmentRow&) = default;
};

/// One way of visiting a touchpoint: the plain one, or a channel.
struct WayRow {
  engine::Quantile duration;  // milliseconds
  engine::Quantile experience;
  double effort = 0;
  double cost = 0;
  double cumulated_share = 0;  // of the touchpoint's ways up to this one, affinity included
  Slice pains, resolutions, fulfilments, edges;
  double edge_total = 0;    // sum of the edges' weights
  bool edges_fixed = true;  // neither mood nor guards: edge_cumulated holds
  std::int32_t way = -1;    // in the layout's numbering; -1: the plain way
  std::uint32_t given_up_to = 0;
  std::uint32_t given_up_flow = 0;
  bool given_up_drop_off = false;
};

struct StopRow {
  Slice ways;  // none: this persona cannot come here
  double way_total = 0;
  double importance = 1;
  double mood_step = 0;  // min(1, rho * importance)
};

/// The journey as one persona sees it.
struct PersonaTables {
  std::vector<StopRow> stops;  // [node]
  std::vector<WayRow> ways;
  std::vector<PainRow> pains;
  std::vector<ResolutionRow> resolutions;
  std::vector<FulfilmentRow> fulfilments;
  std::vector<EdgeRow> edges;
  std::vector<double> edge_cumulated;  // [edge] weights up to and with it

  std::vector<std::pair<double, std::uint32_t>> start;  // (cumulated weight, node or exit)
  engine::Quantile expectation;
  engine::Quantile patience;           // milliseconds
  bool patient = true;                 // false: has a patience that can end
  std::int64_t surely_patient_ms = 0;  // no draw of the patience is shorter than this

  double anchor = 5, performance_weight = 1, disconfirmation_weight = 0.5, effort_weight = 0;
  double learning = 0, loss_aversion = 1;
  MemoryWeights memory;
  ResponseTable response;
  std::vector<double> goal_importance;     // [goal bit]
  std::vector<double> pain_lingering;      // [lasting pain bit]
  std::vector<double> exit_value;          // [exit]
  std::vector<std::uint8_t> exit_success;  // [exit]
  std::uint32_t visit_limit = 1000;
};

/// Longest time that is told apart (about 278 years); what is longer counts as this.
inline constexpr std::int64_t kLongestMs = std::int64_t{1} << 43;

/// A drawn time in whole milliseconds, the nearest, ties to even; below 0 counts as 0.
inline std::int64_t whole_ms(double ms) {
  if (!(ms > 0)) return 0;
  if (ms >= static_cast<double>(kLongestMs)) return kLongestMs;
  constexpr double kShift = 0x1.8p52;
  return static_cast<std::int64_t>((ms + kShift) - kShift);
}

struct JourneyTables {
  std::vector<PersonaTables> personas;                   // [group]
  std::vector<std::pair<double, std::uint32_t>> shares;  // (cumulated share, group), in id order
  std::shared_ptr<const void> quantiles;                 // keeps the tables of the quantiles alive
  std::uint32_t node_count = 0;
  std::uint32_t abandoned_exit = 0;
  std::vector<std::uint32_t> lasting_pain_of_bit;  // [bit] -> pain
  // Sums of what is taken off in the end run in id order, like every choice: file order and other cases must not show.
  std::vector<std::uint32_t> goal_bits_by_id;
  std::vector<std::uint32_t> lasting_pain_bits_by_id;
  std::uint32_t goals = 0, pains = 0, outcomes = 0;
};

}  // namespace sojourn::models
