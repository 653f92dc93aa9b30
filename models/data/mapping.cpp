#include "models/data/mapping.h"

#include "models/text/id.h"
#include "models/text/number.h"
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
const Words translated_roles = {"persona", "touchpoint", "period", "outcome"};
const Words parts = {"events",        "success",    "survey",       "ratings", "blank",
                     "blank_ratings", "never_used", "rating_scale", "values",  "personas"};

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
      } else if (entry.key == "rating_scale") {
        scale(entry, to.rating_scale);
      } else if (entry.key == "values") {
        values(entry, to);
      } else if (entry.key == "personas") {
        personas(entry, to);
      } else if (entry.key == "success") {
        to.success = texts(entry.value);
      } else if (entry.key == "blank") {
        for (std::string& text : texts(entry.value)) to.blank.insert(std::move(text));
      } else if (entry.key == "blank_ratings") {
        for (std::string& text : texts(entry.value)) to.blank_ratings.insert(std::move(text));
      } else if (entry.key == "never_used") {
        for (std::string& text : texts(entry.value)) to.never_used.insert(std::move(text));
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

  bool is_map(const Tree::Entry& entry, const std::string& form = "{role: column}") {
    if (entry.value.is_map()) return true;
    found_.error(entry.mark, quoted(entry.key) + " is a map", "", "Write " + entry.key + ": " + form);
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

  void scale(const Tree::Entry& part, RatingScale& to) {
    if (!is_map(part, "{low: 1, high: 5}")) return;
    for (const Tree::Entry& entry : part.value.entries) {
      if (entry.key != "low" && entry.key != "high") {
        unknown(entry, {"low", "high"}, "an end of a scale");
      } else if (is_text(entry.value, "a number")) {
        const Reading<double> end = read_number(entry.value.scalar);
        if (end) {
          (entry.key == "low" ? to.low : to.high) = *end;
        } else {
          found_.error(entry.value.mark, end.refusal.what, end.refusal.why, end.refusal.suggestion);
        }
      }
    }
    if (to.low >= to.high) {
      found_.error(part.mark, "the scale's low end is not below its high end", "they become 0 and 10",
                   "Where 1 is best, reverse the ratings in the table");
    }
  }

  void values(const Tree::Entry& part, Mapping& to) {
    if (!is_map(part, "{persona: {code: id}}")) return;
    for (const Tree::Entry& role : part.value.entries) {
      if (std::ranges::find(translated_roles, role.key) == translated_roles.end()) {
        unknown(role, translated_roles, "what codes can be translated for");
      } else if (is_map(role, "{code: id}")) {
        for (const Tree::Entry& entry : role.value.entries) {
          if (is_text(entry.value, "what the code means"))
            to.values[role.key].push_back({entry.key, entry.value.scalar, entry.mark});
        }
      }
    }
  }

  void personas(const Tree::Entry& part, Mapping& to) {
    if (!is_map(part, "{id: {column: [codes]}}")) return;
    for (const Tree::Entry& persona : part.value.entries) {
      if (!is_map(persona, "{column: [codes]}, or {} for everybody")) continue;
      if (!to.personas.empty() && to.personas.back().conditions.empty()) {
        found_.error(persona.mark, quoted(persona.key) + " is nobody",
                     "the first rule that fits makes the persona, and one above fits everybody",
                     "Put the rule for everybody last");
      }
      to.personas.push_back({persona.key, {}, persona.mark});
      for (const Tree::Entry& column : persona.value.entries) {
        to.personas.back().conditions.push_back({column.key, texts(column.value)});
      }
    }
  }

  std::vector<std::string> texts(const Tree& part) {
    std::vector<std::string> list;
    const std::span<const Tree> items = part.kind == Tree::Kind::list ? std::span(part.items) : std::span(&part, 1);
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
  mapping.source = source;
  found.refuse_if_errors();
  return mapping;
}

std::span<const Translation> translations_of(const Mapping& mapping, std::string_view role) {
  const auto at = mapping.values.find(role);
  return at == mapping.values.end() ? std::span<const Translation>() : std::span(at->second);
}

Mapping read_mapping_file(const std::string& path) { return read_mapping(read_source(path)); }

}  // namespace sojourn::models
