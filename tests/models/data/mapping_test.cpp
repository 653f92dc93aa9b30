#include "models/data/mapping.h"

#include <gtest/gtest.h>

#include <memory>

namespace sojourn::models {
namespace {

Mapping read(const std::string& text) {
  return read_mapping(std::make_shared<const SourceText>(SourceText{"mapping.yaml", text}));
}

TEST(Mapping, holds_what_is_written) {
  const Mapping mapping = read(
      "events: {case: order, end: done}\nsurvey: {score: Q1}\nratings: {security: q9_1}\n"
      "success: [delivered]\nblank: [11, n/a]\nblank_ratings: 0\nnever_used: 6\n");
  EXPECT_EQ(mapping.events, (ColumnNames{{"case", "order"}, {"end", "done"}}));
  EXPECT_EQ(mapping.survey, (ColumnNames{{"score", "Q1"}}));
  ASSERT_EQ(mapping.ratings.size(), 1U);
  EXPECT_EQ(mapping.ratings[0].second, "q9_1");
  EXPECT_EQ(mapping.success, (std::vector<std::string>{"delivered"}));
  EXPECT_TRUE(mapping.blank.contains("11") && mapping.blank.contains("n/a") && mapping.never_used.contains("6"));
  EXPECT_TRUE(mapping.blank_ratings.contains("0"));
}

TEST(Mapping, scale_codes_and_rules) {
  const Mapping mapping = read(
      "rating_scale: {low: 0, high: 100}\nvalues: {persona: {1: returning}, period: {w1: 2023-1}}\n"
      "personas: {transfer: {get_to: [3, 4], age: 1}, others: {}}\n");
  EXPECT_EQ(mapping.rating_scale.high, 100);
  ASSERT_EQ(mapping.values.at("persona").size(), 1U);
  EXPECT_EQ(mapping.values.at("persona")[0].text, "1");
  EXPECT_EQ(mapping.values.at("period")[0].meaning, "2023-1");
  ASSERT_EQ(mapping.personas.size(), 2U);
  ASSERT_EQ(mapping.personas[0].conditions.size(), 2U);
  EXPECT_EQ(mapping.personas[0].conditions[0].codes, (std::vector<std::string>{"3", "4"}));
  EXPECT_EQ(mapping.personas[0].conditions[1].codes, (std::vector<std::string>{"1"}));
  EXPECT_TRUE(mapping.personas[1].conditions.empty());
  EXPECT_EQ(read("{}").rating_scale.low, 1);
  try {
    read("rating_scale: {low: 5, high: 1, top: 2}\nvalues: {score: {a: 1}}\npersonas: {a: {}, b: {c: 1}, d: 1}\n");
    FAIL();
  } catch (const InputError& error) {
    const std::string text = error.what();
    for (const char* part :
         {"the scale's low end is not below its high end", "'top' is not an end of a scale",
          "'score' is not what codes can be translated for", "3:19: error: 'b' is nobody", "'d' is a map"}) {
      EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
  }
}

TEST(Mapping, every_mistake_with_its_place) {
  try {
    read("event: {}\nevents: {cases: x, time: {}}\nsurvey: score\nratings: {A B: q}\n");
    FAIL();
  } catch (const InputError& error) {
    const std::string text = error.what();
    for (const char* part :
         {"mapping.yaml:1:1: error: 'event' is not a part of a mapping", "Did you mean 'events'?",
          "mapping.yaml:2:10: error: 'cases' is not what a column can be here", "the name of a column is missing",
          "mapping.yaml:3:1: error: 'survey' is a map", "'A B' is not an id"}) {
      EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
    }
  }
}

}  // namespace
}  // namespace sojourn::models
