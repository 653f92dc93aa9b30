#include "models/exact/detail/law.h"

#include "engine/base/contract.h"
#include "models/exact/detail/inverse.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace sojourn::models::exact {
namespace {

// Far tails are 0, not an error.
namespace policies = boost::math::policies;
using Quiet = policies::policy<policies::overflow_error<policies::ignore_error>,
                               policies::underflow_error<policies::ignore_error>,
                               policies::domain_error<policies::ignore_error>, policies::promote_double<false>>;

double normal_below(double z) { return 0.5 * std::erfc(-z * M_SQRT1_2); }
double normal_density(double z) { return std::exp(-0.5 * z * z) / std::sqrt(2 * M_PI); }

/// The quantile of the standard normal.
double normal_quantile(double p) { return boost::math::quantile(boost::math::normal_distribution<double, Quiet>(), p); }

/// What Boost says, or, where it gives up, as it does on some shapes below 1, what a bracketed search does.
template <class Fast, class Sure>
double either(Fast fast, Sure sure) {
  try {
    return fast();
  } catch (const boost::math::evaluation_error&) {
    return sure();
  }
}

/// below(high) - below(low), taken from the side where less is lost.
template <class Below, class Above>
double mass(double low, double high, Below below, Above above) {
  const double b = below(low);
  return b > 0.5 ? above(low) - above(high) : below(high) - b;
}

double power(double x, int k) { return k == 0 ? 1 : (k == 1 ? x : x * x); }

}  // namespace

struct Law::Shape {
  virtual ~Shape() = default;
  virtual double below(double x) const = 0;
  virtual double above(double x) const = 0;
  virtual double moment(int k, double low, double high) const = 0;
  virtual double quantile(double p) const = 0;
  virtual double quantile_above(double q) const = 0;
  virtual double eighth() const = 0;
  virtual double flat_density() const { return 0; }
  virtual double at_z(double z) const { return z < 0 ? quantile(normal_below(z)) : quantile_above(normal_below(-z)); }
  virtual double z_of(double x) const {
    const double p = below(x);
    return p < 0.5 ? normal_quantile(p) : -normal_quantile(above(x));
  }
};

