// The lines of tests/hostile/catalogue.tsv about scenarios.

#include "tests/hostile/meaning.h"

#include <gtest/gtest.h>

namespace sojourn::tests {
namespace {

TEST(HostileScenarios, every_complaint) {
  int files = 0;
  for (const HostileFile& file : hostile_files("scenario")) {
    ++files;
    const Answer answer = answer_of_meaning(hostile_path(file.name, {}));
    EXPECT_EQ(answer.exit, file.exit) << file.name << "\n" << answer.text;
    EXPECT_EQ(answer.complaints, expected_of(file)) << file.name;
  }
  EXPECT_GE(files, 30);
}

}  // namespace
}  // namespace sojourn::tests
