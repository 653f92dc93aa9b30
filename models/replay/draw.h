#pragma once
// A drawn quantity whose distribution's numbers move while its luck stays.

#include "engine/base/math.h"
#include "models/behaviour/quantiles.h"
#include "models/journey/distribution.h"

#include <array>
#include <vector>

namespace sojourn::models {

/// A beta's draw by its normal score, and how it moves with the mean: one row of BetaByMean.
class BetaRow {
 public:
  struct Draw {
    double value = 0;    // points
    double by_mean = 0;  // d value / d mean
  };
  Draw draw(double z) const;

 private:
  friend class BetaByMean;
  static constexpr std::size_t kScores = 209;
  std::array<double, kScores> value_{}, by_mean_{};
};

/// Quantile functions of betas with one width and any mean in an interval, between which is interpolated (cubic, in the mean and in the
/// normal score): a beta has no quantile in closed form, and making a table of one for each place of a search takes too long. Off by
/// less than 1e-3 points where the beta has a mode inside.
class BetaByMean {
 public:
  /// Points of the 0..10 scale; 0 < low < high < 10, and sd^2 < mean (10 - mean) at both.
  BetaByMean(double low, double high, double sd);
  bool holds(double mean) const { return mean >= low_ && mean <= low_ + step_ * (kMeans - 1); }
  /// Outside of the interval, that of its nearer end.
  BetaRow at(double mean) const;

 private:
  static constexpr int kMeans = 33;
  double low_, step_;
  std::vector<double> nodes_;  // [mean][score]
};

}  // namespace sojourn::models
