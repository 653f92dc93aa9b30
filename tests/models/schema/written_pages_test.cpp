// What is committed of the field table is what the field table says. To write it anew after a change of the table,
// run this test with SOJOURN_WRITE_PAGES=1 in the environment.

#include "models/journey/fields.h"
#include "models/schema/field_reference.h"
#include "models/schema/json_schema.h"
#include "models/study/fields.h"
#include "tests/support/environment.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace sojourn::models {
namespace {

void expect_written(const std::string& path, const std::string& text) {
  const std::filesystem::path file = tests::source_dir() / path;
  if (std::getenv("SOJOURN_WRITE_PAGES") != nullptr) std::ofstream(file, std::ios::binary) << text;
  std::ostringstream written;
  written << std::ifstream(file, std::ios::binary).rdbuf();
  EXPECT_TRUE(written.str() == text) << path
                                     << " is not what the field table says. Run this test with SOJOURN_WRITE_PAGES=1";
}

TEST(WrittenPages, the_schema_of_journeys) {
  expect_written("models/schema/journey.schema.json", json_schema(journey_record()));
}

TEST(WrittenPages, the_schema_of_scenarios) {
  expect_written("models/schema/scenario.schema.json", json_schema(scenario_record()));
}

TEST(WrittenPages, the_schema_of_studies) {
  expect_written("models/schema/study.schema.json", json_schema(study_record()));
}

TEST(WrittenPages, the_reference_of_all_fields) { expect_written("models/FIELDS.md", field_reference()); }

}  // namespace
}  // namespace sojourn::models
