#include "models/journey/edit_text.h"

#include "models/journey/address.h"
#include "models/journey/families.h"
#include "models/journey/values.h"

#include <algorithm>

namespace sojourn::models {
namespace {

struct Edit {
  std::size_t at = 0, length = 0;  // bytes
  std::string text;
};

/// The byte of a column, which counts code points.
std::size_t byte_of(const std::string& text, std::size_t line_start, std::size_t column) {
  std::size_t at = line_start;
  for (std::size_t i = 1; i < column; ++i) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return at;
}

/// The key of an unwritten field goes before the first of the map that it belongs to: on a line of its own, or within the braces.
std::optional<Edit> added(const Source& source, const std::vector<std::size_t>& lines, const Tree& journey,
                          const std::string& address, const std::string& value) {
  const std::size_t dot = address.rfind('.');
  const Tree* parent = dot == std::string::npos ? nullptr : find(journey, address.substr(0, dot)).tree;
  if (!parent || !parent->is_map() || parent->entries.empty()) return std::nullopt;
  const Mark& first = parent->entries.front().mark;
  if (first.source != source || first.line < 1) return std::nullopt;
  const std::size_t line = lines[first.line - 1];
  const std::size_t at = byte_of(source->text, line, first.column);
  const std::string before = source->text.substr(line, at - line);
  const std::string key = address.substr(dot + 1) + ": " + value;
  if (source->text.compare(at, parent->entries.front().key.size(), parent->entries.front().key) != 0)
    return std::nullopt;
  const bool own_line = before.find_first_not_of(' ') == std::string::npos;
  return Edit{at, 0, own_line ? key + "\n" + before : key + ", "};
}

}  // namespace

std::optional<std::string> with_values(const Source& source, const Tree& journey,
                                       const std::vector<std::pair<std::string, double>>& values,
                                       std::string& unwritten) {
  std::vector<std::size_t> lines = {0};
  for (std::size_t i = 0; i < source->text.size(); ++i) {
    if (source->text[i] == '\n') lines.push_back(i + 1);
  }
  std::vector<Edit> edits;
  for (const auto& [address, value] : values) {
    const Place place = find(journey, address);
    const Tree* tree = place.tree;
    Edit edit;
    if (tree && tree->kind == Tree::Kind::scalar && tree->mark.source == source && tree->mark.line >= 1) {
      edit.at = byte_of(source->text, lines[tree->mark.line - 1], tree->mark.column);
      edit.length = tree->scalar.size();
    }
    const Type& type =
        place.type && place.type->kind == Kind::distribution ? constant_type(place.type->quantity) : *place.type;
    const std::string written = value_text(value, type);
    if (!tree && place.state == Place::State::defaulted) {
      const std::optional<Edit> key = added(source, lines, journey, address, written);
      if (key) {
        edits.push_back(*key);
        continue;
      }
    }
    if (edit.length == 0 || source->text.compare(edit.at, edit.length, tree->scalar) != 0) {
      unwritten = address;
      return std::nullopt;
    }
    edit.text = written;
    edits.push_back(std::move(edit));
  }
  std::ranges::stable_sort(edits, std::greater<>(), &Edit::at);
  std::string text = source->text;
  for (const Edit& edit : edits) text.replace(edit.at, edit.length, edit.text);
  return text;
}

}  // namespace sojourn::models
