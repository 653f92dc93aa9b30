#include "engine/random/detail/mass.h"

#include "engine/base/math.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

namespace sojourn::tests {
namespace {

using engine::detail::LogDensity;
using engine::detail::Mass;

/// The same 8 points one by one.
double one_by_one(const LogDensity& log_density, double peak, double from, double to) {
  constexpr std::array<double, 4> node = {0.1834346424956498, 0.5255324099163290, 0.7966664774136267,
                                          0.9602898564975363};
  constexpr std::array<double, 4> weight = {0.3626837833783620, 0.3137066458778873, 0.2223810344533745,
                                            0.1012285362903763};
  const double centre = 0.5 * (from + to);
  const double half = 0.5 * (to - from);
  double sum = 0;
  for (std::size_t i = 0; i < node.size(); ++i) {
    const double offset = half * node[i];
    sum += weight[i] *
           (engine::exp(log_density(centre - offset) - peak) + engine::exp(log_density(centre + offset) - peak));
  }
  return half * sum;
}

TEST(LogDensity, is_integrated_to_the_bits_of_one_point_after_the_other) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> of_ten(-10, 10);
  for (const LogDensity::Of of : {LogDensity::Of::gamma, LogDensity::Of::beta, LogDensity::Of::normal}) {
    for (int i = 0; i < 20'000; ++i) {
      const LogDensity one{of, std::exp(0.7 * of_ten(random)), std::exp(0.7 * of_ten(random))};
      const double from = 3 * of_ten(random);
      const double to = from + std::abs(of_ten(random));
      const double peak = one(one.mode());
      ASSERT_EQ(one.integral(peak, from, to), one_by_one(one, peak, from, to)) << one.a << " " << one.b << " " << from;
    }
  }
}

TEST(Mass, of_a_normal_is_that_of_the_error_function) {
  const Mass mass({LogDensity::Of::normal, 0, 0});
  EXPECT_NEAR(mass.total(), std::sqrt(2 * M_PI), 1e-14);
  for (const double z : {-6.0, -3.0, -0.5, 0.0, 1.0, 4.0}) {
    const double below = 0.5 * std::erfc(-z * M_SQRT1_2) * mass.total();
    EXPECT_NEAR(mass.at_mass_below(below, 0), z, 1e-9) << z;
    EXPECT_NEAR(mass.at_mass_above(mass.total() - below, 0), z, 1e-7) << z;
  }
}

TEST(Mass, of_the_farthest_tails_is_found_there) {
  const Mass mass({LogDensity::Of::normal, 0, 0});
  // The density is cut at +-2^44 1e-12 = +-17.6, 128 panels from the mode.
  const double beyond = 0.5 * std::erfc(17.52 * M_SQRT1_2) * mass.total();
  EXPECT_NEAR(mass.at_mass_below(beyond, 0), -17.52, 0.07);
  EXPECT_NEAR(mass.at_mass_above(beyond, 0), 17.52, 0.07);
}

}  // namespace
}  // namespace sojourn::tests
