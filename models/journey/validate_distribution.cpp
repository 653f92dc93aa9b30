// What a distribution must be: a known family, all of its parameters with their units, and values that make one.

#include "models/journey/families.h"
#include "models/journey/validate.h"

#include "models/text/duration.h"
#include "models/text/number.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <map>

namespace sojourn::models {
namespace {

using Family = Distribution::Family;

bool allowed(Family family, Quantity quantity) {
  return family != Family::beta || quantity == Quantity::points || quantity == Quantity::probability;
}

std::string family_names(Quantity quantity) {
  std::vector<std::string_view> names;
  for (const FamilyForm& form : family_forms()) {
    if (allowed(form.family, quantity) && (names.empty() || names.back() != form.name)) names.push_back(form.name);
  }
  return listed(names);
}

std::string keys_of(const FamilyForm& form) {
  std::vector<std::string_view> keys;
  for (const Parameter& parameter : form.parameters) keys.push_back(parameter.key);
  return listed(keys);
}

class Checker {
 public:
  Checker(Quantity quantity, Ranges ranges, Diagnostics& diagnostics)
      : quantity_(quantity), ranges_(ranges), diagnostics_(diagnostics) {}

  void distribution(const Tree& tree, const Where& where) {
    if (tree.kind == Tree::Kind::scalar && !tree.is_null()) return constant(tree, where);
    if (!tree.is_map() || tree.entries.size() != 1) return not_one(tree, where);
    const Tree::Entry& entry = tree.entries.front();
    const FamilyForm* form = find_form(entry.key, entry.value);
    if (!form) return unknown_family(entry, where);
    if (!allowed(form->family, quantity_)) {
      diagnostics_.error(entry.mark, where.address() + " cannot be a beta distribution",
                         "beta is for experience and expectation, and for what is uncertain on 0..1",
                         "The others are " + family_names(quantity_));
      return;
    }
    const Where here{&where, entry.key};
    if (!entry.value.is_map()) {
      diagnostics_.error(entry.value.mark, here.address() + " must be a map, not " + found(entry.value), "",
                         form->family == Family::discrete ? "Write discrete: {value: weight, ...}"
                                                          : "Its parameters are " + keys_of(*form));
      return;
    }
    if (form->family == Family::discrete) {
      discrete(entry, here);
    } else {
      parameters(entry, *form, here);
    }
  }

 private:
  void constant(const Tree& tree, const Where& where) {
    if (find_form(tree.scalar, tree)) {
      diagnostics_.error(tree.mark, where.address() + ": " + quoted(tree.scalar) + " has no parameters", "",
                         "Write {" + tree.scalar + ": {...}} with " + keys_of(*find_form(tree.scalar, tree)));
      return;
    }
    const std::optional<double> read = read_value(tree, constant_type(quantity_), where, ranges_, "", diagnostics_);
    if (read) on_scale(tree, *read, where);
  }

  /// A centre outside the scale is possible, and most often a slip.
  void on_scale(const Tree& tree, double value, const Where& where) {
    if (quantity_ != Quantity::points || ranges_ == Ranges::later || (value >= 0 && value <= 10)) return;
    diagnostics_.warning(tree.mark, where.address() + " is " + tree.scalar + ", outside the 0..10 scale");
  }

  void not_one(const Tree& tree, const Where& where) {
    const Type expected_type{.kind = Kind::distribution, .quantity = quantity_};
    std::string what = where.address() + " must be " + expected(expected_type) + ", not " + found(tree);
    std::string suggestion = "The families are " + family_names(quantity_);
    if (tree.is_map() && tree.entries.size() > 1) {
      what = where.address() + " has " + std::to_string(tree.entries.size()) +
             " keys, but a distribution has one: its family";
      const bool bare = std::ranges::none_of(tree.entries, [](const Tree::Entry& e) { return e.value.is_map(); });
      if (bare && tree.find("mean") && tree.find("sd")) suggestion = "Write {normal: {mean: ..., sd: ...}}";
    }
    diagnostics_.error(tree.mark, what, "", suggestion);
  }

  void unknown_family(const Tree::Entry& entry, const Where& where) {
    std::vector<std::string_view> names;
    for (const FamilyForm& form : family_forms()) names.push_back(form.name);
    std::string suggestion = did_you_mean(entry.key, names);
    if (suggestion.empty()) suggestion = "The families are " + family_names(quantity_);
    diagnostics_.error(entry.mark, where.address() + ": unknown family of distributions " + quoted(entry.key), "",
                       suggestion);
  }

  void parameters(const Tree::Entry& entry, const FamilyForm& form, const Where& where) {
    std::map<std::string_view, double> values;
    bool complete = true;
    for (const Tree::Entry& written : entry.value.entries) {
      const auto parameter = std::ranges::find(form.parameters, written.key, &Parameter::key);
      if (parameter == form.parameters.end()) {
        unknown_parameter(written, entry, form, where);
        complete = false;
        continue;
      }
      const std::string_view why = parameter->role == Role::place ? "" : "a width is never negative";
      const std::optional<double> read = read_value(written.value, parameter_type(*parameter, quantity_),
                                                    Where{&where, written.key}, ranges_, why, diagnostics_);
      if (read) values[written.key] = *read;
      if (read && parameter->role == Role::place) on_scale(written.value, *read, Where{&where, written.key});
      complete = complete && read;
    }
    for (const Parameter& parameter : form.parameters) {
      if (entry.value.find(parameter.key)) continue;
      diagnostics_.error(entry.mark, where.address() + " lacks " + quoted(parameter.key),
                         form.name == "lognormal"
                             ? "a lognormal has median and sigma, or mean and sd"
                             : "the parameters of " + std::string(form.name) + " are " + keys_of(form));
      complete = false;
    }
    if (complete && ranges_ == Ranges::check) together(entry, form, values, where);
  }

