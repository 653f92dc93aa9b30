#include "models/learn/distances.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace sojourn::models {
namespace {

constexpr std::int64_t hour = 3'600'000;
using Cases = std::vector<CaseEvents>;
using Histogram = std::map<std::int64_t, double>;  // whole hours to count

constexpr std::uint32_t before = std::numeric_limits<std::uint32_t>::max(), behind = before - 1;
using Trigrams = std::map<std::array<std::uint32_t, 3>, double>;

Trigrams trigrams(const Cases& cases) {
  Trigrams counts;
  for (const CaseEvents& one : cases) {
    std::array<std::uint32_t, 3> gram = {before, before, before};
    const auto push = [&](std::uint32_t activity) {
      gram = {gram[1], gram[2], activity};
      ++counts[gram];
    };
    for (const CaseEvent& event : one) push(event.activity);
    push(behind);
    push(behind);
  }
  return counts;
}

double ngram_distance(const Cases& one, const Cases& other) {
  const Trigrams a = trigrams(one), b = trigrams(other);
  double apart = 0, all = 0;
  for (const auto& [gram, count] : a) {
    const auto same = b.find(gram);
    apart += std::abs(count - (same == b.end() ? 0 : same->second));
    all += count;
  }
  for (const auto& [gram, count] : b) {
    if (!a.contains(gram)) apart += count;
    all += count;
  }
  return apart / all;
}

/// The integral of |F1 - F2|, in bins.
double wasserstein(const Histogram& one, const Histogram& other) {
  const auto total = [](const Histogram& histogram) {
    double sum = 0;
    for (const auto& [bin, count] : histogram) sum += count;
    return sum;
  };
  const double n1 = total(one), n2 = total(other);
  std::map<std::int64_t, double> steps;  // of F1 - F2
  for (const auto& [bin, count] : one) steps[bin] += count / n1;
  for (const auto& [bin, count] : other) steps[bin] -= count / n2;
  double apart = 0, difference = 0;
  for (auto step = steps.begin(); step != steps.end(); ++step) {
    difference += step->second;
    const auto next = std::next(step);
    if (next != steps.end()) apart += std::abs(difference) * static_cast<double>(next->first - step->first);
  }
  return apart;
}

Histogram relative_events(const Cases& cases) {
  Histogram histogram;
  for (const CaseEvents& one : cases) {
    for (const CaseEvent& event : one) {
      ++histogram[(event.start_ms - one.front().start_ms) / hour];
      ++histogram[(event.end_ms - one.front().start_ms) / hour];
    }
  }
  return histogram;
}

std::int64_t cycle_ms(const CaseEvents& one) {
  std::int64_t last = 0;
  for (const CaseEvent& event : one) last = std::max(last, event.end_ms - one.front().start_ms);
  return last;
}

Histogram cycles(const Cases& cases, std::int64_t shortest) {
  Histogram histogram;
  for (const CaseEvents& one : cases) ++histogram[(cycle_ms(one) - shortest) / hour];
  return histogram;
}

std::int64_t shortest_of(const Cases& cases) {
  std::int64_t shortest = std::numeric_limits<std::int64_t>::max();
  for (const CaseEvents& one : cases) shortest = std::min(shortest, cycle_ms(one));
  return shortest;
}

}  // namespace

Distances distances(const Cases& one, const Cases& other) {
  const std::int64_t shortest = std::min(shortest_of(one), shortest_of(other));
  return {ngram_distance(one, other), wasserstein(relative_events(one), relative_events(other)),
          wasserstein(cycles(one, shortest), cycles(other, shortest))};
}

}  // namespace sojourn::models
