#include "models/journey/rules.h"

#include "models/journey/values.h"
#include "models/text/number.h"
#include "models/text/utf8.h"

#include <algorithm>

namespace sojourn::models {
namespace {

void memory(const Tree& tree, const Record& record, const Where& where, const Mark& mark, Diagnostics& diagnostics) {
  for (const Field& field : record.fields) {
    const Tree* written = tree.find(field.key);
    if (!written) return;  // its default is above 0
    const Reading<double> read = read_number(written->scalar);
    if (written->kind != Tree::Kind::scalar || !read || *read != 0) return;
  }
  diagnostics.error(mark, where.address() + ": all weights are 0", "something must be remembered",
                    "Give at least one of peak, end and mean a weight above 0");
}

void experience(const Tree& tree, const Where& where, const Mark& mark, Diagnostics& diagnostics) {
  if (tree.find("experience")) return;
  const Tree* channels = tree.find("channels");
  const auto carries = [](const Tree::Entry& entry) { return entry.value.find("experience") != nullptr; };
  if (channels && channels->is_map() && !channels->entries.empty() && std::ranges::all_of(channels->entries, carries)) {
    return;
  }
  std::string which;
  if (channels && channels->is_map()) {
    const auto bare = std::ranges::find_if_not(channels->entries, carries);
    if (bare != channels->entries.end()) which = ", and so does its channel " + quoted(bare->key);
  }
  diagnostics.error(mark, where.address() + " lacks 'experience'" + which,
                    "the performance of a visit must be known, here or in every channel");
}

void change(const Tree& tree, const Where& where, const Mark& mark, Diagnostics& diagnostics) {
  struct Part {
    std::string_view verb;
    std::string_view key;
    bool required;
  };
  static constexpr Part parts[] = {{"set", "to", true},
                                   {"scale", "by", true},
                                   {"shift", "by", true},
                                   {"add", "as", true},
                                   {"remove", "reroute", false}};
  std::string_view verb;
  for (const std::string_view word : {"set", "scale", "shift", "remove", "add"}) {
    if (!tree.find(word)) continue;
    if (!verb.empty()) return;  // reported already
    verb = word;
  }
  if (verb.empty()) return;
  for (const Part& part : parts) {
    if (part.verb == verb && part.required && !tree.find(part.key)) {
      diagnostics.error(mark, where.subject() + ": " + quoted(verb) + " lacks " + quoted(part.key),
                        part.key == "by" ? "it says by how much" : "it says what is meant to stand there");
    }
  }
  for (const Tree::Entry& entry : tree.entries) {
    const auto is_part = [&](const Part& part) { return part.key == entry.key; };
    const auto fits = [&](const Part& part) { return part.key == entry.key && part.verb == verb; };
    if (std::ranges::any_of(parts, is_part) && std::ranges::none_of(parts, fits)) {
      std::string suggestion;
      for (const Part& part : parts) {
        if (part.verb == verb && part.required) suggestion = "Write '" + std::string(part.key) + "'";
      }
      diagnostics.error(entry.mark, where.subject() + ": " + quoted(verb) + " does not go with " + quoted(entry.key),
                        "it would not be read", suggestion);
    }
  }
  const Tree* by = tree.find("by");
  if (by && (verb == "scale" || verb == "shift") && by->kind != Tree::Kind::scalar) {
    diagnostics.error(by->mark, where.subject() + ": 'by' must be a number or a duration, not " + found(*by));
  }
}

}  // namespace

void check_rule(const Tree& tree, const Record& record, const Where& where, const Mark& mark,
                Diagnostics& diagnostics) {
  switch (record.rule) {
    case Rule::memory: memory(tree, record, where, mark, diagnostics); break;
    case Rule::experience: experience(tree, where, mark, diagnostics); break;
    case Rule::change: change(tree, where, mark, diagnostics); break;
    case Rule::none: break;
  }
}

}  // namespace sojourn::models
