#include "engine/random/normal_table.h"

#include "engine/base/math.h"
#include "engine/random/normal.h"

namespace sojourn::engine {
namespace {

/// dz/du = 1 / phi(z).
double slope(double z) {
  constexpr double kRootTwoPi = 2.5066282746310005024;
  return kRootTwoPi * exp(0.5 * z * z);
}

}  // namespace

NormalTable::NormalTable() {
  const std::uint64_t pieces = (std::uint64_t{kOctaves} << kSubBits) + 1;  // the last one begins at 1/2
  pieces_.reserve(4 * pieces);
  for (std::uint64_t i = 0; i < pieces; ++i) {
    const auto left = std::bit_cast<double>((kFirstPiece + i) << kPieceShift);
    const auto right = std::bit_cast<double>((kFirstPiece + i + 1) << kPieceShift);
    const double z0 = normal_quantile(left);
    const double z1 = normal_quantile(right < 1.0 ? right : left);
    const double d0 = slope(z0) * (right - left);
    const double d1 = slope(z1) * (right - left);
    const double rise = z1 - z0;
    pieces_.insert(pieces_.end(), {z0, d0, 3.0 * rise - 2.0 * d0 - d1, d0 + d1 - 2.0 * rise});
  }
}

}  // namespace sojourn::engine
