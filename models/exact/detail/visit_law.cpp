#include "models/exact/detail/visit_law.h"

#include "models/behaviour/satisfaction.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include <algorithm>
#include <cmath>

namespace sojourn::models::exact {
namespace {

constexpr std::size_t kMostEvents = 1 << 16;

/// What has happened so far at a visit.
struct Event {
  double severity = 0, lift = 0;
  Flags flags;
  friend auto operator<=>(const Event&, const Event&) = default;
};
using Events = std::map<Event, double>;  // with its probability

/// Each event splits into itself and what `happens` to it; events that are not concerned stay.
template <class Concerned, class Happens>
void split(Events& events, double probability, Concerned concerned, Happens happens) {
  if (!(probability > 0)) return;
  Events next;
  for (const auto& [event, p] : events) {
    if (!concerned(event)) {
      next[event] += p;
      continue;
    }
    if (probability < 1) next[event] += p * (1 - probability);
    Event changed = event;
    happens(changed);
    next[changed] += p * probability;
  }
  events = std::move(next);
}

std::string after_sentence(const PersonaView& view, std::uint32_t way, const std::string& pain) {
  return "the pain '" + pain + "' at " + view.touchpoint(way) + " depends on the time passed (" +
         view.place(way, "pains." + pain + ".after") + ")";
}

/// The id of a pain row of a way.
const std::string& pain_id(const PersonaView& view, std::uint32_t way, const PainRow& row) {
  return view.atlas().pains.ids()[view.atlas().layout.nodes[view.way(way).node].marks[row.mark]];
}

std::span<const PainRow> pains_of(const PersonaView& view, std::uint32_t way) {
  const Slice& slice = view.rows().ways[way].pains;
  return std::span(view.rows().pains).subspan(slice.first, slice.count);
}

std::span<const ResolutionRow> resolutions_of(const PersonaView& view, std::uint32_t way) {
  const Slice& slice = view.rows().ways[way].resolutions;
  return std::span(view.rows().resolutions).subspan(slice.first, slice.count);
}

std::span<const FulfilmentRow> fulfilments_of(const PersonaView& view, std::uint32_t way) {
  const Slice& slice = view.rows().ways[way].fulfilments;
  return std::span(view.rows().fulfilments).subspan(slice.first, slice.count);
}

}  // namespace

std::string unsure_sentence(const PersonaView& view, std::uint64_t pain) {
  for (std::uint32_t w = 0; w < view.rows().ways.size(); ++w) {
    for (const PainRow& row : pains_of(view, w)) {
      if ((row.opens & pain) != 0 && row.after_ms != PainRow::kNever) {
        return after_sentence(view, w, pain_id(view, w, row));
      }
    }
  }
  return {};
}

VisitLaws::VisitLaws(const PersonaView& view, Reasons& reasons, Flags tracked, Ask ask)
    : view_(view), reasons_(reasons), tracked_(tracked), ask_(ask), expectation_(view.persona().expectation) {}

std::int32_t VisitLaws::learning_why() {
  return reasons_.add("what a visit is compared with depends on the visits before, because expectation learns (" +
                      view_.persona_place("learning") + ")");
}

const Law& VisitLaws::law(std::uint32_t way) {
  auto found = laws_.find(way);
  if (found == laws_.end()) found = laws_.emplace(way, Law(view_.way(way).way->experience)).first;
  return found->second;
}

const VisitOutcomes& VisitLaws::of(std::uint32_t way, Flags before) {
  const std::pair key(way, before);
  auto found = known_.find(key);
  if (found == known_.end()) found = known_.emplace(key, work_out(way, before)).first;
  return found->second;
}

VisitOutcomes VisitLaws::work_out(std::uint32_t way, Flags before) {
  VisitOutcomes outcomes;
  const bool feelings = ask_ == Ask::feelings;
  Events events = {{Event{0, 0, before}, 1.0}};
  const auto all = [](const Event&) { return true; };
  for (const PainRow& row : pains_of(view_, way)) {
    const std::uint64_t opens = row.opens & tracked_.pains;
    const double severity = feelings ? row.severity : 0;
    if (opens == 0 && severity == 0) continue;
    if (row.after_ms != PainRow::kNever) {
      const std::int32_t why = reasons_.add(after_sentence(view_, way, pain_id(view_, way, row)));
      if (severity > 0 && outcomes.felt_why == kExact) outcomes.felt_why = why;
      const auto is_closed = [&](const Event& event) { return (event.flags.pains & opens) != opens; };
      split(events, 1, is_closed, [&](Event& event) { event.flags.unsure |= opens; });
      continue;
    }
    split(events, row.probability, all, [&](Event& event) {
      event.severity += severity;
      event.flags.pains |= opens;
      event.flags.unsure &= ~opens;
    });
    if (events.size() > kMostEvents) throw TooManyEvents{way};
  }
  for (const ResolutionRow& row : resolutions_of(view_, way)) {
    if ((row.closes & tracked_.pains) == 0) continue;
    // Of a pain that may be open, only a sure resolution is known to close it; whether it lifts is not.
    const auto may_be_open = [&](const Event& event) { return (event.flags.unsure & row.closes) != 0; };
    if (feelings && row.lift > 0 && row.probability > 0 && outcomes.felt_why == kExact &&
        std::any_of(events.begin(), events.end(), [&](const auto& e) { return may_be_open(e.first); })) {
      outcomes.felt_why = reasons_.add(unsure_sentence(view_, row.closes));
    }
    if (row.probability >= 1) {
      split(events, 1, may_be_open, [&](Event& event) { event.flags.unsure &= ~row.closes; });
    }
    split(
        events, row.probability, [&](const Event& event) { return (event.flags.pains & row.closes) != 0; },
        [&](Event& event) {
          event.flags.pains &= ~row.closes;
          if (feelings) event.lift += row.lift;
        });
    if (events.size() > kMostEvents) throw TooManyEvents{way};
  }
  for (const FulfilmentRow& row : fulfilments_of(view_, way)) {
    if ((row.achieves & tracked_.goals) == 0) continue;
    split(events, row.probability, all, [&](Event& event) { event.flags.goals |= row.achieves; });
    if (events.size() > kMostEvents) throw TooManyEvents{way};
  }
  if (feelings && view_.rows().learning != 0 && view_.rows().disconfirmation_weight != 0) {
    outcomes.satisfaction_why = learning_why();
  }
  std::map<Flags, Branch> by_flags;
  for (const auto& [event, probability] : events) {
    Branch& branch = by_flags[event.flags];
    branch.after = event.flags;
    branch.probability += probability;
    if (!feelings || outcomes.felt_why != kExact) continue;
    const Felt here = felt(way, event.severity, event.lift);
    branch.experience += probability * here.experience;
    branch.satisfaction += probability * here.satisfaction;
  }
  for (const auto& [flags, branch] : by_flags) outcomes.branches.push_back(branch);
  return outcomes;
}

VisitLaws::Felt VisitLaws::felt(std::uint32_t way, double severity, double lift) {
  const auto [found, fresh] = felt_.try_emplace(std::tuple(way, severity, lift));
  if (!fresh) return found->second;
  Piecewise q = Piecewise::points();
  if (severity > 0) q = q.then({severity}, [&](double y) { return std::max(y - severity, 0.0); });
  if (lift > 0) q = q.then({10 - lift}, [&](double y) { return std::min(y + lift, 10.0); });
  found->second.experience = q.mean(law(way));
  const bool learns = view_.rows().learning != 0 && view_.rows().disconfirmation_weight != 0;
  if (!learns) found->second.satisfaction = mean_satisfaction(q, law(way));
  return found->second;
}

/// E[m] over the drawn performance and over the expectation, which nothing has changed.
double VisitLaws::mean_satisfaction(const Piecewise& experience, const Law& law) {
  const PersonaTables& rows = view_.rows();
  const auto given = [&](double e) {
    const Piecewise m = experience.then({e}, [&](double q) {
      return rows.anchor + rows.performance_weight * (q - rows.anchor) +
             rows.disconfirmation_weight * weighed_disconfirmation(q - e, rows.loss_aversion);
    });
    return m.then({0.0, 10.0}, clamp_points).mean(law);
  };
  if (rows.disconfirmation_weight == 0) return given(rows.anchor);
  double sum = 0;
  if (expectation_.is_discrete()) {
    for (const auto& [value, probability] : expectation_.atoms()) sum += probability * given(value);
    return sum;
  }
  const auto weighted = [&](double z) {
    return std::exp(-0.5 * z * z) / std::sqrt(2 * M_PI) * given(expectation_.at_z(z));
  };
  constexpr double kFar = 8.5;  // 2e-17 are beyond
  for (double z = -kFar; z < kFar; z += 1) {
    sum += boost::math::quadrature::gauss_kronrod<double, 15>::integrate(weighted, z, z + 1, 14, 1e-11);
  }
  return sum;
}

double VisitLaws::satisfaction_given_up() {
  const Piecewise nothing{{0, 10}, {0, 0}};
  Distribution zero;
  return mean_satisfaction(nothing, Law(zero));
}

Known VisitLaws::pain_loss(std::uint32_t way) {
  Events events = {{Event{}, 1.0}};
  Known loss;
  for (const PainRow& row : pains_of(view_, way)) {
    if (row.severity == 0) continue;
    if (row.after_ms != PainRow::kNever) {
      loss.spoil(reasons_.add(after_sentence(view_, way, pain_id(view_, way, row))));
      return loss;
    }
    split(
        events, row.probability, [](const Event&) { return true; }, [&](Event& e) { e.severity += row.severity; });
    if (events.size() > kMostEvents) throw TooManyEvents{way};
  }
  for (const auto& [event, probability] : events) {
    if (event.severity == 0) continue;
    const Piecewise taken =
        Piecewise::points().then({event.severity}, [&](double y) { return std::min(y, event.severity); });
    loss += probability * taken.mean(law(way));
  }
  return loss;
}

}  // namespace sojourn::models::exact
