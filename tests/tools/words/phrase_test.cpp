#include "tools/words/phrase.h"

#include "models/score/metrics.h"
#include "tools/terminal/number_words.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace sojourn::tools {
namespace {

// That a text in the code has its German, with the same placeholders, is checked by the compiler (tools/words/phrase.h and .cpp).

const Look german{80, false, true, Language::german};
const Look plain_german{80, false, false, Language::german};

TEST(Phrase, is_said_in_the_language_with_its_gaps_filled) {
  constexpr Phrase phrase = "Of {0} customers {1} and {2}; {3} and {4}.";
  EXPECT_EQ(Look{}.say(phrase, {"5", "a", "b", "c", "d"}), "Of 5 customers a and b; c and d.");
  EXPECT_EQ(german.say(phrase, {"5", "a", "b", "c", "d"}), "Von 5 Kunden: a, b; c, d.");
}

TEST(Phrase, what_fills_a_gap_is_not_read_again) {
  EXPECT_EQ(filled("{0} {1}", {"{1}", "x"}), "{1} x");
  EXPECT_EQ(filled("{2} {x} {", {"a"}), "{2} {x} {");
}

TEST(Phrase, without_utf_8_letters_are_spelled_but_names_stay) {
  EXPECT_EQ(german.say("Gap"), "L\u00fccke");
  EXPECT_EQ(plain_german.say("Gap"), "Luecke");
  EXPECT_EQ(plain_german.say("with {0}", {"M\u00fcller"}), "mit M\u00fcller");
}

TEST(Phrase, no_text_is_there_twice) {
  std::set<std::string_view> seen;
  for (const words::Entry& entry : words::catalogue) EXPECT_TRUE(seen.insert(entry.english).second) << entry.english;
}

TEST(Phrase, spaces_and_line_ends_around_a_text_are_those_of_the_other_language) {
  const auto edges = [](std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \n"), last = text.find_last_not_of(" \n");
    return std::pair(text.substr(0, first), text.substr(last + 1));
  };
  for (const words::Entry& entry : words::catalogue)
    EXPECT_EQ(edges(entry.english), edges(entry.german)) << entry.english;
}

TEST(Phrase, every_metric_has_a_german_label) {
  const auto is_known = [](std::string_view label) {
    return std::ranges::any_of(words::catalogue, [&](const words::Entry& entry) { return entry.english == label; });
  };
  for (const models::MetricInfo& info : models::kMetricInfo) EXPECT_TRUE(is_known(info.label)) << info.label;
  for (const models::MetricInfo& info : models::kSiteMetricInfo) EXPECT_TRUE(is_known(info.label)) << info.label;
}

TEST(Phrase, german_numbers_have_a_comma) {
  EXPECT_EQ(decimal(-1234567.891, 2, german), "\u22121.234.567,89");
  EXPECT_EQ(whole(41000, german), "41.000");
  EXPECT_EQ(percent(0.0004, german), "<0,1 %");
  EXPECT_EQ(duration(1.25, german), "75,0 min");
  EXPECT_EQ(with_interval({28.4, 0.25, 27.9, 28.9}, {models::Unit::nps_points}, german), "28,4 (27,9 bis 28,9)");
  EXPECT_EQ(decimal(-0.04, 1, german), "0,0") << "a zero has no sign";
}

}  // namespace
}  // namespace sojourn::tools
