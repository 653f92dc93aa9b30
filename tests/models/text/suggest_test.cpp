#include "models/text/suggest.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace sojourn::models {
namespace {

const std::vector<std::string_view> keys = {"share", "severity", "label", "duration", "experience", "pains", "no"};

TEST(EditDistance, inserts_deletes_replacements_and_swaps_cost_one) {
  EXPECT_EQ(edit_distance("share", "share", 3), 0u);
  EXPECT_EQ(edit_distance("shaer", "share", 3), 1u);   // swap
  EXPECT_EQ(edit_distance("shre", "share", 3), 1u);    // insert
  EXPECT_EQ(edit_distance("shaare", "share", 3), 1u);  // delete
  EXPECT_EQ(edit_distance("shore", "share", 3), 1u);   // replace
  EXPECT_EQ(edit_distance("kitten", "sitting", 5), 3u);
  EXPECT_EQ(edit_distance("ca", "abc", 5), 3u);  // optimal string alignment: no edit between swapped letters
  EXPECT_EQ(edit_distance("", "abc", 5), 3u);
  EXPECT_EQ(edit_distance("", "", 0), 0u);
  EXPECT_EQ(edit_distance("ba", "ab", 1), 1u);
}

TEST(EditDistance, above_the_most_it_is_most_plus_one) {
  EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3u);
  EXPECT_EQ(edit_distance("abc", "xyz", 1), 2u);
  EXPECT_EQ(edit_distance("a", "abcdefgh", 2), 3u);
  EXPECT_EQ(edit_distance(std::string(64, 'a'), std::string(64, 'a'), 2), 3u);  // nobody's typing mistake
}

/// The whole table (Wagner & Fischer 1974, with swaps).
std::size_t by_the_whole_table(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

TEST(EditDistance, of_all_short_words_is_that_of_the_whole_table) {
  std::vector<std::string> words = {""};
  for (std::size_t i = 0; words[i].size() < 5; ++i) {
    for (const char c : {'a', 'b'}) words.push_back(words[i] + c);
  }
  for (const std::string& a : words) {
    for (const std::string& b : words) {
      const std::size_t expected = by_the_whole_table(a, b);
      for (std::size_t most = 0; most <= 5; ++most) {
        ASSERT_EQ(edit_distance(a, b, most), std::min(expected, most + 1)) << a << ' ' << b << ' ' << most;
      }
    }
  }
}

TEST(Nearest, the_nearest_of_the_candidates_within_reach) {
  EXPECT_EQ(nearest("shaer", keys), "share");
  EXPECT_EQ(nearest("expereince", keys), "experience");
  EXPECT_EQ(nearest("durration", keys), "duration");
  EXPECT_EQ(nearest("seve", keys), "");  // too far
  EXPECT_EQ(nearest("probability", keys), "");
  EXPECT_EQ(nearest("", keys), "");
  EXPECT_EQ(nearest("x", keys), "");  // every letter is one edit from every other
  EXPECT_EQ(nearest("share", {}), "");
}

TEST(Nearest, longer_words_may_have_more_mistakes) {
  EXPECT_EQ(nearest("abcdy", {"abcde"}), "abcde");
  EXPECT_EQ(nearest("abcyz", {"abcde"}), "");
  EXPECT_EQ(nearest("abcdyz", {"abcdef"}), "abcdef");
  EXPECT_EQ(nearest("abcdefxyz", {"abcdefghi"}), "");
  EXPECT_EQ(nearest("abcdefgxyz", {"abcdefghij"}), "abcdefghij");
  EXPECT_EQ(nearest("abcdefwxyz", {"abcdefghij"}), "");
}

TEST(Nearest, upper_and_lower_case_are_near) {
  EXPECT_EQ(nearest("Share", keys), "share");
  EXPECT_EQ(nearest("LABEL", keys), "label");
  EXPECT_EQ(nearest("N", {"n"}), "n");
}

TEST(Nearest, of_equally_near_ones_the_first) {
  EXPECT_EQ(nearest("cat", {"bat", "cut", "car"}), "bat");
  EXPECT_EQ(nearest("shares", {"shored", "shared", "share"}), "shared");
}

TEST(Nearest, never_what_was_written) {
  EXPECT_EQ(nearest("share", {"share"}), "");
  EXPECT_EQ(nearest("share", {"share", "shared"}), "shared");
}

TEST(DidYouMean, a_question_or_nothing) {
  EXPECT_EQ(did_you_mean("shaer", keys), "Did you mean 'share'?");
  EXPECT_EQ(did_you_mean("quite another", keys), "");
}

}  // namespace
}  // namespace sojourn::models
