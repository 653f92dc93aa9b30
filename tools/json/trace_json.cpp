#include "tools/json/trace_json.h"

#include "models/behaviour/scores.h"
#include "tools/json/json_parts.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

using namespace models;

double hours(std::int64_t ms) { return static_cast<double>(ms) / 3'600'000.0; }

template <class Ids>
Json ids(const Ids& numbers, const std::vector<Named>& named) {
  Json json = Json::array();
  for (const std::uint32_t number : numbers) json.push_back(named[number].id);
  return json;
}

Json visit_json(const TracedVisit& traced, const Names& names) {
  const engine::Visit& visit = traced.visit;
  const TouchpointName& touchpoint = names.touchpoints[visit.node];
  Json json = Json::object();
  json["touchpoint"] = touchpoint.id;
  json["channel"] = visit.way < 0 ? Json(nullptr) : Json(touchpoint.channels[static_cast<std::size_t>(visit.way)].id);
  json["arrived_hours"] = hours(visit.arrived_ms);
  json["duration_hours"] = hours(visit.duration_ms);
  json["experience"] = visit.measures[measure::experience];
  json["expectation"] = visit.measures[measure::expectation];
  json["satisfaction"] = visit.measures[measure::satisfaction];
  json["mood"] = visit.measures[measure::mood];
  json["pains"] = Json::array();
  for (const auto& [pain, points] : traced.pains) json["pains"].push_back(names.pains[pain].id);
  json["opened"] = ids(traced.opened, names.pains);
  json["resolved"] = ids(traced.closed, names.pains);
  json["achieved"] = ids(traced.achieved, names.goals);
  json["given_up"] = visit.given_up;
  json["patience_hours"] = traced.patience_ms ? Json(hours(*traced.patience_ms)) : Json(nullptr);
  json["next"] = names.target(visit.next);
  return json;
}

Json journey_json(const TracedJourney& journey, const Names& names) {
  Json json = Json::object();
  json["visits"] = Json::array();
  for (const TracedVisit& visit : journey.visits) json["visits"].push_back(visit_json(visit, names));
  const bool ended = !journey.stuck && !journey.ending.truncated;
  json["outcome"] = ended ? Json(names.target(journey.end())) : Json(nullptr);
  json["truncated"] = journey.ending.truncated;
  json["stuck_at"] = journey.stuck ? Json(names.touchpoints[journey.stuck->node].id) : Json(nullptr);
  json["satisfaction"] = journey.stuck ? Json(nullptr) : Json(journey.satisfaction);
  json["scores"] = nullptr;
  if (!journey.stuck) json["scores"] = journey.scores;
  return json;
}

}  // namespace

std::string trace_json(const Trace& trace) {
  Json json = Json::object();
  json["format"] = "sojourn.trace/1";
  json["program"] = trace.provenance.program;
  json["random_scheme"] = trace.provenance.random_scheme;
  json["journey"] = stamp_json(trace.provenance.journey);
  json["scenarios"] = stamps_json(trace.provenance.scenarios);
  json["seed"] = trace.provenance.seed;
  json["replicate"] = trace.provenance.replicate;
  json["agent"] = trace.agent;
  json["persona"] = trace.names.personas[trace.base.persona].id;
  json["base"] = journey_json(trace.base, trace.names);
  json["with"] = nullptr;
  json["parts"] = nullptr;
  if (trace.with) {
    json["with"] = journey_json(*trace.with, trace.names);
    if (trace.with->persona != trace.base.persona)
      json["with"]["persona"] = trace.names.personas[trace.with->persona].id;
    if (const auto parts = parting(trace.base, *trace.with)) json["parts"] = *parts;
  }
  return json_text(json);
}

}  // namespace sojourn::tools
