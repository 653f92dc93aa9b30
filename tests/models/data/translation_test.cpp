#include "models/data/translation.h"

#include <gtest/gtest.h>

#include <memory>

namespace sojourn::models {
namespace {

Mapping read(const std::string& text) {
  return read_mapping(std::make_shared<const SourceText>(SourceText{"mapping.yaml", text}));
}

TEST(Translation, a_code_becomes_what_it_means_and_other_texts_stay) {
  const Mapping mapping =
      read("values: {touchpoint: {Kasse: Till, A: B, B: A}, persona: {1: old}, outcome: {ok: paid}}");
  const EventTranslator translated(mapping);
  EventRow row;
  row.activity = " KASSE ";
  row.persona = "1";
  row.outcome = "2";
  const EventRow to = translated(row);
  EXPECT_EQ(to.activity, "Till");
  EXPECT_EQ(to.persona, "old");
  EXPECT_EQ(to.outcome, "2");
  // Once: what a code means is no code.
  const Translator activity(mapping, "touchpoint");
  EXPECT_EQ(activity("a"), "B");
  EXPECT_EQ(activity("b"), "A");
  // Of one role only.
  EXPECT_EQ(activity("1"), "1");
  EXPECT_EQ(activity(""), "");
}

}  // namespace
}  // namespace sojourn::models
