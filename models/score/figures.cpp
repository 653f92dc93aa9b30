#include "models/score/figures.h"

#include "engine/tally/estimate.h"
#include "engine/tally/interval.h"
#include "models/behaviour/scores.h"
#include "models/score/controlled.h"
#include "models/score/detail/touchpoint_figures.h"

#include <algorithm>

namespace sojourn::models {
namespace {

using engine::CrossSums;
using engine::GroupCross;
using engine::GroupTally;
using engine::RatioSums;
using engine::Shape;

constexpr double kPerNano = 1e-9;
constexpr double kHoursPerMs = 1.0 / 3.6e6;

/// Where a metric's numbers come from.
struct Source {
  std::uint32_t score;
  double unit;
  Shape shape;
};

Source source_of(Metric metric) {
  switch (metric) {
    case Metric::nps: return {score::nps, kPerNano, Shape::real};
    case Metric::promoters: return {score::promoters, kPerNano, Shape::bounded_share};
    case Metric::passives: return {score::passives, kPerNano, Shape::bounded_share};
    case Metric::detractors: return {score::detractors, kPerNano, Shape::bounded_share};
    case Metric::score: return {score::answer, kPerNano, Shape::real};
    case Metric::satisfaction: return {score::satisfaction, kPerNano, Shape::real};
    case Metric::satisfied: return {score::satisfied, kPerNano, Shape::binary_share};
    case Metric::success: return {score::success, kPerNano, Shape::binary_share};
    case Metric::abandoned: return {score::abandoned, kPerNano, Shape::binary_share};
    case Metric::truncated: return {score::truncated, kPerNano, Shape::binary_share};
    case Metric::visits: return {score::visits, kPerNano, Shape::real};
    case Metric::elapsed_hours:
    case Metric::elapsed_hours_p50:
    case Metric::elapsed_hours_p90:
    case Metric::elapsed_hours_sd: return {score::elapsed_ms, kHoursPerMs, Shape::real};
    case Metric::effort: return {score::effort, kPerNano, Shape::real};
    case Metric::cost: return {score::cost, kPerNano, Shape::real};
    case Metric::value: return {score::value, kPerNano, Shape::real};
    case Metric::net: return {score::net, kPerNano, Shape::real};
    case Metric::satisfaction_sd: return {score::satisfaction, kPerNano, Shape::real};
  }
  return {};
}

// Which of the layout's histograms belong to which score.
constexpr std::size_t kElapsedHistogram = 0;
constexpr std::size_t kSatisfactionHistogram = 1;

/// Per-visit sums behind a site metric, or -1 where it is per agent.
struct SiteSource {
  int sum;
  double unit;
  Shape shape;
};

SiteSource source_of(SiteMetric metric) {
  switch (metric) {
    case SiteMetric::visits: return {-1, 1.0, Shape::real};
    case SiteMetric::reach: return {-1, 1.0, Shape::binary_share};
    case SiteMetric::experience: return {measure::experience, kPerNano, Shape::real};
    case SiteMetric::expectation: return {measure::expectation, kPerNano, Shape::real};
    case SiteMetric::disconfirmation: return {measure::disconfirmation, kPerNano, Shape::real};
    case SiteMetric::satisfaction: return {measure::satisfaction, kPerNano, Shape::real};
    case SiteMetric::mood: return {measure::mood, kPerNano, Shape::real};
    case SiteMetric::given_up: return {engine::kGivenUp, 1.0, Shape::binary_share};
    case SiteMetric::duration_hours: return {engine::kDurationMs, kHoursPerMs, Shape::real};
    case SiteMetric::drop_off: return {engine::kDropOff, 1.0, Shape::binary_share};
    case SiteMetric::pain_loss: return {measure::pain_loss, kPerNano, Shape::real};
  }
  return {};
}

/// No interval reaches beyond what is possible.
engine::Estimate within(engine::Estimate e, double low, double high) {
  e.lo = std::clamp(e.lo, low, high);
  e.hi = std::clamp(e.hi, low, high);
  return e;
}

Figure difference_figure(const engine::Estimate& difference, Better better) {
  Figure f = figure(difference);
  f.p_better = p_better(difference.value, difference.se, better);
  return f;
}

engine::Moments binary(std::uint64_t count) {
  engine::Moments moments;
  moments.sum = static_cast<engine::Sum>(count);
  moments.squares.add(static_cast<engine::Sum>(count));
  return moments;
}

/// The figures of one case, for one part of the population.
class CaseFigures {
 public:
  CaseFigures(const Atlas& atlas, const GroupTally& tally) : atlas_(atlas), tally_(tally) {}

