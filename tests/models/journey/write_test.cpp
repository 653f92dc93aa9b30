#include "models/journey/write.h"
#include "models/journey/defaults.h"
#include "models/journey/fields.h"
#include "models/journey/normalise.h"
#include "models/text/utf8.h"
#include "tests/models/journey/sample.h"

#include <rapidcheck/gtest.h>

namespace sojourn::models {
namespace {

TEST(WriteYaml, reads_like_what_a_person_writes) {
  Tree tree = tests::tree_of(R"(journey: "A: shop"
start: {shop: 1}
touchpoints:
  shop:
    label: 'Where # is'
    experience: {normal: {mean: 7, sd: 1}}
    next:
      done: {weight: 0.8, if: {goal: bread}}
personas: {anna: {overrides: [{set: a.b, to: 1}, {scale: c.d, by: -2}]}}
about: |
  Two
  lines
pains: {}
)");
  EXPECT_EQ(to_yaml(tree), R"(journey: "A: shop"
start: {shop: 1}
touchpoints:
  shop:
    label: "Where # is"
    experience: {normal: {mean: 7, sd: 1}}
    next:
      done: {weight: 0.8, if: {goal: bread}}
personas:
  anna:
    overrides: [{set: a.b, to: 1}, {scale: c.d, by: -2}]
about: "Two\nlines\n"
pains: {}
)");
  EXPECT_EQ(to_yaml_line(*tree.find("touchpoints")),
            "{shop: {label: \"Where # is\", experience: {normal: {mean: 7, sd: 1}}, next: {done: {weight: 0.8, if: "
            "{goal: bread}}}}}");
}

TEST(WriteYaml, long_maps_stand_in_lines) {
  Tree tree =
      tests::tree_of("pains:\n  late: {label: " + std::string(100, 'x') + ", severity: 4}\n  a: {severity: 1}\n");
  EXPECT_EQ(to_yaml(tree),
            "pains:\n  late:\n    label: " + std::string(100, 'x') + "\n    severity: 4\n  a: {severity: 1}\n");
}

TEST(WriteYaml, edges_side_by_side) {
  const std::string text = "next:\n  a:\n    - weight: 1\n    - {weight: 2, mood: 0.5}\n";
  const Tree tree = tests::tree_of(text);
  EXPECT_TRUE(same_text(tests::tree_of(to_yaml(tree)), tree)) << to_yaml(tree);
}

TEST(WriteYaml, a_journey_reads_back_to_itself) {
  for (const std::string_view text : {tests::christmas, tests::least}) {
    const Tree tree = tests::journey_of(text).tree;
    const Tree again = tests::journey_of(to_yaml(tree)).tree;
    EXPECT_TRUE(same_text(again, tree));
    EXPECT_EQ(to_yaml(again), to_yaml(tree));
    const Tree filled = with_defaults(tree);
    EXPECT_TRUE(same_text(tests::journey_of(to_yaml(filled)).tree, filled));
    EXPECT_EQ(typed_journey(tests::journey_of(to_yaml(filled)).tree), typed_journey(tree));
  }
}

TEST(WriteJson, is_typed_by_the_field_table) {
  const Tree tree = tests::tree_of(R"(journey: 2026
personas: {anna: {share: 1.0, learning: 1e-1}}
touchpoints: {shop: {label: 12, moment_of_truth: true, experience: {discrete: {5: 1}}, duration: 10 min, next: {done: {weight: 0.5}}}}
)");
  EXPECT_EQ(to_json(tree, journey_record()), R"({
  "journey": "2026",
  "personas": {
    "anna": {
      "share": 1,
      "learning": 0.1
    }
  },
  "touchpoints": {
    "shop": {
      "label": "12",
      "moment_of_truth": true,
      "experience": {
        "discrete": {
          "5": 1
        }
      },
      "duration": "10 min",
      "next": {
        "done": {
          "weight": 0.5
        }
      }
    }
  }
}
)");
}

TEST(WriteJson, a_journey_reads_back_to_itself) {
  const Tree tree = tests::journey_of(tests::christmas).tree;
  const Tree again = tests::journey_of(to_json(tree, journey_record())).tree;
  EXPECT_TRUE(same_meaning(again, tree, Type{.kind = Kind::record, .record = &journey_record()},
                           DefaultContext{.journey = &tree}));
  EXPECT_EQ(typed_journey(again), typed_journey(tree));
}

// ---- any tree ----------------------------------------------------------------------------------------------------------

bool is_null_word(const std::string& text) {
  Tree tree;
  tree.scalar = text;
  return tree.is_null();
}

/// Trees of texts that make YAML difficult, from one number.
class AnyTree {
 public:
  explicit AnyTree(std::uint64_t seed) : state_(seed) {}

  Tree map(int depth) {
    Tree tree;
    tree.kind = Tree::Kind::map;
    for (std::size_t i = below(5); i > 0; --i) {
      std::string key = text();
      for (const std::string hidden : {"\u200b", "\u202e", "\n", "\t"}) {  // what is not seen is not for keys
        while (key.find(hidden) != std::string::npos) key.erase(key.find(hidden), hidden.size());
      }
      if (key == "<<" || is_null_word(key)) key += "k";
      if (!tree.find(key)) tree.entries.push_back({key, {}, any(depth - 1)});
    }
    return tree;
  }

 private:
  /// SplitMix64 (Steele, Lea and Flood 2014): the same on every machine, unlike the distributions of the library.
  std::size_t below(std::size_t limit) {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return static_cast<std::size_t>((z ^ (z >> 31)) % limit);
  }

  std::string text() {
    static const std::vector<std::string> pieces = {
        "a",    "Z",    "0",  "-",   "- ",  ":",   ": ",  " #", "#", ",", "[",  "]", "{",      "}",      "'",  "\"",
        "\\",   "|",    ">",  "%",   "@",   "`",   "&",   "*",  "!", "?", "? ", " ", "  ",     "\n",     "\t", "~",
        "null", "true", "no", "0x1", "1e9", "---", "...", "=",  "ü", "—", "日", "🎅", "\u200b", "\u202e", "<<", "a: b"};
    std::string result;
    for (std::size_t i = below(7); i > 0; --i) result += pieces[below(pieces.size())];
    return result;
  }

  Tree any(int depth) {
    const std::size_t kind = depth == 0 ? 0 : below(4);
    if (kind >= 2) return map(depth);
    Tree tree;
    if (kind == 1) {
      tree.kind = Tree::Kind::list;
      for (std::size_t i = below(4); i > 0; --i) tree.items.push_back(any(depth - 1));
    } else {
      tree.scalar = text();
      tree.quoted = is_null_word(tree.scalar) || below(2) == 0;  // unquoted, these would be nothing
    }
    return tree;
  }

  std::uint64_t state_;
};

RC_GTEST_PROP(WriteYaml, any_tree_reads_back_to_itself, (std::uint64_t seed)) {
  for (std::uint64_t i = 0; i < 10; ++i) {
    const Tree tree = AnyTree(seed + i).map(4);
    const std::string text = to_yaml(tree);
    Diagnostics problems;
    const Tree again = parse_tree(tests::source_of(text), problems);
    if (problems.has_errors() || !same_text(again, tree)) RC_FAIL(text + "\n" + problems.format());
    RC_ASSERT(to_yaml(again) == text);
  }
}

}  // namespace
}  // namespace sojourn::models
