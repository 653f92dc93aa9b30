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
            "{shop: {label: \"Where # is\", experience: {normal: {mean: 7, sd: 1}}, next: {done: {weight: 0.8, if: {goal: bread}}}}}");
}

TEST(WriteYaml, long_maps_stand_in_lines) {
  Tree tree = tests::tree_of("pains:\n  late: {label: " + std::string(100, 'x') + ", severity: 4}\n  a: {severity: 1}\n");
  EXPECT_EQ(to_yaml(tree), "pains:\n  late:\n    label: " + std::string(100, 'x') + "\n    severity: 4\n  a: {severity: 1}\n");
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
  EXPECT_TRUE(same_meaning(again, tree, Type{.kind = Kind::record, .record = &journey_record()}, DefaultContext{.journey = &tree}));
  EXPECT_EQ(typed_journey(again), typed_journey(tree));
}

// ---- any tree ----------------------------------------------------------------------------------------------------------

/// Texts of what makes YAML difficult, mixed with anything.
rc::Gen<std::string> any_text() {
  const auto piece = rc::gen::element<std::string>(
      "a", "Z", "0", "-", "- ", ":", ": ", " #", "#", ",", "[", "]", "{", "}", "'", "\"", "\\", "|", ">", "%", "@", "`", "&", "*", "!",
      "?", "? ", " ", "  ", "\n", "\t", "~", "null", "true", "no", "0x1", "1e9", "---", "...", "=", "ü", "—", "日", "🎅", "\u200b", "\u202e", "<<", "a: b");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const std::vector<std::string>& pieces) {
    std::string text;
    for (const std::string& one : pieces) text += one;
    return text;
  });
}

bool is_null_word(const std::string& text) {
  Tree tree;
  tree.scalar = text;
  return tree.is_null();
}

/// Scalars are quoted where, unquoted, they would be nothing; keys are unique and may be read.
rc::Gen<Tree> any_tree(int depth) {
  return rc::gen::exec([depth] {
    Tree tree;
    const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 4);
    if (kind == 1) {
      tree.kind = Tree::Kind::list;
      const int count = *rc::gen::inRange(0, 4);
      for (int i = 0; i < count; ++i) tree.items.push_back(*any_tree(depth - 1));
    } else if (kind >= 2) {
      tree.kind = Tree::Kind::map;
      const int count = *rc::gen::inRange(0, 5);
      for (int i = 0; i < count; ++i) {
        std::string key = *any_text();
        // Invisible characters are not for keys, and a null is none.
        for (const char* hidden : {"\u200b", "\u202e"}) {
          while (key.find(hidden) != std::string::npos) key.erase(key.find(hidden), 3);
        }
        if (key == "<<" || is_null_word(key)) key += "k";
        if (!tree.find(key)) tree.entries.push_back({key, {}, *any_tree(depth - 1)});
      }
    } else {
      tree.scalar = *any_text();
      tree.quoted = is_null_word(tree.scalar) || *rc::gen::arbitrary<bool>();
    }
    return tree;
  });
}

RC_GTEST_PROP(WriteYaml, any_tree_reads_back_to_itself, ()) {
  Tree tree;
  while (!tree.is_map()) tree = *any_tree(4);
  const std::string text = to_yaml(tree);
  Diagnostics problems;
  const Tree again = parse_tree(tests::source_of(text), problems);
  RC_LOG(text + "\n" + problems.format());
  RC_ASSERT(!problems.has_errors());
  RC_ASSERT(same_text(again, tree));
  RC_ASSERT(to_yaml(again) == text);
}

}  // namespace
}  // namespace sojourn::models
