#include "tools/report/wrong_part.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sojourn::tools {
namespace {

constexpr int deepest = 16;  // personas.ID.touchpoints.ID.channels.ID.flow.ID.estimate

/// The first address below `json` where no figure can be; empty where all is well. Figures are numbers or nothing, at the end of names.
std::string no_figure(const Json& json, const std::string& address, int depth = 0) {
  if (depth > deepest) return address;
  if (json.is_number() || json.is_null()) return {};
  if (json.is_array()) {
    const std::string name = address.substr(address.rfind('.') + 1);
    const bool answers = name.starts_with("scores") && json.size() == 11;
    return answers && std::ranges::all_of(json, [](const Json& one) { return one.is_number() || one.is_null(); })
               ? std::string()
               : address;
  }
  if (!json.is_object()) return address;
  for (const auto& [key, child] : json.items()) {
    if (key == "controls") continue;
    if (std::string found = no_figure(child, address + "." + key, depth + 1); !found.empty()) return found;
  }
  return {};
}

/// The same of a result: what happened, not what it is of.
std::string wrong_figure(const Json& result, const Json& names, const std::string& prefix) {
  for (const char* part : {"overall", "personas", "touchpoints"}) {
    const std::string address = prefix + part;
    if (!result.at(part).is_object()) return address;
    if (std::string found = no_figure(result.at(part), address); !found.empty()) return found;
  }
  for (const char* metric : {"nps", "satisfaction", "success"}) {
    const Json& figure = result.at("overall").value(metric, Json());
    if (!figure.is_object() || !figure.contains("estimate")) return prefix + "overall." + metric;
  }
  for (const char* part : {"personas", "touchpoints"}) {
    for (const auto& [id, one] : result.at(part).items()) {
      if (!names.at(part).contains(id) || !one.is_object()) return prefix + part + "." + id;
    }
  }
  for (const auto& [id, touchpoint] : result.at("touchpoints").items()) {
    const Json flow = touchpoint.value("flow", Json::object());
    for (const auto& [to, share] : flow.items()) {
      if (!names.at("touchpoints").contains(to) && !names.at("outcomes").contains(to))
        return prefix + "touchpoints." + id + ".flow." + to;
    }
  }
  return {};
}

}  // namespace

std::string wrong_part(const Json& document) {
  const Json& names = document.at("names");
  for (const char* part : {"personas", "touchpoints", "outcomes", "goals", "pains"}) {
    if (!names.is_object() || !names.value(part, Json()).is_object()) return "names." + std::string(part);
  }
  for (const char* part : {"title", "file", "sha256"}) {
    const Json& journey = document.at("journey");
    if (!journey.is_object() || !journey.value(part, Json()).is_string()) return "journey." + std::string(part);
  }
  for (const char* part : {"agents", "seed"}) {
    if (!document.at(part).is_number_unsigned()) return part;
  }
  if (document.at("format") == "sojourn.run/1") return wrong_figure(document, names, "");
  if (std::string found = wrong_figure(document.at("base"), names, "base."); !found.empty()) return found;
  const Json& scenarios = document.at("scenarios");
  if (scenarios.empty()) return "scenarios";
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    const Json& one = scenarios[i];
    const std::string address = "scenarios[" + std::to_string(i) + "].";
    if (std::string found = wrong_figure(one.at("result"), names, address + "result."); !found.empty()) return found;
    for (const char* part : {"difference", "personas", "touchpoints"}) {
      if (std::string found = no_figure(one.at(part), address + part); !found.empty()) return found;
    }
    const Json& flips = one.value("flips", Json());
    const auto three = [](const Json& row) { return row.is_array() && row.size() == 3; };
    if (!flips.is_null() && !(three(flips) && std::ranges::all_of(flips, three))) return address + "flips";
  }
  return {};
}

}  // namespace sojourn::tools
