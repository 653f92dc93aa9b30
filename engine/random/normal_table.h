#pragma once
// The standard normal quantile as a table of cubics: what normal_quantile() computes, to 3e-8, at a fifth of the cost.

#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

namespace sojourn::engine {

/// Each octave of the smaller tail (1/2 to 2^-33) is cut into 32 pieces; in each stands the cubic that meets the quantile
/// and its slope at both ends. Monotone; odd about u = 1/2.
class NormalTable {
 public:
  NormalTable();

  /// 2^-33 <= u <= 1 - 2^-33, which is where 32-bit uniforms lie.
  double operator()(double u) const {
    const double from_middle = u - 0.5;
    const double tail = 0.5 - std::fabs(from_middle);  // exact: 32-bit uniforms have 33 bits
    const auto bits = std::bit_cast<std::uint64_t>(tail);
    const double* c = pieces_.data() + 4 * ((bits >> kPieceShift) - kFirstPiece);
    // What the index leaves of the mantissa, as a number from 0 to 1.
    constexpr std::uint64_t kOne = std::uint64_t{1023} << 52;
    const double t = std::bit_cast<double>(((bits << kSubBits) & 0x000f'ffff'ffff'ffffU) | kOne) - 1.0;
    const double z = c[0] + t * (c[1] + t * (c[2] + t * c[3]));
    return std::copysign(z, from_middle);
  }

 private:
  static constexpr int kSubBits = 5;
  static constexpr int kPieceShift = 52 - kSubBits;
  static constexpr int kOctaves = 33;  // 2^-33 .. 2^-1
  static constexpr std::uint64_t kFirstPiece = std::uint64_t{1023 - kOctaves} << kSubBits;

  std::vector<double> pieces_;  // [piece][4]
};

}  // namespace sojourn::engine