  Summary summary() const {
    Summary s;
    s.agents = tally_.agents;
    for (std::size_t m = 0; m < kMetrics; ++m) s.metrics[m] = figure(metric(static_cast<Metric>(m)));
    for (std::uint32_t k = 0; k < 11; ++k) s.scores[k] = share(score::answer_0 + k, Shape::bounded_share);
    std::uint32_t at = score::fixed_count;
    for (std::uint32_t i = 0; i < atlas_.outcomes.size(); ++i) s.outcomes.push_back(share(at++, Shape::binary_share));
    for (std::uint32_t i = 0; i < atlas_.goals.size(); ++i) s.goals.push_back(share(at++, Shape::binary_share));
    for (std::uint32_t i = 0; i < atlas_.pains.size(); ++i) {
      PainFigures pain;
      pain.open = share(at + i, Shape::binary_share);
      pain.met = figure(engine::estimate(score_sums(at + atlas_.pains.size() + i), 1.0, Shape::real));
      s.pains.push_back(pain);
    }
    return s;
  }

  engine::Estimate metric(Metric m) const {
    const Source source = source_of(m);
    const RatioSums sums = score_sums(source.score);
    switch (m) {
      case Metric::elapsed_hours_p50:
        return engine::estimate_quantile(tally_.histograms[kElapsedHistogram], 0.5, source.unit);
      case Metric::elapsed_hours_p90:
        return engine::estimate_quantile(tally_.histograms[kElapsedHistogram], 0.9, source.unit);
      case Metric::elapsed_hours_sd:
        return engine::estimate_spread(sums, tally_.histograms[kElapsedHistogram], source.unit);
      case Metric::satisfaction_sd:
        return engine::estimate_spread(sums, tally_.histograms[kSatisfactionHistogram], source.unit);
      case Metric::nps: return within(engine::estimate(sums, source.unit, source.shape), -100, 100);
      case Metric::score:
      case Metric::satisfaction: return within(engine::estimate(sums, source.unit, source.shape), 0, 10);
      default: return engine::estimate(sums, source.unit, source.shape);
    }
  }

  RatioSums score_sums(std::uint32_t score) const { return engine::mean_sums(tally_.agents, tally_.scores[score]); }

  RatioSums site_sums(std::uint32_t s, SiteMetric m) const {
    const engine::SiteTally& site = tally_.sites[s];
    if (m == SiteMetric::visits) return engine::ratio_sums(tally_.units, tally_.unit_sizes, site.visits);
    if (m == SiteMetric::reach) return engine::mean_sums(tally_.agents, binary(site.reached));
    return engine::ratio_sums(site.units, site.visits.a, site.measures[static_cast<std::size_t>(source_of(m).sum)]);
  }

  RatioSums mark_sums(std::uint32_t s, std::uint32_t slot) const {
    return engine::ratio_sums(tally_.sites[s].units, tally_.sites[s].visits.a, tally_.marks[slot]);
  }

  RatioSums flow_sums(std::uint32_t slot) const {
    return engine::ratio_sums(tally_.units, tally_.unit_sizes, tally_.flows[slot]);
  }

  SiteFigures touchpoint(std::uint32_t node) const {
    return detail::touchpoint_figures(atlas_.layout.nodes[node], [this](std::uint32_t s) { return site(s); });
  }

 private:
  Figure share(std::uint32_t score, Shape shape) const {
    return figure(engine::estimate(score_sums(score), kPerNano, shape));
  }

  SiteFigures site(std::uint32_t s) const {
    SiteFigures figures;
    for (std::size_t m = 0; m < kSiteMetrics; ++m) {
      const auto metric = static_cast<SiteMetric>(m);
      figures.metrics[m] =
          figure(engine::estimate(site_sums(s, metric), source_of(metric).unit, source_of(metric).shape));
    }
    const engine::Site& at = atlas_.layout.sites[s];
    const engine::NodeLayout& node = atlas_.layout.nodes[at.node];
    for (std::uint32_t i = 0; i < node.marks.size(); ++i) {
      figures.pains.emplace_back(node.marks[i],
                                 figure(engine::estimate(mark_sums(s, at.first_mark + i), 1.0, Shape::binary_share)));
    }
    for (std::uint32_t i = 0; i < node.targets.size(); ++i) {
      figures.flow.emplace_back(node.targets[i],
                                figure(engine::estimate(flow_sums(at.first_flow + i), 1.0, Shape::real)));
    }
    return figures;
  }

