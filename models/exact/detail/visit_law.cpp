#include "models/exact/detail/visit_law.h"

#include "models/behaviour/satisfaction.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include <algorithm>
#include <cmath>

namespace sojourn::models::exact {

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
  const Events events = events_of(view_, reasons_, {.way = way, .before = before, .tracked = tracked_, .ask = ask_});
  outcomes.felt_why = events.felt_why;
  if (feelings && view_.rows().learning != 0 && view_.rows().disconfirmation_weight != 0) {
    outcomes.satisfaction_why = learning_why();
  }
  std::map<Flags, Branch> by_flags;
  for (const auto& [event, probability] : events.chances) {
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
  Known loss;
  for (const PainRow& row : pains_of(view_, way)) {
    if (row.severity > 0 && row.after_ms != PainRow::kNever) loss.spoil(reasons_.add(after_sentence(view_, way, row)));
  }
  if (!loss.exact()) return loss;
  const Events events = events_of(view_, reasons_, {.way = way, .ask = Ask::feelings});
  for (const auto& [event, probability] : events.chances) {
    const double severity = event.severity;
    if (severity == 0) continue;
    const Piecewise taken = Piecewise::points().then({severity}, [&](double y) { return std::min(y, severity); });
    loss += probability * taken.mean(law(way));
  }
  return loss;
}

}  // namespace sojourn::models::exact
