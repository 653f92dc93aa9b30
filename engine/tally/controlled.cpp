#include "engine/tally/controlled.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <cmath>

namespace sojourn::engine {

Controls::Controls(std::vector<Stratum> strata) : strata_(std::move(strata)) {
  SOJOURN_EXPECT(!strata_.empty(), "there is a population");
  controls_ = strata_.front().off.size();
  const std::size_t k = controls_;
  std::vector<double> s(k * k, 0.0);
  off_.assign(k, 0.0);
  for (const Stratum& stratum : strata_) {
    agents_ += stratum.agents;
    for (std::size_t i = 0; i < k * k; ++i) s[i] += stratum.sxx[i];
    for (std::size_t i = 0; i < k; ++i) off_[i] += stratum.share * stratum.off[i];
  }
  // Cholesky of the products scaled to a unit diagonal. A control that the ones before it say already is left out.
  scale_.assign(k, 0.0);
  factor_.assign(k * k, 0.0);
  for (std::size_t i = 0; i < k; ++i) {
    if (!(s[i * k + i] > 0)) continue;
    scale_[i] = std::sqrt(s[i * k + i]);
    double left = 1;
    for (std::size_t j = 0; j < i; ++j) {
      if (scale_[j] == 0) continue;
      double sum = s[i * k + j] / scale_[i] / scale_[j];
      for (std::size_t l = 0; l < j; ++l) sum -= factor_[i * k + l] * factor_[j * k + l];
      factor_[i * k + j] = sum / factor_[j * k + j];
      left -= factor_[i * k + j] * factor_[i * k + j];
    }
    if (left > 1e-9) {
      factor_[i * k + i] = std::sqrt(left);
      ++used_;
    } else {
      scale_[i] = 0;
      for (std::size_t j = 0; j <= i; ++j) factor_[i * k + j] = 0;
    }
  }
  const std::vector<double> towards = solve(off_);
  for (std::size_t i = 0; i < k; ++i) leverage_ += off_[i] * towards[i];
}

/// S^-1 right.
std::vector<double> Controls::solve(const std::vector<double>& right) const {
  const std::size_t k = controls_;
  std::vector<double> x(k, 0.0);
  for (std::size_t i = 0; i < k; ++i) {
    if (scale_[i] == 0) continue;
    double sum = right[i] / scale_[i];
    for (std::size_t j = 0; j < i; ++j) sum -= factor_[i * k + j] * x[j];
    x[i] = sum / factor_[i * k + i];
  }
  for (std::size_t i = k; i-- > 0;) {
    if (scale_[i] == 0) continue;
    double sum = x[i];
    for (std::size_t j = i + 1; j < k; ++j) sum -= factor_[j * k + i] * x[j];
    x[i] = sum / factor_[i * k + i];
  }
  for (std::size_t i = 0; i < k; ++i) x[i] = scale_[i] == 0 ? 0 : x[i] / scale_[i];
  return x;
}

Estimate Controls::estimate(std::span<const StratumScore> scores, double plain, double unit, Shape shape) const {
  SOJOURN_EXPECT(scores.size() == strata_.size(), "a score of every stratum");
  const std::size_t k = scores.front().sxy.empty() ? 0 : controls_;
  std::vector<double> b(controls_, 0.0);
  if (k > 0) {
    std::vector<double> sxy(k, 0.0);
    for (const StratumScore& score : scores) {
      for (std::size_t i = 0; i < k; ++i) sxy[i] += score.sxy[i];
    }
    b = solve(sxy);
  }
  const auto n = static_cast<double>(agents_);
  const auto groups = static_cast<double>(strata_.size());
  const double degrees = std::max(1.0, n - groups - (k > 0 ? static_cast<double>(used_) : 0));
  double value = plain;
  double variance = 0;
  double all_residuals = 0;
  for (std::size_t g = 0; g < strata_.size(); ++g) {
    const Stratum& stratum = strata_[g];
    value += stratum.share * (scores[g].mean - plain);
    double residuals = scores[g].syy;
    for (std::size_t i = 0; i < k; ++i) {
      residuals -= 2 * b[i] * scores[g].sxy[i];
      for (std::size_t j = 0; j < k; ++j) residuals += b[i] * b[j] * stratum.sxx[i * k + j];
    }
    residuals = std::max(0.0, residuals);
    all_residuals += residuals;
    const auto m = static_cast<double>(stratum.agents);
    variance += stratum.share * stratum.share * residuals / (m - 1) / m;
  }
  variance *= (n - groups) / degrees;
  if (k > 0) {
    for (std::size_t i = 0; i < k; ++i) value -= b[i] * off_[i];
    variance += all_residuals / degrees * leverage_;
  }
  value *= unit;
  if (shape != Shape::real) value = std::clamp(value, 0.0, 1.0);
  return with_interval(value, std::sqrt(variance) * unit, degrees, agents_, shape);
}

}  // namespace sojourn::engine
