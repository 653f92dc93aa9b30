// The coverage of coverage_test.cpp over 10,000 seeds: 94.1 to 95.9 %, which is 4 binomial standard errors.

#include "tests/laws/coverage.h"

namespace sojourn::tests {
namespace {

TEST(CoverageLong, of_95_percent_intervals_is_95_percent) {
  for (const auto& [address, share] : coverage(10'000, 2'000, 1.0)) {
    EXPECT_GE(share, 0.941) << address;
    EXPECT_LE(share, 0.959) << address;
  }
}

TEST(CoverageLong, of_intervals_that_are_a_little_too_narrow_is_seen) {
  // Planted: standard errors times 0.95, which cover 93.7 %.
  for (const auto& [address, share] : coverage(10'000, 2'000, 0.95)) EXPECT_LT(share, 0.945) << address;
}

}  // namespace
}  // namespace sojourn::tests
