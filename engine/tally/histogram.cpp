#include "engine/tally/histogram.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <numeric>

namespace sojourn::engine {
namespace {

double high_edge(std::size_t bin) { return Histogram::low_edge(bin + 1); }

/// Small integers have bins of their own: then the value is the bin's, not spread over [n, n + 1).
double middle(std::size_t bin) {
  const double low = Histogram::low_edge(bin);
  return 0.5 * (low + high_edge(bin) - 1.0);
}

}  // namespace

double Histogram::low_edge(std::size_t bin) {
  constexpr std::size_t kExact = std::size_t{2} << kSubBits;
  if (bin < kExact) return static_cast<double>(bin);
  const std::size_t shift = (bin >> kSubBits) - 1;
  const std::size_t mantissa = bin - (shift << kSubBits);
  return static_cast<double>(mantissa) * static_cast<double>(std::uint64_t{1} << shift);
}

void Histogram::add(const Histogram& other) {
  if (other.counts_.size() > counts_.size()) counts_.resize(other.counts_.size(), 0);
  for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
}

void Histogram::subtract(const Histogram& other) {
  SOJOURN_EXPECT(other.counts_.size() <= counts_.size(), "a part of this histogram");
  for (std::size_t bin = 0; bin < other.counts_.size(); ++bin) counts_[bin] -= other.counts_[bin];
  while (!counts_.empty() && counts_.back() == 0) counts_.pop_back();
}

std::uint64_t Histogram::total() const { return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0}); }

double Histogram::at_rank(double rank) const {
  SOJOURN_EXPECT(total() > 0, "a quantile needs a value");
  double below = 0;
  std::size_t last = 0;
  for (std::size_t bin = 0; bin < counts_.size(); ++bin) {
    if (counts_[bin] == 0) continue;
    const auto here = static_cast<double>(counts_[bin]);
    if (rank < below + here) {
      const double width = high_edge(bin) - 1.0 - low_edge(bin);
      const double share = std::clamp((rank - below) / here, 0.0, 1.0);
      return low_edge(bin) + width * share;
    }
    below += here;
    last = bin;
  }
  return high_edge(last) - 1.0;
}

double Histogram::central_moment(double mean, int order) const {
  double sum = 0;
  double count = 0;
  for (std::size_t bin = 0; bin < counts_.size(); ++bin) {
    if (counts_[bin] == 0) continue;
    const auto here = static_cast<double>(counts_[bin]);
    const double deviation = middle(bin) - mean;
    double power = 1;
    for (int i = 0; i < order; ++i) power *= deviation;
    sum += here * power;
    count += here;
  }
  return count > 0 ? sum / count : 0.0;
}

}  // namespace sojourn::engine
