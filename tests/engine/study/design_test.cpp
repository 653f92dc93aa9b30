// Designs have exactly the structure that their names promise, and are the same everywhere.

#include "engine/study/design.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace sojourn::engine {
namespace {

using Names = std::vector<std::string>;

const Names kThree = {"a", "b", "c"};

std::vector<double> column(const Design& design, std::size_t c) {
  std::vector<double> values;
  for (std::size_t row = 0; row < design.rows(); ++row) values.push_back(design.at(row, c));
  return values;
}

/// How many points lie in each of the parts of 0..1.
std::vector<int> counts(const Design& design, std::size_t c, std::size_t parts) {
  std::vector<int> result(parts, 0);
  for (const double u : column(design, c)) ++result.at(static_cast<std::size_t>(u * static_cast<double>(parts)));
  return result;
}

TEST(Design, a_grid_has_every_combination_once) {
  const Design design = grid(std::vector<std::size_t>{2, 3, 2});
  ASSERT_EQ(design.rows(), 12U);
  std::set<std::vector<double>> rows;
  for (std::size_t row = 0; row < 12; ++row) {
    const auto cells = design.row(row);
    EXPECT_EQ(cells[0] * 6 + cells[1] * 2 + cells[2], static_cast<double>(row));  // the last changes fastest
    rows.insert({cells.begin(), cells.end()});
  }
  EXPECT_EQ(rows.size(), 12U);
  EXPECT_EQ(grid({}).rows(), 1U);
}

TEST(Design, one_at_a_time_moves_one_and_begins_at_the_base) {
  const Design design = one_at_a_time(std::vector<std::size_t>{2, 3});
  ASSERT_EQ(design.rows(), 6U);
  const double expected[6][2] = {{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {-1, 1}, {-1, 2}};
  for (std::size_t row = 0; row < 6; ++row) {
    for (std::size_t c = 0; c < 2; ++c) EXPECT_EQ(design.at(row, c), expected[row][c]) << row << "," << c;
  }
}

TEST(Design, a_latin_hypercube_hits_each_stratum_once) {
  for (const std::size_t n : {1U, 2U, 7U, 100U, 12'345U}) {
    const Design design = latin_hypercube(n, kThree, 5);
    ASSERT_EQ(design.rows(), n);
    for (std::size_t c = 0; c < 3; ++c) EXPECT_EQ(counts(design, c, n), std::vector<int>(n, 1)) << n;
  }
}

TEST(Design, a_latin_hypercubes_columns_are_unrelated) {
  // The correlation of two random orders of n has variance 1/(n - 1): 6 sigma.
  const Design design = latin_hypercube(10'000, kThree, 5);
  for (const auto& [i, j] : {std::pair{0U, 1U}, {0U, 2U}, {1U, 2U}}) {
    double sum = 0;
    for (std::size_t row = 0; row < design.rows(); ++row) sum += (design.at(row, i) - 0.5) * (design.at(row, j) - 0.5);
    EXPECT_LT(std::abs(12 * sum / 10'000), 6 / std::sqrt(9'999.0));
  }
}

TEST(Design, scrambled_sobol_points_are_balanced) {
  for (const std::size_t n : {2U, 8U, 64U, 1024U}) {
    const Design design = sobol(n, {"a", "b", "c", "d", "e"}, 3);
    for (std::size_t c = 0; c < 5; ++c) EXPECT_EQ(counts(design, c, n), std::vector<int>(n, 1)) << n << " " << c;
  }
  // The first two columns are a (0, m, 2)-net: each box of area 2^-m, whatever its shape, holds one of 2^m points.
  const Design design = sobol(64, {"a", "b"}, 3);
  for (int wide = 0; wide <= 6; ++wide) {
    std::set<std::pair<int, int>> boxes;
    for (std::size_t row = 0; row < 64; ++row) {
      boxes.insert(
          {static_cast<int>(design.at(row, 0) * (1 << wide)), static_cast<int>(design.at(row, 1) * (64 >> wide))});
    }
    EXPECT_EQ(boxes.size(), 64U) << wide;
  }
}

TEST(Design, fewer_sobol_points_are_the_first_of_more) {
  const Design few = sobol(10, kThree, 3);
  const Design more = sobol(16, kThree, 3);
  for (std::size_t row = 0; row < 10; ++row) EXPECT_TRUE(std::ranges::equal(few.row(row), more.row(row)));
}

TEST(Design, saltellis_rows_are_a_and_b_and_mixed) {
  const std::size_t n = 16, k = 3;
  const Design design = saltelli(n, kThree, 9);
  ASSERT_EQ(design.rows(), n * (k + 2));
  for (std::size_t j = 0; j < n; ++j) {
    const auto a = design.row(j * (k + 2));
    const auto b = design.row(j * (k + 2) + k + 1);
    for (std::size_t i = 0; i < k; ++i) {
      const auto mixed = design.row(j * (k + 2) + 1 + i);
      for (std::size_t c = 0; c < k; ++c) EXPECT_EQ(mixed[c], c == i ? b[c] : a[c]);
      EXPECT_NE(a[i], b[i]);
    }
  }
  // A and B are one sequence in 2k columns: each is balanced, and they are not the same column twice.
  for (const std::size_t which : {std::size_t{0}, k + 1}) {
    for (std::size_t c = 0; c < k; ++c) {
      std::vector<int> hits(n, 0);
      for (std::size_t j = 0; j < n; ++j) ++hits[static_cast<std::size_t>(design.at(j * (k + 2) + which, c) * n)];
      EXPECT_EQ(hits, std::vector<int>(n, 1));
    }
  }
}

TEST(Design, morris_moves_one_factor_by_one_step) {
  for (const std::size_t levels : {2U, 4U, 8U}) {
    const std::size_t r = 50, k = 3;
    const Design design = morris(r, levels, kThree, 2);
    ASSERT_EQ(design.rows(), r * (k + 1));
    int up = 0;
    std::set<std::vector<std::size_t>> orders;
    for (std::size_t t = 0; t < r; ++t) {
      std::vector<std::size_t> order;
      for (std::size_t step = 1; step <= k; ++step) {
        for (std::size_t c = 0; c < k; ++c) {
          const double moved = design.at(t * (k + 1) + step, c) - design.at(t * (k + 1) + step - 1, c);
          if (moved == 0) continue;
          EXPECT_NEAR(std::abs(moved), morris_step(levels), 1e-15);
          up += moved > 0;
          order.push_back(c);
        }
      }
      ASSERT_EQ(order.size(), k);  // one at each step
      orders.insert(order);
      std::ranges::sort(order);
      EXPECT_EQ(order, (std::vector<std::size_t>{0, 1, 2}));  // each factor once
    }
    EXPECT_EQ(orders.size(), 6U);  // all orders occur
    EXPECT_GT(up, 40);             // of 150, 6 sigma
    EXPECT_LT(up, 110);
    for (std::size_t row = 0; row < design.rows(); ++row) {
      for (const double cell : design.row(row)) {
        const double level = cell * static_cast<double>(levels - 1);
        EXPECT_NEAR(level, std::round(level), 1e-12);
        EXPECT_TRUE(cell >= 0 && cell <= 1);
      }
    }
  }
}

TEST(Design, depends_on_the_seed_and_on_names_not_on_places) {
  const auto same = [](const Design& a, std::size_t i, const Design& b, std::size_t j) {
    return column(a, i) == column(b, j);
  };
  EXPECT_TRUE(same(latin_hypercube(50, {"a", "b"}, 1), 1, latin_hypercube(50, {"x", "y", "b"}, 1), 2));
  EXPECT_FALSE(same(latin_hypercube(50, {"a"}, 1), 0, latin_hypercube(50, {"a"}, 2), 0));
  EXPECT_FALSE(same(latin_hypercube(50, {"a"}, 1), 0, latin_hypercube(50, {"b"}, 1), 0));
  EXPECT_TRUE(same(sobol(50, {"a"}, 1), 0, sobol(50, {"a", "b"}, 1), 0));
  EXPECT_FALSE(same(sobol(50, {"a"}, 1), 0, sobol(50, {"a"}, 2), 0));
  EXPECT_FALSE(same(morris(50, 4, {"a"}, 1), 0, morris(50, 4, {"a"}, 2), 0));
}

TEST(Design, is_the_same_on_every_machine) {
  // Known answers of this version: another generator or order would give other points, and other studies.
  EXPECT_EQ(static_cast<std::uint32_t>(sobol(2, {"a"}, 1).at(1, 0) * 0x1p32), 1099242194U);
  EXPECT_EQ(static_cast<std::uint32_t>(latin_hypercube(4, {"a"}, 1).at(0, 0) * 0x1p32), 2278748672U);
  EXPECT_EQ(morris(1, 4, {"a", "b"}, 1).at(0, 0), 1);
}

}  // namespace
}  // namespace sojourn::engine
