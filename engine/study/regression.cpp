#include "engine/study/regression.h"

#include "engine/base/contract.h"

#include <Eigen/Dense>
#include <boost/math/distributions/students_t.hpp>

#include <cmath>

namespace sojourn::engine {
namespace {

/// Centred, and divided by the standard deviation; false if it does not vary.
bool standardise(Eigen::VectorXd& column) {
  const double mean = column.mean();
  const double largest = column.cwiseAbs().maxCoeff();
  column.array() -= mean;
  const double sd = std::sqrt(column.squaredNorm() / static_cast<double>(column.size() - 1));
  if (!(sd > 1e-13 * largest)) return false;
  column /= sd;
  return true;
}

}  // namespace

std::optional<StandardisedRegression> standardised_regression(const Design& x, std::span<const double> y) {
  SOJOURN_EXPECT(y.size() == x.rows(), "a response for each row");
  const auto n = static_cast<Eigen::Index>(y.size());
  if (n < 3) return std::nullopt;
  Eigen::VectorXd response = Eigen::Map<const Eigen::VectorXd>(y.data(), n);
  if (!standardise(response)) return std::nullopt;
  std::vector<std::size_t> varying;
  Eigen::MatrixXd matrix(n, static_cast<Eigen::Index>(x.columns()));
  for (std::size_t c = 0; c < x.columns(); ++c) {
    Eigen::VectorXd column(n);
    for (Eigen::Index i = 0; i < n; ++i) column[i] = x.at(static_cast<std::size_t>(i), c);
    if (!standardise(column)) continue;
    matrix.col(static_cast<Eigen::Index>(varying.size())) = column;
    varying.push_back(c);
  }
  const auto k = static_cast<Eigen::Index>(varying.size());
  const Eigen::Index freedom = n - 1 - k;
  if (k == 0 || freedom < 1) return std::nullopt;
  const Eigen::MatrixXd used = matrix.leftCols(k);
  const Eigen::ColPivHouseholderQR<Eigen::MatrixXd> qr(used);
  if (qr.rank() < k) return std::nullopt;
  const Eigen::VectorXd slopes = qr.solve(response);
  const double rest = (response - used * slopes).squaredNorm();
  const Eigen::MatrixXd inverse = (used.transpose() * used).inverse();
  const double t = boost::math::quantile(boost::math::students_t(static_cast<double>(freedom)), 0.975);

  StandardisedRegression result;
  result.coefficients.resize(x.columns());
  result.r2 = 1 - rest / response.squaredNorm();
  result.rows = y.size();
  for (Eigen::Index c = 0; c < k; ++c) {
    const double se = std::sqrt(rest / static_cast<double>(freedom) * inverse(c, c));
    result.coefficients[varying[static_cast<std::size_t>(c)]] = {slopes[c], se, slopes[c] - t * se, slopes[c] + t * se};
  }
  return result;
}

}  // namespace sojourn::engine