namespace {

struct Normal final : Law::Shape {
  double m, s;
  Normal(double mean, double sd) : m(mean), s(sd) {}
  double below(double x) const override { return normal_below((x - m) / s); }
  double above(double x) const override { return normal_below((m - x) / s); }
  double moment(int k, double low, double high) const override {
    const double a = (low - m) / s;
    const double b = (high - m) / s;
    const double zeroth = mass(a, b, normal_below, [](double z) { return normal_below(-z); });
    if (k == 0) return zeroth;
    const double fa = std::isfinite(a) ? normal_density(a) : 0;
    const double fb = std::isfinite(b) ? normal_density(b) : 0;
    const double first = fa - fb;
    if (k == 1) return m * zeroth + s * first;
    const double second = zeroth + (fa > 0 ? a * fa : 0) - (fb > 0 ? b * fb : 0);
    return m * m * zeroth + 2 * m * s * first + s * s * second;
  }
  double quantile(double p) const override { return m + s * normal_quantile(p); }
  double quantile_above(double q) const override { return m - s * normal_quantile(q); }
  double eighth() const override { return 128 * (std::pow(m, 8) + 105 * std::pow(s, 8)); }
  double at_z(double z) const override { return m + s * z; }
  double z_of(double x) const override { return (x - m) / s; }
};

struct Lognormal final : Law::Shape {
  double mu, s;
  std::array<double, 3> raw;  // moments
  Lognormal(double median, double sigma) : mu(std::log(median)), s(sigma) {
    for (int k = 0; k < 3; ++k) raw[static_cast<std::size_t>(k)] = std::exp(k * mu + 0.5 * k * k * s * s);
  }
  double below(double x) const override { return x > 0 ? normal_below(z_of(x)) : 0; }
  double above(double x) const override { return x > 0 ? normal_below(-z_of(x)) : 1; }
  double moment(int k, double low, double high) const override {
    const double b = z_of(high) - k * s;
    const double factor = raw[static_cast<std::size_t>(k)];
    if (!(low > 0)) return factor * normal_below(b);
    const double a = z_of(low) - k * s;
    return factor * mass(a, b, normal_below, [](double z) { return normal_below(-z); });
  }
  double quantile(double p) const override { return at_z(normal_quantile(p)); }
  double quantile_above(double q) const override { return at_z(-normal_quantile(q)); }
  double eighth() const override { return std::exp(8 * mu + 32 * s * s); }
  double at_z(double z) const override { return std::exp(mu + s * z); }
  double z_of(double x) const override { return x > 0 ? (std::log(x) - mu) / s : -kInfinity; }
};

struct Gamma final : Law::Shape {
  double n, scale;  // shape and scale; the exponential has shape 1
  Gamma(double shape, double scale_) : n(shape), scale(scale_) {}
  double part(double shape, double x) const {
    if (!(x > 0)) return 0;
    return std::isinf(x) ? 1 : boost::math::gamma_p(shape, x / scale, Quiet());
  }
  double rest(double shape, double x) const {
    if (!(x > 0)) return 1;
    return std::isinf(x) ? 0 : boost::math::gamma_q(shape, x / scale, Quiet());
  }
  double below(double x) const override { return part(n, x); }
  double above(double x) const override { return rest(n, x); }
  double moment(int k, double low, double high) const override {
    const double factor = k == 0 ? 1 : (k == 1 ? n * scale : n * (n + 1) * scale * scale);
    return factor * mass(
                        low, high, [&](double x) { return part(n + k, x); }, [&](double x) { return rest(n + k, x); });
  }
  double quantile(double p) const override {
    return either([&] { return boost::math::quantile(Variate(n, scale), p); },
                  [&] {
                    const auto share = [&](double y) { return part(n, scale * std::exp(y)); };
                    return scale * std::exp(inverse(share, p, kLeast, kMost, false));
                  });
  }
  double quantile_above(double q) const override {
    return either([&] { return boost::math::quantile(boost::math::complement(Variate(n, scale), q)); },
                  [&] {
                    const auto share = [&](double y) { return rest(n, scale * std::exp(y)); };
                    return scale * std::exp(inverse(share, q, kLeast, kMost, true));
                  });
  }
  using Variate = boost::math::gamma_distribution<double, Quiet>;
  static constexpr double kLeast = -650, kMost = 650;  // of log(x / scale)
  double eighth() const override {
    double product = 1;
    for (int i = 0; i < 8; ++i) product *= (n + i) * scale;
    return product;
  }
};

struct Beta final : Law::Shape {
  double a, b;  // on 0..10
  Beta(double alpha, double beta) : a(alpha), b(beta) {}
  static double unit(double x) { return std::clamp(x / 10, 0.0, 1.0); }
  double below(double x) const override { return boost::math::ibeta(a, b, unit(x), Quiet()); }
  double above(double x) const override { return boost::math::ibetac(a, b, unit(x), Quiet()); }
  double moment(int k, double low, double high) const override {
    double factor = 1;
    for (int i = 0; i < k; ++i) factor *= 10 * (a + i) / (a + b + i);
    return factor * mass(
                        unit(low), unit(high), [&](double x) { return boost::math::ibeta(a + k, b, x, Quiet()); },
                        [&](double x) { return boost::math::ibetac(a + k, b, x, Quiet()); });
  }
  double quantile(double p) const override {
    return either([&] { return 10 * boost::math::quantile(Variate(a, b), p); },
                  [&] { return at(inverse([&](double y) { return share(a, b, y); }, p, -kFar, kFar, false)); });
  }
  double quantile_above(double q) const override {
    return either([&] { return 10 * boost::math::quantile(boost::math::complement(Variate(a, b), q)); },
                  [&] { return at(inverse([&](double y) { return share(b, a, -y); }, q, -kFar, kFar, true)); });
  }
  using Variate = boost::math::beta_distribution<double, Quiet>;
  // y = logit(x / 10), so that both ends keep their relative accuracy.
  static double at(double y) { return y < 0 ? 10 * std::exp(y) / (1 + std::exp(y)) : 10 / (1 + std::exp(-y)); }
  /// P(logit X <= y) of a beta variate X.
  static double share(double alpha, double beta, double y) {
    const double e = std::exp(y < 0 ? y : -y);
    return y < 0 ? boost::math::ibeta(alpha, beta, e / (1 + e), Quiet())
                 : boost::math::ibetac(beta, alpha, e / (1 + e), Quiet());
  }
  static constexpr double kFar = 650;
  double eighth() const override { return 1e8; }
};

/// A density that is linear between its corners; the uniform has none inside.
struct Triangular final : Law::Shape {
  double low, mode, high;
  bool flat;
  Triangular(double low_, double mode_, double high_, bool flat_) : low(low_), mode(mode_), high(high_), flat(flat_) {}
  double density(double x, bool rising) const {
    if (flat) return 1 / (high - low);
    return 2 / (high - low) * (rising ? (x - low) / (mode - low) : (high - x) / (high - mode));
  }
  /// Two points of Gauss and Legendre integrate a cubic exactly.
  double piece(int k, double from, double to, bool rising) const {
    if (!(to > from)) return 0;
    const double centre = 0.5 * (from + to);
    const double offset = 0.5 * (to - from) / std::sqrt(3.0);
    double sum = 0;
    for (const double x : {centre - offset, centre + offset}) sum += power(x, k) * density(x, rising);
    return 0.5 * (to - from) * sum;
  }
  double moment(int k, double from, double to) const override {
    from = std::clamp(from, low, high);
    to = std::clamp(to, low, high);
    if (flat) return piece(k, from, to, true);
    return piece(k, std::min(from, mode), std::min(to, mode), true) +
           piece(k, std::max(from, mode), std::max(to, mode), false);
  }
  double below(double x) const override { return moment(0, low, x); }
  double above(double x) const override { return moment(0, x, high); }
  double flat_density() const override { return flat ? 1 / (high - low) : 0; }
  double quantile(double p) const override {
    if (flat) return low + (high - low) * p;
    const double split = (mode - low) / (high - low);
    return p < split ? low + std::sqrt(p * (high - low) * (mode - low))
                     : high - std::sqrt((1 - p) * (high - low) * (high - mode));
  }
  double quantile_above(double q) const override {
    if (flat) return high - (high - low) * q;
    const double split = (high - mode) / (high - low);
    return q < split ? high - std::sqrt(q * (high - low) * (high - mode)) : quantile(1 - q);
  }
  double eighth() const override { return std::pow(std::max(std::abs(low), std::abs(high)), 8); }
};

}  // namespace