  void unknown_parameter(const Tree::Entry& written, const Tree::Entry& entry, const FamilyForm& form,
                         const Where& where) {
    std::vector<std::string_view> keys;
    for (const Parameter& parameter : form.parameters) keys.push_back(parameter.key);
    std::string suggestion = did_you_mean(written.key, keys);
    if (suggestion.empty()) suggestion = "Its parameters are " + keys_of(form);
    if (form.name == "lognormal") suggestion = "Its parameters are median and sigma, or mean and sd";
    diagnostics_.error(written.mark, "unknown parameter " + quoted(written.key) + " in " + where.address(),
                       quoted(entry.key) + " does not know it", suggestion);
  }

  /// What the parameters must be to each other.
  void together(const Tree::Entry& entry, const FamilyForm& form, const std::map<std::string_view, double>& values,
                const Where& where) {
    const auto value = [&](std::string_view key) { return values.at(key); };
    const auto refuse = [&](std::string_view key, const std::string& what, const std::string& why) {
      diagnostics_.error(entry.value.find(key)->mark, where.address() + ": " + what, why);
    };
    const auto written = [&](std::string_view key) { return entry.value.find(key)->scalar; };
    switch (form.family) {
      case Family::uniform:
        if (value("low") > value("high"))
          refuse("low", "low " + written("low") + " is above high " + written("high"), "");
        break;
      case Family::triangular:
        if (value("low") > value("high")) {
          refuse("low", "low " + written("low") + " is above high " + written("high"), "");
        } else if (value("mode") < value("low") || value("mode") > value("high")) {
          refuse("mode", "mode " + written("mode") + " is not between low and high", "");
        }
        break;
      case Family::exponential:
        if (value("mean") < 0) refuse("mean", "the mean is negative", "an exponential has positive values only");
        break;
      case Family::lognormal:
      case Family::gamma: {
        const std::string_view place = form.parameters[0].key;
        const std::string_view width = form.parameters[1].key;
        if (value(place) < 0 || (value(place) == 0 && value(width) > 0)) {
          refuse(place, "the " + std::string(place) + " must be above 0",
                 "a " + std::string(form.name) + " has positive values only");
        } else if (width == "sigma" && value(width) > 20) {
          refuse(width, "sigma is above 20", "no numbers hold values that are spread so widely");
        } else if (width == "sd" && value(width) > 1e6 * value(place)) {
          refuse(width, "the sd is more than a million times the mean",
                 "no numbers hold values that are spread so widely");
        }
        break;
      }
      case Family::beta: beta(value("mean"), value("sd"), refuse); break;
      default: break;
    }
  }

  void beta(double mean, double sd, const auto& refuse) {
    const double top = quantity_ == Quantity::probability ? 1 : 10;
    if (mean < 0 || mean > top) {
      return refuse("mean", "the mean is not between 0 and " + shortest(top), "a beta lies on that scale");
    }
    if (sd == 0) return;
    const double m = mean / top;
    const double n = m * (1 - m) / (sd / top * (sd / top)) - 1;
    if (n > 0) return;
    refuse("sd", "the sd is too large for this mean",
           "no values between 0 and " + shortest(top) + " are spread as widely: sd^2 must be below mean (" +
               shortest(top) + " - mean)");
  }

  void discrete(const Tree::Entry& entry, const Where& where) {
    const Type& type = constant_type(quantity_);
    const Type weight_type{.kind = Kind::number, .range = {.low = 0}};
    std::map<double, std::string> values;
    double total = 0;
    bool complete = true;
    for (const Tree::Entry& point : entry.value.entries) {
      Tree key;
      key.mark = point.mark;
      key.scalar = point.key;
      const Where here{&where, point.key};
      const std::optional<double> value = read_value(key, type, here, ranges_, "", diagnostics_);
      const std::optional<double> weight =
          read_value(point.value, weight_type, here, ranges_, "the weight of a value is never negative", diagnostics_);
      complete = complete && value && weight;
      if (value && !values.emplace(*value, point.key).second) {
        diagnostics_.error(point.mark, where.address() + ": the value " + quoted(point.key) + " is there already",
                           "it is the same as " + quoted(values.at(*value)), "Add the weights");
      }
      if (value) on_scale(key, *value, where);
      if (weight) total += *weight;
    }
    if (ranges_ == Ranges::later || !complete) return;
    if (!(total > 0)) {
      diagnostics_.error(entry.mark, where.address() + ": no value has a weight above 0", "one of them must be drawn");
    } else if (total > std::numeric_limits<double>::max()) {
      diagnostics_.error(entry.mark, where.address() + ": the weights add up to more than a number can hold");
    }
  }

  Quantity quantity_;
  Ranges ranges_;
  Diagnostics& diagnostics_;
};

}  // namespace

void validate_distribution(const Tree& tree, Quantity quantity, const Where& where, Ranges ranges,
                           Diagnostics& diagnostics) {
  Checker(quantity, ranges, diagnostics).distribution(tree, where);
}

}  // namespace sojourn::models
