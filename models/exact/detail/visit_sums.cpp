#include "models/exact/detail/visit_sums.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sojourn::models::exact {
namespace {

constexpr double kHoursPerMs = 1.0 / 3.6e6;

/// Everything at 0, and known.
JourneySums empty(const JourneySums& shape) {
  JourneySums sums = shape;
  JourneySums copy = shape;
  sums.each(copy, [](Known& known, const Known&) { known = {}; });
  return sums;
}

}  // namespace

VisitSums::VisitSums(const PersonaView& view, const JourneySums& shape) : view_(view), sums_(empty(shape)) {}

template <class F>
void VisitSums::at_sites(std::uint32_t w, F f) {
  const engine::NodeLayout& node = view_.atlas().layout.nodes[view_.way(w).node];
  f(sums_.sites[node.first_site]);
  const std::int32_t index = view_.rows().ways[w].way;
  if (index >= 0) f(sums_.sites[node.first_site + 1 + static_cast<std::uint32_t>(index)]);
}

void VisitSums::arrives(std::uint32_t w, double agents, double expectation) {
  const WayRow& row = view_.rows().ways[w];
  sums_[Metric::visits] += agents;
  sums_[Metric::effort] += agents * row.effort;
  sums_[Metric::cost] += agents * row.cost;
  at_sites(w, [&](SiteSums& site) {
    site[SiteMetric::visits] += agents;
    site[SiteMetric::expectation] += agents * expectation;
  });
}

void VisitSums::passes(std::uint32_t w, double agents, double mean_ms, bool given_up) {
  sums_[Metric::elapsed_hours] += agents * mean_ms * kHoursPerMs;
  at_sites(w, [&](SiteSums& site) {
    site[SiteMetric::duration_hours] += agents * mean_ms * kHoursPerMs;
    if (given_up) site[SiteMetric::given_up] += agents;
  });
}

void VisitSums::meets(std::uint32_t w, std::uint64_t marks, double agents) {
  at_sites(w, [&](SiteSums& site) {
    for (std::uint64_t left = marks; left != 0; left &= left - 1) {
      site.marks[static_cast<std::size_t>(std::countr_zero(left))] += agents;
    }
  });
}

void VisitSums::loses(std::uint32_t w, double points, double agents) {
  at_sites(w, [&](SiteSums& site) { site[SiteMetric::pain_loss] += agents * points; });
}

void VisitSums::feels(std::uint32_t w, double experience, double satisfaction, double mood, double agents) {
  at_sites(w, [&](SiteSums& site) {
    site[SiteMetric::experience] += agents * experience;
    site[SiteMetric::satisfaction] += agents * satisfaction;
    site[SiteMetric::mood] += agents * mood;
  });
}

void VisitSums::goes(std::uint32_t w, std::uint32_t flow, double agents) {
  const std::uint32_t to = view_.atlas().layout.nodes[view_.way(w).node].targets[flow];
  const bool drop_off = to >= view_.nodes() && view_.rows().exit_success[to - view_.nodes()] == 0;
  at_sites(w, [&](SiteSums& site) {
    site.flows[flow] += agents;
    if (drop_off) site[SiteMetric::drop_off] += agents;
  });
}

void VisitSums::count_flags(const Flags& flags, std::int64_t elapsed_ms, double agents) {
  const double hours = static_cast<double>(elapsed_ms) * kHoursPerMs;
  sums_.elapsed_square += agents * hours * hours;
  for (std::uint64_t left = flags.goals; left != 0; left &= left - 1) {
    sums_.goals[static_cast<std::size_t>(std::countr_zero(left))] += agents;
  }
  for (std::uint64_t left = flags.pains; left != 0; left &= left - 1) {
    sums_.open[view_.atlas().lasting_pains[static_cast<std::size_t>(std::countr_zero(left))]] += agents;
  }
}

void VisitSums::ends(std::uint32_t outcome, const Flags& flags, std::int64_t elapsed_ms, double agents) {
  count_flags(flags, elapsed_ms, agents);
  sums_.outcomes[outcome] += agents;
  sums_[Metric::value] += agents * view_.rows().exit_value[outcome];
  if (view_.rows().exit_success[outcome] != 0) sums_[Metric::success] += agents;
  if (outcome == view_.atlas().outcomes.index("abandoned")) sums_[Metric::abandoned] += agents;
}

