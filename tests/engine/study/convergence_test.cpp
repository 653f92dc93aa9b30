#include "engine/study/convergence.h"

#include "engine/random/luck.h"
#include "engine/random/normal.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::engine {
namespace {

/// Chains of x' = phi x + noise, which are worth n (1 - phi) / (1 + phi) draws.
Chains autoregressive(double phi, std::size_t chains, std::size_t draws, double apart = 0, double scale = 1) {
  Chains result(chains);
  for (std::size_t c = 0; c < chains; ++c) {
    const Luck luck = luck_of(place_key(7, "convergence"), c, 0, 0);
    double x = 0;
    for (std::uint32_t i = 0; i < draws; ++i) {
      x = phi * x + std::sqrt(1 - phi * phi) * normal_quantile(uniform(luck.block(i)[0]));
      result[c].push_back((c == 0 ? scale : 1) * x + apart * static_cast<double>(c));
    }
  }
  return result;
}

TEST(Convergence, chains_of_one_place_agree) {
  EXPECT_LT(split_rhat(autoregressive(0, 4, 1000)), 1.01);
  EXPECT_LT(split_rhat(autoregressive(0.5, 4, 2000)), 1.02);
  EXPECT_DOUBLE_EQ(split_rhat(Chains(2, std::vector<double>(10, 3.0))), 1);
}

TEST(Convergence, chains_apart_do_not) {
  EXPECT_GT(split_rhat(autoregressive(0, 4, 500, 1)), 1.1);
  // One place, but one chain is three times as wide: seen by the distances from the median only.
  EXPECT_GT(split_rhat(autoregressive(0, 4, 500, 0, 3)), 1.05);
}

TEST(Convergence, a_chain_that_drifts_does_not_agree_with_itself) {
  Chains chains = autoregressive(0, 2, 400);
  for (std::vector<double>& chain : chains) {
    for (std::size_t i = 0; i < chain.size(); ++i) chain[i] += 2.0 * static_cast<double>(i) / 400;
  }
  EXPECT_GT(split_rhat(chains), 1.1);
}

TEST(Convergence, draws_that_hang_together_are_worth_less) {
  for (const double phi : {0.0, 0.3, 0.6, 0.8}) {
    const double worth = 8000 * (1 - phi) / (1 + phi);
    EXPECT_NEAR(bulk_effective_size(autoregressive(phi, 4, 2000)) / worth, 1, 0.2) << phi;
    EXPECT_NEAR(effective_size(autoregressive(phi, 4, 2000)) / worth, 1, 0.2) << phi;
  }
  EXPECT_GT(effective_size(autoregressive(-0.5, 4, 1000)), 6000);  // draws that alternate are worth more
}

}  // namespace
}  // namespace sojourn::engine
