#include "tools/report/figure_json.h"
#include "tools/report/parts.h"

#include <algorithm>

namespace sojourn::tools {
namespace {

using namespace models;

Json stages(const Journey& journey) {
  Json list = Json::array();
  for (const Touchpoint& touchpoint : journey.touchpoints) {
    if (std::find(list.begin(), list.end(), Json(touchpoint.stage)) == list.end()) list.push_back(touchpoint.stage);
  }
  return list;
}

Json persona_json(const Persona& persona) {
  Json json = Json::object();
  json["empathy"] = Json::object();
  for (const char* key : {"thinks", "feels", "says", "does", "pains", "gains"}) {
    if (const auto found = persona.empathy.find(key); found != persona.empathy.end())
      json["empathy"][key] = found->second;
  }
  json["goals"] = Json::object();
  for (const auto& [goal, importance] : persona.goals) json["goals"][goal] = short_number(importance);
  json["sensitivity"] = Json::object();
  for (const auto& [pain, factor] : persona.sensitivity) {
    if (factor != 1) json["sensitivity"][pain] = short_number(factor);
  }
  return json;
}

}  // namespace

Json journey_part(const Journey& journey) {
  Json json = Json::object();
  json["about"] = journey.about;
  json["stages"] = stages(journey);
  json["personas"] = Json::object();
  for (const Persona& persona : journey.personas) json["personas"][persona.id] = persona_json(persona);
  json["targets"] = Json::object();
  for (const auto& [address, target] : journey.targets) json["targets"][address] = short_number(target);
  return json;
}

}  // namespace sojourn::tools
