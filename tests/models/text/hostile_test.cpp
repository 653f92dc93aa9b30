// The lines of tests/hostile/catalogue.tsv that the text layer decides: every complaint of every file.

#include "models/text/utf8.h"
#include "tests/hostile/answer.h"

#include <gtest/gtest.h>

namespace sojourn::tests {
namespace {

TEST(Hostile, every_complaint_of_a_small_file) {
  int files = 0;
  for (const HostileFile& file : hostile_files("text")) {
    if (is_generated(file)) continue;
    ++files;
    const Answer answer = answer_to(hostile_path(file.name, {}));
    EXPECT_EQ(answer.exit, file.exit) << file.name << "\n" << answer.text;
    EXPECT_EQ(answer.complaints, expected_of(file)) << file.name;
  }
  EXPECT_GE(files, 75);
}

TEST(Hostile, an_answer_never_holds_what_steers_a_terminal) {
  for (const HostileFile& file : hostile_files("text")) {
    if (is_generated(file)) continue;
    const std::string text = answer_to(hostile_path(file.name, {})).text;
    for (std::size_t at = 0; at < text.size();) {
      const models::CodePoint point = models::decode(text, at);
      EXPECT_TRUE(point.valid && (point.value == '\n' || !models::is_control(point.value)) &&
                  !models::is_invisible(point.value))
          << file.name << ": " << models::printable(point);
      at += point.length;
    }
  }
}

}  // namespace
}  // namespace sojourn::tests
