#include "models/learn/late.h"

#include "engine/random/luck.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace sojourn::models {
namespace {

constexpr std::int64_t hour = 3'600'000;
constexpr std::uint32_t rounds = 20;  // drawings of each case

using Pool = std::vector<std::int64_t>;

/// At a visit the clock stands where the one before ended, so the limit itself is early: `after` asks for strictly more.
/// Mean distance between real and drawn times of whole cases, [sorted] place by place.
double distance_with(const Traces& traces, std::size_t symbols, std::int64_t limit_ms,
                     const std::vector<double>& real) {
  std::array<std::vector<Pool>, 2> pools = {std::vector<Pool>(symbols), std::vector<Pool>(symbols)};  // [late][symbol]
  for (const Trace& trace : traces.list) {
    std::int64_t since = 0;
    for (const Step& step : traces.of(trace)) {
      pools[since > limit_ms][step.symbol].push_back(step.gap_ms);
      since += step.gap_ms;
    }
  }
  const engine::PlaceKey key = engine::place_key(1, "learn/limit");
  std::vector<double> drawn;
  for (std::uint32_t round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < traces.list.size(); ++i) {
      std::int64_t since = 0;
      std::uint32_t at = 0;
      for (const Step& step : traces.of(traces.list[i])) {
        const Pool* pool = &pools[since > limit_ms][step.symbol];
        if (pool->empty()) pool = &pools[since <= limit_ms][step.symbol];
        const double draw = engine::uniform(engine::luck_of(key, i, round, at++).block(0)[0]);
        since += (*pool)[static_cast<std::size_t>(draw * static_cast<double>(pool->size()))];
      }
      drawn.push_back(static_cast<double>(since));
    }
  }
  std::ranges::sort(drawn);
  double distance = 0;
  for (std::size_t i = 0; i < drawn.size(); ++i) distance += std::abs(drawn[i] - real[i / rounds]);
  return distance / static_cast<double>(drawn.size());
}

}  // namespace

std::optional<std::int64_t> find_limit(const Traces& traces, std::size_t symbols) {
  constexpr std::array<std::int64_t, 10> limits = {hour,      2 * hour,  4 * hour,   8 * hour,   12 * hour,
                                                   24 * hour, 72 * hour, 168 * hour, 336 * hour, 720 * hour};
  std::vector<double> real;
  double mean = 0;
  for (const Trace& trace : traces.list) {
    double time = 0;
    for (const Step& step : traces.of(trace)) time += static_cast<double>(step.gap_ms);
    real.push_back(time);
    mean += time / static_cast<double>(traces.list.size());
  }
  std::ranges::sort(real);
  const double without = distance_with(traces, symbols, std::numeric_limits<std::int64_t>::max(), real);
  if (without < 0.1 * mean) return std::nullopt;
  std::optional<std::int64_t> best;
  double least = 0.5 * without;
  for (const std::int64_t limit : limits) {
    const double distance = distance_with(traces, symbols, limit, real);
    if (distance < least) {
      least = distance;
      best = limit;
    }
  }
  return best;
}

}  // namespace sojourn::models