  const Atlas& atlas_;
  const GroupTally& tally_;
};

/// The differences between two cases, for one part of the population.
class PairFigures {
 public:
  /// movers1, movers2: this part's agents that belong to another part in the other case, as base and as scenario.
  PairFigures(const Atlas& atlas, const GroupTally& base, const GroupTally& scenario, const GroupCross& cross,
              const GroupTally* movers1, const GroupTally* movers2)
      : atlas_(atlas),
        base_(atlas, base),
        scenario_(atlas, scenario),
        cross_(cross),
        movers1_(movers1),
        movers2_(movers2) {}

  Summary summary(std::uint64_t agents) const {
    Summary s;
    s.agents = agents;
    for (std::size_t m = 0; m < kMetrics; ++m) {
      const auto metric = static_cast<Metric>(m);
      s.metrics[m] = difference_figure(difference(metric), info(metric).better);
    }
    for (std::uint32_t k = 0; k < 11; ++k) s.scores[k] = share(score::answer_0 + k, Better::neutral);
    std::uint32_t at = score::fixed_count;
    for (std::uint32_t i = 0; i < atlas_.outcomes.size(); ++i) s.outcomes.push_back(share(at++, Better::neutral));
    for (std::uint32_t i = 0; i < atlas_.goals.size(); ++i) s.goals.push_back(share(at++, Better::more));
    for (std::uint32_t i = 0; i < atlas_.pains.size(); ++i) {
      PainFigures pain;
      pain.open = share(at + i, Better::less);
      pain.met = difference_figure(score_difference(at + atlas_.pains.size() + i, 1.0), Better::less);
      s.pains.push_back(pain);
    }
    return s;
  }

  SiteFigures touchpoint(std::uint32_t node) const {
    return detail::touchpoint_figures(atlas_.layout.nodes[node], [this](std::uint32_t s) { return site(s); });
  }

  engine::Estimate difference(Metric metric) const {
    switch (metric) {
      case Metric::elapsed_hours_p50:
      case Metric::elapsed_hours_p90:
      case Metric::elapsed_hours_sd:
      case Metric::satisfaction_sd: return engine::unpaired_difference(base_.metric(metric), scenario_.metric(metric));
      default: return score_difference(source_of(metric).score, source_of(metric).unit);
    }
  }

 private:
  /// Products with a per-agent total over the agents of this part in both cases. What the stayers sum to is what all
  /// sum to less the movers.
  CrossSums per_agent(const engine::WideSum& product, engine::Sum all1, engine::Sum all2, engine::Sum moved1,
                      engine::Sum moved2) const {
    CrossSums sums;
    sums.a1a2 = product;
    sums.a1b2.add(all1 - moved1);
    sums.b1a2.add(all2 - moved2);
    sums.b1b2.add(static_cast<engine::Sum>(cross_.agents));
    return sums;
  }

  engine::Estimate score_difference(std::uint32_t score, double unit) const {
    const RatioSums sums1 = base_.score_sums(score);
    const RatioSums sums2 = scenario_.score_sums(score);
    const CrossSums cross =
        per_agent(cross_.scores[score], sums1.a, sums2.a, movers1_ ? movers1_->scores[score].sum : 0,
                  movers2_ ? movers2_->scores[score].sum : 0);
    return engine::estimate_difference(sums1, sums2, cross, unit);
  }

  Figure share(std::uint32_t score, Better better) const {
    return difference_figure(score_difference(score, kPerNano), better);
  }

  engine::Estimate site_difference(std::uint32_t s, SiteMetric m) const {
    const RatioSums sums1 = base_.site_sums(s, m);
    const RatioSums sums2 = scenario_.site_sums(s, m);
    const engine::SiteCross& products = cross_.sites[s];
    CrossSums cross;
    if (m == SiteMetric::visits) {
      cross = {products.visits, products.visits_sizes, products.sizes_visits, cross_.unit_sizes};
    } else if (m == SiteMetric::reach) {
      engine::WideSum both;
      both.add(static_cast<engine::Sum>(products.reached_both));
      cross = per_agent(both, sums1.a, sums2.a, movers1_ ? static_cast<engine::Sum>(movers1_->sites[s].reached) : 0,
                        movers2_ ? static_cast<engine::Sum>(movers2_->sites[s].reached) : 0);
    } else {
      cross = per_visit(products.measures[static_cast<std::size_t>(source_of(m).sum)], products.visits);
    }
    return engine::estimate_difference(sums1, sums2, cross, source_of(m).unit);
  }

