#include "engine/random/quantile_slope.h"

#include <algorithm>

namespace sojourn::engine {
namespace {

constexpr double kLeast = 0x1p-33;  // the smallest uniform that is drawn

}  // namespace

double share_below(const Quantile& quantile, double x) {
  double low = kLeast;
  double high = 1 - kLeast;
  if (quantile(low) > x) return 0;
  if (quantile(high) <= x) return 1;
  while (high - low > 1e-12) {
    const double middle = 0.5 * (low + high);
    (quantile(middle) <= x ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

double density_at(const Quantile& quantile, double u) {
  if (!has_density(quantile)) return 0;
  const double step = std::min({1e-4, 0.25 * u, 0.25 * (1 - u), u - kLeast, 1 - kLeast - u});
  if (!(step > 0)) return 0;  // beyond what is drawn
  const double rise = quantile(u + step) - quantile(u - step);
  return rise > 0 ? 2 * step / rise : 0;
}

double half_width(const Quantile& quantile) {
  constexpr double kOneSdAbove = 0.8413447460685429;  // of a normal
  return has_density(quantile) ? 0.5 * (quantile(kOneSdAbove) - quantile(1 - kOneSdAbove)) : 0;
}

}  // namespace sojourn::engine
