// scale and shift: new numbers from old ones.

#include "models/change/detail/edits.h"

#include "models/journey/defaults.h"
#include "models/journey/families.h"
#include "models/journey/values.h"
#include "models/text/duration.h"
#include "models/text/number.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <map>

namespace sojourn::models::detail {
namespace {

/// What is scaled or shifted: a place with a value, the edge's weight for an edge.
struct Target {
  std::string address;
  Place place;
  const Tree* value = nullptr;  // in the journey, or the place's default
  const Type* type = nullptr;   // of the number; the distribution's own where it is whole
};

std::string_view word(const Change& change) { return change.verb == Change::Verb::scale ? "scaled" : "shifted"; }

bool find_target(const Change& change, const Tree& journey, Target& target, Diagnostics& diagnostics) {
  target.address = change.address;
  target.place = find(journey, target.address);
  if (target.place.state != Place::State::missing && is_edge(*target.place.type)) {
    target.address += ".weight";
    target.place = find(journey, target.address);
  }
  const Place& place = target.place;
  if (place.state == Place::State::missing) {
    refuse_missing(change, place, diagnostics);
    return false;
  }
  target.type = place.type;
  target.value = place.tree ? place.tree : &place.value;
  if (!place.tree && place.in_channel) {
    diagnostics.error(change.mark,
                      target.address + " is not written in this channel, and cannot be " + std::string(word(change)),
                      "what a channel does not carry can be set only", "Set it, or change what the touchpoint carries");
    return false;
  }
  if (place.state == Place::State::unwritten) {
    diagnostics.error(change.mark,
                      target.address + " is not written and has no value that could be " + std::string(word(change)),
                      "", "Set it");
    return false;
  }
  if (place.type->kind == Kind::distribution && target.value->kind == Tree::Kind::scalar) {
    target.type = &constant_type(place.type->quantity);
  }
  const Kind kind = target.type->kind;
  if (kind == Kind::number || kind == Kind::duration || kind == Kind::count) return true;
  if (kind == Kind::distribution && change.verb == Change::Verb::scale) return true;
  std::string suggestion = "Set it";
  if (kind == Kind::distribution && target.value->is_map() && !target.value->entries.empty()) {
    const Tree::Entry& family = target.value->entries.front();
    const FamilyForm* form = find_form(family.key, family.value);
    suggestion = form && !form->parameters.empty() ? "Shift " + target.address + "." + family.key + "." +
                                                         std::string(form->parameters[0].key) + ", or set it whole"
                                                   : "Set it whole";
  } else if (kind == Kind::record || kind == Kind::map) {
    suggestion = "Name one of the numbers in it";
  }
  diagnostics.error(change.mark, target.address + " cannot be " + std::string(word(change)),
                    kind == Kind::distribution ? "only numbers and durations are shifted"
                                               : "it is no number, duration or distribution",
                    suggestion);
  return false;
}

/// People compute with decimals: 8.44 + 0.2 is 8.64 to them, and 8.639999999999999 to a double. A result that is
/// within its last bits of a decimal with 13 digits becomes that decimal; hardly any other is so near to one.
double as_decimal(double value) {
  char text[40];
  const auto written = std::to_chars(std::begin(text), std::end(text), value, std::chars_format::scientific, 12);
  double decimal = value;
  std::from_chars(text, written.ptr, decimal);
  return std::abs(decimal - value) <= 9e-16 * std::abs(value) ? decimal : value;
}

/// The unit that a duration is written with, or empty.
std::string_view unit_of(std::string_view text) {
  const std::size_t last_digit = text.find_last_of("0123456789");
  text.remove_prefix(last_digit == std::string_view::npos ? text.size() : last_digit + 1);
  return text.substr(std::min(text.find_first_not_of(' '), text.size()));
}

/// A duration in that unit; empty where the unit is none or cannot hold it exactly.
std::string in_unit(double ms, std::string_view unit) {
  if (unit.empty() || ms == 0) return "";
  const double unit_ms = *read_duration("1 " + std::string(unit)).value;
  const std::string text = shortest(as_decimal(ms / unit_ms)) + " " + std::string(unit);
  const Reading<double> again = read_duration(text, Sign::any);
  return again && *again == ms ? text : "";
}

/// The value as text, a duration in the unit that it had before, or else in that of the step, if that is short and
/// exact.
std::string text_like(std::string_view before, double value, const Type& type, std::string_view step = {}) {
  if (type.kind != Kind::duration) return value_text(value, type);
  for (const std::string_view model : {before, step}) {
    const std::string text = in_unit(value, unit_of(model));
    if (!text.empty() && text.size() <= 10) return text;
  }
  return value_text(value, type);
}

/// A computed value, marked where its factor or step stands.
Tree number(std::string text, const Mark& mark) {
  Tree tree;
  tree.mark = mark;
  tree.scalar = std::move(text);
  return tree;
}

/// Whether a computed value could stand in a file.
bool holds(double value, const Type& type) {
  return std::isfinite(value) && (type.kind != Kind::duration || std::abs(value) <= longest_duration_ms);
}

Effect too_large(const Change& change, const Target& target, Diagnostics& diagnostics) {
  diagnostics.error(change.value.mark, target.address + " becomes too large",
                    "numbers end at 1.8e308, and durations at 2^43 ms, about 278 years");
  return Effect::refused;
}

/// Keeps what was computed, if numbers can hold it.
Effect keep(const Change& change, const Target& target, double before, double after, Tree& journey,
            Diagnostics& diagnostics) {
  if (!holds(after, *target.type)) return too_large(change, target, diagnostics);
  if (after == before) return Effect::nothing;
  const std::string_view old_text =
      before == 0 ? std::string_view{} : target.value->scalar;  // 0 has no unit worth keeping
  const Tree value = number(text_like(old_text, after, *target.type, change.value.scalar), change.value.mark);
  create(journey, target.address, change.mark) = value;
  return Effect::changed;
}

/// All values of a discrete distribution times a factor; values that become equal share their weights.
std::optional<Tree> scaled_points(const Tree& points, double factor, Quantity quantity, const Mark& mark) {
  const Type& type = constant_type(quantity);
  const Type weight_type{.kind = Kind::number};
  Tree scaled;
  scaled.kind = Tree::Kind::map;
  scaled.mark = points.mark;
  std::map<double, std::size_t> at;
  for (const Tree::Entry& point : points.entries) {
    Tree key;
    key.scalar = point.key;
    const double value = as_decimal(valid_value(key, type) * factor) + 0.0;  // never -0
    if (!holds(value, type)) return std::nullopt;
    const auto [entry, is_new] = at.try_emplace(value, scaled.entries.size());
    if (is_new) {
      scaled.entries.push_back({text_like(point.key, value, type), mark, point.value});
    } else {
      Tree& weight = scaled.entries[entry->second].value;
      weight = number(
          value_text(as_decimal(valid_value(weight, weight_type) + valid_value(point.value, weight_type)), weight_type),
          mark);
    }
  }
  return scaled;
}

/// Nothing if numbers cannot hold it.
std::optional<Tree> scaled_distribution(const Tree& tree, double factor, Quantity quantity, const Mark& mark) {
  Tree scaled = tree;
  Tree::Entry& family = scaled.entries.front();
  const FamilyForm* form = find_form(family.key, family.value);
  if (form->family == Distribution::Family::discrete) {
    std::optional<Tree> points = scaled_points(family.value, factor, quantity, mark);
    if (!points) return std::nullopt;
    family.value = std::move(*points);
    return scaled;
  }
  for (const Parameter& parameter : form->parameters) {
    if (parameter.role == Role::sigma) continue;
    const Type& type = parameter_type(parameter, quantity);
    Tree* written = family.value.find(parameter.key);
    const double value = as_decimal(valid_value(*written, type) * factor) + 0.0;
    if (!holds(value, type)) return std::nullopt;
    *written = number(text_like(written->scalar, value, type), mark);
  }
  return scaled;
}

}  // namespace

Effect scale(const Change& change, Tree& journey, Diagnostics& diagnostics) {
  Target target;
  if (!find_target(change, journey, target, diagnostics)) return Effect::refused;
  const Type factor_type{.kind = Kind::number};
  const std::optional<double> factor =
      read_value(change.value, factor_type, Where{nullptr, "by"}, Ranges::check, "a factor has no unit", diagnostics);
  if (!factor) return Effect::refused;
  if (target.type->kind != Kind::distribution) {
    const double before = valid_value(*target.value, *target.type);
    return keep(change, target, before, as_decimal(before * *factor) + 0.0, journey, diagnostics);
  }
  const Quantity quantity = target.type->quantity;
  std::optional<Tree> scaled = scaled_distribution(*target.value, *factor, quantity, change.value.mark);
  if (!scaled) return too_large(change, target, diagnostics);
  const bool same = same_meaning(*target.value, *scaled, *target.type, DefaultContext{.journey = &journey});
  create(journey, target.address, change.mark) = std::move(*scaled);
  return same ? Effect::nothing : Effect::changed;
}

Effect shift(const Change& change, Tree& journey, Diagnostics& diagnostics) {
  Target target;
  if (!find_target(change, journey, target, diagnostics)) return Effect::refused;
  const Type step_type{.kind = target.type->kind == Kind::duration ? Kind::duration : Kind::number};
  const std::optional<double> step = read_value(change.value, step_type, Where{nullptr, "by"}, Ranges::check,
                                                "a step has the unit of what it is added to", diagnostics);
  if (!step) return Effect::refused;
  const double before = valid_value(*target.value, *target.type);
  return keep(change, target, before, as_decimal(before + *step), journey, diagnostics);
}

}  // namespace sojourn::models::detail
