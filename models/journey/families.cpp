#include "models/journey/families.h"

#include <algorithm>

namespace sojourn::models {
namespace {

using Family = Distribution::Family;

constexpr Parameter mean_sd[] = {{"mean", Role::place}, {"sd", Role::width}};
constexpr Parameter median_sigma[] = {{"median", Role::place}, {"sigma", Role::sigma}};
constexpr Parameter mean_only[] = {{"mean", Role::place}};
constexpr Parameter low_high[] = {{"low", Role::place}, {"high", Role::place}};
constexpr Parameter low_mode_high[] = {{"low", Role::place}, {"mode", Role::place}, {"high", Role::place}};

constexpr FamilyForm forms[] = {
    {"normal", Family::normal, mean_sd},
    {"lognormal", Family::lognormal, median_sigma},
    {"lognormal", Family::lognormal, mean_sd},
    {"exponential", Family::exponential, mean_only},
    {"gamma", Family::gamma, mean_sd},
    {"uniform", Family::uniform, low_high},
    {"triangular", Family::triangular, low_mode_high},
    {"beta", Family::beta, mean_sd},
    {"discrete", Family::discrete, {}},
};

constexpr Type plain_place{.kind = Kind::number};
constexpr Type points_place{.kind = Kind::number, .quantity = Quantity::points};
constexpr Type probability_place{
    .kind = Kind::number, .range = {.low = 0, .high = 1}, .quantity = Quantity::probability};
constexpr Type plain_width{.kind = Kind::number, .range = {.low = 0}};
constexpr Type time{.kind = Kind::duration, .range = {.low = 0}, .quantity = Quantity::time};

}  // namespace

std::span<const FamilyForm> family_forms() { return forms; }

const FamilyForm* find_form(std::string_view name, const Tree& parameters) {
  const FamilyForm* first = nullptr;
  for (const FamilyForm& form : forms) {
    if (form.name != name) continue;
    const auto written = [&](const Parameter& parameter) { return parameters.find(parameter.key) != nullptr; };
    if (std::ranges::all_of(form.parameters, written)) return &form;
    if (!first) first = &form;
  }
  return first;
}

const Type& constant_type(Quantity quantity) {
  switch (quantity) {
    case Quantity::points: return points_place;
    case Quantity::time: return time;
    case Quantity::probability: return probability_place;
    case Quantity::plain:
    case Quantity::addressed: break;
  }
  return plain_place;
}

const Type& parameter_type(const Parameter& parameter, Quantity quantity) {
  if (parameter.role == Role::place) return constant_type(quantity);
  if (parameter.role == Role::sigma || quantity != Quantity::time) return plain_width;
  return time;
}

}  // namespace sojourn::models
