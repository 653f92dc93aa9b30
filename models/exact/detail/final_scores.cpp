#include "models/exact/detail/final_scores.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>

namespace sojourn::models::exact {
namespace {

constexpr double kNear = 1e-9;
constexpr double kSatisfied = 7;

/// log(1 + e^x).
double softplus(double x) { return x > 0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x)); }

/// The mean of P(Y <= k) where S is equally likely between from and to.
double mean_logistic(double threshold, double spread, double from, double to) {
  const double u = (threshold - from) / spread;
  const double v = (threshold - to) / spread;
  if (std::abs(v - u) < 1e-4) {  // to second order
    const double l = engine::logistic(0.5 * (u + v));
    return l + l * (1 - l) * (1 - 2 * l) * (v - u) * (v - u) / 24;
  }
  return (softplus(v) - softplus(u)) / (v - u);
}

/// E[P(Y <= k); low < X <= high], by parts, so that no density is needed: L(high) F - integral of F dL.
double integrated_logistic(double threshold, double spread, const Law& law, double low, double high, double from,
                           double slope) {
  const auto share = [&](double x) { return engine::logistic((threshold - (from + slope * (x - low))) / spread); };
  std::vector<double> cuts = {low, high};
  for (double z = -9; z <= 9; z += 1) {
    const double x = law.at_z(z);
    if (low < x && x < high) cuts.push_back(x);
  }
  const int parts = 1 + static_cast<int>(std::abs(slope) * (high - low) / (2 * spread));
  for (int i = 1; i < parts; ++i) cuts.push_back(low + (high - low) * i / parts);
  std::sort(cuts.begin(), cuts.end());
  double integral = 0;
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    integral += boost::math::quadrature::gauss<double, 15>::integrate(
        [&](double x) {
          const double l = share(x);
          return law.between(low, x).zeroth * l * (1 - l);
        },
        cuts[i], cuts[i + 1]);
  }
  return share(high) * law.between(low, high).zeroth + integral * slope / spread;
}

}  // namespace

void FinalScores::add(const ResponseTable& response, double probability, double overall) {
  share += probability;
  satisfaction += probability * overall;
  square += probability * overall * overall;
  if (overall >= kSatisfied + kNear) satisfied += probability;
  if (std::abs(overall - kSatisfied) < kNear) nearly_satisfied += probability;
  for (std::size_t k = 0; k < at_most.size(); ++k) {
    at_most[k] += probability * engine::logistic((response.threshold_less_bias[k] - overall) / response.spread);
  }
}

void FinalScores::add_linear(const ResponseTable& response, double probability, const Law& law, double low, double high,
                             double from, double to) {
  const Moments x = law.between(low, high);
  if (!(x.zeroth > 0)) return;
  if (from == to) {
    add(response, probability * x.zeroth, from);
    return;
  }
  const double slope = (to - from) / (high - low);
  const double lowest = std::max(low, law.at_z(-40));  // where it has its mass
  const double highest = std::min(high, law.at_z(40));
  const double from_there = from + slope * (lowest - low);
  const double to_there = from + slope * (highest - low);
  const double first = x.first - low * x.zeroth;
  const double second = x.second - 2 * low * x.first + low * low * x.zeroth;
  share += probability * x.zeroth;
  satisfaction += probability * (from * x.zeroth + slope * first);
  square += probability * (from * from * x.zeroth + 2 * from * slope * first + slope * slope * second);
  const double crossing = std::clamp(low + (kSatisfied - from) / slope, low, high);
  satisfied += probability * (slope > 0 ? law.between(crossing, high) : law.between(low, crossing)).zeroth;
  for (std::size_t k = 0; k < at_most.size(); ++k) {
    const double threshold = response.threshold_less_bias[k];
    at_most[k] +=
        probability * (law.flat_density() > 0
                           ? x.zeroth * mean_logistic(threshold, response.spread, from_there, to_there)
                           : integrated_logistic(threshold, response.spread, law, lowest, highest, from_there, slope));
  }
}

namespace {

/// One stretch of the drawn performance on which S, before its clamp, is linear.
class Stretch {
 public:
  Stretch(const PersonaTables& persona, double probability, const Law& law, FinalScores& scores)
      : persona_(persona), probability_(probability), law_(law), scores_(scores) {}

  void add(double low, double high, double from, double to) {
    std::vector<double> cuts = {low};
    if (from != to) {
      for (const double end : {from < to ? 0.0 : 10.0, from < to ? 10.0 : 0.0}) {
        const double x = low + (end - from) / (to - from) * (high - low);
        if (low < x && x < high) cuts.push_back(x);
      }
    }
    cuts.push_back(high);
    const auto s = [&](double x) { return clamp_points(from + (to - from) * (x - low) / (high - low)); };
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      scores_.add_linear(persona_.response, probability_, law_, cuts[i], cuts[i + 1], s(cuts[i]), s(cuts[i + 1]));
    }
  }

 private:
  const PersonaTables& persona_;
  double probability_;
  const Law& law_;
  FinalScores& scores_;
};

}  // namespace

void add_last_visit(const PersonaTables& persona, double probability, const LastVisit& visit, const Law& law,
                    FinalScores& scores) {
  const double anchor = persona.anchor;
  const Memory& before = visit.memory;
  const double held = std::abs(before.peak - anchor);
  const auto s = [&](double m, bool new_peak) {
    Memory memory = before;
    memory.remember(m, visit.importance, anchor);
    memory.peak = new_peak ? m : before.peak;
    return remembered(memory, persona.memory, anchor) - visit.deductions;
  };
  const auto takes_the_peak = [&](double m) { return !before.any || std::abs(m - anchor) > held; };
  Piecewise m = visit.satisfaction;
  if (before.any) m = m.then({anchor - held, anchor + held}, [](double y) { return y; });
  const auto certain = [&](double share, double y) {
    if (share > 0) scores.add(persona.response, probability * share, clamp_points(s(y, takes_the_peak(y))));
  };
  certain(law.at_most(m.x.front()), m.y.front());
  certain(law.above(m.x.back()), m.y.back());
  Stretch stretch(persona, probability, law, scores);
  for (std::size_t i = 0; i + 1 < m.x.size(); ++i) {
    if (!(m.x[i + 1] > m.x[i])) continue;
    const bool new_peak = takes_the_peak(0.5 * (m.y[i] + m.y[i + 1]));
    stretch.add(m.x[i], m.x[i + 1], s(m.y[i], new_peak), s(m.y[i + 1], new_peak));
  }
}

}  // namespace sojourn::models::exact