  static CrossSums per_visit(const engine::CrossMoments& products, const engine::WideSum& denominators) {
    return {products.a1a2, products.a1b2, products.b1a2, denominators};
  }

  SiteFigures site(std::uint32_t s) const {
    SiteFigures figures;
    for (std::size_t m = 0; m < kSiteMetrics; ++m) {
      const auto metric = static_cast<SiteMetric>(m);
      figures.metrics[m] = difference_figure(site_difference(s, metric), info(metric).better);
    }
    const engine::Site& at = atlas_.layout.sites[s];
    const engine::NodeLayout& node = atlas_.layout.nodes[at.node];
    for (std::uint32_t i = 0; i < node.marks.size(); ++i) {
      const std::uint32_t slot = at.first_mark + i;
      const CrossSums cross = per_visit(cross_.marks[slot], cross_.sites[s].visits);
      figures.pains.emplace_back(
          node.marks[i], difference_figure(engine::estimate_difference(base_.mark_sums(s, slot),
                                                                       scenario_.mark_sums(s, slot), cross, 1.0),
                                           Better::less));
    }
    for (std::uint32_t i = 0; i < node.targets.size(); ++i) {
      const std::uint32_t slot = at.first_flow + i;
      const RatioSums sums1 = base_.flow_sums(slot);
      const RatioSums sums2 = scenario_.flow_sums(slot);
      const CrossSums cross = per_visit(cross_.flows[slot], cross_.unit_sizes);
      figures.flow.emplace_back(
          node.targets[i], difference_figure(engine::estimate_difference(sums1, sums2, cross, 1.0), Better::neutral));
    }
    return figures;
  }

