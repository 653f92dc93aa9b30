#include "engine/random/quantile.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

namespace sojourn::engine {
namespace {

using LogDensity = std::function<double(double)>;  // up to a constant, on the whole real line, unimodal

// Gauss-Legendre nodes and weights on (-1, 1), 8 points (Abramowitz & Stegun 1964, table 25.4).
constexpr std::array<double, 4> kGaussNode = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                                              0.9602898564975363};
constexpr std::array<double, 4> kGaussWeight = {0.3626837833783620, 0.3137066458778873, 0.2223810344533745,
                                                0.1012285362903763};

double integral(const LogDensity& log_density, double peak, double from, double to) {
  const double centre = 0.5 * (from + to);
  const double half = 0.5 * (to - from);
  double sum = 0;
  for (std::size_t i = 0; i < kGaussNode.size(); ++i) {
    const double offset = half * kGaussNode[i];
    sum += kGaussWeight[i] * (exp(log_density(centre - offset) - peak) + exp(log_density(centre + offset) - peak));
  }
  return half * sum;
}

/// A density on the real line, not normalised, cut where it has fallen by e^-50, with its mass summed panel by panel from
/// both ends, so that both tails keep their relative accuracy.
class Mass {
 public:
  Mass(LogDensity log_density, double mode) : log_density_(std::move(log_density)), peak_(log_density_(mode)) {
    const double left = edge(mode, -1.0);
    const double right = edge(mode, 1.0);
    constexpr int kPanels = 128;
    for (int i = 0; i < kPanels; ++i) bounds_.push_back(left + (mode - left) * i / kPanels);
    for (int i = 0; i <= kPanels; ++i) bounds_.push_back(mode + (right - mode) * i / kPanels);
    below_.assign(bounds_.size(), 0.0);
    above_.assign(bounds_.size(), 0.0);
    std::vector<double> panel(bounds_.size() - 1);
    for (std::size_t i = 0; i < panel.size(); ++i) {
      panel[i] = integral(log_density_, peak_, bounds_[i], bounds_[i + 1]);
      below_[i + 1] = below_[i] + panel[i];
    }
    for (std::size_t i = panel.size(); i-- > 0;) above_[i] = above_[i + 1] + panel[i];
  }

  double total() const { return below_.back(); }
  double density(double y) const { return exp(log_density_(y) - peak_); }
  /// The y that leaves the given mass below (above) it; `guess` is where to begin.
  double at_mass_below(double mass, double guess) const { return solve(mass, guess, below_, 1.0); }
  double at_mass_above(double mass, double guess) const { return solve(mass, guess, above_, -1.0); }

 private:
  double edge(double mode, double direction) const {
    double step = 1e-12 * (1.0 + (mode < 0 ? -mode : mode));
    while (log_density_(mode + direction * step) > peak_ - 50.0) step *= 2.0;
    return mode + direction * step;
  }

  /// `cumulated` rises with y if direction is 1 and falls if it is -1.
  double solve(double mass, double guess, const std::vector<double>& cumulated, double direction) const {
    std::size_t low = 0;  // the panel whose ends enclose the mass
    std::size_t high = bounds_.size() - 1;
    while (high - low > 1) {
      const std::size_t middle = (low + high) / 2;
      ((cumulated[middle] < mass) == (direction > 0) ? low : high) = middle;
    }
    const double start = direction > 0 ? bounds_[low] : bounds_[high];
    const double wanted = mass - (direction > 0 ? cumulated[low] : cumulated[high]);
    double from = bounds_[low];
    double to = bounds_[high];
    double y = guess > from && guess < to ? guess : 0.5 * (from + to);
    for (int i = 0; i < 60; ++i) {  // Newton's method, kept inside a shrinking bracket
      const double error = direction * integral(log_density_, peak_, start, y) - wanted;
      ((error < 0) == (direction > 0) ? from : to) = y;
      double next = y - direction * error / density(y);
      if (!(next > from && next < to)) next = 0.5 * (from + to);
      const double moved = next > y ? next - y : y - next;
      y = next;
      if (moved <= 1e-12 * (1.0 + (y < 0 ? -y : y))) break;
    }
    return y;
  }

  LogDensity log_density_;
  double peak_;
  std::vector<double> bounds_;  // of the panels
  std::vector<double> below_;   // [bound] mass below it
  std::vector<double> above_;   // [bound] mass above it
};

/// The normal's mass below the nodes up to z = 0.
std::vector<double> make_normal_mass_below() {
  const auto log_normal = [](double z) { return -0.5 * z * z; };
  constexpr double kInverseRootTwoPi = 0.3989422804014326779;
  std::vector<double> below = {integral(log_normal, 0.0, -8.5, -7.5) + integral(log_normal, 0.0, -7.5, kTableFirst)};
  for (std::uint32_t i = 1; i <= kTableNodes / 2; ++i) {
    const double z = kTableFirst + i * kTableStep;
    below.push_back(below.back() + integral(log_normal, 0.0, z - kTableStep, z));
  }
  for (double& mass : below) mass *= kInverseRootTwoPi;
  return below;
}

const std::vector<double>& normal_mass_below() {
  static const std::vector<double> below = make_normal_mass_below();
  return below;
}

/// [y, dy/dz] at the nodes: y(z) solves F(y) = Phi(z), so dy/dz = phi(z) / f(y).
std::vector<double> tabulate(LogDensity log_density, double mode) {
  const Mass mass(std::move(log_density), mode);
  const std::vector<double>& below = normal_mass_below();
  constexpr double kInverseRootTwoPi = 0.3989422804014326779;
  std::vector<double> table(2 * kTableNodes);
  double guess = mode;
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

/// log(1 + e^x) without overflow.
double softplus(double x) { return x > 0 ? x + log(1.0 + exp(-x)) : log(1.0 + exp(x)); }

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
  return tabulated(Quantile::Kind::table_log, mean / shape,
                   tabulate([shape](double y) { return shape * y - exp(y); }, log(shape)));
}

Quantile QuantilePool::beta(double alpha, double beta, double scale) {
  SOJOURN_EXPECT(alpha > 0 && beta > 0, "beta has positive parameters");
  // With x = 1/(1 + e^-y), the density of y is proportional to (1 + e^-y)^-alpha (1 + e^y)^-beta; mode log(alpha/beta).
  const auto log_density = [alpha, beta](double y) { return -(alpha + beta) * softplus(-y) - beta * y; };
  std::vector<double> table = tabulate(log_density, log(alpha / beta));
  const Quantile direct = tabulated(Quantile::Kind::table_plain, scale, plain(table, scale));
  const Quantile logit = tabulated(Quantile::Kind::table_logit, scale, std::move(table));
  return difference(logit, direct) < 1e-7 * scale ? direct : logit;
}

Quantile QuantilePool::tabulated(Quantile::Kind kind, double scale, std::vector<double> table) {
  tables_.push_back(std::move(table));
  Quantile q;
  q.kind = kind;
  q.a = scale;
  q.count = kTableNodes;
  q.table = tables_.back().data();
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
  tables_.push_back(std::move(table));
  q.table = tables_.back().data();
  return q;
}

}  // namespace sojourn::engine
