#include "models/replay/parameter.h"

#include "models/journey/address.h"
#include "models/journey/families.h"
#include "models/journey/values.h"
#include "models/replay/prior.h"
#include "models/text/utf8.h"

#include <algorithm>

namespace sojourn::models {
namespace {

const Type& number_type_at(const Place& place) {
  if (place.type->kind == Kind::distribution) return constant_type(place.type->quantity);
  return *place.type;
}

void raise(Range& range, double low, bool above_low) {
  if (low < range.low) return;
  range.above_low = above_low || (low == range.low && range.above_low);
  range.low = low;
}

}  // namespace

double value_at(const Tree& journey, const std::string& address) {
  const Place place = find(journey, address);
  return valid_value(place.tree ? *place.tree : place.value, number_type_at(place));
}

std::vector<CalibrationParameter> parameters_of(const JourneyFile& journey) {
  std::vector<CalibrationParameter> list;
  const Tree* calibrate = journey.tree.find("calibrate");
  const Tree* parameters = calibrate ? calibrate->find("parameters") : nullptr;
  if (!parameters) return list;
  Diagnostics problems;
  Lookup lookup;
  for (const Tree::Entry& entry : parameters->entries) {
    const Tree::Entry prior{entry.key, entry.mark, *entry.value.find("prior")};
    CalibrationParameter one{typed_uncertain(journey.tree, prior, lookup), 0};
    const std::string name = "calibrate: the prior of " + quoted(entry.key);
    const Distribution::Family family = one.prior.distribution.family;
    if (family == Distribution::Family::constant || family == Distribution::Family::discrete) {
      problems.error(prior.value.mark,
                     name + (family == Distribution::Family::constant ? " has no width" : " is discrete"),
                     "nothing can move there", "Give it a width, or take the parameter out");
      continue;
    }
    const Place place = find(journey.tree, entry.key, lookup);
    const Type& type = number_type_at(place);
    one.value = value_at(journey.tree, entry.key);
    one.is_time = type.kind == Kind::duration;
    Range& range = one.prior.range;
    if (const Tree* low = entry.value.find("low")) raise(range, valid_value(*low, type), false);
    if (const Tree* high = entry.value.find("high")) range.high = std::min(range.high, valid_value(*high, type));
    const Support support = support_of(one.prior);
    raise(range, support.low, true);
    range.high = std::min(range.high, support.high);
    if (!(range.low < range.high)) {
      problems.error(prior.value.mark, name + " has nothing inside " + range_text(range),
                     "there would be nothing to move", "Write bounds that it reaches");
      continue;
    }
    list.push_back(std::move(one));
  }
  problems.refuse_if_errors();
  return list;
}

}  // namespace sojourn::models
