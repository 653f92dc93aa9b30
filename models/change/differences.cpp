#include "models/change/differences.h"

#include "models/journey/defaults.h"
#include "models/journey/families.h"
#include "models/journey/fields.h"
#include "models/journey/lookup.h"
#include "models/journey/write.h"

namespace sojourn::models {
namespace {

/// A part of one of the two journeys.
struct Side {
  const Tree* tree = nullptr;  // null: nothing
  DefaultContext context;
};

class Comparison {
 public:
  std::vector<Difference> run(const Tree& base, const Tree& changed) {
    record({&base, {.journey = &base}}, {&changed, {.journey = &changed}}, journey_record(), "");
    return std::move(found_);
  }

 private:
  static std::string joined(const std::string& address, std::string_view part) {
    return address.empty() ? std::string(part) : address + "." + std::string(part);
  }

  void report(const std::string& address, const Side& a, const Side& b) {
    found_.push_back({address, a.tree ? to_yaml_line(*a.tree) : "", b.tree ? to_yaml_line(*b.tree) : ""});
  }

  /// A field of a side's record; `standing` keeps its default alive.
  static Side field_of(const Side& side, const Record& record, const Field& field, std::optional<Tree>& standing) {
    Side result{side.tree->find(field.key), side.context};
    result.context.record = side.tree;
    if (record.name == "touchpoint") result.context.touchpoint = side.tree;
    if (!result.tree && (standing = default_value(field, result.context))) result.tree = &*standing;
    return result;
  }

  void record(const Side& a, const Side& b, const Record& of, const std::string& address) {
    for (const Field& field : of.fields) {
      if (!a.tree->find(field.key) && !b.tree->find(field.key)) continue;
      std::optional<Tree> standing_a, standing_b;
      value(field_of(a, of, field, standing_a), field_of(b, of, field, standing_b), field.type,
            joined(address, field.key));
    }
  }

  void map(const Side& a, const Side& b, const Type& type, const std::string& address) {
    const Tree standing = constant_tree(type.entry_default);
    const auto entry = [&](const Side& side, std::string_view key) {
      Side result{lookup_.find(*side.tree, key), side.context};
      result.context.id = key;
      if (!result.tree && !type.entry_default.empty()) result.tree = &standing;
      return result;
    };
    for (const Tree::Entry& one : a.tree->entries) {
      value(entry(a, one.key), entry(b, one.key), *type.element, joined(address, one.key));
    }
    for (const Tree::Entry& one : b.tree->entries) {
      if (!lookup_.find(*a.tree, one.key))
        value(entry(a, one.key), entry(b, one.key), *type.element, joined(address, one.key));
    }
  }

  void value(const Side& a, const Side& b, const Type& type, const std::string& address) {
    if (!a.tree && !b.tree) return;
    if (!a.tree || !b.tree) return report(address, a, b);
    const bool maps = a.tree->is_map() && b.tree->is_map();
    if (maps && type.kind == Kind::record) return record(a, b, *type.record, address);
    if (maps && type.kind == Kind::map) return map(a, b, type, address);
    if (same_meaning(*a.tree, *b.tree, type, a.context)) return;
    if (maps && type.kind == Kind::distribution && parameters(a, b, type, address)) return;
    report(address, a, b);
  }

  /// Parameter by parameter, where both have the same ones.
  bool parameters(const Side& a, const Side& b, const Type& type, const std::string& address) {
    if (type.quantity == Quantity::addressed) return false;
    const Tree::Entry& mine = a.tree->entries.front();
    const Tree::Entry& yours = b.tree->entries.front();
    const FamilyForm* form = find_form(mine.key, mine.value);
    if (mine.key != yours.key || form != find_form(yours.key, yours.value) || form->parameters.empty()) return false;
    for (const Parameter& parameter : form->parameters) {
      value({mine.value.find(parameter.key), a.context}, {yours.value.find(parameter.key), b.context},
            parameter_type(parameter, type.quantity), joined(joined(address, mine.key), parameter.key));
    }
    return true;
  }

  Lookup lookup_;
  std::vector<Difference> found_;
};

}  // namespace

std::vector<Difference> differences(const Tree& base, const Tree& changed) { return Comparison().run(base, changed); }

}  // namespace sojourn::models
