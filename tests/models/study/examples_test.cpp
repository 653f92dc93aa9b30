// The studies that are shipped can be carried out.

#include "models/study/plan.h"
#include "models/study/read.h"
#include "tests/support/environment.h"

namespace sojourn::models {
namespace {

Plan plan_of(const std::string& story) {
  return Plan(read_study_file((tests::source_dir() / "scenarios" / story / "study.yaml").string()));
}

TEST(ExampleStudies, of_the_airport_takes_a_minute) {
  const Plan plan = plan_of("airport");
  EXPECT_FALSE(plan.warnings().has_errors());
  EXPECT_EQ(plan.count(), 384U);
  EXPECT_EQ(plan.count() * plan.study().agents, 7'680'000U);
  for (std::uint64_t i = 0; i < plan.count(); i += 37) EXPECT_NO_THROW(plan.case_of(plan.point(i)));
}

TEST(ExampleStudies, of_santa_takes_an_hour) {
  const Plan plan = plan_of("santa");
  EXPECT_EQ(plan.sets().size(), 4U);
  EXPECT_EQ(plan.count() * plan.study().replications * plan.study().agents, 2'048'000'000U);
  for (std::uint64_t i = 0; i < plan.count(); i += 397) EXPECT_NO_THROW(plan.case_of(plan.point(i)));
}

}  // namespace
}  // namespace sojourn::models
