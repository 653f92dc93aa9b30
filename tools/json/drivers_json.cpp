#include "tools/json/drivers_json.h"

#include "models/journey/fields.h"
#include "tools/json/json_parts.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

constexpr double kMsPerHour = 3.6e6;

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json figure_json(const Figure& figure, double factor = 1) {
  if (!std::isfinite(figure.estimate)) return nullptr;
  return {{"estimate", figure.estimate * factor},
          {"se", number(figure.se * factor)},
          {"lo", number(figure.lo * factor)},
          {"hi", number(figure.hi * factor)}};
}

Json row_json(const DriverFigures& figures, double factor = 1) {
  Json json = Json::object();
  for (std::size_t m = 0; m < kDriverMetrics; ++m) {
    json[std::string(info(kDriverMetricInfo[m]).name)] = figure_json(figures[m], factor);
  }
  return json;
}

Json driver_json(const Driver& driver) {
  const double per_unit = driver.lever.type->kind == Kind::duration ? kMsPerHour : 1;
  Json json = {{"address", driver.lever.address},
               {"unit", unit_of(driver.lever)},
               {"value", shown(driver.lever, driver.lever.value)},
               {"step", shown(driver.lever, driver.step)}};
  if (!driver.lever.only_for.empty()) json["for"] = driver.lever.only_for;
  json["derivative"] = row_json(driver.derivative, per_unit);
  json["effect"] = row_json(driver.effect);
  json["effect_from"] = driver.effect_from == EffectFrom::rerun ? "rerun" : "derivative";
  if (!driver.why_no_rerun.empty()) json["why_no_rerun"] = driver.why_no_rerun;
  return json;
}

Json touchpoint_json(const TouchpointDriver& one) {
  Json json = {{"reach", figure_json(one.reach)},
               {"importance", figure_json(one.importance)},
               {"performance", figure_json(one.performance)},
               {"quadrant", one.quadrant == Quadrant::none ? Json(nullptr) : Json(name_of(one.quadrant))}};
  json["removed_to_nothing"] = {{"share_of_success", figure_json(one.through_share)},
                                {"success", figure_json(one.nothing_success)},
                                {"nps", figure_json(one.nothing_nps)}};
  if (one.rerouted) {
    json["removed_and_rerouted"] = row_json(*one.rerouted);
  } else {
    json["removed_and_rerouted"] = nullptr;
    json["why_not_rerouted"] = one.why_not_rerouted;
  }
  json["shapley"] = {{"success", figure_json(one.shapley_success)},
                     {"nps", figure_json(one.shapley_nps)},
                     {"satisfaction", figure_json(one.shapley_satisfaction)}};
  return json;
}

}  // namespace

std::string_view unit_of(const Lever& lever) {
  if (lever.type->kind == Kind::duration) return "hours";
  if (lever.type->quantity == Quantity::points) return "points";
  return lever.type->quantity == Quantity::probability ? "probability" : "plain";
}

double shown(const Lever& lever, double value) {
  return lever.type->kind == Kind::duration ? value / kMsPerHour : value;
}

std::string drivers_json(const Drivers& drivers, const Provenance& provenance, const Performance& performance) {
  Json json = {{"format", "sojourn.drivers/1"},
               {"program", provenance.program},
               {"method", "simulated"},
               {"random_scheme", provenance.random_scheme},
               {"journey", stamp_json(provenance.journey)},
               {"scenarios", stamps_json(provenance.scenarios)}};
  if (!provenance.money.empty()) json["money"] = provenance.money;
  json["seed"] = provenance.seed;
  json["replicate"] = provenance.replicate;
  json["agents"] = provenance.agents;
  json["exact"] = {{"derivatives", Json::array()}, {"credit", drivers.exact.credit}};
  for (const DriverMetric metric : drivers.exact.derivatives) {
    json["exact"]["derivatives"].push_back(info(kDriverMetricInfo[static_cast<std::size_t>(metric)]).name);
  }
  if (!drivers.exact.why_not.empty()) json["exact"]["why_not"] = drivers.exact.why_not;
  json["base"] = row_json(drivers.base);
  json["drivers"] = Json::array();
  for (const Driver& driver : drivers.drivers) json["drivers"].push_back(driver_json(driver));
  json["left_out"] = Json::array();
  for (const LeftOut& one : drivers.left_out) {
    json["left_out"].push_back({{"address", one.address}, {"reason", one.reason}});
  }
  json["touchpoints"] = Json::object();
  for (std::size_t t = 0; t < drivers.touchpoints.size(); ++t) {
    json["touchpoints"].get_ref<Json::object_t&>().emplace_back(drivers.names.touchpoints[t].id,
                                                                touchpoint_json(drivers.touchpoints[t]));
  }
  Json callouts = Json::array();
  for (const Callout& callout : drivers.callouts) callouts.push_back(callout.sentence);
  json["insight_map"] = {{"mean_importance", number(drivers.mean_importance)},
                         {"mean_performance", number(drivers.mean_performance)},
                         {"callouts", callouts}};
  json["performance"] = {
      {"visits", performance.visits}, {"seconds", performance.seconds}, {"threads", performance.threads}};
  return json_text(json);
}

}  // namespace sojourn::tools
