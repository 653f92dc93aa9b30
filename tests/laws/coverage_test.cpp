// Law: a 95 % interval holds the exact value in 95 % of runs: 95 % +- 3 % of 400 seeds for every figure below, with 2,000
// agents each. The binomial standard error is 1.1 %, so that a figure that covers exactly 95 % raises a false alarm in
// 0.6 % of all choices of seeds; the seeds are fixed. The long run (coverage_long_test.cpp) is six times as sharp.

#include "tests/laws/coverage.h"

namespace sojourn::tests {
namespace {

constexpr int kSeeds = 400;
constexpr std::uint64_t kAgents = 2'000;

TEST(Coverage, of_95_percent_intervals_is_95_percent) {
  for (const auto& [address, share] : coverage(kSeeds, kAgents, 1.0)) {
    EXPECT_GE(share, 0.92) << address;
    EXPECT_LE(share, 0.98) << address;
  }
}

TEST(Coverage, of_intervals_that_are_too_narrow_is_seen) {
  // Planted: standard errors times 0.8, which cover 88.3 %.
  for (const auto& [address, share] : coverage(kSeeds, kAgents, 0.8)) EXPECT_LT(share, 0.92) << address;
}

}  // namespace
}  // namespace sojourn::tests
