#include "models/journey/uncertain.h"

#include "models/journey/address.h"
#include "models/journey/families.h"
#include "models/journey/read.h"
#include "models/journey/validate.h"
#include "models/text/utf8.h"

#include <algorithm>

namespace sojourn::models {
namespace {

const Tree* value_of(const Place& place) {
  if (place.tree) return place.tree;
  const bool has_value = place.state == Place::State::defaulted && !place.in_channel;
  return has_value ? &place.value : nullptr;
}

/// The type of the number that stands there, or null.
const Type* number_type(const Place& place) {
  const Tree* value = value_of(place);
  if (!value) return nullptr;
  const Type* type = place.type;
  if (type->kind == Kind::distribution && value->kind == Tree::Kind::scalar) type = &constant_type(type->quantity);
  return type->kind == Kind::number || type->kind == Kind::duration ? type : nullptr;
}

std::string nearest_number(const std::string& address, const Place& place) {
  if (place.type->kind == Kind::record && place.type->short_form == ShortForm::weight) return address + ".weight";
  const Tree* value = value_of(place);
  if (!value || place.type->kind != Kind::distribution || value->entries.empty()) return "";
  const Tree::Entry& family = value->entries.front();
  const FamilyForm* form = find_form(family.key, family.value);
  if (!form || form->parameters.empty()) return "";
  return address + "." + family.key + "." + std::string(form->parameters[0].key);
}

Quantity quantity_of(const Type& type) {
  if (type.kind == Kind::duration) return Quantity::time;
  const bool share = type.range.low == 0 && type.range.high == 1;
  return share ? Quantity::probability : Quantity::plain;
}

}  // namespace

const Type* check_uncertain(const Tree& journey, const UncertainEntry& uncertain, Lookup& lookup,
                            Diagnostics& diagnostics) {
  const std::string& address = uncertain.entry.key;
  const std::string section(uncertain.section);
  const Suggest suggest = diagnostics.crowded() ? Suggest::nothing : Suggest::nearest;
  const Place place = find(journey, address, lookup, suggest);
  if (place.state == Place::State::missing) {
    diagnostics.error(uncertain.entry.mark, section + ": " + place.problem, place.why, place.suggestion);
    return nullptr;
  }
  const Type* type = number_type(place);
  if (!type) {
    const std::string nearest = nearest_number(address, place);
    diagnostics.error(uncertain.entry.mark,
                      section + ": " + quoted(address) + (value_of(place) ? " is not a number" : " is not written"),
                      "only numbers and durations can be drawn", nearest.empty() ? "" : "Write " + nearest);
    return nullptr;
  }
  const Where top{nullptr, uncertain.section};
  validate_distribution(uncertain.distribution, quantity_of(*type), Where{&top, address}, Ranges::check, diagnostics);
  return type;
}

Uncertain typed_uncertain(const Tree& journey, const Tree::Entry& entry, Lookup& lookup) {
  const Type& type = *number_type(find(journey, entry.key, lookup));
  const Quantity quantity = quantity_of(type);
  Uncertain result;
  result.address = entry.key;
  result.range = type.range;
  if (type.kind == Kind::duration) result.range.low = std::max(result.range.low, 0.0);
  result.mark = entry.mark;
  result.distribution = typed_distribution(entry.value, quantity);
  if (result.distribution.family == Distribution::Family::beta) {
    result.distribution.a *= 10;  // the family lies on 0..10
    result.distribution.b *= 10;
    result.factor = 0.1;
  }
  return result;
}

}  // namespace sojourn::models