void VisitSums::is_cut_off(const Flags& flags, std::int64_t elapsed_ms, double agents) {
  count_flags(flags, elapsed_ms, agents);
  sums_[Metric::truncated] += agents;
}

/// Whether the end of time can cut journeys off: with 8th moments of a visit's time and no more visits than the limit, what is lost
/// of the mean is at most E[T^8] / end^7 (Markov's inequality, Hoelder's for the sum).
bool VisitSums::may_end_time(double mean_ms) const {
  constexpr double kEnd = static_cast<double>(kLongestMs);
  const double limit = view_.rows().visit_limit;
  double longest = 0;
  double eighth = 0;
  for (std::uint32_t w = 0; w < view_.rows().ways.size(); ++w) {
    const Wait& wait = view_.way(w).wait;
    longest = std::max(longest, wait.longest);
    for (const double share : {wait.stayed.zeroth, wait.given_up.zeroth}) {
      if (share > 1e-300) eighth = std::max(eighth, wait.eighth / share);
    }
  }
  if (longest * limit <= kEnd || mean_ms == 0) return false;
  return !(eighth * std::pow(limit, 8) / std::pow(kEnd, 7) <= 1e-9 * mean_ms);
}

void VisitSums::complete(JourneySums& to, const CarryPlan& plan) const {
  JourneySums mine = sums_;
  const engine::Layout& layout = view_.atlas().layout;
  mine[Metric::net] = mine[Metric::value];
  mine[Metric::net].add(mine[Metric::cost], -1);
  for (std::size_t s = 0; s < mine.sites.size(); ++s) {
    SiteSums& site = mine.sites[s];
    site[SiteMetric::disconfirmation] = site[SiteMetric::experience];
    site[SiteMetric::disconfirmation].add(site[SiteMetric::expectation], -1);
    if (layout.sites[s].way >= 0) continue;
    const auto& marks = layout.nodes[layout.sites[s].node].marks;
    for (std::size_t i = 0; i < marks.size(); ++i) mine.met[marks[i]].add(site.marks[i]);
  }
  // What was not followed stays as it was: kept by its own reason.
  constexpr std::int32_t kNotFollowed = 0;
  for (SiteSums& site : mine.sites) {
    site[SiteMetric::reach].spoil(kNotFollowed);
    if (!plan.mood) site[SiteMetric::mood].spoil(kNotFollowed);
    if (!plan.expectation) {
      site[SiteMetric::expectation].spoil(kNotFollowed);
      site[SiteMetric::disconfirmation].spoil(kNotFollowed);
    }
    for (Known& mark : site.marks) {
      if (!plan.marks) mark.spoil(kNotFollowed);
    }
  }
  for (std::size_t g = 0; g < mine.goals.size(); ++g) {
    if ((plan.flags.goals >> g & 1) == 0) mine.goals[g].spoil(kNotFollowed);
  }
  for (std::size_t p = 0; p < mine.open.size(); ++p) {
    const std::int32_t bit = view_.atlas().bit_of_pain[p];
    if (bit < 0 || (plan.flags.pains >> bit & 1) == 0) mine.open[p].spoil(kNotFollowed);
  }
  const bool ends = may_end_time(mine[Metric::elapsed_hours].value / kHoursPerMs);
  if (ends) mine[Metric::elapsed_hours].spoil(kNotFollowed);
  if (ends || !plan.elapsed) mine.elapsed_square.spoil(kNotFollowed);
  for (Known& met : mine.met) {
    if (!plan.marks) met.spoil(kNotFollowed);
  }
  for (Metric m : {Metric::nps, Metric::promoters, Metric::passives, Metric::detractors, Metric::score,
                   Metric::satisfaction, Metric::satisfied}) {
    mine[m].spoil(kNotFollowed);
  }
  mine.satisfaction_square.spoil(kNotFollowed);
  for (Known& share : mine.scores) share.spoil(kNotFollowed);
  to.each(mine, [](Known& there, const Known& here) {
    if (!there.exact() && here.exact()) there = here;
  });
}

}  // namespace sojourn::models::exact
