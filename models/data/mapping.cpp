#include "models/data/mapping.h"

#include "models/text/id.h"
#include "models/text/suggest.h"
#include "models/text/tree.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <span>

namespace sojourn::models {
namespace {

using Words = std::vector<std::string_view>;

const Words event_roles = {"case", "activity", "time", "end", "persona", "outcome", "lifecycle"};
const Words survey_roles = {"score", "persona", "touchpoint", "period", "weight", "case"};
const Words parts = {"events", "success", "survey", "ratings", "blank", "blank_ratings", "never_used"};

class Reader {
 public:
  explicit Reader(Diagnostics& found) : found_(found) {}

  Mapping run(const Tree& tree) {
    Mapping to;
    for (const Tree::Entry& entry : tree.entries) {
      if (entry.key == "events") {
        columns(entry, event_roles, to.events);
      } else if (entry.key == "survey") {
        columns(entry, survey_roles, to.survey);
      } else if (entry.key == "ratings") {
        ratings(entry, to);
      } else if (entry.key == "success") {
        to.success = texts(entry);
      } else if (entry.key == "blank") {
        for (std::string& text : texts(entry)) to.blank.insert(std::move(text));
      } else if (entry.key == "blank_ratings") {
        for (std::string& text : texts(entry)) to.blank_ratings.insert(std::move(text));
      } else if (entry.key == "never_used") {
        for (std::string& text : texts(entry)) to.never_used.insert(std::move(text));
      } else {
        unknown(entry, parts, "a part of a mapping");
      }
    }
    return to;
  }

 private:
  void unknown(const Tree::Entry& entry, const Words& known, const std::string& what) {
    std::string all;
    for (const std::string_view one : known) all += (all.empty() ? "" : ", ") + std::string(one);
    const std::string near = did_you_mean(entry.key, known);
    found_.error(entry.mark, quoted(entry.key) + " is not " + what, "a key that is not read would be silently lost",
                 near.empty() ? "There are: " + all : near);
  }

  bool is_text(const Tree& tree, const std::string& what) {
    if (tree.kind == Tree::Kind::scalar && !tree.is_null() && !tree.scalar.empty()) return true;
    found_.error(tree.mark, what + " is missing", "", "Write one text");
    return false;
  }

  bool is_map(const Tree::Entry& entry) {
    if (entry.value.is_map()) return true;
    found_.error(entry.mark, quoted(entry.key) + " is a map", "", "Write " + entry.key + ": {role: column}");
    return false;
  }

  void columns(const Tree::Entry& part, const Words& roles, ColumnNames& to) {
    if (!is_map(part)) return;
    for (const Tree::Entry& entry : part.value.entries) {
      if (std::ranges::find(roles, entry.key) == roles.end()) {
        unknown(entry, roles, "what a column can be here");
      } else if (is_text(entry.value, "the name of a column")) {
        to[entry.key] = entry.value.scalar;
      }
    }
  }

  void ratings(const Tree::Entry& part, Mapping& to) {
    if (!is_map(part)) return;
    for (const Tree::Entry& entry : part.value.entries) {
      if (!is_valid_id(entry.key)) {
        found_.error(entry.mark, quoted(entry.key) + " is not an id",
                     "a rated item belongs to the touchpoint of that id", "Write touchpoint: column");
      } else if (is_text(entry.value, "the name of a column")) {
        to.ratings.emplace_back(entry.key, entry.value.scalar);
      }
    }
  }

  std::vector<std::string> texts(const Tree::Entry& part) {
    std::vector<std::string> list;
    const std::span<const Tree> items =
        part.value.kind == Tree::Kind::list ? std::span(part.value.items) : std::span(&part.value, 1);
    for (const Tree& item : items) {
      if (is_text(item, "a text")) list.push_back(item.scalar);
    }
    return list;
  }

  Diagnostics& found_;
};

}  // namespace

Mapping read_mapping(const Source& source) {
  Diagnostics found;
  const Tree tree = parse_tree(source, found);
  Mapping mapping = Reader(found).run(tree);
  found.refuse_if_errors();
  return mapping;
}

Mapping read_mapping_file(const std::string& path) { return read_mapping(read_source(path)); }

}  // namespace sojourn::models
