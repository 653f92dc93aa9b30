#include "engine/study/design.h"

#include "engine/base/contract.h"
#include "engine/study/scrambled_points.h"

#include <boost/random/sobol.hpp>

#include <algorithm>
#include <numeric>

namespace sojourn::engine {
namespace {

/// The words that one factor's column of a design has, by number.
class ColumnLuck {
 public:
  ColumnLuck(std::uint64_t seed, std::string_view design, const std::string& name)
      : key_(place_key(seed, "design " + std::string(design) + " " + name)) {}
  Block block(std::uint64_t i) const { return luck_of(key_, i, 0, 0).block(0); }
  PlaceKey key() const { return key_; }

 private:
  PlaceKey key_;
};

/// A random order of 0..n-1: by words, equal ones by number.
std::vector<std::size_t> random_order(std::size_t n, const ColumnLuck& luck) {
  std::vector<std::uint64_t> words(n);
  for (std::size_t i = 0; i < n; ++i) {
    const Block block = luck.block(i);
    words[i] = (std::uint64_t{block[0]} << 32) | block[1];
  }
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return words[i]; });
  return order;
}

void expect_room(std::size_t rows, std::size_t columns) {
  SOJOURN_EXPECT(rows <= kMostDesignCells / std::max<std::size_t>(columns, 1), "a design that fits into memory");
}

/// Columns beyond the names' are those of the same factors again, and have luck of their own.
Design scrambled_sobol(std::size_t points, std::size_t columns, const std::vector<std::string>& names,
                       std::uint64_t seed) {
  expect_room(points, columns);
  Design design(points, columns);
  if (columns == 0) return design;
  std::vector<OwenScramble> scrambles;
  for (std::size_t c = 0; c < columns; ++c) {
    const ColumnLuck luck(seed, "sobol", names[c % names.size()]);
    scrambles.emplace_back(luck.key(), 0, static_cast<std::uint32_t>(c / names.size()));
  }
  boost::random::sobol_engine<std::uint32_t, 32> sequence(columns);  // begins behind the origin
  for (std::size_t row = 0; row < points; ++row) {
    for (std::size_t c = 0; c < columns; ++c) {
      design.at(row, c) = uniform(scrambles[c](row == 0 ? 0 : sequence()));
    }
  }
  return design;
}

}  // namespace

Design grid(std::span<const std::size_t> levels) {
  std::size_t rows = 1;
  for (const std::size_t count : levels) {
    SOJOURN_EXPECT(count > 0 && rows <= kMostDesignCells / count, "a grid that fits into memory");
    rows *= count;
  }
  expect_room(rows, levels.size());
  Design design(rows, levels.size());
  for (std::size_t row = 0; row < rows; ++row) {
    std::size_t rest = row;
    for (std::size_t c = levels.size(); c-- > 0; rest /= levels[c])
      design.at(row, c) = static_cast<double>(rest % levels[c]);
  }
  return design;
}

Design one_at_a_time(std::span<const std::size_t> levels) {
  const std::size_t rows = std::accumulate(levels.begin(), levels.end(), std::size_t{1});
  expect_room(rows, levels.size());
  Design design(rows, levels.size());
  std::size_t row = 0;
  const auto base = [&] {
    for (std::size_t c = 0; c < levels.size(); ++c) design.at(row, c) = kAtBase;
    return row++;
  };
  base();
  for (std::size_t c = 0; c < levels.size(); ++c) {
    for (std::size_t level = 0; level < levels[c]; ++level) design.at(base(), c) = static_cast<double>(level);
  }
  return design;
}

Design latin_hypercube(std::size_t points, const std::vector<std::string>& names, std::uint64_t seed) {
  SOJOURN_EXPECT(points > 0 && points < (std::size_t{1} << 24), "up to 2^24 points");
  expect_room(points, names.size());
  Design design(points, names.size());
  for (std::size_t c = 0; c < names.size(); ++c) {
    const ColumnLuck luck(seed, "latin_hypercube", names[c]);
    const std::vector<std::size_t> order = random_order(points, luck);
    for (std::size_t row = 0; row < points; ++row) {
      // 20 bits within a part: what rounding does cannot reach the next one.
      const double within = (static_cast<double>(luck.block(row)[2] >> 12) + 0.5) * 0x1p-20;
      design.at(row, c) = (static_cast<double>(order[row]) + within) / static_cast<double>(points);
    }
  }
  return design;
}

Design sobol(std::size_t points, const std::vector<std::string>& names, std::uint64_t seed) {
  return scrambled_sobol(points, names.size(), names, seed);
}

Design saltelli(std::size_t points, const std::vector<std::string>& names, std::uint64_t seed) {
  const std::size_t k = names.size();
  expect_room(points * (k + 2), k);
  const Design both = scrambled_sobol(points, 2 * k, names, seed);
  Design design(points * (k + 2), k);
  for (std::size_t j = 0; j < points; ++j) {
    for (std::size_t row = 0; row < k + 2; ++row) {
      for (std::size_t c = 0; c < k; ++c) {
        const bool from_b = row == k + 1 || row == c + 1;
        design.at(j * (k + 2) + row, c) = both.at(j, from_b ? k + c : c);
      }
    }
  }
  return design;
}

Design morris(std::size_t trajectories, std::size_t levels, const std::vector<std::string>& names, std::uint64_t seed) {
  SOJOURN_EXPECT(levels >= 2 && levels % 2 == 0, "an even number of levels");
  const std::size_t k = names.size();
  expect_room(trajectories * (k + 1), k);
  Design design(trajectories * (k + 1), k);
  const std::size_t half = levels / 2;  // the step, in levels
  std::vector<ColumnLuck> lucks;
  for (const std::string& name : names) lucks.emplace_back(seed, "morris", name);
  std::vector<std::size_t> at(k), order(k);
  for (std::size_t t = 0; t < trajectories; ++t) {
    std::vector<std::uint32_t> turns(k);
    for (std::size_t c = 0; c < k; ++c) {
      const Block block = lucks[c].block(t);
      at[c] = static_cast<std::size_t>((std::uint64_t{block[0]} * half) >> 32) + (block[1] >> 31) * half;
      turns[c] = block[2];
      order[c] = c;
    }
    std::ranges::stable_sort(order, {}, [&](std::size_t c) { return turns[c]; });
    for (std::size_t step = 0; step <= k; ++step) {
      if (step > 0) {
        std::size_t& moved = at[order[step - 1]];
        moved = moved < half ? moved + half : moved - half;
      }
      for (std::size_t c = 0; c < k; ++c) {
        design.at(t * (k + 1) + step, c) = static_cast<double>(at[c]) / static_cast<double>(levels - 1);
      }
    }
  }
  return design;
}

}  // namespace sojourn::engine
