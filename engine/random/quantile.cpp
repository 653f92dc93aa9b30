#include "engine/random/quantile.h"

#include "engine/base/contract.h"
#include "engine/random/detail/mass.h"

#include <algorithm>
#include <utility>

namespace sojourn::engine {
namespace {

using detail::LogDensity;

/// The normal's mass below the nodes up to z = 0.
std::vector<double> make_normal_mass_below() {
  const LogDensity normal;
  constexpr double kInverseRootTwoPi = 0.3989422804014326779;
  std::vector<double> below = {normal.integral(0.0, -8.5, -7.5) + normal.integral(0.0, -7.5, kTableFirst)};
  for (std::uint32_t i = 1; i <= kTableNodes / 2; ++i) {
    const double z = kTableFirst + i * kTableStep;
    below.push_back(below.back() + normal.integral(0.0, z - kTableStep, z));
  }
  for (double& mass : below) mass *= kInverseRootTwoPi;
  return below;
}

const std::vector<double>& normal_mass_below() {
  static const std::vector<double> below = make_normal_mass_below();
  return below;
}

/// [y, dy/dz] at the nodes: y(z) solves F(y) = Phi(z), so dy/dz = phi(z) / f(y).
std::vector<double> tabulate(const LogDensity& log_density) {
  const detail::Mass mass(log_density);
  const std::vector<double>& below = normal_mass_below();
  constexpr double kInverseRootTwoPi = 0.3989422804014326779;
  std::vector<double> table(2 * kTableNodes);
  double guess = log_density.mode();
  for (std::uint32_t i = 0; i < kTableNodes; ++i) {
    const double z = kTableFirst + i * kTableStep;
    const bool lower = z <= 0;
    const double wanted = below[lower ? i : kTableNodes - 1 - i] * mass.total();
    const double y = lower ? mass.at_mass_below(wanted, guess) : mass.at_mass_above(wanted, guess);
    table[2 * i] = y;
    table[2 * i + 1] = kInverseRootTwoPi * exp(-0.5 * z * z) * mass.total() / mass.density(y);
    guess = y + table[2 * i + 1] * kTableStep;
  }
  return table;
}

/// A table of y made into one of x = scale / (1 + e^-y), with slopes dx/dz = x (1 - x/scale) dy/dz.
std::vector<double> plain(const std::vector<double>& logit, double scale) {
  std::vector<double> table(logit.size());
  for (std::size_t i = 0; i < logit.size(); i += 2) {
    const double share = logistic(logit[i]);
    table[i] = scale * share;
    table[i + 1] = scale * share * (1.0 - share) * logit[i + 1];
  }
  return table;
}

/// The largest difference at the middles of the intervals between a table of y, made into x, and a table of x.
double difference(const Quantile& logit, const Quantile& direct) {
  double largest = 0;
  for (std::uint32_t i = 0; i + 1 < kTableNodes; ++i) {
    const double z = kTableFirst + (i + 0.5) * kTableStep;
    const double d = logit.a * logistic(logit.tabulated(z)) - direct.tabulated(z);
    largest = std::max(largest, d < 0 ? -d : d);
  }
  return largest;
}

}  // namespace

double Quantile::picked(double u) const {
  std::uint32_t low = 0;
  std::uint32_t high = count - 1;
  while (low < high) {
    const std::uint32_t middle = (low + high) / 2;
    if (u < table[2 * middle])
      high = middle;
    else
      low = middle + 1;
  }
  return table[2 * low + 1];
}

Quantile QuantilePool::constant(double value) {
  Quantile q;
  q.a = value;
  return q;
}

Quantile QuantilePool::normal(double mean, double sd) {
  Quantile q;
  q.kind = Quantile::Kind::normal;
  q.a = mean;
  q.b = sd;
  q.z = &normal_;
  return q;
}

Quantile QuantilePool::lognormal(double median, double sigma) {
  Quantile q = normal(median, sigma);
  q.kind = Quantile::Kind::lognormal;
  return q;
}

Quantile QuantilePool::exponential(double mean) {
  Quantile q;
  q.kind = Quantile::Kind::exponential;
  q.a = mean;
  return q;
}

Quantile QuantilePool::uniform(double low, double high) {
  Quantile q;
  q.kind = Quantile::Kind::uniform;
  q.a = low;
  q.b = high;
  return q;
}

Quantile QuantilePool::triangular(double low, double mode, double high) {
  SOJOURN_EXPECT(low <= mode && mode <= high, "a triangle's corners rise");
  Quantile q = uniform(low, mode);
  q.kind = Quantile::Kind::triangular;
  q.c = high;
  return q;
}

Quantile QuantilePool::gamma(double mean, double sd) {
  SOJOURN_EXPECT(mean > 0 && sd > 0, "gamma has a positive mean and width");
  const double shape = (mean / sd) * (mean / sd);
  // With x = e^y in units of mean/shape, the density of y is proportional to exp(shape y - e^y); its mode is log(shape).
  return tabulated(Quantile::Kind::table_log, mean / shape, tabulate({LogDensity::Of::gamma, shape, 0}));
}

Quantile QuantilePool::beta(double alpha, double beta, double scale) {
  SOJOURN_EXPECT(alpha > 0 && beta > 0, "beta has positive parameters");
  // With x = 1/(1 + e^-y), the density of y is proportional to (1 + e^-y)^-alpha (1 + e^y)^-beta; mode log(alpha/beta).
  std::vector<double> table = tabulate({LogDensity::Of::beta, alpha, beta});
  const Quantile direct = tabulated(Quantile::Kind::table_plain, scale, plain(table, scale));
  const Quantile logit = tabulated(Quantile::Kind::table_logit, scale, std::move(table));
  return difference(logit, direct) < 1e-7 * scale ? direct : logit;
}

Quantile QuantilePool::tabulated(Quantile::Kind kind, double scale, std::vector<double> table) {
  Quantile q;
  q.kind = kind;
  q.a = scale;
  q.count = kTableNodes;
  q.table = keep(std::move(table));
  q.z = &normal_;
  return q;
}

Quantile QuantilePool::discrete(const std::vector<std::pair<double, double>>& values_and_weights) {
  double total = 0;
  for (const auto& [value, weight] : values_and_weights) total += weight;
  SOJOURN_EXPECT(total > 0, "a discrete distribution has a value with positive weight");
  std::vector<double> table;
  double cumulated = 0;
  for (const auto& [value, weight] : values_and_weights) {
    if (weight <= 0) continue;
    cumulated += weight;
    table.push_back(cumulated / total);
    table.push_back(value);
  }
  Quantile q;
  q.kind = Quantile::Kind::discrete;
  q.count = static_cast<std::uint32_t>(table.size() / 2);
  q.table = keep(std::move(table));
  return q;
}

const double* QuantilePool::keep(std::vector<double> table) {
  const std::lock_guard lock(mutex_);
  return tables_.emplace_back(std::move(table)).data();
}

}  // namespace sojourn::engine
