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

}  // namespace

std::optional<std::string> with_values(const Source& source, const Tree& journey,
                                       const std::vector<std::pair<std::string, double>>& values, std::string& unwritten) {
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
    if (edit.length == 0 || source->text.compare(edit.at, edit.length, tree->scalar) != 0) {
      unwritten = address;
      return std::nullopt;
    }
    const Type& type = place.type->kind == Kind::distribution ? constant_type(place.type->quantity) : *place.type;
    edit.text = value_text(value, type);
    edits.push_back(std::move(edit));
  }
  std::ranges::sort(edits, std::greater<>(), &Edit::at);
  std::string text = source->text;
  for (const Edit& edit : edits) text.replace(edit.at, edit.length, edit.text);
  return text;
}

}  // namespace sojourn::models