Law::Law(const Distribution& d) {
  using Family = Distribution::Family;
  switch (d.family) {
    case Family::constant: atoms_ = {{d.a, 1.0}}; return;
    case Family::normal: shape_ = std::make_unique<Normal>(d.a, d.b); return;
    case Family::lognormal: shape_ = std::make_unique<Lognormal>(d.a, d.b); return;
    case Family::exponential: shape_ = std::make_unique<Gamma>(1, d.a); return;
    case Family::gamma: shape_ = std::make_unique<Gamma>((d.a / d.b) * (d.a / d.b), d.b * d.b / d.a); return;
    case Family::uniform: shape_ = std::make_unique<Triangular>(d.a, d.a, d.b, true); return;
    case Family::triangular: shape_ = std::make_unique<Triangular>(d.a, d.b, d.c, false); return;
    case Family::beta: {
      const double m = d.a / 10;
      const double s = d.b / 10;
      const double n = m * (1 - m) / (s * s) - 1;
      shape_ = std::make_unique<Beta>(m * n, (1 - m) * n);
      return;
    }
    case Family::discrete: {
      double total = 0;
      for (const auto& [value, weight] : d.points) total += weight;
      for (const auto& [value, weight] : d.points) {
        if (weight > 0) atoms_.emplace_back(value, weight / total);
      }
      return;
    }
  }
  SOJOURN_EXPECT(false, "unknown family");
}

Law::~Law() = default;
Law::Law(Law&&) noexcept = default;
Law& Law::operator=(Law&&) noexcept = default;

double Law::at_most(double x) const {
  if (!is_discrete()) return shape_->below(x);
  double sum = 0;
  for (const auto& [value, probability] : atoms_) sum += value <= x ? probability : 0;
  return sum;
}

double Law::above(double x) const {
  if (!is_discrete()) return shape_->above(x);
  double sum = 0;
  for (const auto& [value, probability] : atoms_) sum += value > x ? probability : 0;
  return sum;
}

Moments Law::between(double low, double high) const {
  Moments sum;
  if (!(high > low)) return sum;
  if (!is_discrete()) return {shape_->moment(0, low, high), shape_->moment(1, low, high), shape_->moment(2, low, high)};
  for (const auto& [value, probability] : atoms_) {
    if (low < value && value <= high) sum += at(value, probability);
  }
  return sum;
}

double Law::eighth_moment() const {
  if (!is_discrete()) return shape_->eighth();
  double sum = 0;
  for (const auto& [value, probability] : atoms_) sum += probability * std::pow(value, 8);
  return sum;
}

double Law::moment(int k, double low, double high) const { return high > low ? shape_->moment(k, low, high) : 0; }

double Law::flat_density() const { return is_discrete() ? 0 : shape_->flat_density(); }
double Law::at_z(double z) const { return shape_->at_z(z); }
double Law::z_of(double x) const { return shape_->z_of(x); }

}  // namespace sojourn::models::exact
