#pragma once
// Sums of products of whole numbers, many of them side by side: exact, as WideSum is, but kept in words of 64 bits, in all lanes that a
// processor has, until they are moved to where they belong.

#include "engine/base/exact_sum.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sojourn::engine {

/// Rows of numbers are read in eights: there is room for so many words, and those behind the last number are 0.
constexpr std::size_t in_eights(std::size_t count) { return (count + 7) / 8 * 8; }

/// Whether all numbers of a row are narrow; products and sums of others do not fit.
bool are_narrow(const std::int64_t* row, std::size_t count);
/// to[i] += row[i].
void add_row(const std::int64_t* row, std::size_t count, std::int64_t* to);
/// to[i] = row[i] - less[i].
void subtract_row(const std::int64_t* row, const std::int64_t* less, std::size_t count, std::int64_t* to);

/// Sums of x[r] y[i] for each of some x and some y, or of x[i] y[i]. All numbers are narrow.
class ProductSums {
 public:
  /// Products that may be added to each sum before it is cleared.
  static constexpr std::size_t kMost = 256;

  ProductSums(std::size_t rows, std::size_t columns)
      : rows_(rows), width_(in_eights(columns)), words_(rows * kParts * width_, 0) {}

  /// Each x with each y.
  void add_outer(const std::int64_t* x, const std::int64_t* y);
  /// Of one row: x[i] with y[i].
  void add(const std::int64_t* x, const std::int64_t* y);

  Int128 sum(std::size_t row, std::size_t column) const {
    const std::int64_t* at = words_.data() + row * kParts * width_ + column;
    return static_cast<Int128>(at[0]) * (std::int64_t{1} << (2 * kBits)) +
           static_cast<Int128>(at[width_]) * (std::int64_t{1} << kBits) + at[2 * width_];
  }
  void clear() { words_.assign(words_.size(), 0); }

  // A narrow number is high 2^26 + low, 0 <= low < 2^26, so a product is three parts of less than 2^55, of which 256 fit into 63 bits.
  static constexpr int kBits = 26;
  static constexpr std::size_t kParts = 3;

 private:
  std::size_t rows_, width_;
  std::vector<std::int64_t> words_;  // [row][high, across, low][column]
};

}  // namespace sojourn::engine