  const Atlas& atlas_;
  CaseFigures base_;
  CaseFigures scenario_;
  const GroupCross& cross_;
  const GroupTally* movers1_;
  const GroupTally* movers2_;
};

/// Shares of the personas in a case, by the atlas' numbers.
std::vector<double> persona_shares(const JourneyTables& tables) {
  std::vector<double> shares(tables.personas.size(), 0.0);
  double below = 0;
  for (const auto& [cumulated, group] : tables.shares) {
    shares[group] = (cumulated - below) / tables.shares.back().first;
    below = cumulated;
  }
  return shares;
}

/// An answer that few agents changed, or none so far, may be changed by more: what those could move NPS by, in points, is
/// the least that the half-width of a difference can be, equation (15). An agent moves it by 200 at most; how many more there may be is
/// Wilson's upper limit of the share. From 10 movers on their own spread tells enough.
double unseen_half_width(std::uint64_t movers, std::uint64_t agents) {
  constexpr std::uint64_t kTellEnough = 10;
  if (movers >= kTellEnough || agents == 0) return 0;
  const auto n = static_cast<double>(agents);
  const double share = static_cast<double>(movers) / n;
  return 200 * (engine::wilson(share, n, engine::kZ95).second - share);
}

void admit_the_unseen(Figure& nps, std::uint64_t movers, std::uint64_t agents) {
  const double half_width = unseen_half_width(movers, agents);
  nps.lo = std::min(nps.lo, nps.estimate - half_width);
  nps.hi = std::max(nps.hi, nps.estimate + half_width);
}

}  // namespace

Figure figure(const engine::Estimate& estimate) {
  Figure f;
  f.estimate = estimate.value;
  f.se = estimate.se;
  f.lo = estimate.lo;
  f.hi = estimate.hi;
  return f;
}

std::optional<MetricSource> mean_source(Metric metric) {
  switch (metric) {
    case Metric::elapsed_hours_p50:
    case Metric::elapsed_hours_p90:
    case Metric::elapsed_hours_sd:
    case Metric::satisfaction_sd: return std::nullopt;
    default: return MetricSource{source_of(metric).score, source_of(metric).unit, source_of(metric).shape};
  }
}

double p_better(double difference, double se, Better better) {
  if (better == Better::neutral || se != se) return kNone;
  const double gain = better == Better::more ? difference : -difference;
  if (se > 0) return engine::normal_cdf(gain / se);
  return gain > 0 ? 1.0 : (gain < 0 ? 0.0 : 0.5);
}

Figures figures_of(const Experiment& experiment, const engine::Tallies& tallies, std::size_t i) {
  const Atlas& atlas = experiment.atlas();
  const auto shares = persona_shares(experiment.customer(i).tables());
  Figures figures;
  const GroupTally pooled = tallies.cases[i].pooled();
  const CaseFigures all(atlas, pooled);
  figures.overall = all.summary();
  figures.overall.share = 1;
  for (std::uint32_t t = 0; t < atlas.touchpoints.size(); ++t) figures.touchpoints.push_back(all.touchpoint(t));
  for (std::uint32_t p = 0; p < atlas.personas.size(); ++p) {
    const CaseFigures persona(atlas, tallies.cases[i].groups()[p]);
    figures.personas.push_back(persona.summary());
    figures.personas.back().share = shares[p];
    auto& touchpoints = figures.by_persona.emplace_back();
    for (std::uint32_t t = 0; t < atlas.touchpoints.size(); ++t) touchpoints.push_back(persona.touchpoint(t));
  }
  if (experiment.estimates() == Estimates::controlled) control_figures(experiment, tallies, i, figures);
  return figures;
}

Figures differences_of(const Experiment& experiment, const engine::Tallies& tallies, std::size_t i) {
  const Atlas& atlas = experiment.atlas();
  const engine::PairTally& pair = tallies.pairs[i];
  Figures figures;
  const GroupTally base = tallies.cases[0].pooled();
  const GroupTally scenario = tallies.cases[i + 1].pooled();
  const GroupCross cross = pair.pooled();
  const PairFigures all(atlas, base, scenario, cross, nullptr, nullptr);
  figures.overall = all.summary(base.agents);
  for (std::uint32_t t = 0; t < atlas.touchpoints.size(); ++t) figures.touchpoints.push_back(all.touchpoint(t));
  for (std::uint32_t p = 0; p < atlas.personas.size(); ++p) {
    const auto part = [p](const engine::Tally* movers) { return movers ? &movers->groups()[p] : nullptr; };
    const PairFigures persona(atlas, tallies.cases[0].groups()[p], tallies.cases[i + 1].groups()[p], pair.groups()[p],
                              part(pair.movers_in_base()), part(pair.movers_in_scenario()));
    figures.personas.push_back(persona.summary(tallies.cases[0].groups()[p].agents));
    auto& touchpoints = figures.by_persona.emplace_back();
    for (std::uint32_t t = 0; t < atlas.touchpoints.size(); ++t) touchpoints.push_back(persona.touchpoint(t));
  }
  if (experiment.estimates() == Estimates::controlled) control_differences(experiment, tallies, i, figures);
  admit_the_unseen(figures.overall[Metric::nps], tallies.headline_movers[i], tallies.agents);
  if (tallies.headline_movers[i] == 0) {
    for (Summary& persona : figures.personas) admit_the_unseen(persona[Metric::nps], 0, persona.agents);
  }
  return figures;
}

double widest_nps_half_width(const Experiment& experiment, const engine::Tallies& tallies) {
  const Atlas& atlas = experiment.atlas();
  double widest = 0;
  if (experiment.estimates() == Estimates::controlled) {
    const auto look = [&](std::optional<std::size_t> scenario) {
      const Figure nps = controlled_nps(experiment, tallies, scenario);
      widest = std::max(widest, (nps.hi - nps.lo) / 2);
    };
    if (tallies.pairs.empty()) look(std::nullopt);
    for (std::size_t i = 0; i < tallies.pairs.size(); ++i) {
      look(i);
      widest = std::max(widest, unseen_half_width(tallies.headline_movers[i], tallies.agents));
    }
    return widest;
  }
  const GroupTally base = tallies.cases[0].pooled();
  if (tallies.pairs.empty()) {
    const engine::Estimate nps = CaseFigures(atlas, base).metric(Metric::nps);
    widest = (nps.hi - nps.lo) / 2;
  }
  for (std::size_t i = 0; i < tallies.pairs.size(); ++i) {
    const GroupTally scenario = tallies.cases[i + 1].pooled();
    const GroupCross cross = tallies.pairs[i].pooled();
    const engine::Estimate nps = PairFigures(atlas, base, scenario, cross, nullptr, nullptr).difference(Metric::nps);
    widest = std::max({widest, (nps.hi - nps.lo) / 2, unseen_half_width(tallies.headline_movers[i], tallies.agents)});
  }
  return widest;
}

}  // namespace sojourn::models
