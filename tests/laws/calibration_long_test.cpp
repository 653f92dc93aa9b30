// The whole study behind the intervals of a calibration: 200 surveys of 2,000 answers, 20 parameters drawn from their priors. About an hour on two
// cores.

#include "tests/support/calibration_study.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/math/distributions/chi_squared.hpp>

namespace sojourn::tests {
namespace {

constexpr int kSets = 200;
constexpr int kBins = 20;

/// p of chi squared that the places of a truth among its draws are uniform (simulation-based calibration; Talts et al. 2018, arXiv:1804.06788).
double uniformity(const std::vector<double>& places) {
  std::vector<int> bins(kBins, 0);
  for (const double one : places) ++bins[static_cast<std::size_t>(std::min(one, 0.9999) * kBins)];
  double sum = 0;
  const double expected = static_cast<double>(places.size()) / kBins;
  for (const int one : bins) sum += (one - expected) * (one - expected) / expected;
  return boost::math::cdf(boost::math::complement(boost::math::chi_squared(kBins - 1), sum));
}

TEST(CalibrationStudy, of_200_surveys_the_intervals_hold_the_truth) {
  const SurveyStudy study;
  const Coverage found = coverage(study, kSets, 4000, 100);
  fmt::print("90 % intervals cover {:.4f}\n", found.overall());
  EXPECT_GE(found.overall(), 0.87);
  EXPECT_LE(found.overall(), 0.93);
  for (std::size_t i = 0; i < found.hits.size(); ++i) {
    const double covered = static_cast<double>(found.hits[i]) / kSets;
    const double p = uniformity(found.places[i]);
    fmt::print("{:45} {:.3f} p {:.3f}\n", study.model().parameters()[i].address(), covered, p);
    EXPECT_GE(covered, 0.836);  // 0.9 -+ 3 standard errors: one of 20 in 5 % of all seeds
    EXPECT_LE(covered, 0.964);
    EXPECT_GE(p, 0.01 / 20);
  }
}

/// With 20 journeys in the bank what they happen to be is taken for what is.
TEST(CalibrationStudy, a_bank_that_is_too_small_is_seen) {
  const Coverage found = coverage(SurveyStudy(), 60, 20, 100);
  fmt::print("90 % intervals on a bank of 20 journeys cover {:.4f}\n", found.overall());
  EXPECT_LT(found.overall(), 0.87);
}

TEST(CalibrationStudy, flags_in_50_of_50) {
  EXPECT_EQ(flagged_pairs(50), 50);
  EXPECT_LE(flagged_without_reason(50), 5);
}

}  // namespace
}  // namespace sojourn::tests
