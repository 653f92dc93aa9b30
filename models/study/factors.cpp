#include "models/study/factors.h"

#include "models/journey/address.h"
#include "models/journey/address_words.h"
#include "models/journey/values.h"
#include "models/score/input_draws.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <cmath>

namespace sojourn::models {
namespace {

constexpr double often = 0.05;  // from this share on, what is cut off is worth a warning

/// The tree where the address leads to something: the journey's, else the first scenario's.
const Tree& tree_with(const std::string& address, const FactorPlaces& places) {
  const auto leads = [&](const Tree& tree) { return find(tree, address).state != Place::State::missing; };
  if (leads(places.journey)) return places.journey;
  for (const Case& one : places.scenarios) {
    const auto found = std::ranges::find_if(one.trees, leads);
    if (found != one.trees.end()) return *found;
  }
  return places.journey;
}

/// A number that fits at no address, so that only the address is looked at.
Tree zero(const Mark& mark) {
  Tree tree;
  tree.mark = mark;
  tree.scalar = "0";
  return tree;
}

/// Everything but values and range.
std::optional<Factor> at_address(const Tree::Entry& entry, const Tree& tree, const FactorPlaces& places,
                                 Diagnostics& diagnostics) {
  Lookup lookup;
  const Tree any = zero(entry.mark);
  Diagnostics of_value;  // that the 0 has no unit, for one
  const Type* type = check_uncertain(tree, {"factors", entry, any}, lookup, of_value);
  if (!type) {
    for (const Diagnostic& one : of_value.list()) diagnostics.error(one.mark, one.what, one.why, one.suggestion);
    return std::nullopt;
  }
  Factor factor;
  factor.address = entry.key;
  factor.mark = entry.mark;
  factor.label = address_words(tree, entry.key);
  factor.type = type;
  factor.in_journey = &tree == &places.journey;
  if (factor.in_journey) {
    const Place place = find(tree, entry.key, lookup);
    factor.base = valid_value(place.tree ? *place.tree : place.value, *type);
  }
  return factor;
}

/// Ends that are written are meant: only what has no ends is cut off at what the number can be.
bool has_ends(Distribution::Family family) {
  using enum Distribution::Family;
  return family == uniform || family == triangular || family == beta || family == discrete || family == constant;
}

bool read_range(const Tree::Entry& entry, const Tree& tree, Factor& factor, Diagnostics& diagnostics) {
  Lookup lookup;
  const std::size_t before = diagnostics.error_count();
  check_uncertain(tree, {"factors", entry, entry.value}, lookup, diagnostics);
  if (diagnostics.error_count() > before) return false;
  Uncertain range = typed_uncertain(tree, entry, lookup);
  range.scenario = factor.in_journey ? 0 : 1;
  try {
    Quantiles quantiles;
    const double outside = InputQuantile(range, quantiles).share_outside();
    if (outside > 0 && has_ends(range.distribution.family)) {
      diagnostics.error(entry.value.mark,
                        "the range of the factor " + quoted(entry.key) + " is not within " + range_text(range.range),
                        "the number can be nothing else", "Narrow the range");
      return false;
    }
    if (outside >= often) {
      diagnostics.warning(entry.value.mark,
                          std::to_string(static_cast<int>(100 * outside + 0.5)) + " % of the range of the factor " +
                              quoted(entry.key) + " lie outside of what it can be",
                          "only the part inside is used");
    }
  } catch (const InputError& error) {
    for (const Diagnostic& one : error.diagnostics().list())
      diagnostics.error(entry.value.mark, one.what, one.why, one.suggestion);
    return false;
  }
  factor.range = std::move(range);
  return true;
}

}  // namespace

std::optional<double> read_factor_value(const Factor& factor, const Tree& tree, Diagnostics& diagnostics) {
  const Where top{nullptr, "factors"};
  return read_value(tree, *factor.type, Where{&top, factor.address}, Ranges::check, "", diagnostics);
}

std::optional<Factor> read_factor(const std::string& address, const Mark& mark, const FactorPlaces& places,
                                  Diagnostics& diagnostics) {
  return at_address({address, mark, {}}, tree_with(address, places), places, diagnostics);
}

std::optional<Factor> read_factor(const Tree::Entry& entry, const FactorPlaces& places, Diagnostics& diagnostics) {
  const Tree& tree = tree_with(entry.key, places);
  std::optional<Factor> factor = at_address(entry, tree, places, diagnostics);
  if (!factor) return std::nullopt;
  if (entry.value.is_map()) {
    if (!read_range(entry, tree, *factor, diagnostics)) return std::nullopt;
    return factor;
  }
  if (entry.value.kind != Tree::Kind::list) {
    diagnostics.error(entry.value.mark, "the factor " + quoted(entry.key) + " has neither a range nor a list",
                      "a factor is what varies",
                      "Write a range such as {uniform: {low: ..., high: ...}}, or a list of values");
    return std::nullopt;
  }
  for (const Tree& item : entry.value.items) {
    const std::optional<double> value = read_factor_value(*factor, item, diagnostics);
    if (!value) continue;
    if (std::ranges::find(factor->values, *value) != factor->values.end()) {
      diagnostics.error(item.mark,
                        "the value " + quoted(item.scalar) + " of the factor " + quoted(entry.key) + " is there twice",
                        "each value is run once", "Remove one of them");
    }
    factor->values.push_back(*value);
  }
  if (entry.value.items.empty()) {
    diagnostics.error(entry.value.mark, "the list of the factor " + quoted(entry.key) + " is empty",
                      "at least one value is needed");
  }
  return factor;
}

}  // namespace sojourn::models
