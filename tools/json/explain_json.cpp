#include "tools/json/explain_json.h"

#include "tools/json/json_parts.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

using namespace models;

Json flows(const std::vector<ExplainedFlow>& list, const Names& names) {
  Json json = Json::object();
  for (const ExplainedFlow& flow : list) {
    json[names.target(flow.end)] = {
        {"visits", flow.visits}, {"probability", flow.probability}, {"per_journey", flow.agents}};
  }
  return json;
}

}  // namespace

std::string explain_json(const RunResult& result, std::uint32_t touchpoint,
                         const std::vector<ExplainedVisits>& equations) {
  Json json = {{"format", "sojourn.explain/1"},
               {"program", result.provenance.program},
               {"method", result.provenance.method},
               {"journey", stamp_json(result.provenance.journey)},
               {"scenarios", stamps_json(result.provenance.scenarios)},
               {"touchpoint", result.names.touchpoints[touchpoint].id}};
  json["equations"] = Json::array();
  for (const ExplainedVisits& one : equations) {
    json["equations"].push_back({{"personas", one.personas},
                                 {"visits", one.visits},
                                 {"start", one.start},
                                 {"from", flows(one.from, result.names)},
                                 {"cut_off", one.cut_off},
                                 {"given_up", one.given_up},
                                 {"to", flows(one.to, result.names)}});
  }
  json["not_exact"] = Json::object();
  for (const auto& [address, why] : result.not_exact) json["not_exact"][address] = why;
  return json_text(json);
}

}  // namespace sojourn::tools
