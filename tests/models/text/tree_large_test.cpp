// Trees as large as they may be, and larger.

#include "models/text/tree.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace sojourn::models {
namespace {

Source source_of(const std::string& text) { return std::make_shared<const SourceText>(SourceText{"test.yaml", text}); }

TEST(Tree, a_million_keys_are_read) {
  std::string text;
  for (int i = 0; i < 1'000'000; ++i) text += "k" + std::to_string(i) + ":\n";
  Diagnostics diagnostics;
  const Tree tree = parse_tree(source_of(text), diagnostics);
  EXPECT_FALSE(diagnostics.has_errors());
  ASSERT_EQ(tree.entries.size(), 1'000'000u);
  EXPECT_EQ(tree.entries.back().key, "k999999");
  EXPECT_EQ(tree.entries.back().mark.line, 1'000'000u);
}

TEST(Tree, too_much_that_could_still_be_a_key_is_refused) {
  std::string text = "{";
  for (int i = 0; i < 2'000'000; ++i) text += "a,\n";
  Diagnostics diagnostics;
  const Tree tree = parse_tree(source_of(text + "}\n"), diagnostics);
  ASSERT_EQ(diagnostics.error_count(), 1u);
  EXPECT_EQ(diagnostics.list()[0].what, "too much in one pair of brackets at the start of a line or item");
  EXPECT_TRUE(tree.cut_short);
}

TEST(Tree, one_node_more_than_the_cap_is_refused) {
  // The map, its key, the list and one node an item.
  std::string text = "a: [x";
  for (std::size_t i = 4; i < most_nodes; ++i) text += ",\nx";
  Diagnostics diagnostics;
  EXPECT_EQ(parse_tree(source_of(text + "]\n"), diagnostics).entries.at(0).value.items.size(), most_nodes - 3);
  EXPECT_FALSE(diagnostics.has_errors());
  const Tree refused = parse_tree(source_of(text + ",\nx]\n"), diagnostics);
  ASSERT_EQ(diagnostics.error_count(), 1u);
  EXPECT_EQ(diagnostics.list()[0].what, "more than 5000000 keys and values");
  EXPECT_EQ(diagnostics.list()[0].mark.line, most_nodes - 2);
  EXPECT_TRUE(refused.entries.empty());
  EXPECT_TRUE(refused.cut_short);
}

}  // namespace
}  // namespace sojourn::models
