#include "engine/base/math.h"
#include "models/journey/families.h"
#include "models/journey/read.h"
#include "models/journey/values.h"

#include <algorithm>
#include <cmath>

namespace sojourn::models {
namespace {

using Family = Distribution::Family;

Distribution constant(double value) { return {.family = Family::constant, .a = value, .b = 0, .c = 0, .points = {}}; }

/// Relative widths below this cannot be told from a constant on any scale of the results, and the quantiles of a gamma
/// of such a shape are not computed reliably.
constexpr double narrow = 1e-9;

/// ln(1 + x) for x > 0, exact for small x too (Goldberg 1991, theorem 4), without libm: sigma decides draws.
double log_of_1_plus(double x) {
  const double sum = 1 + x;
  return sum == 1 ? x : engine::log(sum) * (x / (sum - 1));
}

Distribution discrete(const Tree& points, const Type& type) {
  const Type weight_type{.kind = Kind::number};
  Distribution result;
  result.family = Family::discrete;
  for (const Tree::Entry& entry : points.entries) {
    Tree value;
    value.scalar = entry.key;
    const double weight = valid_value(entry.value, weight_type);
    if (weight > 0) result.points.emplace_back(valid_value(value, type), weight);
  }
  std::ranges::sort(result.points);
  if (result.points.size() == 1) return constant(result.points.front().first);
  return result;
}

}  // namespace

Distribution typed_distribution(const Tree& tree, Quantity quantity) {
  const Type& type = constant_type(quantity);
  if (tree.kind == Tree::Kind::scalar) return constant(valid_value(tree, type));
  const Tree::Entry& entry = tree.entries.front();
  const FamilyForm& form = *find_form(entry.key, entry.value);
  if (form.family == Family::discrete) return discrete(entry.value, type);

  double values[3] = {0, 0, 0};
  for (std::size_t i = 0; i < form.parameters.size(); ++i) {
    const Parameter& parameter = form.parameters[i];
    values[i] = valid_value(*entry.value.find(parameter.key), parameter_type(parameter, quantity));
  }
  const double a = values[0], b = values[1], c = values[2];
  const auto family = [&] { return Distribution{.family = form.family, .a = a, .b = b, .c = c, .points = {}}; };
  switch (form.family) {
    case Family::lognormal: {
      if (b == 0 || a == 0) return constant(a);
      if (form.parameters[1].role == Role::sigma) return family();
      if (b < narrow * a) return constant(a);
      // sigma^2 = ln(1 + (sd/mean)^2), median = mean / sqrt(1 + (sd/mean)^2) (Johnson, Kotz and Balakrishnan 1994,
      // ch. 14).
      const double square = b / a * (b / a);
      return {.family = Family::lognormal,
              .a = a / std::sqrt(1 + square),
              .b = std::sqrt(log_of_1_plus(square)),
              .c = 0,
              .points = {}};
    }
    case Family::normal: return b == 0 ? constant(a) : family();
    case Family::gamma: return b <= narrow * a ? constant(a) : family();
    case Family::beta: return b == 0 ? constant(a) : family();
    case Family::exponential: return a == 0 ? constant(0) : family();
    case Family::uniform: return a == b ? constant(a) : family();
    case Family::triangular: return a == c ? constant(a) : family();
    case Family::constant:
    case Family::discrete: break;
  }
  return constant(a);
}

}  // namespace sojourn::models
