#pragma once
// Values for the inputs that are not known exactly, draw by draw.

#include "engine/study/scrambled_points.h"
#include "models/behaviour/quantiles.h"
#include "models/journey/uncertain.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::models {

/// What an input can be: its distribution as far as it lies inside the address' range, at the same quantile of that part.
class InputQuantile {
 public:
  /// Throws InputError where nothing of the distribution is inside the range.
  InputQuantile(const Uncertain& uncertain, Quantiles& quantiles);

  /// At the quantile (word + 1/2) / 2^32 of the part inside; times in milliseconds.
  double value(std::uint32_t word) const;
  /// How much of the distribution is cut off.
  double share_outside() const { return share_outside_; }

 private:
  double at(std::uint32_t word) const;

  engine::Quantile quantile_;
  double factor_;
  Range range_;
  std::uint32_t first_ = 0;  // words of the part inside
  std::uint32_t last_ = 0;
  double share_outside_ = 0;
};

/// The value of one entry of an `uncertain:` section in any draw. One address is one unknown, wherever it is drawn: its
/// luck is that of (seed, replicate, address, draw).
class InputDraw {
 public:
  /// Throws InputError where nothing of the distribution is inside the range.
  InputDraw(const Uncertain& uncertain, std::uint64_t seed, std::uint32_t replicate, Quantiles& quantiles);

  /// Of draw 0, 1, ...; times in milliseconds.
  double value(std::uint32_t draw) const { return quantile_.value(points_.word(draw)); }
  /// Where in the part inside the draw lies: a normal score, by which inputs of any distribution can be compared.
  double normal_score(std::uint32_t draw) const;
  /// How much of the distribution is cut off.
  double share_outside() const { return quantile_.share_outside(); }

 private:
  engine::ScrambledPoints points_;
  InputQuantile quantile_;
};

}  // namespace sojourn::models
