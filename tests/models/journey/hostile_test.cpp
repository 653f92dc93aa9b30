// The lines of tests/hostile/catalogue.tsv that the field table and the references decide.

#include "tests/hostile/meaning.h"

#include <gtest/gtest.h>

namespace sojourn::tests {
namespace {

TEST(HostileJourneys, every_complaint) {
  int files = 0;
  for (const HostileFile& file : hostile_files("journey")) {
    ++files;
    const Answer answer = answer_of_meaning(hostile_path(file.name, {}));
    EXPECT_EQ(answer.exit, file.exit) << file.name << "\n" << answer.text;
    EXPECT_EQ(answer.complaints, expected_of(file)) << file.name;
  }
  EXPECT_GE(files, 140);
}

TEST(HostileJourneys, what_is_good_for_the_text_layer_is_a_valid_journey) {
  int files = 0;
  for (const HostileFile& file : hostile_files("text")) {
    if (file.exit != 0 || is_generated(file)) continue;
    ++files;
    EXPECT_EQ(answer_of_meaning(hostile_path(file.name, {})).text, "") << file.name;
  }
  EXPECT_GE(files, 3);
}

}  // namespace
}  // namespace sojourn::tests
