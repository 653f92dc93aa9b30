#include "engine/random/detail/mass.h"

#include "engine/base/math.h"
#include "engine/random/detail/eight.h"

#include <array>
#include <cstddef>

namespace sojourn::engine::detail {
namespace {

using eight::Eight;

// Gauss-Legendre nodes and weights on (-1, 1), 8 points (Abramowitz & Stegun 1964, table 25.4).
constexpr std::array<double, 4> kGaussNode = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                                              0.9602898564975363};
constexpr std::array<double, 4> kGaussWeight = {0.3626837833783620, 0.3137066458778873, 0.2223810344533745,
                                                0.1012285362903763};

/// log(1 + e^x) without overflow.
double softplus(double x) { return x > 0 ? x + log(1.0 + exp(-x)) : log(1.0 + exp(x)); }

SOJOURN_EIGHT Eight softplus(Eight x) {
  const eight::Wholes positive = x > Eight(0.0);
  const Eight beyond = eight::log(Eight(1.0) + eight::exp(select(positive, -x, x)));
  return select(positive, x + beyond, beyond);
}

SOJOURN_EIGHT Eight log_density(const LogDensity& d, Eight y) {
  switch (d.of) {
    case LogDensity::Of::gamma: return Eight(d.a) * y - eight::exp(y);
    case LogDensity::Of::beta: return Eight(-(d.a + d.b)) * softplus(-y) - Eight(d.b) * y;
    case LogDensity::Of::normal: return Eight(-0.5) * y * y;
  }
  return y;
}

SOJOURN_EIGHT double integral_inline(const LogDensity& d, double peak, double from, double to) {
  const double centre = 0.5 * (from + to);
  const double half = 0.5 * (to - from);
  constexpr std::array<double, 8> nodes = {-kGaussNode[0], -kGaussNode[1], -kGaussNode[2], -kGaussNode[3],
                                           kGaussNode[0],  kGaussNode[1],  kGaussNode[2],  kGaussNode[3]};
  const Eight y = Eight(centre) + Eight(half) * Eight(nodes);
  const Eight density = eight::exp(log_density(d, y) - Eight(peak));
  double sum = 0;
  for (std::size_t i = 0; i < kGaussNode.size(); ++i) sum += kGaussWeight[i] * (density.v[i] + density.v[i + 4]);
  return half * sum;
}

using Integral = double (*)(const LogDensity&, double, double, double);

double integral_plain(const LogDensity& d, double peak, double from, double to) {
  return integral_inline(d, peak, from, to);
}

// The same bits, eight and four at once.
#if defined(__x86_64__)
[[gnu::target("avx512f,avx512dq,avx512vl")]] double integral_avx512(const LogDensity& d, double peak, double from,
                                                                    double to) {
  return integral_inline(d, peak, from, to);
}
[[gnu::target("avx2")]] double integral_avx2(const LogDensity& d, double peak, double from, double to) {
  return integral_inline(d, peak, from, to);
}

Integral fastest_integral() {
  const bool wide =
      __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
  if (wide) return integral_avx512;
  return __builtin_cpu_supports("avx2") ? integral_avx2 : integral_plain;
}
#else
Integral fastest_integral() { return integral_plain; }
#endif

}  // namespace

double LogDensity::operator()(double y) const {
  switch (of) {
    case Of::gamma: return a * y - exp(y);
    case Of::beta: return -(a + b) * softplus(-y) - b * y;
    case Of::normal: return -0.5 * y * y;
  }
  return y;
}

double LogDensity::mode() const {
  switch (of) {
    case Of::gamma: return log(a);
    case Of::beta: return log(a / b);
    case Of::normal: break;
  }
  return 0;
}

double LogDensity::integral(double peak, double from, double to) const {
  static const Integral fastest = fastest_integral();
  return fastest(*this, peak, from, to);
}

Mass::Mass(const LogDensity& log_density) : log_density_(log_density), peak_(log_density(log_density.mode())) {
  const double mode = log_density_.mode();
  const double left = edge(mode, -1.0);
  const double right = edge(mode, 1.0);
  constexpr int kPanels = 128;
  for (int i = 0; i < kPanels; ++i) bounds_.push_back(left + (mode - left) * i / kPanels);
  for (int i = 0; i <= kPanels; ++i) bounds_.push_back(mode + (right - mode) * i / kPanels);
  below_.assign(bounds_.size(), 0.0);
  above_.assign(bounds_.size(), 0.0);
  std::vector<double> panel(bounds_.size() - 1);
  for (std::size_t i = 0; i < panel.size(); ++i) {
    panel[i] = log_density_.integral(peak_, bounds_[i], bounds_[i + 1]);
    below_[i + 1] = below_[i] + panel[i];
  }
  for (std::size_t i = panel.size(); i-- > 0;) above_[i] = above_[i + 1] + panel[i];
}

double Mass::density(double y) const { return exp(log_density_(y) - peak_); }

double Mass::edge(double mode, double direction) const {
  double step = 1e-12 * (1.0 + (mode < 0 ? -mode : mode));
  while (log_density_(mode + direction * step) > peak_ - 50.0) step *= 2.0;
  return mode + direction * step;
}

/// `cumulated` rises with y if direction is 1 and falls if it is -1.
double Mass::solve(double mass, double guess, const std::vector<double>& cumulated, double direction) const {
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
    const double error = direction * log_density_.integral(peak_, start, y) - wanted;
    ((error < 0) == (direction > 0) ? from : to) = y;
    double next = y - direction * error / density(y);
    if (!(next > from && next < to)) next = 0.5 * (from + to);
    const double moved = next > y ? next - y : y - next;
    y = next;
    if (moved <= 1e-12 * (1.0 + (y < 0 ? -y : y))) break;
  }
  return y;
}

}  // namespace sojourn::engine::detail
