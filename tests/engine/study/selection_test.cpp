// Selection keeps its promise, and a test of it would see a constant that is too small.

#include "engine/study/selection.h"

#include "engine/random/luck.h"
#include "engine/random/normal.h"

#include <gmock/gmock.h>

#include <boost/math/distributions/binomial.hpp>

#include <cmath>
#include <numeric>

namespace sojourn::engine {
namespace {

/// Normal observations of some options, with a common part of the luck.
class Options {
 public:
  Options(std::vector<double> means, double correlation, std::uint64_t study)
      : means_(std::move(means)), common_(std::sqrt(correlation)), own_(std::sqrt(1 - correlation)), study_(study) {}

  std::vector<double> observe() {
    const double common = common_ * normal(0);
    std::vector<double> result;
    for (std::uint32_t i = 0; i < means_.size(); ++i) result.push_back(means_[i] + common + own_ * normal(i + 1));
    ++at_;
    return result;
  }

 private:
  double normal(std::uint32_t which) const {
    return normal_quantile(uniform(luck_of(place_key(20261122, "options"), study_, 0, at_).block(which)[0]));
  }
  std::vector<double> means_;
  double common_, own_;
  std::uint64_t study_;
  std::uint32_t at_ = 0;
};

constexpr int kStudies = 2000;

struct Record {
  int right = 0;
  double observations = 0;  // on average, of the study as a whole
};

/// Slippage configuration, the hardest: the best is just worth_knowing above all others, which are equal.
Record slippage(double correlation, double share_of_constant) {
  const Knockout::Plan plan{.options = 5, .first_stage = 10, .alpha = 0.05, .worth_knowing = 0.5};
  Record record;
  for (int study = 0; study < kStudies; ++study) {
    Options options({0, 0, 0.5, 0, 0}, correlation, static_cast<std::uint64_t>(study));
    Knockout knockout(plan, share_of_constant * knockout_constant(5, 10, 0.05));
    while (!knockout.decided()) knockout.add(options.observe());
    record.right += knockout.best() == 2;
    record.observations += static_cast<double>(knockout.observations()) / kStudies;
  }
  return record;
}

/// The least number of right selections that is not a sign of fewer than 95 %: false alarms once in a million.
int least_right() { return static_cast<int>(boost::math::quantile(boost::math::binomial(kStudies, 0.95), 1e-6)); }

TEST(Knockout, is_right_as_often_as_promised) {
  for (const double correlation : {0.0, 0.5, 0.9}) {
    EXPECT_GE(slippage(correlation, 1).right, least_right()) << correlation;
  }
}

TEST(Knockout, with_a_constant_that_is_too_small_is_found_out) {
  EXPECT_LT(slippage(0, 0.2).right, least_right());
  EXPECT_LT(slippage(0.5, 0.2).right, least_right());
}

TEST(Knockout, needs_less_where_the_luck_is_the_same) {
  // The variance of a difference is 2 (1 - correlation).
  EXPECT_LT(slippage(0.9, 1).observations, 0.35 * slippage(0, 1).observations);
}

TEST(Knockout, has_the_constant_of_the_paper) {
  // 2 eta (n0 - 1) by hand: (2 0.05 / 4)^(-2/9) = 2.2699...
  const double eta = 0.5 * (std::pow(0.025, -2.0 / 9) - 1);
  EXPECT_NEAR(knockout_constant(5, 10, 0.05), 18 * eta, 1e-12);
  // It solves the paper's equation g(eta) = alpha / (k - 1), c = 1.
  EXPECT_NEAR(0.5 * std::pow(1 + 2 * eta, -4.5), 0.05 / 4, 1e-15);
}

TEST(Knockout, drops_what_is_clearly_worse) {
  Knockout knockout({.options = 3, .first_stage = 4, .alpha = 0.05, .worth_knowing = 0.1});
  for (int i = 0; i < 4; ++i) {
    EXPECT_FALSE(knockout.decided());
    knockout.add(std::vector<double>{10.0 + i, 1.0 + i, 9.0 + i});  // differences do not vary at all
  }
  EXPECT_TRUE(knockout.decided());
  EXPECT_EQ(knockout.best(), 0U);
  EXPECT_EQ(knockout.dropped_at(1), 4U);
  EXPECT_TRUE(knockout.is_left(0));
  knockout.add(std::vector<double>{0, 100, 100});  // after the decision
  EXPECT_EQ(knockout.best(), 0U);
  EXPECT_EQ(knockout.observations(), 4U);
}

TEST(Knockout, is_decided_at_the_latest_when_the_paper_says) {
  // The first stage's differences 1, -1, 1, -1 have the variance 4/3: floor(2 (4/3) / 0.5^2) + 1 = 11 observations.
  Knockout knockout({.options = 2, .first_stage = 4, .alpha = 0.05, .worth_knowing = 0.5}, 2);
  for (const double first : {1.0, 0.0, 1.0, 0.0}) knockout.add(std::vector<double>{first, 1 - first});
  EXPECT_EQ(knockout.most_observations(), 11U);
  while (knockout.observations() < 11) {
    EXPECT_FALSE(knockout.decided()) << knockout.observations();
    knockout.add(std::vector<double>{3, 3});
  }
  EXPECT_TRUE(knockout.decided());
  EXPECT_TRUE(knockout.is_left(0) && knockout.is_left(1));
}

TEST(Ocba, follows_the_ratios_of_the_paper) {
  const std::vector<OptionSample> options = {{10, 4, 2}, {8, 1, 2}, {6, 9, 2}};
  const std::vector<std::uint64_t> found = ocba_allocation(options, 1'000'000);
  EXPECT_EQ(std::accumulate(found.begin(), found.end(), std::uint64_t{0}), 1'000'000U);
  // N1/N2 = ((1/2)/(3/4))^2, and N0 = 2 sqrt(N1^2/1 + N2^2/9).
  const auto n = [&](std::size_t i) { return static_cast<double>(found[i]); };
  EXPECT_NEAR(n(1) / n(2), 4.0 / 9, 1e-4);
  EXPECT_NEAR(n(0), 2 * std::sqrt(n(1) * n(1) + n(2) * n(2) / 9), 5);
}

TEST(Ocba, takes_back_nothing) {
  const std::vector<OptionSample> options = {{10, 1, 10}, {9, 1, 10}, {0, 1, 500}};
  const std::vector<std::uint64_t> found = ocba_allocation(options, 1000);
  EXPECT_EQ(found[2], 500U);
  EXPECT_EQ(found[0] + found[1], 500U);
  EXPECT_NEAR(static_cast<double>(found[0]), 250, 1);
}

TEST(Ocba, shares_equally_where_nothing_is_known) {
  const std::vector<OptionSample> options = {{1, 1, 2}, {1, 1, 2}, {1, 1, 2}, {1, 1, 2}};
  EXPECT_THAT(ocba_allocation(options, 100), testing::Each(25U));
  const std::vector<OptionSample> sure = {{1, 0, 2}, {2, 0, 2}};
  EXPECT_THAT(ocba_allocation(sure, 100), testing::Each(50U));
}

/// How often the highest mean is the best option: 8 options with means 0..7 and sd 6, `budget` observations in all.
template <class Allocate>
int right_of(std::uint64_t budget, const Allocate& allocate) {
  int right = 0;
  for (int study = 0; study < kStudies; ++study) {
    std::vector<std::vector<double>> seen(8);
    const auto draw = [&](std::size_t option) {
      const auto luck = luck_of(place_key(7, "ocba"), static_cast<std::uint64_t>(study), 0,
                                static_cast<std::uint32_t>(seen[option].size()));
      const double z = normal_quantile(uniform(luck.block(static_cast<std::uint32_t>(option))[0]));
      seen[option].push_back(static_cast<double>(option) + 6 * z);
    };
    for (std::size_t i = 0; i < 8; ++i) {
      for (int j = 0; j < 10; ++j) draw(i);
    }
    const auto samples = [&] {
      std::vector<OptionSample> list;
      for (const std::vector<double>& of_one : seen) {
        const auto n = static_cast<double>(of_one.size());
        const double mean = std::accumulate(of_one.begin(), of_one.end(), 0.0) / n;
        double squares = 0;
        for (const double x : of_one) squares += (x - mean) * (x - mean);
        list.push_back({mean, squares / (n - 1), of_one.size()});
      }
      return list;
    };
    for (std::uint64_t spent = 80; spent < budget;) {
      spent = std::min(spent + 40, budget);
      const std::vector<std::uint64_t> target = allocate(samples(), spent);
      for (std::size_t i = 0; i < 8; ++i) {
        while (seen[i].size() < target[i]) draw(i);
      }
    }
    const auto list = samples();
    right += std::ranges::max_element(list, {}, &OptionSample::mean) - list.begin() == 7;
  }
  return right;
}

TEST(Ocba, is_right_more_often_than_equal_shares) {
  const int ocba =
      right_of(480, [](const auto& samples, std::uint64_t budget) { return ocba_allocation(samples, budget); });
  const int equal = right_of(480, [](const auto& samples, std::uint64_t budget) {
    return std::vector<std::uint64_t>(samples.size(), budget / samples.size());
  });
  // Two binomials of 2,000: 6 sigma of their difference is at most 190 and, near 80 %, some 150.
  EXPECT_GT(ocba, equal + 150);
}

TEST(ChanceOfCorrectSelection, is_a_lower_bound) {
  EXPECT_NEAR(chance_of_correct_selection(std::vector<double>{1, 0}, std::vector<double>{0, 1}), 0.8413447460685429,
              1e-12);
  EXPECT_EQ(chance_of_correct_selection(std::vector<double>{1, 0, 1}, std::vector<double>{0, 0, 0}), 0.5);
  EXPECT_EQ(chance_of_correct_selection(std::vector<double>(9, 0.0), std::vector<double>(9, 1.0)), 0);
}

}  // namespace
}  // namespace sojourn::engine
