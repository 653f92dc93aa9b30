#include "tools/job/traced.h"

#include "models/behaviour/scores.h"
#include "models/text/duration.h"

#include <algorithm>
#include <bit>

namespace sojourn::tools {
namespace {

using namespace models;

std::int64_t drawn_ms(double ms) {
  return ms > 0 ? whole_milliseconds(std::min(ms, static_cast<double>(kLongestMs))) : 0;
}

const WayRow& way_of(const PersonaTables& persona, const engine::Visit& visit) {
  const Slice& ways = persona.stops[visit.node].ways;
  for (std::uint32_t i = ways.first; i < ways.first + ways.count; ++i) {
    if (persona.ways[i].way == visit.way) return persona.ways[i];
  }
  return persona.ways[ways.first];
}

/// The indices of the bits that are set, looked up in a table of what they stand for (empty: themselves).
std::vector<std::uint32_t> members(std::uint64_t bits, const std::vector<std::uint32_t>& meaning = {}) {
  std::vector<std::uint32_t> list;
  for (; bits != 0; bits &= bits - 1) {
    const auto bit = static_cast<std::uint32_t>(std::countr_zero(bits));
    list.push_back(meaning.empty() ? bit : meaning[bit]);
  }
  return list;
}

/// Tells visit after visit what the walk did not record.
class Reader {
 public:
  Reader(const Experiment& experiment, const Customer& customer, const engine::PlaceKeys& keys, std::uint64_t agent)
      : experiment_(experiment),
        keys_(keys),
        agent_(agent),
        ordinals_(experiment.atlas().touchpoints.size()),
        tables_(customer.tables()),
        start_(customer.begin(engine::luck_of(keys.agent, agent, keys.seed.replicate, 0))) {}

  const PersonaTables& persona() const { return tables_.personas[start_.group]; }
  const Traveller& start() const { return start_; }

  TracedVisit read(const engine::Visit& visit) {
    const WayRow& way = way_of(persona(), visit);
    const std::uint32_t ordinal = ordinals_.next(visit.node);
    const engine::Luck luck = engine::luck_of(keys_.nodes[visit.node], agent_, keys_.seed.replicate, ordinal);
    const engine::Block draws = luck.block(purpose::visit);
    TracedVisit traced;
    traced.visit = visit;
    traced.drawn_duration_ms = drawn_ms(way.duration(engine::uniform(draws[0])));
    traced.drawn_experience = clamp_points(way.experience(engine::uniform(draws[1])));
    if (!persona().patient) {
      traced.patience_ms = drawn_ms(persona().patience(engine::uniform(luck.block(purpose::patience)[0])));
    }
    for (std::uint32_t i = way.pains.first; i < way.pains.first + way.pains.count; ++i) {
      const PainRow& pain = persona().pains[i];
      if ((visit.marks >> pain.mark & 1) == 0) continue;
      traced.pains.emplace_back(experiment_.atlas().layout.nodes[visit.node].marks[pain.mark], pain.severity);
    }
    const std::vector<std::uint32_t>& lasting = experiment_.atlas().lasting_pains;
    traced.achieved = members(visit.states & ~goals_);
    traced.opened = members(visit.more_states & ~open_, lasting);
    traced.closed = members(open_ & ~visit.more_states, lasting);
    goals_ = visit.states;
    open_ = visit.more_states;
    effort_ = visit.effort;
    traced.expects_next =
        visit.measures[measure::expectation] + persona().learning * visit.measures[measure::disconfirmation];
    return traced;
  }

  /// What the end takes off, by the persona's tables.
  void finish(TracedJourney& journey) const {
    for (std::uint32_t goal = 0; goal < persona().goal_importance.size(); ++goal) {
      const double points = persona().goal_importance[goal];
      if ((goals_ >> goal & 1) == 0 && points > 0) journey.missed.emplace_back(goal, points);
    }
    for (std::uint64_t open = open_; open != 0; open &= open - 1) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(open));
      journey.open.emplace_back(experiment_.atlas().lasting_pains[bit], persona().pain_lingering[bit]);
    }
    journey.effort_loss = persona().effort_weight * effort_;
  }

