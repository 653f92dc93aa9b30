#include "models/score/target_gap.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

Figure figure(double lo, double estimate, double hi) {
  Figure one;
  one.estimate = estimate;
  one.se = 0.25;
  one.lo = lo;
  one.hi = hi;
  return one;
}

TEST(TargetGap, the_whole_interval_decides) {
  EXPECT_EQ(gap_to(figure(7.5, 8, 8.5), 7.5, Better::more).verdict, TargetVerdict::reached);
  EXPECT_EQ(gap_to(figure(7.5, 8, 8.5), 7.75, Better::more).verdict, TargetVerdict::unclear);
  EXPECT_EQ(gap_to(figure(7.5, 8, 8.5), 8.5, Better::more).verdict, TargetVerdict::unclear);
  EXPECT_EQ(gap_to(figure(7.5, 8, 8.5), 8.75, Better::more).verdict, TargetVerdict::short_of);
}

TEST(TargetGap, less_can_be_better) {
  EXPECT_EQ(gap_to(figure(7.5, 8, 8.5), 8.5, Better::less).verdict, TargetVerdict::reached);
  EXPECT_EQ(gap_to(figure(7.5, 8, 8.5), 8, Better::less).verdict, TargetVerdict::unclear);
  EXPECT_EQ(gap_to(figure(7.5, 8, 8.5), 7.25, Better::less).verdict, TargetVerdict::short_of);
  EXPECT_EQ(gap_to(figure(7.5, 8, 8.5), 7.25, Better::neutral).verdict, TargetVerdict::reached);
}

TEST(TargetGap, has_the_error_of_the_figure) {
  const Figure gap = gap_to(figure(7.5, 8, 8.5), 9, Better::more).gap;
  EXPECT_EQ(gap.estimate, -1);
  EXPECT_EQ(gap.se, 0.25);
  EXPECT_EQ(gap.lo, -1.5);
  EXPECT_EQ(gap.hi, -0.5);
}

TEST(TargetGap, what_does_not_exist_decides_nothing) {
  EXPECT_EQ(gap_to({}, 7, Better::more).verdict, TargetVerdict::unclear);
  EXPECT_EQ(gap_to({}, 7, Better::less).verdict, TargetVerdict::unclear);
}

}  // namespace
}  // namespace sojourn::models
