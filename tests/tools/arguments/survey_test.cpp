#include "tools/arguments/survey.h"
#include "tests/models/data/written_file.h"

#include <gtest/gtest.h>

namespace sojourn::tools {
namespace {

SurveyOptions read(const std::vector<std::string>& given) {
  SurveyOptions to;
  Arguments arguments("calibrate", Phrase::untranslated("Calibrates."), "  sojourn calibrate journey.yaml\n");
  to.declare(arguments);
  arguments.read(given);
  return to;
}

TEST(SurveyOptions, flags_go_before_the_mapping) {
  const tests::WrittenFile file("mapping.yaml",
                                "survey: {score: a, weight: w}\npersonas: {mia: {x: [1]}}\nnever_used: [6]\n");
  const models::Mapping plain = read({"--mapping", file.path()}).read();
  EXPECT_EQ(plain.survey, (models::ColumnNames{{"score", "a"}, {"weight", "w"}}));
  EXPECT_EQ(plain.personas.size(), 1U);
  const models::Mapping changed = read({"--mapping", file.path(), "--score-column", "b", "--persona-column", "p",
                                        "--touchpoint-column", "t", "--period-column", "m", "--case-column", "c"})
                                      .read();
  EXPECT_EQ(
      changed.survey,
      (models::ColumnNames{
          {"score", "b"}, {"persona", "p"}, {"touchpoint", "t"}, {"period", "m"}, {"weight", "w"}, {"case", "c"}}));
  EXPECT_TRUE(changed.personas.empty());
  EXPECT_TRUE(changed.never_used.contains("6"));
  EXPECT_TRUE(read({}).read().survey.empty());
}

TEST(SurveyOptions, bad_rows) {
  EXPECT_EQ(read({}).allowed(), models::BadRows::few);
  EXPECT_EQ(read({"--bad-rows", "fail"}).allowed(), models::BadRows::fail);
  EXPECT_EQ(read({"--bad-rows", "skip"}).allowed(), models::BadRows::skip);
}

}  // namespace
}  // namespace sojourn::tools
