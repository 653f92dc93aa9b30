#include "tools/json/json_parts.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace sojourn::tools {
namespace {

/// A new key, without a look whether it is there.
void put(Json& object, const std::string& key, Json value) {
  object.get_ref<Json::object_t&>().emplace_back(key, std::move(value));
}

Json labels(const std::vector<models::Named>& named) {
  Json json = Json::object();
  for (const models::Named& one : named) put(json, one.id, {{"label", one.label}});
  return json;
}

}  // namespace

Json stamp_json(const models::FileStamp& file) {
  return {{"title", file.title}, {"file", file.file}, {"sha256", file.sha256}};
}

Json stamps_json(const std::vector<models::FileStamp>& files) {
  Json json = Json::array();
  for (const models::FileStamp& file : files) json.push_back(stamp_json(file));
  return json;
}

Json names_json(const models::Names& names) {
  Json json = {{"personas", Json::object()}, {"touchpoints", Json::object()}, {"outcomes", Json::object()}};
  for (const models::PersonaName& persona : names.personas) {
    put(json["personas"], persona.id, {{"label", persona.label}, {"quote", persona.quote}});
  }
  for (const models::TouchpointName& touchpoint : names.touchpoints) {
    put(json["touchpoints"], touchpoint.id,
        {{"label", touchpoint.label},
         {"stage", touchpoint.stage},
         {"importance", std::isfinite(touchpoint.importance) ? Json(touchpoint.importance) : Json()},
         {"moment_of_truth", touchpoint.moment_of_truth},
         {"channels", labels(touchpoint.channels)}});
  }
  for (const models::OutcomeName& outcome : names.outcomes) {
    put(json["outcomes"], outcome.id, {{"label", outcome.label}, {"success", outcome.success}});
  }
  json["goals"] = labels(names.goals);
  json["pains"] = labels(names.pains);
  return json;
}

}  // namespace sojourn::tools
