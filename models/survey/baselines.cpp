#include "models/survey/baselines.h"

#include <cmath>
#include <numeric>

namespace sojourn::models {
namespace {

double sum_of(const std::array<double, 11>& counts) { return std::accumulate(counts.begin(), counts.end(), 0.0); }

ScoreOdds drawn_to(const std::array<double, 11>& counts, const ScoreOdds& prior, double concentration) {
  const double all = sum_of(counts);
  ScoreOdds odds;
  for (std::size_t k = 0; k < odds.size(); ++k)
    odds[k] = (counts[k] + concentration * prior[k]) / (all + concentration);
  return odds;
}

void add(std::array<double, 11>& to, const std::array<double, 11>& counts) {
  for (std::size_t k = 0; k < to.size(); ++k) to[k] += counts[k];
}

template <class Key>
std::array<double, 11> counts_at(const std::map<Key, std::array<double, 11>>& map, const Key& key) {
  const auto at = map.find(key);
  return at == map.end() ? std::array<double, 11>{} : at->second;
}

}  // namespace

double likeliest_concentration(std::span<const std::pair<std::array<double, 11>, ScoreOdds>> counts_and_centres) {
  const auto evidence = [&](double log_c) {
    const double c = std::exp(log_c);
    double sum = 0;
    for (const auto& [counts, centre] : counts_and_centres) {
      sum += std::lgamma(c) - std::lgamma(c + sum_of(counts));
      for (std::size_t k = 0; k < centre.size(); ++k) {
        if (counts[k] > 0) sum += std::lgamma(counts[k] + c * centre[k]) - std::lgamma(c * centre[k]);
      }
    }
    return sum;
  };
  // On a grid, as the evidence may have two humps, then by golden section around the best.
  const double least = std::log(0.1), most = std::log(1e6);
  constexpr int steps = 64;
  const double step = (most - least) / steps;
  double best = most, best_evidence = evidence(most);
  for (int i = 0; i < steps; ++i) {
    const double at = least + i * step;
    if (const double value = evidence(at); value > best_evidence) best = at, best_evidence = value;
  }
  double low = std::max(least, best - step), high = std::min(most, best + step);
  const double golden = (std::sqrt(5.0) - 1) / 2;
  for (int i = 0; i < 40; ++i) {
    const double a = high - golden * (high - low), b = low + golden * (high - low);
    (evidence(a) < evidence(b) ? low : high) = evidence(a) < evidence(b) ? a : b;
  }
  return std::exp((low + high) / 2);
}

Baselines::Baselines(std::span<const AnswerCell> training) {
  for (const AnswerCell& cell : training) {
    add(all_, cell.count);
    add(questions_[cell.touchpoint], cell.count);
    add(segments_[{cell.touchpoint, cell.persona}], cell.count);
    if (cell.period != kNotSaid) add(periods_[{cell.touchpoint, cell.persona}][cell.period], cell.count);
  }
  std::vector<std::pair<Counts, ScoreOdds>> level;
  for (const auto& [key, counts] : segments_) level.emplace_back(counts, marginal(key.first));
  segment_pull_ = likeliest_concentration(level);
  level.clear();
  for (const auto& [key, periods] : periods_) {
    for (const auto& [period, counts] : periods) level.emplace_back(counts, segment(key.second, key.first));
  }
  period_pull_ = likeliest_concentration(level);
}

ScoreOdds Baselines::uniform() const {
  ScoreOdds odds;
  odds.fill(1.0 / 11);
  return odds;
}

ScoreOdds Baselines::marginal(std::uint32_t touchpoint) const {
  const auto at = questions_.find(touchpoint);
  return drawn_to(at == questions_.end() ? all_ : at->second, uniform(), 11 * 0.5);
}

ScoreOdds Baselines::segment(std::uint32_t persona, std::uint32_t touchpoint) const {
  return drawn_to(counts_at(segments_, Segment(touchpoint, persona)), marginal(touchpoint), segment_pull_);
}

std::optional<ScoreOdds> Baselines::persistence(std::uint32_t persona, std::uint32_t touchpoint,
                                                std::uint32_t period) const {
  const auto at = periods_.find({touchpoint, persona});
  if (at == periods_.end() || period == kNotSaid) return std::nullopt;
  const auto after = at->second.lower_bound(period);
  if (after == at->second.begin()) return std::nullopt;
  return drawn_to(std::prev(after)->second, segment(persona, touchpoint), period_pull_);
}

}  // namespace sojourn::models
