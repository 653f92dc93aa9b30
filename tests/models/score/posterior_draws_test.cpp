#include "models/score/posterior_draws.h"

#include "engine/random/normal.h"

#include <gtest/gtest.h>

#include <set>

namespace sojourn::models {
namespace {

TEST(PosteriorDraws, normal_scores_go_by_rank) {
  const std::vector<double> scores = normal_scores({300, -1, 2, 2});
  EXPECT_EQ(scores[0], engine::normal_quantile(3.5 / 4));
  EXPECT_EQ(scores[1], engine::normal_quantile(0.5 / 4));
  EXPECT_EQ(scores[2], 0);  // ranks 1 and 2 of 0..3
  EXPECT_EQ(scores[3], 0);
  EXPECT_TRUE(normal_scores({}).empty());
  EXPECT_EQ(normal_scores({5}), std::vector<double>{0});
}

TEST(PosteriorDraws, few_are_spread_over_all_and_many_repeat_them_equally) {
  PosteriorDraws posterior;
  EXPECT_EQ(posterior.draws(), 0U);
  posterior.values = {std::vector<double>(1000)};
  std::vector<int> of_chain(4);
  for (std::uint64_t i = 0; i < 200; ++i) ++of_chain[posterior.draw_for(i, 200) / 250];
  EXPECT_EQ(of_chain, (std::vector<int>{50, 50, 50, 50}));
  std::set<std::size_t> all;
  for (std::uint64_t i = 0; i < 1000; ++i) all.insert(posterior.draw_for(i, 1000));
  EXPECT_EQ(all.size(), 1000U);
  std::vector<int> taken(1000);
  for (std::uint64_t i = 0; i < 3000; ++i) ++taken[posterior.draw_for(i, 3000)];
  EXPECT_EQ(taken, std::vector<int>(1000, 3));
}

}  // namespace
}  // namespace sojourn::models
