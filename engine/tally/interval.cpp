#include "engine/tally/interval.h"

#include "engine/base/contract.h"
#include "engine/base/math.h"
#include "engine/random/luck.h"
#include "engine/random/normal.h"

#include <algorithm>
#include <cmath>

namespace sojourn::engine {
namespace {

/// Lower triangular L with L L' = correlations; a dependent row gets zeros (scenarios may be equal).
std::vector<double> cholesky(std::span<const double> c, std::size_t k) {
  std::vector<double> l(k * k, 0.0);
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = c[i * k + j];
      for (std::size_t m = 0; m < j; ++m) sum -= l[i * k + m] * l[j * k + m];
      if (i == j)
        l[i * k + i] = sum > 1e-12 ? std::sqrt(sum) : 0.0;
      else
        l[i * k + j] = l[j * k + j] > 0 ? sum / l[j * k + j] : 0.0;
    }
  }
  return l;
}

}  // namespace

double normal_cdf(double x) {
  if (x != x) return x;
  if (x > 8.3) return 1.0;
  if (x < -8.3) return 0.0;
  double term = x;
  double sum = x;
  for (int i = 3; sum + term != sum; i += 2) {
    term *= x * x / i;
    sum += term;
  }
  constexpr double kInverseRootTwoPi = 0.3989422804014326779;
  return std::clamp(0.5 + sum * exp(-0.5 * x * x) * kInverseRootTwoPi, 0.0, 1.0);
}

double student_t(double z, double degrees) {
  SOJOURN_EXPECT(degrees >= 1, "t has at least one degree of freedom");
  const double z2 = z * z;
  const double g1 = (z2 + 1) * z / 4;
  const double g2 = ((5 * z2 + 16) * z2 + 3) * z / 96;
  const double g3 = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384;
  const double g4 = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * z / 92160;
  return z + (g1 + (g2 + (g3 + g4 / degrees) / degrees) / degrees) / degrees;
}

std::pair<double, double> wilson(double share, double n, double z) {
  SOJOURN_EXPECT(n > 0, "an interval needs an observation");
  const double z2n = z * z / n;
  const double centre = (share + z2n / 2) / (1 + z2n);
  const double half = z / (1 + z2n) * std::sqrt(share * (1 - share) / n + z2n / (4 * n));
  return {share <= 0 ? 0.0 : std::max(0.0, centre - half), share >= 1 ? 1.0 : std::min(1.0, centre + half)};
}

double max_t_critical(std::span<const double> correlations, std::size_t k) {
  if (k <= 1) return kZ95;
  SOJOURN_EXPECT(correlations.size() == k * k, "a square of correlations");
  constexpr std::uint32_t kDraws = 40'000;
  const std::vector<double> l = cholesky(correlations, k);
  const PlaceKey key = place_key(0, "max-t");
  std::vector<double> largest(kDraws);
  std::vector<double> z(k);
  for (std::uint32_t draw = 0; draw < kDraws; ++draw) {
    for (std::size_t i = 0; i < k; i += 4) {
      const Block block = luck_of(key, draw, 0, 0).block(static_cast<std::uint32_t>(i / 4));
      for (std::size_t j = i; j < std::min(k, i + 4); ++j) z[j] = normal_quantile(uniform(block[j - i]));
    }
    for (std::size_t i = 0; i < k; ++i) {
      double sum = 0;
      for (std::size_t j = 0; j <= i; ++j) sum += l[i * k + j] * z[j];
      largest[draw] = std::max(largest[draw], sum < 0 ? -sum : sum);
    }
  }
  const auto at = largest.begin() + static_cast<std::ptrdiff_t>(kDraws - kDraws / 20);
  std::nth_element(largest.begin(), at, largest.end());
  return std::max(kZ95, *at);
}

}  // namespace sojourn::engine
