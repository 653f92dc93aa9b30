#include "tools/report/condensed.h"

#include "tools/report/figure_json.h"

#include <nlohmann/json.hpp>

#include <set>
#include <string>

namespace sojourn::tools {
namespace {

Json shortened(const Json& number) { return number.is_number_float() ? short_number(number.get<double>()) : number; }

bool is_figure(const Json& value) { return value.is_object() && value.contains("estimate"); }

/// Figures as lists, numbers shortened, everything else as it is. `dropped`: keys that are left out at every depth.
Json shrunk(const Json& value, const std::set<std::string>& dropped) {
  if (is_figure(value)) return condensed_figure(value);
  if (value.is_object()) {
    Json to = Json::object();
    auto& entries = to.get_ref<Json::object_t&>();
    for (const auto& [key, child] : value.get_ref<const Json::object_t&>()) {
      if (!dropped.contains(key)) entries.emplace_back(key, shrunk(child, dropped));
    }
    return to;
  }
  if (value.is_array()) {
    Json to = Json::array();
    for (const Json& child : value) to.push_back(shrunk(child, dropped));
    return to;
  }
  return shortened(value);
}

/// A place's differences without what is for headlines only (p_better, adjusted_lo, adjusted_hi): [estimate, lo, hi].
Json levels(const Json& value) {
  if (is_figure(value)) {
    Json list = condensed_figure(value);
    if (list.is_array()) list.erase(list.begin() + 3, list.end());
    return list;
  }
  if (!value.is_object()) return shrunk(value, {});
  Json to = Json::object();
  auto& entries = to.get_ref<Json::object_t&>();
  for (const auto& [key, child] : value.get_ref<const Json::object_t&>()) entries.emplace_back(key, levels(child));
  return to;
}

Json kept(const Json& object, std::initializer_list<const char*> keys) {
  Json to = Json::object();
  for (const char* key : keys) {
    if (const auto found = object.find(key); found != object.end()) to[key] = levels(*found);
  }
  return to;
}

/// Of a channel only how many use it and how they fare.
Json touchpoint(const Json& given) {
  Json to = kept(given, {"visits", "reach", "experience", "satisfaction", "given_up", "duration_hours", "drop_off",
                         "pain_loss", "pains", "flow"});
  if (const auto found = given.find("channels"); found != given.end() && !found->empty()) {
    to["channels"] = Json::object();
    for (const auto& [id, channel] : found->items()) to["channels"][id] = kept(channel, {"visits", "satisfaction"});
  }
  return to;
}

Json touchpoints(const Json& given) {
  Json to = Json::object();
  for (const auto& [id, one] : given.items()) to[id] = touchpoint(one);
  return to;
}

/// What persona cards, emotion curves and the heat map need; of differences the emotion curve alone.
Json personas(const Json& given, bool differences) {
  Json to = Json::object();
  for (const auto& [id, persona] : given.items()) {
    Json one = shrunk(persona, {"touchpoints", "scores_se", "elapsed_hours_sd", "satisfaction_sd", "pains"});
    one["touchpoints"] = Json::object();
    for (const auto& [place, figures] : persona.at("touchpoints").items()) {
      one["touchpoints"][place] = differences ? kept(figures, {"satisfaction"})
                                              : kept(figures, {"reach", "satisfaction", "pain_loss", "drop_off"});
    }
    to[id] = one;
  }
  return to;
}

/// Any object that has overall, personas and touchpoints, with the rest of its keys.
Json with_figures(const Json& given) {
  Json to = Json::object();
  for (const auto& [key, value] : given.items()) {
    if (key == "personas") {
      to[key] = personas(value, given.contains("difference"));
    } else if (key == "touchpoints") {
      to[key] = touchpoints(value);
    } else if (key == "scenarios" && given.at("format") == "sojourn.compare/1") {
      to[key] = Json::array();
      for (const Json& scenario : value) to[key].push_back(with_figures(scenario));
    } else if (key == "base" || key == "result") {
      Json figures = with_figures(value);
      Json part = Json::object();
      for (const char* name : {"overall", "personas", "touchpoints"}) part[name] = std::move(figures.at(name));
      if (const auto found = figures.find("uncertain"); found != figures.end()) part["uncertain"] = std::move(*found);
      to[key] = std::move(part);
    } else if (key != "performance" && key != "verdict" && key != "observed") {
      to[key] = shrunk(value, {"scores_se"});
    }
  }
  return to;
}

}  // namespace

Json condensed_figure(const Json& figure) {
  if (!is_figure(figure)) return shortened(figure);
  Json list = Json::array();
  const auto add = [&](const char* key) {
    const auto found = figure.find(key);
    list.push_back(found == figure.end() ? Json(nullptr) : shortened(*found));
  };
  for (const char* key : {"estimate", "lo", "hi"}) add(key);
  if (figure.contains("p_better")) {
    for (const char* key : {"p_better", "adjusted_lo", "adjusted_hi"}) add(key);
  }
  return list;
}

Json condensed(const Json& document) { return with_figures(document); }

}  // namespace sojourn::tools
