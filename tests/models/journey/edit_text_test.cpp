#include "models/journey/edit_text.h"

#include "tests/support/cases.h"

#include "models/journey/read.h"
#include "models/replay/parameter.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

const char* const kText = R"(# Grüße
personas:
  ann: {learning: 0.3, expectation: {normal: {mean: 6, sd: 1}}}   # who
touchpoints:
  a:
    label: Schön "hier"
    experience: {normal: {mean: 6, sd: 1}}  # n 12, mean 6
    duration: 10 min
    next: {done: 0.5, a: 0.5}
start: a
outcomes: {done: {}}
)";

std::string edited(const std::vector<std::pair<std::string, double>>& values) {
  const JourneyFile journey = read_journey(tests::source_of(kText));
  std::string unwritten;
  const auto text = with_values(journey.source, journey.tree, values, unwritten);
  return text ? *text : "unwritten: " + unwritten;
}

TEST(EditText, numbers_change_and_nothing_else) {
  const std::string text = edited({{"touchpoints.a.experience.normal.mean", 7.25},
                                   {"touchpoints.a.next.done.weight", 0.75},
                                   {"personas.ann.learning", 0.125},
                                   {"touchpoints.a.duration", 90'000}});
  std::string expected = kText;
  const auto replace = [&](const std::string& from, const std::string& to) {
    expected.replace(expected.find(from), from.size(), to);
  };
  replace("{mean: 6, sd: 1}}  # n", "{mean: 7.25, sd: 1}}  # n");
  replace("done: 0.5", "done: 0.75");
  replace("learning: 0.3", "learning: 0.125");
  replace("10 min", "90 s");
  EXPECT_EQ(text, expected);
}

TEST(EditText, an_unwritten_field_is_added_where_its_map_is) {
  const std::string text = edited({{"touchpoints.a.importance", 1.5}, {"personas.ann.loss_aversion", 2}});
  const JourneyFile journey = read_journey(tests::source_of(text));
  EXPECT_EQ(value_at(journey.tree, "touchpoints.a.importance"), 1.5);
  EXPECT_EQ(value_at(journey.tree, "personas.ann.loss_aversion"), 2);
  EXPECT_NE(text.find("# n 12, mean 6"), std::string::npos);
  EXPECT_NE(text.find("    importance: 1.5\n    label: Sch"), std::string::npos);
}

TEST(EditText, what_has_no_place_is_named) {
  EXPECT_EQ(edited({{"satisfaction.memory.peak", 0.4}}), "unwritten: satisfaction.memory.peak");
}

}  // namespace
}  // namespace sojourn::models
