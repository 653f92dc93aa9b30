#include "models/exact/detail/remembering.h"

#include "models/exact/detail/crowd.h"
#include "models/exact/detail/final_scores.h"
#include "models/exact/detail/product.h"
#include "models/exact/detail/visit_sums.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sojourn::models::exact {
namespace {

constexpr double kNegligible = 1e-20;     // a memory that is not followed
constexpr double kMostNeglected = 1e-11;  // of all agents: 2e-9 NPS points

/// Not tractable, and why.
struct Refused {
  std::int32_t why;
};

/// One thing that the time of a visit can come to.
struct TimePart {
  double probability = 0;
  double mean_ms = 0;
  std::int64_t ms = 0;  // where time is carried
  bool given_up = false;
};

class Remembering {
 public:
  Remembering(const PersonaView& view, Reasons& reasons, std::size_t most_memories, const JourneySums& known, Want want)
      : view_(view),
        rows_(view.rows()),
        reasons_(reasons),
        most_memories_(most_memories),
        expectation_(view.persona().expectation),
        sums_(view, known),
        plan_(carry_plan(view, known, want)) {}

  /// Throws Refused, TooManyEvents, DeadEnd.
  void follow() {
    begin();
    for (std::uint32_t k = 1; k <= rows_.visit_limit && !crowd_.empty(); ++k) {
      Crowd now;
      now.swap(crowd_);
      is_last_ = k == rows_.visit_limit;
      for (const auto& [key, one] : now) {
        if (one.probability < kNegligible) {
          neglected_ += one.probability;
        } else {
          arrive(one);
        }
      }
    }
    if (neglected_ > kMostNeglected) throw Refused{too_many()};
  }

  void write(JourneySums& to) const {
    write_scores(to);
    sums_.complete(to, plan_);
  }

 private:
  std::int32_t too_many() const {
    return reasons_.add("satisfaction depends on all visits together, and there are too many memories to follow (" +
                        std::to_string(most_memories_) + " visits with different memories are not enough)");
  }

  void begin() {
    std::vector<std::pair<double, double>> expectations = {{0.0, 1.0}};
    if (plan_.expectation) {
      if (!expectation_.is_discrete()) {
        throw Refused{
            reasons_.add("satisfaction compares with an expectation that is drawn from a continuous "
                         "distribution (" +
                         view_.persona_place("expectation") + ")")};
      }
      expectations = expectation_.atoms();
    }
    double below = 0;
    for (const auto& [cumulated, to] : rows_.start) {
      const double share = (cumulated - below) / rows_.start.back().first;
      below = cumulated;
      if (to >= view_.nodes()) {
        scores_.add(rows_.response, share, rows_.anchor);
        sums_.ends(to - view_.nodes(), {}, 0, share);
        continue;
      }
      for (const auto& [value, probability] : expectations) {
        Carried one;
        one.node = to;
        one.expectation = value;
        one.mood = rows_.anchor;
        add(one, share * probability);
      }
    }
  }

  void add(const Carried& carried, double probability) {
    Weighed& there = crowd_[key_of(carried)];
    there.carried = carried;
    there.probability += probability;
  }

  void arrive(const Weighed& one) {
    const StopRow& stop = rows_.stops[one.carried.node];
    if (!(stop.way_total > 0)) throw DeadEnd{one.carried.node, false};
    for (std::uint32_t w = stop.ways.first; w < stop.ways.first + stop.ways.count; ++w) {
      const double share = one.probability * view_.way(w).share;
      sums_.arrives(w, share, one.carried.expectation);
      for (const TimePart& part : times(w)) pass(one.carried, w, share * part.probability, part);
    }
  }

