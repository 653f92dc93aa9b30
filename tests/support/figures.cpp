#include "tests/support/figures.h"

#include "models/score/comparison.h"
#include "models/score/figures.h"
#include "tests/support/sweep.h"
#include "tests/support/walked.h"

#include <fmt/format.h>

namespace sojourn::tests {
namespace {

using models::Figure;

class Collector {
 public:
  explicit Collector(const models::Names& names) : names_(names) {}

  void summary(const std::string& at, const models::Summary& summary) {
    add(at + "agents", {.estimate = static_cast<double>(summary.agents)});
    add(at + "share", {.estimate = summary.share});
    for (std::size_t m = 0; m < models::kMetrics; ++m)
      add(at + std::string(models::kMetricInfo[m].name), summary.metrics[m]);
    for (std::size_t k = 0; k < summary.scores.size(); ++k) add(at + "scores." + std::to_string(k), summary.scores[k]);
    for (std::size_t i = 0; i < summary.outcomes.size(); ++i)
      add(at + "outcomes." + names_.outcomes[i].id, summary.outcomes[i]);
    for (std::size_t i = 0; i < summary.goals.size(); ++i) add(at + "goals." + names_.goals[i].id, summary.goals[i]);
    for (std::size_t i = 0; i < summary.pains.size(); ++i) {
      add(at + "pains." + names_.pains[i].id + ".met", summary.pains[i].met);
      add(at + "pains." + names_.pains[i].id + ".open", summary.pains[i].open);
    }
  }

  void touchpoints(const std::string& at, const std::vector<models::SiteFigures>& touchpoints) {
    for (std::size_t t = 0; t < touchpoints.size(); ++t) site(at + names_.touchpoints[t].id + ".", t, touchpoints[t]);
  }

  void add(const std::string& address, const Figure& figure) { all_[address] = figure; }
  FiguresByAddress take() { return std::move(all_); }

 private:
  void site(const std::string& at, std::size_t touchpoint, const models::SiteFigures& site) {
    for (std::size_t m = 0; m < models::kSiteMetrics; ++m)
      add(at + std::string(models::kSiteMetricInfo[m].name), site.metrics[m]);
    for (const auto& [pain, figure] : site.pains) add(at + "pains." + names_.pains[pain].id, figure);
    for (const auto& [target, figure] : site.flow) add(at + "flow." + names_.target(target), figure);
    for (const auto& [channel, figures] : site.channels) {
      this->site(at + "channels." + names_.touchpoints[touchpoint].channels[channel].id + ".", touchpoint, figures);
    }
  }

  const models::Names& names_;
  FiguresByAddress all_;
};

void put(FiguresByAddress& all, const std::string& prefix, FiguresByAddress some) {
  for (auto& [address, figure] : some) all[prefix + address] = figure;
}

}  // namespace

FiguresByAddress by_address(const models::Figures& figures, const models::Names& names) {
  Collector collector(names);
  collector.summary("overall.", figures.overall);
  collector.touchpoints("touchpoints.", figures.touchpoints);
  for (std::size_t p = 0; p < figures.personas.size(); ++p) {
    const std::string at = "personas." + names.personas[p].id + ".";
    collector.summary(at, figures.personas[p]);
    collector.touchpoints(at + "touchpoints.", figures.by_persona[p]);
  }
  return collector.take();
}

FiguresByAddress by_address(const models::Comparison& comparison, const models::Names& names) {
  Collector collector(names);
  collector.add("agents_changed", comparison.agents_changed);
  collector.add("net_gain", comparison.net_gain);
  collector.add("break_even_journeys", comparison.break_even_journeys);
  collector.add("variance_ratio", {.estimate = comparison.variance_ratio});
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) collector.add(fmt::format("flips.{}.{}", i, j), comparison.flips[i][j]);
  }
  for (std::size_t t = 0; t < comparison.by_first_change.size(); ++t) {
    const std::string at = t < names.touchpoints.size() ? names.touchpoints[t].id : "end";
    collector.add("by_first_change." + at, comparison.by_first_change[t]);
  }
  return collector.take();
}

FiguresByAddress all_figures(const models::Experiment& experiment, const engine::Tallies& tallies) {
  const models::Names& names = experiment.names();
  FiguresByAddress all;
  put(all, "0.", by_address(models::figures_of(experiment, tallies, 0), names));
  const std::vector<models::ScenarioStamp> stamps(experiment.case_count() - 1);
  const auto comparisons = models::compare(experiment, tallies, stamps, 0.5);
  for (std::size_t i = 0; i < comparisons.size(); ++i) {
    const std::string at = std::to_string(i + 1) + ".";
    put(all, at, by_address(comparisons[i].result, names));
    put(all, at + "difference.", by_address(comparisons[i].difference, names));
    put(all, at, by_address(comparisons[i], names));
  }
  return all;
}

FiguresByAddress all_figures(const models::Experiment& experiment, const models::RunPlan& plan) {
  return all_figures(experiment, *experiment.run(plan));
}

FiguresByAddress all_figures(const models::Experiment& experiment, std::uint64_t agents, std::uint64_t seed) {
  models::RunPlan plan;
  plan.agents = agents;
  plan.seed = swept(seed);
  return all_figures(experiment, plan);
}

std::string difference(const FiguresByAddress& a, const FiguresByAddress& b) {
  for (const auto& [address, figure] : a) {
    const auto other = b.find(address);
    if (other == b.end()) return address + " is in one only";
    const auto differs = [&address = address](const char* part, double x, double y) {
      return same_bits(x, y) ? "" : fmt::format("{} {}: {} and {}", address, part, x, y);
    };
    const Figure& o = other->second;
    for (const std::string& text :
         {differs("estimate", figure.estimate, o.estimate), differs("se", figure.se, o.se),
          differs("lo", figure.lo, o.lo), differs("hi", figure.hi, o.hi),
          differs("p_better", figure.p_better, o.p_better), differs("adjusted_lo", figure.adjusted_lo, o.adjusted_lo),
          differs("adjusted_hi", figure.adjusted_hi, o.adjusted_hi)}) {
      if (!text.empty()) return text;
    }
  }
  for (const auto& [address, figure] : b) {
    if (!a.contains(address)) return address + " is in one only";
  }
  return "";
}

}  // namespace sojourn::tests
