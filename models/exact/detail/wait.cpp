#include "models/exact/detail/wait.h"

#include "models/behaviour/tables.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace sojourn::models::exact {
namespace {

constexpr double kLongest = static_cast<double>(kLongestMs);

double whole(double ms) { return static_cast<double>(whole_ms(ms)); }

/// Of min(max(X, 0), longest), on low < X <= high, where a continuous X is not rounded: that moves no moment to first order.
Moments clamped(const Law& law, double low, double high) {
  Moments sum;
  if (!(high > low)) return sum;
  if (low < 0) sum += at(0, law.between(low, std::min(0.0, high)).zeroth);
  sum += law.between(std::max(low, 0.0), std::min(high, kLongest));
  if (high > kLongest) sum += at(kLongest, law.between(std::max(low, kLongest), high).zeroth);
  return sum;
}

/// The first and the second of these moments.
std::array<double, 2> clamped_means(const Law& law, double low, double high) {
  if (!(high > low)) return {};
  std::array<double, 2> sum = {law.moment(1, std::max(low, 0.0), std::min(high, kLongest)),
                               law.moment(2, std::max(low, 0.0), std::min(high, kLongest))};
  if (high > kLongest) {
    const Moments longest = at(kLongest, law.moment(0, std::max(low, kLongest), high));
    sum[0] += longest.first;
    sum[1] += longest.second;
  }
  return sum;
}

/// What Boost integrates: several functions of one variable at once.
struct Together {
  std::array<double, 5> of{};
  Together() = default;
  Together(double all) { of.fill(all); }  // NOLINT: Boost begins with a number
  Together& operator+=(const Together& other) {
    for (std::size_t i = 0; i < of.size(); ++i) of[i] += other.of[i];
    return *this;
  }
  friend Together operator+(Together a, const Together& b) { return a += b; }
  friend Together operator*(Together a, double factor) {
    for (double& one : a.of) one *= factor;
    return a;
  }
  friend Together operator*(double factor, const Together& a) { return a * factor; }
  Together operator-() const { return *this * -1.0; }
  friend double abs(const Together&) { return 0; }  // for an error that nobody asks for
};

/// A continuous law as the walk rounds it. Where it is a matter of seconds, whole milliseconds are told apart up to kCells; beyond, and
/// for wider laws, rounding is left to its first order.
class Rounded {
 public:
  explicit Rounded(const Law& law) : law_(law) {
    constexpr double kWide = 4000;
    if (law.is_discrete() || law.at_z(1) - law.at_z(-1) > kWide) return;
    double below = 0;
    for (int k = 0; k <= kCells; ++k) {
      const double up_to = law.at_most(k + 0.5);
      const double mass = up_to > 0.5 ? law.above(k == 0 ? -kInfinity : k - 0.5) - law.above(k + 0.5) : up_to - below;
      below = up_to;
      cells_.push_back(std::max(mass, 0.0));
      sums_.push_back(k == 0 ? Moments{} : sums_.back());
      sums_.back() += at(k, cells_.back());
    }
  }

  /// [ms] probability of each that is told apart; may be empty.
  const std::vector<double>& cells() const { return cells_; }
  /// Where what is not told apart begins.
  double tail() const { return cells_.empty() ? -kInfinity : kCells + 0.5; }
  /// E[round(X)^k; X <= high], `high` half a millisecond beyond a whole one, or infinite, or beyond the cells.
  Moments up_to(double high) const {
    if (cells_.empty()) return clamped(law_, -kInfinity, high);
    if (high < 0) return {};
    if (high <= tail()) return sums_[static_cast<std::size_t>(high)];
    Moments sum = sums_.back();
    sum += clamped(law_, tail(), high);
    return sum;
  }