  void pass(const Carried& before, std::uint32_t w, double probability, const TimePart& part) {
    Carried now = before;
    if (plan_.elapsed) now.elapsed_ms = std::min(before.elapsed_ms + part.ms, kLongestMs);
    sums_.passes(w, probability, part.mean_ms, part.given_up);
    const WayRow& row = rows_.ways[w];
    if (plan_.effort) now.effort += row.effort;
    if (part.given_up) {
      const double m = feel(now, w, 0, probability);
      leave(now, m, w, row.given_up_to, row.given_up_flow, probability);
      return;
    }
    const std::map<Event, double>& events = happenings(w, now);
    for (const auto& [event, chance] : events) {
      Carried here = now;
      here.flags = event.flags;
      happen(here, w, event, probability * chance);
    }
  }

  void happen(const Carried& here, std::uint32_t w, const Event& event, double probability) {
    if (++memories_ > most_memories_) throw Refused{too_many()};
    sums_.meets(w, event.marks, probability);
    const Law& law = experience(w);
    if (!law.is_discrete()) {
      last_visit(here, w, event, law, probability);
      return;
    }
    for (const auto& [drawn, chance] : law.atoms()) {
      const double performance = clamp_points(drawn);
      const double hurt = std::max(performance - event.severity, 0.0);
      const double q = std::min(hurt + event.lift, 10.0);
      Carried after = here;
      sums_.loses(w, performance - hurt, probability * chance);
      const double m = feel(after, w, q, probability * chance);
      choose(after, m, w, probability * chance);
    }
  }

  /// Equations (5) to (8). Returns m, and counts the visit.
  double feel(Carried& agent, std::uint32_t w, double q, double probability) {
    if (++memories_ > most_memories_) throw Refused{too_many()};
    const StopRow& stop = rows_.stops[view_.way(w).node];
    const double d = q - agent.expectation;
    const double m = momentary_satisfaction(rows_.anchor, rows_.performance_weight, rows_.disconfirmation_weight, q,
                                            weighed_disconfirmation(d, rows_.loss_aversion));
    if (plan_.expectation) agent.expectation += rows_.learning * d;
    if (plan_.mood) agent.mood += stop.mood_step * (m - agent.mood);
    agent.memory.remember(m, stop.importance, rows_.anchor);
    sums_.feels(w, q, m, agent.mood, probability);
    return m;
  }

  void choose(const Carried& agent, double m, std::uint32_t w, double probability) {
    const auto open = open_edges(view_, w, agent.flags);
    if (open.empty()) throw DeadEnd{view_.way(w).node, true};
    const double mood = agent.mood - rows_.anchor;
    double largest = -kInfinity;
    for (const EdgeRow* edge : open) largest = std::max(largest, edge->mood * mood);
    double total = 0;
    for (const EdgeRow* edge : open) total += edge->weight * std::exp(edge->mood * mood - largest);
    for (const EdgeRow* edge : open) {
      const double chance = edge->weight * std::exp(edge->mood * mood - largest) / total;
      if (chance > 0) leave(agent, m, w, edge->to, edge->flow, probability * chance);
    }
  }

  void leave(const Carried& agent, double m, std::uint32_t w, std::uint32_t to, std::uint32_t flow,
             double probability) {
    sums_.goes(w, flow, probability);
    if (to < view_.nodes() && !is_last_) {
      Carried next = agent;
      next.node = to;
      if (!plan_.peak) next.memory.peak = 0;
      if (!plan_.mean) next.memory.weight = next.memory.weighted = 0;
      next.memory.end = 0;
      add(next, probability);
      return;
    }
    Memory memory = agent.memory;
    memory.end = m;
    scores_.add(rows_.response, probability,
                clamp_points(remembered(memory, rows_.memory, rows_.anchor) - deductions(agent)));
    ends(agent, to, probability);
  }

  void ends(const Carried& agent, std::uint32_t to, double probability) {
    if (to < view_.nodes()) {
      sums_.is_cut_off(agent.flags, agent.elapsed_ms, probability);
    } else {
      sums_.ends(to - view_.nodes(), agent.flags, agent.elapsed_ms, probability);
    }
  }

