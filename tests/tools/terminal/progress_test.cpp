#include "tools/terminal/progress.h"

#include <gtest/gtest.h>

namespace sojourn::tools {
namespace {

TEST(Progress, says_how_far_and_how_long) {
  EXPECT_EQ(progress_line(45000, 100000, 9, Look{}), "45,000 of 100,000 customers, 11 s left");
  EXPECT_EQ(progress_line(1000, 100000, 10, Look{}), "1,000 of 100,000 customers, 17 min left");
  EXPECT_EQ(progress_line(1, 100000, 1, Look{}), "1 of 100,000 customers, 28 h left");
  EXPECT_EQ(progress_line(0, 100000, 1, Look{}), "0 of 100,000 customers");
  EXPECT_EQ(progress_line(100000, 100000, 1, Look{}), "100,000 of 100,000 customers");
  EXPECT_EQ(progress_line(50, 200, 2, Look{}, "{0} of {1} draws of the inputs"),
            "50 of 200 draws of the inputs, 6 s left");
}

}  // namespace
}  // namespace sojourn::tools