 private:
  const Experiment& experiment_;
  const engine::PlaceKeys& keys_;
  std::uint64_t agent_;
  engine::Ordinals ordinals_;
  const JourneyTables& tables_;
  Traveller start_;
  std::uint64_t goals_ = 0, open_ = 0;  // so far
  double effort_ = 0;
};

}  // namespace

TracedJourney trace_agent(const Experiment& experiment, std::size_t case_index, const engine::PlaceKeys& keys,
                          std::uint64_t agent, std::size_t most_visits) {
  const Customer& customer = experiment.customer(case_index);
  Reader reader(experiment, customer, keys, agent);
  TracedJourney journey;
  journey.persona = reader.start().group;
  engine::Ordinals ordinals(experiment.atlas().touchpoints.size());
  std::vector<std::int64_t> scores(experiment.atlas().layout.scores, 0);
  engine::Walk<Customer> walk(customer, keys, agent, ordinals);
  engine::Visit visit;
  try {
    while (walk.step(visit)) {
      if (journey.visits.size() == most_visits) {
        journey.cut_short = true;
        return journey;
      }
      journey.visits.push_back(reader.read(visit));
      const StopRow& stop = reader.persona().stops[visit.node];
      journey.memory.remember(visit.measures[measure::satisfaction], stop.importance, reader.persona().anchor);
    }
  } catch (const engine::NoWayOn& where) {
    journey.stuck = where;
    return journey;
  }
  journey.ending = walk.finish(scores);
  journey.worth = scores;
  journey.satisfaction = static_cast<double>(scores[score::satisfaction]) / engine::kNano;
  for (std::size_t k = 0; k < journey.scores.size(); ++k) {
    journey.scores[k] = static_cast<double>(scores[score::answer_0 + k]) / engine::kNano;
  }
  reader.finish(journey);
  return journey;
}

std::optional<std::size_t> parting(const TracedJourney& base, const TracedJourney& changed) {
  const std::size_t shorter = std::min(base.visits.size(), changed.visits.size());
  for (std::size_t i = 0; i < shorter; ++i) {
    if (!(base.visits[i].visit == changed.visits[i].visit)) return i;
  }
  if (base.visits.size() == changed.visits.size()) return std::nullopt;
  return shorter;
}

Alignment align(const TracedJourney& base, const TracedJourney& changed, std::size_t same) {
  Alignment rows;
  for (std::size_t i = 0; i < same; ++i) rows.emplace_back(i, i);
  const std::size_t n = base.visits.size() - same;
  const std::size_t m = changed.visits.size() - same;
  const auto node = [&](const TracedJourney& journey, std::size_t i) { return journey.visits[same + i].visit.node; };
  constexpr std::size_t most_cells = 4'000'000;
  std::vector<std::uint32_t> longest;  // [i][j]: common subsequence of what is left from i and j on
  const bool small = (n + 1) * (m + 1) <= most_cells;
  if (small) {
    longest.assign((n + 1) * (m + 1), 0);
    for (std::size_t i = n; i-- > 0;) {
      for (std::size_t j = m; j-- > 0;) {
        longest[i * (m + 1) + j] = node(base, i) == node(changed, j)
                                       ? longest[(i + 1) * (m + 1) + j + 1] + 1
                                       : std::max(longest[(i + 1) * (m + 1) + j], longest[i * (m + 1) + j + 1]);
      }
    }
  }
  std::size_t i = 0, j = 0;
  while (i < n || j < m) {
    if (i < n && j < m && (!small || node(base, i) == node(changed, j))) {
      rows.emplace_back(same + i++, same + j++);
    } else if (j >= m || (i < n && (!small || longest[(i + 1) * (m + 1) + j] >= longest[i * (m + 1) + j + 1]))) {
      rows.emplace_back(same + i++, std::nullopt);
    } else {
      rows.emplace_back(std::nullopt, same + j++);
    }
  }
  return rows;
}

}  // namespace sojourn::tools