  double deductions(const Carried& agent) const {
    double sum = rows_.effort_weight * agent.effort;
    for (std::size_t g = 0; g < rows_.goal_importance.size(); ++g) {
      if ((agent.flags.goals >> g & 1) == 0) sum += rows_.goal_importance[g];
    }
    for (std::size_t p = 0; p < rows_.pain_lingering.size(); ++p) {
      if ((agent.flags.pains >> p & 1) != 0) sum += rows_.pain_lingering[p];
    }
    return sum;
  }

  /// A continuous performance, after which the journey must be over.
  void last_visit(const Carried& here, std::uint32_t w, const Event& event, const Law& law, double probability) {
    const auto open = open_edges(view_, w, here.flags);
    if (open.empty()) throw DeadEnd{view_.way(w).node, true};
    const bool ends_here =
        is_last_ || std::all_of(open.begin(), open.end(), [&](const EdgeRow* e) { return e->to >= view_.nodes(); });
    if (!ends_here || heeds_mood(view_, open)) {
      throw Refused{reasons_.add("satisfaction depends on all visits together, and the experience at " +
                                 view_.touchpoint(w) + " is drawn from a continuous distribution (" +
                                 view_.place(w, "experience") + ")")};
    }
    Piecewise q = Piecewise::points();
    const double severity = event.severity;
    const double lift = event.lift;
    if (severity > 0) q = q.then({severity}, [&](double y) { return std::max(y - severity, 0.0); });
    sums_.loses(w, Piecewise::points().mean(law) - q.mean(law), probability);
    if (lift > 0) q = q.then({10 - lift}, [&](double y) { return std::min(y + lift, 10.0); });
    const double e = here.expectation;
    const Piecewise m = q.then({e}, [&](double y) {
                           return rows_.anchor + rows_.performance_weight * (y - rows_.anchor) +
                                  rows_.disconfirmation_weight * weighed_disconfirmation(y - e, rows_.loss_aversion);
                         }).then({0.0, 10.0}, clamp_points);
    const StopRow& stop = rows_.stops[view_.way(w).node];
    memories_ += 200;  // it takes as long
    add_last_visit(rows_, probability, {here.memory, stop.importance, deductions(here), m}, law, scores_);
    const double mean_m = m.mean(law);
    sums_.feels(w, q.mean(law), mean_m, here.mood + stop.mood_step * (mean_m - here.mood), probability);
    double total = 0;
    for (const EdgeRow* edge : open) total += edge->weight;
    for (const EdgeRow* edge : open) {
      const double part = probability * edge->weight / total;
      sums_.goes(w, edge->flow, part);
      ends(here, edge->to, part);
    }
  }

  const Law& experience(std::uint32_t w) {
    auto found = laws_.find(w);
    if (found == laws_.end()) found = laws_.emplace(w, Law(view_.way(w).way->experience)).first;
    return found->second;
  }

  const std::map<Event, double>& happenings(std::uint32_t w, const Carried& agent) {
    EventQuestion question{w, agent.flags, plan_.flags, Ask::feelings, plan_.marks, {}};
    if (plan_.elapsed) question.elapsed_ms = agent.elapsed_ms;
    const bool by_clock = std::any_of(pains_of(view_, w).begin(), pains_of(view_, w).end(),
                                      [](const PainRow& row) { return row.after_ms != PainRow::kNever; });
    if (by_clock && plan_.elapsed) {
      clocked_ = events_of(view_, reasons_, question).chances;
      return clocked_;
    }
    auto found = happenings_.find({w, agent.flags});
    if (found == happenings_.end()) {
      found = happenings_.emplace(std::pair(w, agent.flags), events_of(view_, reasons_, question).chances).first;
    }
    return found->second;
  }