 private:
  static constexpr int kCells = 2048;
  const Law& law_;
  std::vector<double> cells_;  // [ms]
  std::vector<Moments> sums_;  // [ms] up to and with it
};

void add(Wait& sum, const Wait& one, double weight) {
  for (const auto part : {&Wait::stayed, &Wait::given_up}) {
    const Moments& m = one.*part;
    sum.*part += Moments{weight * m.zeroth, weight * m.first, weight * m.second};
  }
}

/// The duration is one value.
Wait against(double duration, const Law& patience, const Rounded& rounded) {
  Wait wait;
  if (patience.is_discrete()) {
    for (const auto& [value, probability] : patience.atoms()) {
      const double t = whole(value);
      (duration > t ? wait.given_up : wait.stayed) += at(std::min(duration, t), probability);
    }
    return wait;
  }
  const double cut = duration - 0.5;
  if (duration > 0) wait.given_up = rounded.up_to(cut);
  wait.stayed = at(duration, duration > 0 ? patience.above(cut) : 1);
  return wait;
}

/// Both continuous: cells one by one, and of the rest an integral over the patience, as z of a standard normal, cut where either law
/// changes.
Wait race(const Law& duration, const Rounded& durations, const Law& patience, const Rounded& patiences) {
  Wait wait;
  for (std::size_t k = 0; k < durations.cells().size(); ++k) {
    add(wait, against(static_cast<double>(k), patience, patiences), durations.cells()[k]);
  }
  // From here on only durations beyond their cells count.
  const double from = durations.tail();
  const auto longer = [&](double t) { return t >= kLongest ? 0 : duration.above(std::max(t + 0.5, from)); };
  const auto stayed = [&](double t) { return t + 0.5 > from ? clamped(duration, from, t + 0.5) : Moments{}; };
  for (std::size_t t = 0; t < patiences.cells().size(); ++t) {
    const auto patience_ms = static_cast<double>(t);
    Wait one;
    one.given_up = at(patience_ms, longer(patience_ms));
    one.stayed = stayed(patience_ms);
    add(wait, one, patiences.cells()[t]);
  }
  const auto stayed_means = [&](double t) {
    return t + 0.5 > from ? clamped_means(duration, from, t + 0.5) : std::array<double, 2>{};
  };
  constexpr double kFar = 12;
  const double first = patiences.cells().empty() ? -kFar : std::clamp(patience.z_of(patiences.tail()), -kFar, kFar);
  std::vector<double> cuts = {first};
  const auto cut = [&](double z) {
    if (z > first && z <= kFar) cuts.push_back(z);
  };
  for (double z = -kFar; z <= kFar; z += 1) cut(z);
  for (double z = -9; z <= 9; z += 1) cut(patience.z_of(duration.at_z(z)));
  for (const double x : {0.0, kLongest, from - 0.5}) {
    if (std::isfinite(x)) cut(patience.z_of(x));
  }
  std::sort(cuts.begin(), cuts.end());
  const auto at_patience = [&](double z) {
    const double t = std::clamp(patience.at_z(z), 0.0, kLongest);
    const double density = std::exp(-0.5 * z * z) / std::sqrt(2 * M_PI);
    const double share = longer(t);
    const auto [first_moment, second_moment] = stayed_means(t);
    Together here;
    here.of = {density * share, density * (t * share), density * (t * t * share), density * first_moment,
               density * second_moment};
    return here;
  };
  Together sum;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    if (cuts[i + 1] - cuts[i] < 1e-14) continue;
    sum += boost::math::quadrature::gauss<double, 20>::integrate(at_patience, cuts[i], cuts[i + 1]);
  }
  wait.given_up.zeroth += sum.of[0];
  wait.given_up.first += sum.of[1];
  wait.given_up.second += sum.of[2];
  wait.stayed.zeroth = 1 - wait.given_up.zeroth;
  wait.stayed.first += sum.of[3];
  wait.stayed.second += sum.of[4];
  return wait;
}

/// The patience is one value.
Wait against(const Law& duration, const Rounded& rounded, double patience) {
  Wait wait;
  if (patience >= kLongest) {
    wait.stayed = rounded.up_to(kInfinity);
    return wait;
  }
  wait.given_up = at(patience, duration.above(patience + 0.5));
  wait.stayed = rounded.up_to(patience + 0.5);
  return wait;
}

double longest_of(const Distribution& d) {
  using Family = Distribution::Family;
  switch (d.family) {
    case Family::constant: return whole(d.a);
    case Family::uniform: return whole(d.b);
    case Family::triangular: return whole(d.c);
    case Family::discrete: return whole(d.points.back().first);
    default: return kInfinity;
  }
}

Wait first_moments(const Law& duration, const Law& patience) {
  Wait wait;
  const Rounded durations(duration);
  const Rounded patiences(patience);
  if (duration.is_discrete()) {
    for (const auto& [value, probability] : duration.atoms()) {
      add(wait, against(whole(value), patience, patiences), probability);
    }
  } else if (patience.is_discrete()) {
    for (const auto& [value, probability] : patience.atoms()) {
      add(wait, against(duration, durations, whole(value)), probability);
    }
  } else {
    wait = race(duration, durations, patience, patiences);
  }
  return wait;
}

}  // namespace

Wait wait_of(const Distribution& duration_ms, const std::optional<Distribution>& patience_ms) {
  const Law duration(duration_ms);
  Distribution endless;
  endless.a = kLongest;
  Wait wait = first_moments(duration, Law(patience_ms.value_or(endless)));
  wait.eighth = duration.eighth_moment();
  wait.longest = longest_of(duration_ms);
  return wait;
}

}  // namespace sojourn::models::exact
