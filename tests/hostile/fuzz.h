#pragma once
// Random damage to files, and what must hold whatever the damage.

#include "models/text/tree.h"
#include "models/text/utf8.h"
#include "tests/hostile/catalogue.h"

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace sojourn::tests {

/// SplitMix64 (Steele, Lea, Flood 2014): the same damage everywhere.
class Damage {
 public:
  explicit Damage(std::uint64_t seed) : state_(seed) {}

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(next() % bound); }

  /// A few random changes: bytes and pieces of grammar put in, runs of bytes taken out or copied, lines indented, parts
  /// of other files put in.
  std::string damaged(std::string text, const std::vector<std::string>& others) {
    // clang-format off
    static const std::vector<std::string> pieces = {
        ": ", ":", "- ", "? ", "{", "}", "[", "]", ",", "\"", "'", "#", " #", "&a ", "*a", "!", "!!int ", "<<: ", "|",
        ">", "|+\n", "%", "---\n", "...\n", "\n", "\r", "\r\n", "\t", " ", "  ", "~", "null", "\\", "\\x41", "\\u00e9",
        "\\_", "\\0", "@", "`", "a: b", "\xef\xbb\xbf", "\xc3\xa9", "\xff", "\xed\xa0\x80", std::string(1, '\0'),
        "\x1b", "\u202e", "\u200b", "\u0085", "0x10", "''", "\"\"", "{}", "[]"};
    // clang-format on
    const std::size_t changes = 1 + below(4);
    for (std::size_t i = 0; i < changes; ++i) {
      const std::size_t at = below(text.size() + 1);
      const std::size_t length = std::min(text.size() - at, below(12));
      switch (below(8)) {
        case 0: text.insert(at, pieces[below(pieces.size())]); break;
        case 1: text.insert(at, 1, static_cast<char>(below(256))); break;
        case 2: text.erase(at, length); break;
        case 3: text.insert(below(text.size() + 1), text.substr(at, length * 4)); break;
        case 4: text.resize(at); break;
        case 5: text.insert(std::min(text.find('\n', at), text.size()), "\n" + std::string(below(6), ' ')); break;
        case 6: {
          const std::string& other = others[below(others.size())];
          if (!other.empty()) text.insert(at, other.substr(below(other.size()), below(60)));
          break;
        }
        default: text.replace(at, length, pieces[below(pieces.size())]); break;
      }
    }
    return text;
  }

 private:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

inline std::vector<std::string> small_hostile_texts() {
  std::vector<std::string> texts;
  for (const auto& entry : std::filesystem::directory_iterator(source_dir() / "tests/hostile")) {
    if (entry.path().extension() != ".yaml" || entry.file_size() > 4000) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  std::sort(texts.begin(), texts.end());  // the folder lists them in any order
  return texts;
}

/// Line and column lie in the file, or just behind a line or the file.
inline bool lies_in(const models::Mark& mark, const std::vector<std::string>& lines) {
  if (mark.line == 0) return mark.column == 0;
  if (mark.line > lines.size() || mark.column == 0) return false;
  return mark.column <= models::count_code_points(lines[mark.line - 1]) + 1;
}

inline void expect_marks_in(const models::Tree& tree, const std::vector<std::string>& lines, std::size_t depth) {
  ASSERT_LE(depth, models::deepest_nesting + 1);
  EXPECT_TRUE(lies_in(tree.mark, lines)) << tree.mark.line << ":" << tree.mark.column;
  std::set<std::string> keys;
  for (const models::Tree::Entry& entry : tree.entries) {
    EXPECT_TRUE(keys.insert(entry.key).second) << entry.key;
    EXPECT_TRUE(lies_in(entry.mark, lines));
    expect_marks_in(entry.value, lines, depth + 1);
  }
  for (const models::Tree& item : tree.items) expect_marks_in(item, lines, depth + 1);
}

/// The same values as yaml-cpp's own tree, which was built by other code from the same events.
inline bool agrees(const models::Tree& tree, const YAML::Node& node) {
  if (tree.is_null()) return node.IsNull();
  if (tree.kind == models::Tree::Kind::scalar) {
    return node.IsScalar() && node.Scalar() == tree.scalar && (node.Tag() == "!") == tree.quoted;
  }
  if (tree.is_map()) {
    if (!node.IsMap() || node.size() != tree.entries.size()) return false;
    return std::equal(tree.entries.begin(), tree.entries.end(), node.begin(), [](const auto& entry, const auto& pair) {
      return pair.first.IsScalar() && pair.first.Scalar() == entry.key && agrees(entry.value, pair.second);
    });
  }
  if (!node.IsSequence() || node.size() != tree.items.size()) return false;
  return std::equal(tree.items.begin(), tree.items.end(), node.begin(),
                    [](const auto& item, const auto& other) { return agrees(item, other); });
}

/// Parses and checks what must hold of every text. True if it was taken without an error.
inline bool survives(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  models::Diagnostics diagnostics;
  const auto source = std::make_shared<const models::SourceText>(models::SourceText{"fuzz.yaml", text});
  const models::Tree tree = parse_tree(source, diagnostics);
  EXPECT_TRUE(tree.is_map());
  expect_marks_in(tree, lines, 0);
  for (const models::Diagnostic& diagnostic : diagnostics.list()) {
    EXPECT_TRUE(lies_in(diagnostic.mark, lines))
        << diagnostic.mark.line << ":" << diagnostic.mark.column << " " << diagnostic.what;
  }
  const std::string shown = diagnostics.format();
  for (std::size_t at = 0; at < shown.size();) {
    const models::CodePoint point = models::decode(shown, at);
    EXPECT_TRUE(point.valid && (point.value == '\n' || !models::is_control(point.value)));
    at += point.length;
  }
  EXPECT_FALSE(tree.cut_short && !diagnostics.has_errors());
  if (diagnostics.has_errors()) return false;
  try {
    EXPECT_TRUE(agrees(tree, YAML::Load(text)));
  } catch (const YAML::Exception& problem) {
    ADD_FAILURE() << "yaml-cpp refuses it: " << problem.what();
  }
  return true;
}

/// Damages files again and again. Fails on the first text that does not survive, and shows it.
inline void fuzz(std::uint64_t seed, std::size_t rounds) {
  const std::vector<std::string> texts = small_hostile_texts();
  ASSERT_GE(texts.size(), 70u);
  Damage damage(seed);
  std::size_t taken = 0;
  for (std::size_t i = 0; i < rounds; ++i) {
    const std::string text = damage.damaged(texts[damage.below(texts.size())], texts);
    taken += survives(text) ? 1 : 0;
    ASSERT_FALSE(::testing::Test::HasFailure()) << "round " << i << ":\n" << models::printable(text);
  }
  EXPECT_GT(taken, rounds / 200);  // that is, the check of what is taken was not empty
}

}  // namespace sojourn::tests