  /// What the time of a visit can come to: whether it is given up, and how much passes where time is carried.
  const std::vector<TimePart>& times(std::uint32_t w) {
    const auto [found, fresh] = times_.try_emplace(w);
    std::vector<TimePart>& parts = found->second;
    if (!fresh) return parts;
    const Wait& wait = view_.way(w).wait;
    if (!plan_.elapsed) {
      for (const bool given_up : {false, true}) {
        const Moments& m = given_up ? wait.given_up : wait.stayed;
        if (m.zeroth > 0) parts.push_back({m.zeroth, m.first / m.zeroth, 0, given_up});
      }
      return parts;
    }
    const Law duration(view_.way(w).way->duration_ms);
    Distribution none;
    none.a = static_cast<double>(kLongestMs);
    const Law patience(view_.persona().patience_ms.value_or(none));
    if (!duration.is_discrete() || !patience.is_discrete()) {
      throw Refused{
          reasons_.add(plan_.elapsed_why + ", and " +
                       (duration.is_discrete() ? view_.persona_place("patience") : view_.place(w, "duration")) +
                       " is drawn from a continuous distribution")};
    }
    for (const auto& [d, pd] : duration.atoms()) {
      for (const auto& [t, pt] : patience.atoms()) {
        const std::int64_t ms = std::min(whole_ms(d), whole_ms(t));
        parts.push_back({pd * pt, static_cast<double>(ms), ms, whole_ms(d) > whole_ms(t)});
      }
    }
    return parts;
  }

  void write_scores(JourneySums& to) const {
    to[Metric::satisfaction] = {scores_.satisfaction};
    to.satisfaction_square = {scores_.square};
    to[Metric::satisfied] = {scores_.satisfied + scores_.nearly_satisfied};
    to[Metric::satisfied].less = scores_.nearly_satisfied;
    const auto& at_most = scores_.at_most;
    to[Metric::detractors] = {at_most[6]};
    to[Metric::passives] = {at_most[8] - at_most[6]};
    to[Metric::promoters] = {scores_.share - at_most[8]};
    to[Metric::nps] = {100 * (scores_.share - at_most[8] - at_most[6])};
    to[Metric::score] = {0};
    for (std::size_t k = 0; k < 11; ++k) {
      const double above = k < 10 ? at_most[k] : scores_.share;
      to.scores[k] = {above - (k > 0 ? at_most[k - 1] : 0)};
      if (k < 10) to[Metric::score] += scores_.share - at_most[k];
    }
  }

  const PersonaView& view_;
  const PersonaTables& rows_;
  Reasons& reasons_;
  std::size_t most_memories_;
  Law expectation_;
  VisitSums sums_;
  CarryPlan plan_;
  FinalScores scores_;
  Crowd crowd_;
  bool is_last_ = false;
  double neglected_ = 0;
  std::size_t memories_ = 0;
  std::map<std::uint32_t, Law> laws_;
  std::map<std::uint32_t, std::vector<TimePart>> times_;
  std::map<std::pair<std::uint32_t, Flags>, std::map<Event, double>> happenings_;
  std::map<Event, double> clocked_;
};

void spoil_scores(JourneySums& sums, std::int32_t why) {
  for (const Metric m : {Metric::nps, Metric::promoters, Metric::passives, Metric::detractors, Metric::score,
                         Metric::satisfaction, Metric::satisfied}) {
    sums[m].spoil(why);
  }
  sums.satisfaction_square.spoil(why);
  for (Known& share : sums.scores) share.spoil(why);
}

/// kExact, or why it cannot be told; then `sums` is as it was.
std::int32_t try_to_remember(const PersonaView& view, Reasons& reasons, std::size_t most_memories, Want want,
                             JourneySums& sums) {
  try {
    Remembering remembering(view, reasons, most_memories, sums, want);
    remembering.follow();
    remembering.write(sums);
    return kExact;
  } catch (const Refused& refused) {
    return refused.why;
  } catch (const TooManyEvents& events) {
    return reasons.add("too many things can happen at once at a visit (" + view.place(events.way, "pains") + ")");
  }
}

}  // namespace

void add_remembered(const PersonaView& view, Reasons& reasons, std::size_t most_memories, JourneySums& sums) {
  if (try_to_remember(view, reasons, most_memories, Want::everything, sums) == kExact) return;
  const std::int32_t why = try_to_remember(view, reasons, most_memories, Want::scores, sums);
  if (why != kExact) spoil_scores(sums, why);
}

}  // namespace sojourn::models::exact
