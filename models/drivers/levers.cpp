#include "models/drivers/levers.h"

#include "models/journey/address.h"

#include <algorithm>
#include <map>

namespace sojourn::models {
namespace {

/// An unwritten number is one of its own only if its default is; else it follows another address, which is in the list.
bool stands_for_itself(const Tree& journey, const Number& number, Lookup& lookup) {
  if (number.written) return true;
  if (number.value == 0) return false;
  const Place place = find(journey, number.address, lookup, Suggest::nothing);
  if (place.state == Place::State::missing || !place.field) return false;
  const DefaultFrom from = place.field->default_from;
  const bool follows_journey = from == DefaultFrom::journey && number.address.starts_with("personas.");
  return !follows_journey && from != DefaultFrom::anchor && from != DefaultFrom::pain_severity;
}

bool in_range(double value, const Range& range) {
  return value <= range.high && (range.above_low ? value > range.low : value >= range.low);
}

}  // namespace

Levers::Levers(const Case& one) {
  const std::vector<Persona>& personas = one.views.views.front().personas;
  std::map<std::uint32_t, std::vector<std::size_t>> views_with;  // lever -> views
  for (std::size_t v = 0; v < one.trees.size(); ++v) {
    const Tree& tree = one.trees[v];
    Lookup lookup;
    for (const Number& number : every_number(tree, Unwritten::include)) {
      if (!stands_for_itself(tree, number, lookup)) continue;
      const auto [entry, is_new] = index_.try_emplace(number.address, static_cast<std::uint32_t>(all_.size()));
      if (is_new) {
        all_.push_back({number.address, number.value, number.type, {}, {}});
        is_used_.push_back(0);
      }
      views_with[entry->second].push_back(v);
    }
  }
  leave_out_times_at_the_start();
  for (const auto& [lever, views] : views_with) {
    if (views.size() == one.trees.size()) continue;
    for (std::size_t p = 0; p < personas.size(); ++p) {
      if (std::ranges::find(views, one.views.view_of_persona[p]) != views.end()) {
        all_[lever].only_for.push_back(personas[p].id);
      }
    }
  }
}

/// A deadline of 0 lies where times begin: half of what smoothing needs around it does not exist.
void Levers::leave_out_times_at_the_start() {
  const auto at_the_start = [](const Lever& lever) { return lever.address.ends_with(".after") && lever.value <= 0; };
  const auto found = std::ranges::find_if(all_, at_the_start);
  if (found == all_.end()) return;
  const std::string deadline = found->address;
  for (std::uint32_t i = 0; i < all_.size(); ++i) {
    if (all_[i].type->kind != Kind::duration) continue;
    leave_out(i, "the deadline " + deadline + " is 0, where times begin; what a time does there is not estimated");
  }
}

std::uint32_t Levers::find(const std::string& address) const {
  const auto found = index_.find(address);
  return found == index_.end() ? kNoLever : found->second;
}

std::uint32_t Levers::use(const std::string& address) {
  const std::uint32_t i = find(address);
  if (i != kNoLever) is_used_[i] = 1;
  return i;
}

void Levers::leave_out_unused() {
  for (std::uint32_t i = 0; i < all_.size(); ++i) {
    if (is_used_[i] == 0) leave_out(i, "nobody looks at it: everyone below it carries an own one");
  }
}

void Levers::leave_out(std::uint32_t i, std::string_view reason) {
  if (i != kNoLever && all_[i].left_out.empty()) all_[i].left_out = reason;
}

double step_of(const Lever& lever) {
  const Type& type = *lever.type;
  const bool place = type.quantity == Quantity::points;
  const bool money = lever.address.ends_with(".cost") || lever.address.ends_with(".value");
  double step = 0.1 * (lever.value < 0 ? -lever.value : lever.value);
  if (place) {
    step = 1;
  } else if (step == 0) {
    constexpr double kHourMs = 3.6e6;
    step = type.kind == Kind::duration ? kHourMs : money ? 1 : 0.1;
  }
  if (in_range(lever.value + step, type.range)) return step;
  return in_range(lever.value - step, type.range) ? -step : 0;
}

}  // namespace sojourn::models
