#pragma once
// The families of distributions: their parameters as the files spell them, and what each may be.

#include "models/journey/distribution.h"
#include "models/journey/fields.h"
#include "models/text/tree.h"

#include <span>
#include <string_view>

namespace sojourn::models {

/// What a parameter does to the distribution; decides its unit and its range.
enum class Role {
  place,  // a mean, median or mode, a low or high end: in the unit of the quantity
  width,  // a standard deviation: in the unit of the quantity, never negative
  sigma   // of a logarithm: without a unit, never negative
};

struct Parameter {
  std::string_view key;
  Role role;
};

/// One way to write a family; lognormal has two. A `discrete` has values and weights instead of parameters.
struct FamilyForm {
  std::string_view name;
  Distribution::Family family;
  std::span<const Parameter> parameters;
};

std::span<const FamilyForm> family_forms();

/// The form whose parameters are the keys of `parameters`, or the first one of that name, or null.
const FamilyForm* find_form(std::string_view name, const Tree& parameters);

/// The type of a parameter at its address, touchpoints.wish.experience.normal.mean. Quantity must not be `addressed`.
const Type& parameter_type(const Parameter& parameter, Quantity quantity);

/// The type of a number that stands for a whole distribution.
const Type& constant_type(Quantity quantity);

}  // namespace sojourn::models
