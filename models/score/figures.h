#pragma once
// Tallies made into the figures that are reported.

#include "engine/tally/estimate.h"
#include "models/score/experiment.h"
#include "models/score/result.h"

namespace sojourn::models {

/// Where a mean per agent comes from: a score, in which unit, and the form of its interval.
struct MetricSource {
  std::uint32_t score;
  double unit;
  engine::Shape shape;
};
/// Empty for a quantile or a spread.
std::optional<MetricSource> mean_source(Metric metric);

/// An estimate as it is reported; what only differences have is kNone.
Figure figure(const engine::Estimate& estimate);

/// The probability that a difference is in the better direction; kNone where there is none.
double p_better(double difference, double se, Better better);

/// All figures of case i (0 is the base).
Figures figures_of(const Experiment& experiment, const engine::Tallies& tallies, std::size_t i);

/// All differences of scenario i (counted from 0) less the base, paired agent by agent, with p_better. Quantiles and spreads
/// have errors as if unpaired, which is too wide, never too narrow.
Figures differences_of(const Experiment& experiment, const engine::Tallies& tallies, std::size_t i);

/// 95 % half-width of the NPS of the base (no scenarios) or the largest of all NPS differences, in points.
double widest_nps_half_width(const Experiment& experiment, const engine::Tallies& tallies);

}  // namespace sojourn::models
