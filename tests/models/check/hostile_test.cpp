// The lines of tests/hostile/catalogue.tsv that the shape of the journey decides. Here warnings count, too, written as
// `warning: ...` in the table.

#include "tests/hostile/answer.h"
#include "tests/models/check/checked.h"

#include <gtest/gtest.h>

namespace sojourn::tests {
namespace {

TEST(HostileGraphs, every_complaint) {
  int files = 0;
  for (const HostileFile& file : hostile_files("graph")) {
    ++files;
    const models::Case one = models::build_case(models::read_journey_file(hostile_path(file.name, {}).string()), {});
    const Checked result = checked(one);
    Lines expected;
    bool refused = false;
    for (const HostileFile::Complaint& complaint : file.complaints) {
      const bool warning = complaint.message.starts_with("warning: ");
      refused = refused || !warning;
      expected.push_back(complaint.position + ": " + (warning ? "" : "error: ") + complaint.message);
    }
    EXPECT_EQ(result.lines, expected) << file.name;
    EXPECT_EQ(file.exit, refused ? 65 : 0) << file.name;
  }
  EXPECT_GE(files, 17);
}

}  // namespace
}  // namespace sojourn::tests
