#include "models/text/tree.h"

#include "models/text/detail/builder.h"
#include "models/text/detail/bytes.h"
#include "models/text/detail/entries.h"
#include "models/text/detail/input.h"
#include "models/text/detail/yaml_words.h"

#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>
#include <algorithm>
#include <deque>
#include <istream>
#include <iterator>
#include <optional>
#include <utility>

namespace sojourn::models {
namespace {

/// After so many errors of grammar in one file nobody wants to see another.
constexpr int most_restarts = 20;

/// Says what stands instead of a map, in words that help.
void refuse_top_level(const Source& source, const Tree& tree, Diagnostics& diagnostics) {
  const std::string_view text = source->text;
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    diagnostics.error({source, 0, 0, 1}, "the file is empty", "its top level must be a map of 'key: value' lines", "");
  } else if (tree.scalar.empty() && !tree.quoted) {
    diagnostics.error({source, 0, 0, 1}, "the file holds nothing but comments",
                      "its top level must be a map of 'key: value' lines", "");
  } else {
    const bool glued = !tree.quoted && tree.scalar.find(':') != std::string::npos;
    diagnostics.error(tree.mark, "the top level is one text", "it must be a map of 'key: value' lines",
                      glued ? "Put a space after the colon" : "");
  }
}

/// The next line after an offset that plainly begins a part of the top level: `word:` in the first column.
std::optional<std::size_t> next_top_level(std::string_view text, std::size_t offset) {
  for (std::size_t end = text.find('\n', offset); end != std::string_view::npos; end = text.find('\n', end + 1)) {
    const std::size_t start = end + 1;
    const std::size_t colon =
        text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", start);
    if (colon == std::string_view::npos || colon == start || text[colon] != ':') continue;
    if (colon + 1 == text.size() || text[colon + 1] == ' ' || text[colon + 1] == '\n' || text[colon + 1] == '\r')
      return start;
  }
  return std::nullopt;
}

/// What one go of yaml-cpp gave.
struct Part {
  Tree tree;
  bool whole = false;
  std::optional<std::size_t> stopped;  // the offset of an error of grammar: worth going on behind it
};

Part parse_part(const Source& source, std::string_view text, std::size_t base, Diagnostics& diagnostics) {
  detail::BrakedInput input(text.substr(base));
  std::istream stream(&input);
  detail::Builder builder(source, base, input, diagnostics);
  Part part;
  try {
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
    part.whole = true;
  } catch (const detail::Enough& enough) {
    part.stopped = enough.go_on_behind;
  } catch (const detail::BrakedInput::Brake brake) {
    builder.braked(brake);
  } catch (const YAML::Exception& problem) {
    part.stopped = builder.gave_up(problem);
  }
  if (builder.nodes() <= most_nodes) part.tree = builder.finish();
  return part;
}

void append(std::deque<Tree::Entry>& to, std::vector<Tree::Entry>& entries) {
  to.insert(to.end(), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
}

/// Behind an error of grammar goes on with the next part of the top level, so that all problems come in one go. That
/// reads little twice: only a quote or bracket that is found open at the very end is complained of far before it, and
/// what is open inside it is found in the same go.
void parse_rest(const Source& source, std::string_view text, Part part, Tree& tree, Diagnostics& diagnostics) {
  std::deque<Tree::Entry> entries;
  append(entries, tree.entries);
  for (int restart = 0; part.stopped && restart < most_restarts; ++restart) {
    const auto base = next_top_level(text, *part.stopped);
    if (!base) break;
    part = parse_part(source, text, *base, diagnostics);
    append(entries, part.tree.entries);
  }
  detail::refuse_duplicates(entries, 0, diagnostics);
  tree.entries.assign(std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
}

}  // namespace

bool Tree::is_null() const {
  return kind == Kind::scalar && !quoted && (scalar.empty() || detail::is_null_word(scalar));
}

const Tree* Tree::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

Tree* Tree::find(std::string_view key) { return const_cast<Tree*>(std::as_const(*this).find(key)); }

Tree parse_tree(const Source& source, Diagnostics& diagnostics) {
  Tree empty;
  empty.kind = Tree::Kind::map;
  empty.mark = {source, 0, 0, 1};
  empty.cut_short = true;
  const detail::CheckedBytes bytes = detail::check_bytes(source, diagnostics);
  if (!bytes.parseable) return empty;

  const std::string_view text = bytes.mended ? *bytes.mended : source->text;
  Part part = parse_part(source, text, 0, diagnostics);
  if (part.whole && !part.tree.is_map()) refuse_top_level(source, part.tree, diagnostics);
  Tree tree = part.tree.is_map() ? std::move(part.tree) : std::move(empty);
  tree.cut_short = !part.whole || tree.cut_short;
  if (part.stopped) parse_rest(source, text, std::move(part), tree, diagnostics);
  return tree;
}

}  // namespace sojourn::models
