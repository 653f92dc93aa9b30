#include "models/text/tree.h"

#include <gtest/gtest.h>

#include <memory>

namespace sojourn::models {
namespace {

Source source_of(const std::string& text) { return std::make_shared<const SourceText>(SourceText{"test.yaml", text}); }

/// The tree in one line: {key: value, ...}, [item, ...], "quoted", plain.
std::string spelled(const Tree& tree) {
  std::string text;
  switch (tree.kind) {
    case Tree::Kind::scalar: return tree.quoted ? '"' + tree.scalar + '"' : tree.scalar;
    case Tree::Kind::map:
      for (const Tree::Entry& entry : tree.entries) {
        text += (text.empty() ? "" : ", ") + entry.key + ": " + spelled(entry.value);
      }
      return "{" + text + "}";
    case Tree::Kind::list:
      for (const Tree& item : tree.items) text += (text.empty() ? "" : ", ") + spelled(item);
      return "[" + text + "]";
  }
  return text;
}

std::string place(const Mark& mark) {
  return std::to_string(mark.line) + ":" + std::to_string(mark.column) + "+" + std::to_string(mark.length);
}

struct Parsed {
  Tree tree;
  std::vector<std::string> problems;  // "line:column what"
};

Parsed parse(const std::string& text) {
  Diagnostics diagnostics;
  Parsed parsed;
  parsed.tree = parse_tree(source_of(text), diagnostics);
  for (const Diagnostic& d : diagnostics.list()) {
    parsed.problems.push_back(std::to_string(d.mark.line) + ":" + std::to_string(d.mark.column) + " " + d.what);
  }
  return parsed;
}

using Problems = std::vector<std::string>;

TEST(Tree, maps_lists_and_scalars_in_file_order) {
  const Parsed parsed = parse("b: 1\na: [x, {y: z}, []]\nc:\n  - p\n  - q: r\n    s: {}\n");
  EXPECT_EQ(parsed.problems, Problems());
  EXPECT_EQ(spelled(parsed.tree), "{b: 1, a: [x, {y: z}, []], c: [p, {q: r, s: {}}]}");
  EXPECT_FALSE(parsed.tree.cut_short);
}

TEST(Tree, scalars_stay_as_written) {
  const Parsed parsed = parse("no: 010\nyes: .inf\na: 1_000\nb: true\nc: 0x1F\nd: 2024-12-24\ne: off\n");
  EXPECT_EQ(parsed.problems, Problems());
  EXPECT_EQ(spelled(parsed.tree), "{no: 010, yes: .inf, a: 1_000, b: true, c: 0x1F, d: 2024-12-24, e: off}");
}

TEST(Tree, quotes_and_blocks_are_text) {
  const Parsed parsed = parse("a: \"1\"\nb: '2'\nc: |\n  3\nd: >-\n  4\n  5\ne: 6\n\"f g\": \"\\u00e9\\n\"\n");
  EXPECT_EQ(parsed.problems, Problems());
  EXPECT_EQ(spelled(parsed.tree), "{a: \"1\", b: \"2\", c: \"3\n\", d: \"4 5\", e: 6, f g: \"\u00e9\n\"}");
}

TEST(Tree, every_part_knows_its_place) {
  const Parsed parsed = parse("a: 12\nl\u00e4nge: {b\u00fc: 'x\u00f6y', c: [p, qq]}\n");
  const Tree& tree = parsed.tree;
  EXPECT_EQ(place(tree.mark), "1:1+1");
  EXPECT_EQ(place(tree.entries[0].mark), "1:1+1");
  EXPECT_EQ(place(tree.entries[0].value.mark), "1:4+2");
  EXPECT_EQ(place(tree.entries[1].mark), "2:1+5");
  const Tree& map = tree.entries[1].value;
  EXPECT_EQ(place(map.mark), "2:8+1");
  EXPECT_EQ(place(map.entries[0].mark), "2:9+2");
  EXPECT_EQ(place(map.entries[0].value.mark), "2:13+5");  // with its quotes
  EXPECT_EQ(place(map.entries[1].value.mark), "2:23+1");
  EXPECT_EQ(place(map.entries[1].value.items[1].mark), "2:27+2");
}

TEST(Tree, places_do_not_depend_on_line_ends) {
  const std::string lines[] = {"a: 1", "b:", "  - c: \"two", "      lines\"", "    d: e", "f: {g: h}", ""};
  std::string lf, crlf;
  for (const std::string& line : lines) lf += line + "\n", crlf += line + "\r\n";
  const Parsed one = parse(lf), other = parse(crlf);
  EXPECT_EQ(one.problems, Problems());
  EXPECT_EQ(other.problems, Problems());
  EXPECT_EQ(spelled(one.tree), "{a: 1, b: [{c: \"two lines\", d: e}], f: {g: h}}");
  EXPECT_EQ(spelled(other.tree), spelled(one.tree));
  EXPECT_EQ(place(one.tree.find("f")->entries[0].value.mark), "6:8+1");
  EXPECT_EQ(place(other.tree.find("f")->entries[0].value.mark), "6:8+1");
}

TEST(Tree, what_is_not_written_is_null_at_its_key) {
  const Parsed parsed = parse("a:\nb: ~\nc: null\nd: {e: , f}\nnulls: x\ng:\n");
  EXPECT_EQ(parsed.problems, Problems());
  for (const char* key : {"a", "b", "c", "g"}) EXPECT_TRUE(parsed.tree.find(key)->is_null()) << key;
  EXPECT_FALSE(parsed.tree.find("nulls")->is_null());
  EXPECT_EQ(parsed.tree.find("a")->scalar, "");
  EXPECT_EQ(parsed.tree.find("b")->scalar, "~");
  EXPECT_EQ(parsed.tree.find("c")->scalar, "null");
  EXPECT_EQ(place(parsed.tree.find("a")->mark), "1:1+1");
  EXPECT_EQ(place(parsed.tree.find("c")->mark), "3:4+4");
  EXPECT_EQ(place(parsed.tree.find("d")->entries[1].value.mark), "4:10+1");
  EXPECT_TRUE(parsed.tree.find("d")->entries[1].value.is_null());
}

TEST(Tree, a_missing_value_before_a_key_called_null_is_not_that_null) {
  const Parsed parsed = parse("a:\nnullify: 1\nb:\n\"null\": 2\n");
  EXPECT_EQ(parsed.problems, Problems());
  EXPECT_EQ(spelled(parsed.tree), "{a: , nullify: 1, b: , null: 2}");
}

TEST(Tree, nulls_before_everything_that_may_follow_them) {
  const Parsed parsed = parse("a: null # c\nb: [null, ~]\nc: {d: ~}\ne:\n  null\nf:\nnull#y: 1\ng:\nnull x: 2\nh: ~");
  EXPECT_EQ(parsed.problems, Problems());
  EXPECT_EQ(spelled(parsed.tree), "{a: null, b: [null, ~], c: {d: ~}, e: null, f: , null#y: 1, g: , null x: 2, h: ~}");
}

TEST(Tree, quoted_null_is_text) {
  const Parsed parsed = parse("a: \"~\"\nb: ''\n");
  EXPECT_FALSE(parsed.tree.find("a")->is_null());
  EXPECT_FALSE(parsed.tree.find("b")->is_null());
}

TEST(Tree, find_gives_the_value_or_nothing) {
  Parsed parsed = parse("a: 1\nb: {c: 2}\n");
  EXPECT_EQ(parsed.tree.find("b")->find("c")->scalar, "2");
  EXPECT_EQ(parsed.tree.find("c"), nullptr);
  EXPECT_EQ(parsed.tree.find("a")->find("x"), nullptr);
  parsed.tree.find("a")->scalar = "3";
  EXPECT_EQ(std::as_const(parsed.tree).find("a")->scalar, "3");
}

TEST(Tree, of_a_key_written_twice_the_first_counts) {
  const Parsed parsed = parse("a: 1\nb: 2\na: 3\nc: 4\nb: 5\na: 6\nd: 7\n");
  EXPECT_EQ(parsed.problems,
            (Problems{"3:1 the key 'a' is written twice in one map", "6:1 the key 'a' is written twice in one map",
                      "5:1 the key 'b' is written twice in one map"}));
  EXPECT_EQ(spelled(parsed.tree), "{a: 1, b: 2, c: 4, d: 7}");
  EXPECT_FALSE(parsed.tree.cut_short);
}

TEST(Tree, the_same_key_in_different_maps_is_fine) {
  const Parsed parsed = parse("a: {a: {a: 1}}\nb: [{a: 1}, {a: 2}]\n");
  EXPECT_EQ(parsed.problems, Problems());
  EXPECT_EQ(spelled(parsed.tree), "{a: {a: {a: 1}}, b: [{a: 1}, {a: 2}]}");
}

TEST(Tree, a_refused_key_takes_its_value_with_it) {
  const Parsed parsed = parse("? [a, {b: c}]\n: {d: [e]}\n<<: {x: 1}\n~: 2\nf: 3\n");
  EXPECT_EQ(parsed.problems, (Problems{"1:3 a list as a key", "3:1 the merge key '<<'", "4:1 the null '~' as a key"}));
  EXPECT_EQ(spelled(parsed.tree), "{f: 3}");
}

TEST(Tree, a_quoted_merge_sign_is_a_key) { EXPECT_EQ(parse("\"<<\": 1\n").problems, Problems()); }

TEST(Tree, nesting_of_64_is_read_and_of_65_refused) {
  const auto nested = [](std::size_t lists) {
    return "a: " + std::string(lists, '[') + std::string(lists, ']') + "\n";
  };
  EXPECT_EQ(parse(nested(63)).problems, Problems());
  const Parsed refused = parse(nested(64));
  EXPECT_EQ(refused.problems, Problems{"1:67 nested deeper than 64 levels"});
  EXPECT_TRUE(refused.tree.cut_short);
}

TEST(Tree, a_key_of_4096_bytes_is_read_and_of_4097_refused) {
  const auto keyed = [](std::size_t bytes) { return "? \"" + std::string(bytes, 'k') + "\"\n: 1\n"; };
  EXPECT_EQ(parse(keyed(4096)).problems, Problems());
  EXPECT_EQ(parse(keyed(4097)).problems, Problems{"1:3 a key longer than 4 KB"});
}

TEST(Tree, a_text_of_a_megabyte_is_read_and_one_byte_more_refused) {
  const auto text = [](std::size_t bytes) { return "a: '" + std::string(bytes, 'x') + "'\nb: 1\n"; };
  EXPECT_EQ(parse(text(longest_scalar)).problems, Problems());
  EXPECT_EQ(parse(text(longest_scalar + 1)).problems, Problems{"1:4 a text longer than 1 MB"});
}

TEST(Tree, grammar_errors_lose_one_part_of_the_top_level_only) {
  const Parsed parsed = parse("a: 1\nb: x: y\nc: 2\nd:\n  - e\n f: g\nh: 3\na: 4\n");
  EXPECT_EQ(parsed.problems,
            (Problems{"2:5 a ':' that cannot stand here", "6:2 this does not belong to what stands above it",
                      "8:1 the key 'a' is written twice in one map"}));
  EXPECT_EQ(spelled(parsed.tree), "{a: 1, b: x, c: 2, d: [e], h: 3}");
  EXPECT_TRUE(parsed.tree.cut_short);
}

TEST(Tree, wrong_bytes_do_not_hide_other_problems) {
  const Parsed parsed = parse("a: caf\xe9\nb: 1\nb: 2\n");
  EXPECT_EQ(parsed.problems,
            (Problems{"1:7 the byte \\xe9 at offset 6 is not UTF-8", "3:1 the key 'b' is written twice in one map"}));
  EXPECT_FALSE(parsed.tree.cut_short);
}

TEST(Tree, noncharacters_are_refused) {
  EXPECT_EQ(parse("a: x\xef\xbf\xbey\n").problems, Problems{"1:5 the control character \\ufffe"});
  EXPECT_EQ(parse("a: x\xef\xbf\xbdy\n").problems, Problems());
}

TEST(Tree, a_directive_anywhere_is_one_problem) {
  const Parsed parsed = parse("a: 1\n%TAG ! x\nb: 2\n");
  EXPECT_EQ(parsed.problems, Problems{"2:1 a line starts with '%'"});
  EXPECT_EQ(spelled(parsed.tree), "{a: 1, b: 2}");
}

TEST(Tree, brackets_in_texts_need_not_be_balanced) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "k" + std::to_string(i) + ": \"a [ b {\"\n";
  EXPECT_EQ(parse(text).problems, Problems());
}

TEST(Tree, after_a_thousand_problems_nobody_looks_on) {
  std::string text;
  for (int i = 0; i < 5000; ++i) text += "k" + std::to_string(i) + ": &a 1\n";
  const Parsed parsed = parse(text);
  EXPECT_EQ(parsed.problems.size(), 1000u);
  EXPECT_EQ(parsed.tree.entries.size(), 1000u);
  EXPECT_TRUE(parsed.tree.cut_short);
}

TEST(Tree, the_first_ten_of_a_kind_are_shown_and_the_rest_counted) {
  std::string text;
  for (int i = 0; i < 13; ++i) text += "k" + std::to_string(i) + ": \xff\n";
  const Parsed parsed = parse(text);
  ASSERT_EQ(parsed.problems.size(), 11u);
  EXPECT_EQ(parsed.problems[9], "10:5 the byte \\xff at offset 58 is not UTF-8");
  EXPECT_EQ(parsed.problems[10], "11:6 3 more places that are not UTF-8 from here on");
}

TEST(Tree, tabs_between_tokens_and_in_blank_lines_are_fine) {
  const Parsed parsed = parse("a:\t1\t# c\n\t\n  \t# comment\nb: x\ty\n");
  EXPECT_EQ(parsed.problems, Problems());
  EXPECT_EQ(spelled(parsed.tree), "{a: 1, b: x\ty}");
}

TEST(Tree, an_apostrophe_inside_a_word_is_no_quote) {
  const Parsed parsed = parse("a: don't\nb: Santa's \"own\" list\nc: {d: it's}\n");
  EXPECT_EQ(parsed.problems, Problems());
  EXPECT_EQ(spelled(parsed.tree), "{a: don't, b: Santa's \"own\" list, c: {d: it's}}");
}

TEST(Tree, a_json_file_is_yaml) {
  const Parsed parsed = parse("{\"a\": 1, \"b\": [true, \"x\\u00e9\"], \"c\":{\"d\":null}}\n");
  EXPECT_EQ(parsed.problems, Problems());
  EXPECT_EQ(spelled(parsed.tree), "{a: 1, b: [true, \"x\u00e9\"], c: {d: null}}");
}

}  // namespace
}  // namespace sojourn::models
