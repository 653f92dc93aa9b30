#include "models/score/comparison.h"

#include "engine/base/contract.h"
#include "engine/random/normal.h"
#include "engine/tally/estimate.h"
#include "engine/tally/interval.h"
#include "models/behaviour/scores.h"
#include "models/score/controlled.h"
#include "models/score/figures.h"
#include "models/score/verdict.h"

#include <algorithm>
#include <cmath>

namespace sojourn::models {
namespace {

using engine::Shape;

Figure mean_figure(std::uint64_t agents, const engine::Moments& moments, double unit, Shape shape) {
  return figure(engine::estimate(engine::mean_sums(agents, moments), unit, shape));
}

/// How much wider an interval is that holds for all scenarios, of `agents` customers: never narrower than the plain one.
double widening(double critical, std::uint64_t agents) {
  const auto degrees = static_cast<double>(std::max<std::uint64_t>(2, agents) - 1);
  return std::max(1.0, engine::student_t(critical, degrees) / engine::student_t(engine::kZ95, degrees));
}

void adjust(Figure& f, double wider) {
  f.adjusted_lo = f.lo - (wider - 1) * (f.estimate - f.lo);
  f.adjusted_hi = f.hi + (wider - 1) * (f.hi - f.estimate);
}

void adjust(Summary& summary, double wider) {
  for (Figure& f : summary.metrics) adjust(f, wider);
  for (Figure& f : summary.scores) adjust(f, wider);
  for (Figure& f : summary.outcomes) adjust(f, wider);
  for (Figure& f : summary.goals) adjust(f, wider);
  for (PainFigures& pain : summary.pains) {
    adjust(pain.met, wider);
    adjust(pain.open, wider);
  }
}

void adjust(SiteFigures& site, double wider) {
  for (Figure& f : site.metrics) adjust(f, wider);
  for (auto& [pain, f] : site.pains) adjust(f, wider);
  for (auto& [target, f] : site.flow) adjust(f, wider);
  for (auto& [channel, figures] : site.channels) adjust(figures, wider);
}

void adjust(Figures& figures, double critical) {
  const double wider = widening(critical, figures.overall.agents);
  adjust(figures.overall, wider);
  for (SiteFigures& site : figures.touchpoints) adjust(site, wider);
  for (std::size_t p = 0; p < figures.personas.size(); ++p) {
    const double wider_still = widening(critical, figures.personas[p].agents);
    adjust(figures.personas[p], wider_still);
    for (SiteFigures& site : figures.by_persona[p]) adjust(site, wider_still);
  }
}

/// The critical value that holds for the NPS differences of all scenarios together.
double nps_critical(const engine::Tallies& tallies) {
  const std::size_t k = tallies.pairs.size();
  const auto covariance = [&](std::size_t i, std::size_t j) {
    return engine::covariance(tallies.agents, tallies.headline_changes[i], tallies.headline_changes[j],
                              tallies.headline_products[i * k + j]);
  };
  std::vector<double> correlations(k * k, 0.0);
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < k; ++j) {
      const double scale = std::sqrt(covariance(i, i) * covariance(j, j));
      correlations[i * k + j] = i == j ? 1.0 : (scale > 0 ? covariance(i, j) / scale : 0.0);
    }
  }
  return engine::max_t_critical(correlations, k);
}

bool uses_money(const Experiment& experiment, const Comparison& comparison) {
  if (comparison.cost_once != 0 || comparison.cost_per_journey != 0) return true;
  for (std::size_t i = 0; i < experiment.case_count(); ++i) {
    for (const PersonaTables& persona : experiment.customer(i).tables().personas) {
      for (const WayRow& way : persona.ways) {
        if (way.cost != 0) return true;
      }
      for (const double value : persona.exit_value) {
        if (value != 0) return true;
      }
    }
  }
  return false;
}

/// Net gain per journey after the scenario's running cost, and the journeys after which it has paid for itself.
void reckon_money(const Experiment& experiment, Comparison& comparison) {
  if (!uses_money(experiment, comparison)) return;
  const Figure& net = comparison.difference.overall[Metric::net];
  Figure& gain = comparison.net_gain;
  gain.estimate = net.estimate - comparison.cost_per_journey;
  gain.se = net.se;
  gain.lo = net.lo - comparison.cost_per_journey;
  gain.hi = net.hi - comparison.cost_per_journey;
  if (!(gain.estimate > 0) || !(comparison.cost_once > 0)) return;
  Figure& break_even = comparison.break_even_journeys;
  break_even.estimate = comparison.cost_once / gain.estimate;
  break_even.se = break_even.estimate * gain.se / gain.estimate;  // first order
  break_even.lo = comparison.cost_once / gain.hi;
  if (gain.lo > 0) break_even.hi = comparison.cost_once / gain.lo;  // else it may never pay back
}

}  // namespace

std::vector<Comparison> compare(const Experiment& experiment, const engine::Tallies& tallies,
                                const std::vector<ScenarioStamp>& stamps, double matters) {
  const std::size_t scenarios = tallies.pairs.size();
  SOJOURN_EXPECT(stamps.size() == scenarios, "one stamp a scenario");
  const Figures base = figures_of(experiment, tallies, 0);
  const double for_all = engine::normal_quantile(1 - 0.025 / static_cast<double>(std::max<std::size_t>(1, scenarios)));
  // What correlations controls leave between the differences is not tallied: then Bonferroni's, which needs none.
  const bool controlled = experiment.estimates() == Estimates::controlled;
  const double for_all_nps = controlled ? for_all : nps_critical(tallies);
  std::vector<Comparison> comparisons;
  for (std::size_t i = 0; i < scenarios; ++i) {
    const engine::PairTally& pair = tallies.pairs[i];
    Comparison c;
    c.scenario = stamps[i].file;
    c.because = stamps[i].because;
    c.result = figures_of(experiment, tallies, i + 1);
    c.difference = differences_of(experiment, tallies, i);
    for (const engine::Moments& moments : pair.by_first_change()) {
      c.by_first_change.push_back(mean_figure(tallies.agents, moments, 1e-9, Shape::real));
    }
    if (controlled) c.by_first_change = controlled_first_changes(experiment, tallies, i);
    adjust(c.difference, for_all);  // Bonferroni over the scenarios, each figure for itself ...
    adjust(c.difference.overall[Metric::nps], widening(for_all_nps, tallies.agents));  // ... and max-t for the headline
    for (std::uint32_t f = 0; f < 9; ++f) {
      c.flips[f / 3][f % 3] = mean_figure(tallies.agents, pair.pair_scores()[f], 1e-9, Shape::bounded_share);
    }
    engine::Moments changed;
    changed.sum = static_cast<engine::Sum>(pair.changed());
    changed.squares.add(changed.sum);
    c.agents_changed = mean_figure(tallies.agents, changed, 1.0, Shape::binary_share);
    const double paired = c.difference.overall[Metric::nps].se;
    const double se_base = base.overall[Metric::nps].se;
    const double se_scenario = c.result.overall[Metric::nps].se;
    if (paired > 0) c.variance_ratio = (se_base * se_base + se_scenario * se_scenario) / (paired * paired);
    c.cost_once = experiment.case_of(i + 1).cost_once;
    c.cost_per_journey = experiment.case_of(i + 1).cost_per_journey;
    reckon_money(experiment, c);
    c.verdict = verdict_of(c, matters);
    c.sentence =
        verdict_sentence(c, base, experiment.names(), experiment.case_of(0).views.views.front().money, matters);
    comparisons.push_back(std::move(c));
  }
  return comparisons;
}

}  // namespace sojourn::models
