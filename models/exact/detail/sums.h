#pragma once
// What a persona's journeys come to per agent: sums in the shape of a tally, which add up over personas by their shares.

#include "engine/tally/layout.h"
#include "models/exact/detail/known.h"
#include "models/score/metrics.h"

#include <array>
#include <vector>

namespace sojourn::models::exact {

/// Of a touchpoint or of one of its ways, per agent. [SiteMetric]: visits and reach as they are, the others summed over
/// visits, to be divided by them.
struct SiteSums {
  std::array<Known, kSiteMetrics> metrics;
  std::vector<Known> marks;  // [mark of the node] pains met
  std::vector<Known> flows;  // [target of the node]

  Known& operator[](SiteMetric metric) { return metrics[static_cast<std::size_t>(metric)]; }
  const Known& operator[](SiteMetric metric) const { return metrics[static_cast<std::size_t>(metric)]; }
};

struct JourneySums {
  std::array<Known, kMetrics> metrics;  // [Metric] means; quantiles and spreads are not among them
  Known elapsed_square;                 // hours^2
  Known satisfaction_square;
  std::array<Known, 11> scores;
  std::vector<Known> outcomes, goals, met, open;
  std::vector<SiteSums> sites;  // [site of the layout]

  JourneySums() = default;
  JourneySums(const engine::Layout& layout, std::size_t outcomes, std::size_t goals, std::size_t pains);

  Known& operator[](Metric metric) { return metrics[static_cast<std::size_t>(metric)]; }
  const Known& operator[](Metric metric) const { return metrics[static_cast<std::size_t>(metric)]; }

  void add(const JourneySums& other, double share);
  /// Nothing is known.
  void spoil(std::int32_t why);
  /// Calls `f` with every number, and with the same number of `other`.
  template <class F>
  void each(JourneySums& other, F f) {
    for (std::size_t i = 0; i < kMetrics; ++i) f(metrics[i], other.metrics[i]);
    f(elapsed_square, other.elapsed_square);
    f(satisfaction_square, other.satisfaction_square);
    for (std::size_t i = 0; i < scores.size(); ++i) f(scores[i], other.scores[i]);
    for (const auto list : {&JourneySums::outcomes, &JourneySums::goals, &JourneySums::met, &JourneySums::open}) {
      for (std::size_t i = 0; i < (this->*list).size(); ++i) f((this->*list)[i], (other.*list)[i]);
    }
    for (std::size_t s = 0; s < sites.size(); ++s) {
      SiteSums& here = sites[s];
      SiteSums& there = other.sites[s];
      for (std::size_t i = 0; i < kSiteMetrics; ++i) f(here.metrics[i], there.metrics[i]);
      for (std::size_t i = 0; i < here.marks.size(); ++i) f(here.marks[i], there.marks[i]);
      for (std::size_t i = 0; i < here.flows.size(); ++i) f(here.flows[i], there.flows[i]);
    }
  }
};

}  // namespace sojourn::models::exact
