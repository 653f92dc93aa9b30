#include "models/journey/defaults.h"

#include "models/journey/families.h"
#include "models/journey/values.h"
#include "models/journey/write.h"

#include <algorithm>

namespace sojourn::models {
namespace {

Tree scalar(std::string_view text) {
  Tree tree;
  tree.scalar = text;
  return tree;
}

const Tree* find_path(const Tree* tree, std::initializer_list<std::string_view> keys) {
  for (const std::string_view key : keys) tree = tree ? tree->find(key) : nullptr;
  return tree;
}

const Field& field_of(const Record& record, std::string_view key) { return *find_field(record, key); }

const Record& record_at(std::string_view section) { return *field_of(journey_record(), section).type.record; }

DefaultContext below(const DefaultContext& context, const Record& record, const Tree* tree, std::string_view id) {
  DefaultContext here = context;
  here.record = tree;
  here.id = id;
  if (record.name == "touchpoint") here.touchpoint = tree;
  return here;
}

/// Writes what is missing below `tree`.
void fill(Tree& tree, const Type& type, const DefaultContext& context);

void fill_record(Tree& tree, const Record& record, const DefaultContext& context) {
  // The touchpoint that channels look at must stay as it is while they are filled: fields are appended, so that the
  // entries move. Nothing of what channels take from it is written out, so no pointer to it is followed.
  for (const Field& field : record.fields) {
    if (field.default_from == DefaultFrom::touchpoint || tree.find(field.key)) continue;
    DefaultContext here = context;
    here.record = &tree;
    std::optional<Tree> value = default_value(field, here);
    if (!value) continue;
    value->mark = tree.mark;
    tree.entries.push_back({std::string(field.key), tree.mark, std::move(*value)});
  }
  for (Tree::Entry& entry : tree.entries) {
    const Field* field = find_field(record, entry.key);
    if (field) fill(entry.value, field->type, below(context, record, &tree, context.id));
  }
}

void fill(Tree& tree, const Type& type, const DefaultContext& context) {
  if (type.kind == Kind::record && tree.is_map()) fill_record(tree, *type.record, context);
  if (type.kind == Kind::record && tree.kind == Tree::Kind::list) {
    for (Tree& item : tree.items) fill_record(item, *type.record, context);
  }
  if (type.kind == Kind::map && type.element->kind == Kind::record) {
    for (Tree::Entry& entry : tree.entries) {
      DefaultContext here = context;
      here.id = entry.key;
      fill(entry.value, *type.element, here);
    }
  }
}

bool same_distribution(const Tree& a, const Tree& b, Quantity quantity) {
  if (quantity == Quantity::addressed) return same_text(a, b);
  if (a.kind != b.kind) return false;
  if (a.kind == Tree::Kind::scalar)
    return valid_value(a, constant_type(quantity)) == valid_value(b, constant_type(quantity));
  if (!a.is_map() || a.entries.size() != 1 || b.entries.size() != 1) return same_text(a, b);
  const Tree::Entry& mine = a.entries.front();
  const Tree::Entry& yours = b.entries.front();
  const FamilyForm* form = find_form(mine.key, mine.value);
  if (mine.key != yours.key || !form || form->family == Distribution::Family::discrete) return same_text(a, b);
  return std::ranges::all_of(form->parameters, [&](const Parameter& parameter) {
    const Tree* x = mine.value.find(parameter.key);
    const Tree* y = yours.value.find(parameter.key);
    const Type& type = parameter_type(parameter, quantity);
    return x && y && valid_value(*x, type) == valid_value(*y, type);
  });
}

bool same_record(const Tree& a, const Tree& b, const Record& record, const DefaultContext& context) {
  const DefaultContext in_a = below(context, record, &a, context.id);
  const DefaultContext in_b = below(context, record, &b, context.id);
  return std::ranges::all_of(record.fields, [&](const Field& field) {
    const Tree* x = a.find(field.key);
    const Tree* y = b.find(field.key);
    if (!x && !y) return true;
    std::optional<Tree> default_x, default_y;
    if (!x && (default_x = default_value(field, in_a))) x = &*default_x;
    if (!y && (default_y = default_value(field, in_b))) y = &*default_y;
    return x && y && same_meaning(*x, *y, field.type, in_a);
  });
}

bool same_map(const Tree& a, const Tree& b, const Type& type, const DefaultContext& context) {
  const auto entry_of = [&](const Tree& map, std::string_view key, std::optional<Tree>& standing) {
    const Tree* found = map.find(key);
    if (!found && !type.entry_default.empty()) found = &standing.emplace(constant_tree(type.entry_default));
    return found;
  };
  const auto covers = [&](const Tree& these, const Tree& those) {
    return std::ranges::all_of(these.entries, [&](const Tree::Entry& entry) {
      std::optional<Tree> standing;
      const Tree* other = entry_of(those, entry.key, standing);
      DefaultContext here = context;
      here.id = entry.key;
      return other && same_meaning(entry.value, *other, *type.element, here);
    });
  };
  return covers(a, b) && covers(b, a);
}

}  // namespace

Tree constant_tree(std::string_view text) {
  Tree tree;
  if (text == "{}") {
    tree.kind = Tree::Kind::map;
  } else if (text.starts_with('[')) {
    tree.kind = Tree::Kind::list;
    text = text.substr(1, text.size() - 2);
    while (!text.empty()) {
      const std::size_t comma = std::min(text.find(", "), text.size());
      tree.items.push_back(scalar(text.substr(0, comma)));
      text.remove_prefix(std::min(comma + 2, text.size()));
    }
  } else {
    tree.scalar = text;
  }
  return tree;
}

std::optional<Tree> default_value(const Field& field, const DefaultContext& context) {
  switch (field.default_from) {
    case DefaultFrom::constant:
      if (field.type.kind == Kind::record) return constant_tree("{}");
      if (field.default_text.empty()) return std::nullopt;
      return constant_tree(field.default_text);
    case DefaultFrom::anchor: {
      const Tree* anchor = find_path(context.journey, {"satisfaction", "anchor"});
      return anchor ? *anchor : scalar(field_of(record_at("satisfaction"), "anchor").default_text);
    }
    case DefaultFrom::importance: {
      const Tree* moment = context.record ? context.record->find("moment_of_truth") : nullptr;
      return scalar(moment && moment->scalar == "true" ? "2" : "1");
    }
    case DefaultFrom::pain_severity: {
      const Tree* severity = find_path(context.journey, {"pains", context.id, "severity"});
      if (!severity) return std::nullopt;
      return *severity;
    }
    case DefaultFrom::journey: {
      const Tree* written = find_path(context.journey, {"recommendation", field.key});
      return written ? *written : constant_tree(field_of(record_at("recommendation"), field.key).default_text);
    }
    case DefaultFrom::touchpoint: {
      const Tree* written = context.touchpoint ? context.touchpoint->find(field.key) : nullptr;
      if (written) return *written;
      const Field& own = field_of(*field_of(journey_record(), "touchpoints").type.element->record, field.key);
      if (own.default_text.empty()) return std::nullopt;
      return constant_tree(own.default_text);
    }
    case DefaultFrom::id: return scalar(context.id);
    case DefaultFrom::none: return std::nullopt;
  }
  return std::nullopt;
}

Tree with_defaults(const Tree& journey) {
  Tree filled = journey;
  Tree* outcomes = filled.find("outcomes");
  if (outcomes && !outcomes->find("abandoned")) {
    Tree abandoned = constant_tree("{}");
    abandoned.mark = outcomes->mark;
    outcomes->entries.push_back({"abandoned", outcomes->mark, std::move(abandoned)});
  }
  fill_record(filled, journey_record(), DefaultContext{.journey = &journey});
  return filled;
}

bool same_meaning(const Tree& a, const Tree& b, const Type& type, const DefaultContext& context) {
  switch (type.kind) {
    case Kind::number:
    case Kind::count:
    case Kind::duration:
      return a.kind == b.kind && a.kind == Tree::Kind::scalar && valid_value(a, type) == valid_value(b, type);
    case Kind::distribution: return same_distribution(a, b, type.quantity);
    case Kind::record:
      if (!a.is_map() || !b.is_map()) {  // edges to one target, side by side
        if (a.kind != b.kind) return false;
        return std::ranges::equal(
            a.items, b.items, [&](const Tree& x, const Tree& y) { return same_record(x, y, *type.record, context); });
      }
      return same_record(a, b, *type.record, context);
    case Kind::map: return same_map(a, b, type, context);
    case Kind::list:
      return std::ranges::equal(
          a.items, b.items, [&](const Tree& x, const Tree& y) { return same_meaning(x, y, *type.element, context); });
    default: return same_text(a, b);
  }
}

}  // namespace sojourn::models
