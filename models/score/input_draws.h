#pragma once
// Values for the inputs that are not known exactly, draw by draw.

#include "engine/study/scrambled_points.h"
#include "models/behaviour/quantiles.h"
#include "models/journey/uncertain.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::models {

/// The value of one entry of an `uncertain:` section in any draw. One address is one unknown, wherever it is drawn: its
/// luck is that of (seed, replicate, address, draw). What lies outside of the address' range is cut off: the draw is taken
/// from the part of the distribution that is inside, at the same quantile of that part.
class InputDraw {
 public:
  /// Throws InputError where nothing of the distribution is inside the range.
  InputDraw(const Uncertain& uncertain, std::uint64_t seed, std::uint32_t replicate, Quantiles& quantiles);

  /// Of draw 0, 1, ...; times in milliseconds.
  double value(std::uint32_t draw) const;
  /// Where in the part inside the draw lies: a normal score, by which inputs of any distribution can be compared.
  double normal_score(std::uint32_t draw) const;
  /// How much of the distribution is cut off.
  double share_outside() const { return share_outside_; }

 private:
  double at(std::uint32_t word) const;

  engine::ScrambledPoints points_;
  engine::Quantile quantile_;
  double factor_;
  Range range_;
  std::uint32_t first_ = 0;  // words of the part inside
  std::uint32_t last_ = 0;
  double share_outside_ = 0;
};

}  // namespace sojourn::models
