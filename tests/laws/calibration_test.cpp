// Calibration against the truth: surveys of a journey whose 20 parameters were drawn from their priors. laws/calibration_long_test.cpp is the
// whole study.

#include "tests/support/calibration_study.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace sojourn::tests {
namespace {

// 10 sets of 20 parameters. Of one set's 20 hits, correlated as parameters are, the standard deviation is at most that of 5 independent ones:
// 0.9 +- 4 sqrt(0.09 / 50) holds 0.73 to 1, and is left by chance in less than 1e-4 of all seeds.
TEST(Calibration, intervals_hold_the_truth_as_often_as_they_say) {
  const Coverage found = coverage(SurveyStudy(), 10, 4000, 60);
  fmt::print("90 % intervals cover {:.3f} in 10 sets\n", found.overall());
  EXPECT_GT(found.overall(), 0.73);
  EXPECT_LT(found.overall(), 0.995);
}

TEST(Calibration, threads_change_no_bit) {
  const SurveyStudy study;
  const auto cells = study.answers(study.parameters(3), 60, 3);
  const Calibrated one = calibrated(study, cells, 500, 3, 10, 1);
  const Calibrated two = calibrated(study, cells, 500, 3, 10, 2);
  EXPECT_EQ(one.fit.x, two.fit.x);
  for (std::size_t c = 0; c < one.posterior.chains.size(); ++c)
    EXPECT_EQ(one.posterior.chains[c], two.posterior.chains[c]);
}

TEST(Calibration, what_answers_cannot_separate_is_flagged) { EXPECT_EQ(flagged_pairs(10), 10); }

TEST(Calibration, what_answers_tell_is_not_flagged) { EXPECT_LE(flagged_without_reason(10), 1); }

}  // namespace
}  // namespace sojourn::tests
