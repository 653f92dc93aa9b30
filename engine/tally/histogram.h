#pragma once
// A histogram of non-negative integers with bins of constant relative width, as in HDR histograms: merging is addition,
// so quantiles do not depend on order or partition.

#include <bit>
#include <cstdint>
#include <vector>

namespace sojourn::engine {

/// Values below 512 have bins of their own; above, each octave is cut into 256 bins (relative width at most 1/256).
class Histogram {
 public:
  static constexpr int kSubBits = 8;

  static std::size_t bin_of(std::uint64_t value) {
    constexpr std::uint64_t kExact = std::uint64_t{2} << kSubBits;
    if (value < kExact) return value;
    const int shift = static_cast<int>(std::bit_width(value)) - 1 - kSubBits;
    return (static_cast<std::size_t>(shift) << kSubBits) + static_cast<std::size_t>(value >> shift);
  }
  /// The smallest value of a bin.
  static double low_edge(std::size_t bin);

  void add(std::int64_t value) {
    const std::size_t bin = bin_of(value > 0 ? static_cast<std::uint64_t>(value) : 0);
    if (bin >= counts_.size()) counts_.resize(bin + 1, 0);
    ++counts_[bin];
  }
  void add(const Histogram& other);
  /// Takes away what another one holds of the same values.
  void subtract(const Histogram& other);

  std::uint64_t total() const;
  /// The value below which `rank` (0..total) of the values lie, spread evenly within a bin. total() > 0.
  double at_rank(double rank) const;
  /// Central moments about `mean`, values taken at the middle of their bins.
  double central_moment(double mean, int order) const;
  const std::vector<std::uint64_t>& counts() const { return counts_; }

 private:
  std::vector<std::uint64_t> counts_;  // [bin], trailing zeros left out
};

}  // namespace sojourn::engine
