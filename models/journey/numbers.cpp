// every_number: the addresses of all numbers of a journey, by one walk along the field table.

#include "models/journey/address.h"

#include "models/journey/defaults.h"
#include "models/journey/families.h"
#include "models/journey/values.h"

namespace sojourn::models {
namespace {

class Collector {
 public:
  Collector(const Tree& journey, Unwritten unwritten) : journey_(journey), unwritten_(unwritten) {}

  std::vector<Number> collect() {
    record(journey_, journey_record(), "", DefaultContext{.journey = &journey_});
    return std::move(numbers_);
  }

 private:
  static std::string joined(const std::string& address, std::string_view part) {
    return address.empty() ? std::string(part) : address + "." + std::string(part);
  }

  static bool left_out(const Record& record, std::string_view key) {
    if (&record == &journey_record()) return key == "targets" || key == "uncertain" || key == "calibrate";
    return record.name == "persona" && key == "overrides";
  }

  void record(const Tree& tree, const Record& record, const std::string& address, DefaultContext context) {
    context.record = &tree;
    if (record.name == "touchpoint") context.touchpoint = &tree;
    for (const Tree::Entry& entry : tree.entries) {
      const Field* field = find_field(record, entry.key);
      if (field && !left_out(record, entry.key))
        value(entry.value, field->type, joined(address, entry.key), context, true);
    }
    if (unwritten_ == Unwritten::leave_out) return;
    for (const Field& field : record.fields) {
      if (left_out(record, field.key) || field.default_from == DefaultFrom::touchpoint || tree.find(field.key))
        continue;
      const std::optional<Tree> standing = default_value(field, context);
      if (standing) value(*standing, field.type, joined(address, field.key), context, false);
    }
  }

  void value(const Tree& tree, const Type& type, const std::string& address, const DefaultContext& context,
             bool written) {
    switch (type.kind) {
      case Kind::number:
      case Kind::duration: numbers_.push_back({address, valid_value(tree, type), &type, written}); break;
      case Kind::distribution: distribution(tree, type, address, written); break;
      case Kind::record:
        if (tree.is_map()) {
          record(tree, *type.record, address, context);
        } else {
          for (std::size_t i = 0; i < tree.items.size(); ++i) {
            record(tree.items[i], *type.record, i == 0 ? address : joined(address, std::to_string(i)), context);
          }
        }
        break;
      case Kind::map:
        for (const Tree::Entry& entry : tree.entries) {
          DefaultContext here = context;
          here.id = entry.key;
          value(entry.value, *type.element, joined(address, entry.key), here, written);
        }
        break;
      case Kind::list:
        if (!written || type.element->kind != Kind::number) break;
        for (std::size_t i = 0; i < tree.items.size(); ++i) {
          value(tree.items[i], *type.element, joined(address, std::to_string(i)), context, written);
        }
        break;
      default: break;
    }
  }

  void distribution(const Tree& tree, const Type& type, const std::string& address, bool written) {
    if (tree.kind == Tree::Kind::scalar) {
      const Type& constant = constant_type(type.quantity);
      numbers_.push_back({address, valid_value(tree, constant), &constant, written});
      return;
    }
    const Tree::Entry& family = tree.entries.front();
    for (const Parameter& parameter : find_form(family.key, family.value)->parameters) {
      const Type& parameter_is = parameter_type(parameter, type.quantity);
      numbers_.push_back({joined(joined(address, family.key), parameter.key),
                          valid_value(*family.value.find(parameter.key), parameter_is), &parameter_is, written});
    }
  }

  const Tree& journey_;
  Unwritten unwritten_;
  std::vector<Number> numbers_;
};

}  // namespace

std::vector<Number> every_number(const Tree& journey, Unwritten unwritten) {
  return Collector(journey, unwritten).collect();
}

}  // namespace sojourn::models
