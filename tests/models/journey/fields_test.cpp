#include "models/journey/fields.h"
#include "models/journey/defaults.h"
#include "models/journey/validate.h"
#include "tests/models/journey/sample.h"

#include <functional>
#include <set>

namespace sojourn::models {
namespace {

/// Every record that a file can hold, each once.
std::vector<const Record*> all_records() {
  std::vector<const Record*> found;
  const std::function<void(const Record&)> visit = [&](const Record& record) {
    if (std::ranges::find(found, &record) != found.end()) return;
    found.push_back(&record);
    for (const Field& field : record.fields) {
      for (const Type* type = &field.type; type; type = type->element) {
        if (type->record) visit(*type->record);
      }
    }
  };
  visit(journey_record());
  visit(scenario_record());
  return found;
}

TEST(Fields, every_field_says_what_it_is) {
  EXPECT_EQ(all_records().size(), 25u);
  for (const Record* record : all_records()) {
    std::set<std::string_view> keys;
    EXPECT_TRUE(record->description.ends_with('.')) << record->name;
    for (const Field& field : record->fields) {
      EXPECT_TRUE(keys.insert(field.key).second) << record->name << "." << field.key;
      EXPECT_TRUE(field.description.ends_with('.')) << record->name << "." << field.key;
      EXPECT_EQ(find_field(*record, field.key), &field);
    }
  }
  EXPECT_EQ(find_field(journey_record(), "persona"), nullptr);
}

TEST(Fields, every_constant_default_is_valid_for_its_field) {
  int defaults = 0;
  for (const Record* record : all_records()) {
    for (const Field& field : record->fields) {
      if (field.default_text.empty()) continue;
      ++defaults;
      EXPECT_EQ(field.need, Need::optional) << record->name << "." << field.key;
      Diagnostics problems;
      validate_value(constant_tree(field.default_text), field.type, Where{nullptr, field.key}, Ranges::check, "",
                     problems);
      EXPECT_EQ(problems.format(), "") << record->name << "." << field.key;
    }
  }
  EXPECT_GT(defaults, 30);
}

TEST(Fields, every_key_of_the_design_is_known) {
  EXPECT_EQ(tests::errors_of([] { tests::journey_of(tests::christmas); }), tests::Lines{});
  EXPECT_EQ(tests::errors_of([] { tests::journey_of(tests::least); }), tests::Lines{});
}

}  // namespace
}  // namespace sojourn::models
