#include "tools/studio/sliders.h"

#include "models/drivers/levers.h"
#include "models/journey/address.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <string>
#include <unordered_map>

namespace sojourn::tools {
namespace {

using namespace models;

struct TimeUnit {
  const char* word;
  double ms;
};
constexpr TimeUnit time_units[] = {{"d", 86'400'000}, {"h", 3'600'000}, {"min", 60'000}, {"s", 1000}};

/// The largest of which the value is at least 1.5; of an unset time minutes.
const TimeUnit& time_unit(double ms) {
  if (!(ms > 0)) return time_units[2];
  for (const TimeUnit& unit : time_units) {
    if (ms >= 1.5 * unit.ms) return unit;
  }
  return time_units[3];
}

double unit_ms(const std::string& word) {
  for (const TimeUnit& unit : time_units) {
    if (word == unit.word) return unit.ms;
  }
  return 1;
}

bool is_a_chance(std::string_view address) {
  return address.ends_with(".probability") || address.ends_with(".share") || address.find(".fulfils.") != address.npos;
}

/// 1, 2 or 5 times a power of ten, some hundred of which make the range.
double step_for(double range) {
  const double power = std::pow(10, std::floor(std::log10(range / 100)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (range / (power * factor) <= 150) return power * factor;
  }
  return power * 10;
}

/// Rounded to what the page shows, so that equal means equal.
double tidy(double value) { return value == 0 ? 0 : std::stod(Json(std::round(value * 1e6) / 1e6).dump()); }

Json slider(const Lever& lever) {
  const std::string& address = lever.address;
  std::string unit = "plain";
  double value = lever.value;
  double low = 0;
  double high = 1;
  double step = 0.01;
  if (lever.type->kind == Kind::duration) {
    const TimeUnit& time = time_unit(value);
    unit = time.word;
    value /= time.ms;
    high = std::max(2.0, std::ceil(value * 2.5));
    step = step_for(high);
  } else if (lever.type->quantity == Quantity::points) {
    unit = "points";
    high = 10;
    step = 0.1;
  } else if (is_a_chance(address)) {
    unit = "share";
    if (value < 0.1) step = value > 0 && value < 0.02 ? 0.001 : 0.005;
    high = value > 0 && value < 0.1 ? std::min(1.0, std::ceil(value * 40) / 10) : 1;
    if (value > 1) high = std::ceil(value * 2.5);
  } else {
    const bool money = address.ends_with(".cost") || address.ends_with(".value");
    unit = address.ends_with(".weight") ? "weight" : money ? "money" : "plain";
    high = unit == "weight" && value <= 1 ? 1 : std::max(1.0, std::ceil(std::abs(value) * 2.5));
    if (value < 0) low = -high;
    step = step_for(high - low);
  }
  const Range& range = lever.type->range;
  if (lever.type->kind != Kind::duration) {
    low = std::max(low, range.low);
    high = std::min(high, range.high);
  }
  const bool above =
      range.above_low || (lever.type->kind == Kind::duration && address.find("lognormal") != address.npos);
  if (above && low <= range.low) low = std::max(low, step);
  const auto first = address.find('.') + 1;
  return {{"address", address},
          {"touchpoint",
           address.starts_with("touchpoints.") ? address.substr(first, address.find('.', first) - first) : ""},
          {"value", tidy(value)},
          {"low", tidy(low)},
          {"high", tidy(std::max(high, value))},
          {"step", tidy(step)},
          {"unit", unit}};
}

/// Fields of touchpoints and of pains whose meaning a slider can carry.
bool is_shown(const Lever& lever) {
  const std::string& address = lever.address;
  if (address.starts_with("pains.")) return address.ends_with(".severity");
  return address.starts_with("touchpoints.");
}

}  // namespace

Json sliders(const Case& base) {
  Json list = Json::array();
  const Levers levers(base);
  for (std::size_t i = 0; i < levers.size(); ++i) {
    // What only some have differs among them: one slider could not say from where it moves.
    if (is_shown(levers[i]) && levers[i].only_for.empty()) list.push_back(slider(levers[i]));
  }
  return list;
}

Json moved(const Json& sliders, const Case& changed) {
  std::vector<std::vector<Number>> numbers;  // [view]
  for (const Tree& view : changed.trees) numbers.push_back(every_number(view, Unwritten::include));
  std::unordered_map<std::string, const Number*> now;
  for (const Number& number : numbers.front()) now.emplace(number.address, &number);
  for (std::size_t view = 1; view < numbers.size(); ++view) {
    for (const Number& number : numbers[view]) {
      const auto found = now.find(number.address);
      if (found != now.end() && found->second->value != number.value) now.erase(found);  // not the same for everyone
    }
  }
  Json json = Json::object();
  for (const Json& one : sliders) {
    const auto found = now.find(one.at("address").get<std::string>());
    if (found == now.end()) continue;
    double value = found->second->value;
    if (found->second->type->kind == Kind::duration) value /= unit_ms(one.at("unit"));
    if (tidy(value) != one.at("value").get<double>()) json[found->first] = tidy(value);
  }
  return json;
}

}  // namespace sojourn::tools
