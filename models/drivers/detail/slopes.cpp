#include "models/drivers/detail/slopes.h"

#include "models/journey/families.h"
#include "models/journey/read.h"
#include "models/journey/values.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace sojourn::models::detail {
namespace {

using Family = Distribution::Family;

constexpr double kRelativeStep = 1e-4;

bool possible(const Distribution& d) {
  switch (d.family) {
    case Family::uniform: return d.a < d.b;
    case Family::triangular: return d.a <= d.b && d.b <= d.c && d.a < d.c;
    case Family::beta: return d.a > 0 && d.a < 10 && d.b > 0 && d.b * d.b < d.a * (10 - d.a);
    case Family::lognormal:
    case Family::exponential: return d.a > 0;
    case Family::gamma: return d.a > 0 && d.b > 0;
    default: return true;
  }
}

/// The distribution with one parameter, as written, set to a value. Nothing where there is none of the same family.
std::optional<Distribution> with(const Tree& tree, std::size_t parameter, double value, Quantity quantity) {
  Tree moved = tree;
  if (moved.kind == Tree::Kind::scalar) {
    Distribution constant;
    constant.a = value;
    return constant;
  }
  Tree::Entry& family = moved.entries.front();
  const FamilyForm& form = *find_form(family.key, family.value);
  const Type& type = parameter_type(form.parameters[parameter], quantity);
  if (value < type.range.low) return std::nullopt;
  family.value.find(form.parameters[parameter].key)->scalar = value_text(value, type);
  Distribution d = typed_distribution(moved, quantity);
  if (d.family != form.family || !possible(d)) return std::nullopt;
  return d;
}

/// What a parameter's step is measured by: places and widths by the largest of them, sigma by itself.
double size_of(const FamilyForm* form, std::size_t parameter, const std::vector<double>& values) {
  if (form && form->parameters[parameter].role == Role::sigma) return std::abs(values[parameter]);
  double size = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!form || form->parameters[i].role != Role::sigma) size = std::max(size, std::abs(values[i]));
  }
  return size;
}

double log_half_width(const engine::Quantile& quantile) {
  if (!engine::has_density(quantile)) return 0;
  constexpr double kOneSdAbove = 0.8413447460685429;  // of a normal
  const double low = quantile(1 - kOneSdAbove);
  if (low > 0) return 0.5 * engine::log(quantile(kOneSdAbove) / low);
  const double middle = quantile(0.5);
  return middle > 0 ? engine::half_width(quantile) / middle : 1;
}

}  // namespace

DrawOrigin Slopes::of(const Tree& tree, const std::string& address, Quantity quantity) {
  DrawOrigin origin;
  const Distribution here = typed_distribution(tree, quantity);
  if (here.family == Family::discrete) return origin;
  origin.half_width = engine::half_width(quantiles_(here));
  origin.log_half_width = log_half_width(quantiles_(here));
  std::vector<std::string> addresses = {address};
  std::vector<double> values = {here.a};
  const FamilyForm* written = nullptr;
  if (tree.is_map()) {
    const Tree::Entry& family = tree.entries.front();
    const FamilyForm& form = *find_form(family.key, family.value);
    written = &form;
    if (form.family == Family::discrete) return origin;  // with one value
    addresses.clear();
    values.clear();
    for (const Parameter& parameter : form.parameters) {
      addresses.push_back(address + "." + family.key + "." + std::string(parameter.key));
      values.push_back(valid_value(*family.value.find(parameter.key), parameter_type(parameter, quantity)));
    }
    if (here.family == Family::constant) {
      for (const std::string& one : addresses) {
        levers_.leave_out(levers_.use(one), "its distribution has no width, and is a constant");
      }
      return origin;
    }
  }
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    const std::uint32_t lever = levers_.use(addresses[i]);
    if (lever == kNoLever) continue;
    const double size = size_of(written, i, values);
    const double step = size > 0 ? kRelativeStep * size : 1;
    std::optional<Distribution> above = with(tree, i, values[i] + step, quantity);
    std::optional<Distribution> below = with(tree, i, values[i] - step, quantity);
    const double to = above ? values[i] + step : values[i];
    const double from = below ? values[i] - step : values[i];
    if (!above && !below) {
      levers_.leave_out(lever, "its distribution has hardly any width");
      continue;
    }
    origin.lever[origin.count] = lever;
    origin.slope[origin.count] = {quantiles_(above.value_or(here)), quantiles_(below.value_or(here)), 1 / (to - from)};
    ++origin.count;
  }
  return origin;
}

}  // namespace sojourn::models::detail
