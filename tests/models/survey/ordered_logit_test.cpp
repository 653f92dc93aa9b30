#include "models/survey/ordered_logit.h"

#include "engine/random/luck.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace sojourn::models {
namespace {

/// Tower, then apartment, atrium, terrace; each low, medium, high satisfaction; without contact to others, then with (Madsen 1976).
constexpr int kHousing[2][4][3][3] = {{{{21, 21, 28}, {34, 22, 36}, {10, 11, 36}},
                                       {{61, 23, 17}, {43, 35, 40}, {26, 18, 54}},
                                       {{13, 9, 10}, {8, 8, 12}, {6, 7, 9}},
                                       {{18, 6, 7}, {15, 13, 13}, {7, 5, 11}}},
                                      {{{14, 19, 37}, {17, 23, 40}, {3, 5, 23}},
                                       {{78, 46, 43}, {48, 45, 86}, {15, 25, 62}},
                                       {{20, 23, 20}, {10, 22, 24}, {7, 10, 21}},
                                       {{57, 23, 13}, {31, 21, 13}, {5, 6, 13}}}};

void add(OrderedRows& rows, std::vector<double> x, int category, double weight) {
  rows.x.insert(rows.x.end(), x.begin(), x.end());
  rows.category.push_back(category);
  rows.weight.push_back(weight);
}

OrderedRows housing() {
  OrderedRows rows{
      {"medium influence", "high influence", "apartment", "atrium", "terrace", "high contact"}, {}, {}, {}};
  for (int contact = 0; contact < 2; ++contact) {
    for (int type = 0; type < 4; ++type) {
      for (int influence = 0; influence < 3; ++influence) {
        for (int satisfaction = 0; satisfaction < 3; ++satisfaction) {
          add(rows,
              {influence == 1 ? 1.0 : 0, influence == 2 ? 1.0 : 0, type == 1 ? 1.0 : 0, type == 2 ? 1.0 : 0,
               type == 3 ? 1.0 : 0, static_cast<double>(contact)},
              satisfaction, kHousing[contact][type][influence][satisfaction]);
        }
      }
    }
  }
  return rows;
}

std::string refusal(const OrderedRows& rows, int categories) {
  const Reading<OrderedLogit> fit = fit_ordered_logit(rows, categories);
  return fit ? "" : fit.refusal.what;
}

// Venables & Ripley 2002, 7.3: polr(Sat ~ Infl + Type + Cont, weights = Freq).
TEST(OrderedLogit, copenhagen_housing) {
  const auto fit = fit_ordered_logit(housing(), 3);
  ASSERT_TRUE(fit) << fit.refusal.what;
  const std::array<double, 6> slopes = {0.5663937, 1.2888191, -0.5723501, -0.3661866, -1.0910149, 0.3602841};
  for (std::size_t k = 0; k < 6; ++k) EXPECT_NEAR((*fit).slopes[k], slopes[k], 1e-5);
  EXPECT_NEAR((*fit).cuts[0], -0.4961353, 1e-5);
  EXPECT_NEAR((*fit).cuts[1], 0.6907083, 1e-5);
  EXPECT_NEAR((*fit).deviance, 3479.149, 0.0005);
  EXPECT_LT((*fit).iterations, 10U);
}

// Two categories and one yes/no regressor: the odds ratio, whose variance is the sum of 1/n (Woolf 1955).
TEST(OrderedLogit, a_table_of_four) {
  OrderedRows rows{{"x"}, {}, {}, {}};
  add(rows, {0}, 0, 20), add(rows, {0}, 1, 10), add(rows, {1}, 0, 15), add(rows, {1}, 1, 25);
  const auto fit = fit_ordered_logit(rows, 2);
  ASSERT_TRUE(fit);
  EXPECT_NEAR((*fit).cuts[0], std::log(2.0), 1e-9);
  EXPECT_NEAR((*fit).slopes[0], std::log(2.0) - std::log(0.6), 1e-9);
  EXPECT_NEAR((*fit).standard_error(1), std::sqrt(1.0 / 20 + 1.0 / 10 + 1.0 / 15 + 1.0 / 25), 1e-7);
  EXPECT_NEAR((*fit).standard_error(0), std::sqrt(1.0 / 20 + 1.0 / 10), 1e-7);
  EXPECT_NEAR((*fit).probabilities(std::array{1.0})[1], 0.625, 1e-9);
  const double likelihood =
      20 * std::log(2.0 / 3) + 10 * std::log(1.0 / 3) + 15 * std::log(0.375) + 25 * std::log(0.625);
  EXPECT_NEAR((*fit).deviance, -2 * likelihood, 1e-9);
}

TEST(OrderedLogit, a_weight_is_so_many_rows_and_0_is_none) {
  OrderedRows weighted = housing(), repeated{weighted.columns, {}, {}, {}};
  for (std::size_t i = 0; i < weighted.size(); ++i) {
    const std::vector<double> x(weighted.at(i).begin(), weighted.at(i).end());
    for (int n = 0; n < weighted.weight[i]; ++n) add(repeated, x, weighted.category[i], 1);
  }
  add(weighted, {5, 5, 5, 5, 5, 5}, 0, 0);
  const auto a = fit_ordered_logit(weighted, 3), b = fit_ordered_logit(repeated, 3);
  ASSERT_TRUE(a && b);
  for (std::size_t k = 0; k < 6; ++k) EXPECT_NEAR((*a).slopes[k], (*b).slopes[k], 1e-9);
  for (std::size_t k = 0; k < 8; ++k) EXPECT_NEAR((*a).standard_error(k), (*b).standard_error(k), 1e-9);
}

TEST(OrderedLogit, what_has_no_maximum_is_refused) {
  OrderedRows rows{{"x", "y"}, {}, {}, {}};
  for (int i = 0; i < 40; ++i) add(rows, {i % 2 * 1.0, i % 3 * 1.0}, i % 4 == 0 ? 2 : i % 5 == 0 ? 1 : 0, 1);
  EXPECT_EQ(refusal(rows, 3), "");
  EXPECT_EQ(refusal(rows, 4), "no row is in category 3");
  OrderedRows flat = rows;
  for (std::size_t i = 0; i < flat.size(); ++i) flat.x[2 * i] = 0.1;
  EXPECT_EQ(refusal(flat, 3), "'x' is the same in all rows");
  OrderedRows same = rows;
  for (std::size_t i = 0; i < same.size(); ++i) same.x[2 * i + 1] = 3 - 7 * same.x[2 * i];
  EXPECT_EQ(refusal(same, 3), "'y' follows from the columns before it");
  OrderedRows whole = rows;
  for (std::size_t i = 0; i < whole.size(); ++i) whole.x[2 * i] = whole.category[i];
  EXPECT_EQ(refusal(whole, 3), "'x' separates the categories");
  OrderedRows part = rows;  // whoever has x = 1 is in the highest category
  for (std::size_t i = 0; i < part.size(); ++i) part.x[2 * i] = part.category[i] == 2 && i % 8 == 0 ? 1 : 0;
  EXPECT_EQ(refusal(part, 3), "'x' separates the categories");
}

constexpr std::array<double, 10> kCuts = {-5, -4.5, -4, -3.2, -2.8, -1.5, -1, 0, 1.2, 2.5};
constexpr std::array<double, 2> kSlopes = {1, -0.5};

/// Answers 0 to 10 as the model has them.
OrderedRows drawn(std::uint32_t set, std::size_t n) {
  OrderedRows rows{{"a", "b"}, {}, {}, {}};
  const engine::PlaceKey key = engine::place_key(1, "ordered logit");
  for (std::size_t i = 0; i < n; ++i) {
    const engine::Block words = engine::luck_of(key, i, set, 0).block(0);
    const double a = 4 * engine::uniform(words[0]) - 2, b = engine::uniform(words[1]) < 0.3 ? 1 : 0;
    const double u = engine::uniform(words[2]);
    int category = 0;
    while (category < 10) {
      const double z = kCuts[static_cast<std::size_t>(category)] - kSlopes[0] * a - kSlopes[1] * b;
      if (u < 1 / (1 + std::exp(-z))) break;
      ++category;
    }
    add(rows, {a, b}, category, 1);
  }
  return rows;
}

TEST(OrderedLogit, finds_what_answers_were_drawn_from) {
  const auto fit = fit_ordered_logit(drawn(0, 20000), 11);
  ASSERT_TRUE(fit) << fit.refusal.what;
  // |z| > 5 by chance in 6e-7 of all cases, of 12 in 7e-6.
  for (std::size_t j = 0; j < 10; ++j) EXPECT_LT(std::abs((*fit).cuts[j] - kCuts[j]), 5 * (*fit).standard_error(j));
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_LT(std::abs((*fit).slopes[k] - kSlopes[k]), 5 * (*fit).standard_error(10 + k));
    EXPECT_LT((*fit).standard_error(10 + k), 0.04);
  }
}

// 200 sets: of those that have every answer the 95 % intervals of a slope hold it 0.95 +- 4.5 * 0.0154: false alarm 7e-6, two slopes.
// The same intervals a third as wide must not pass.
TEST(OrderedLogit, intervals_cover) {
  double sets = 0;
  std::array<double, 2> held{}, held_by_narrow{};
  for (std::uint32_t set = 1; set <= 200; ++set) {
    const auto fit = fit_ordered_logit(drawn(set, 600), 11);
    if (!fit) continue;
    ++sets;
    for (std::size_t k = 0; k < 2; ++k) {
      const double z = std::abs((*fit).slopes[k] - kSlopes[k]) / (*fit).standard_error(10 + k);
      held[k] += z < 1.96;
      held_by_narrow[k] += z < 1.96 / 3;
    }
  }
  EXPECT_GT(sets, 150);
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_NEAR(held[k] / sets, 0.95, 4.5 * std::sqrt(0.95 * 0.05 / sets));
    EXPECT_LT(held_by_narrow[k] / sets, 0.95 - 4.5 * std::sqrt(0.95 * 0.05 / sets));
  }
}

}  // namespace
}  // namespace sojourn::models
