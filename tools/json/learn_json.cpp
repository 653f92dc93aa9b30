#include "tools/json/learn_json.h"

#include "tools/json/json_text.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

Json distances_json(const models::Distances& distances) {
  return {{"ngram_distance", distances.ngram},
          {"relative_event_hours", distances.relative_event_hours},
          {"cycle_time_hours", distances.cycle_time_hours}};
}

Json test_json(const LearnTest& test) {
  Json json = {{"file", test.file.file},
               {"cases", test.held_out.cases},
               {"events", test.held_out.events},
               {"unknown_events", test.held_out.unknown_events},
               {"unknown_cases", test.held_out.unknown_cases}};
  if (test.held_out.cases == 0) return json;
  json["nats_per_event"] = test.held_out.nats_per_event;
  for (std::size_t order = 0; order < test.held_out.baselines.size(); ++order) {
    json["baselines"]["order_" + std::to_string(order)] = test.held_out.baselines[order];
  }
  json.update(distances_json(test.likeness.simulated));
  json["floor"] = distances_json(test.likeness.floor);
  json["repetitions"] = test.likeness.repetitions;
  return json;
}

}  // namespace

std::string learn_json(const LearnResult& result) {
  const models::LearnedJourney& journey = result.journey;
  Json json = {{"format", "sojourn.learn/1"},
               {"program", result.program},
               {"journey", result.out},
               {"events", {{"file", result.events.file}, {"rows", result.rows}, {"rejected", result.rejected}}},
               {"order", journey.order},
               {"personas", journey.personas.size()},
               {"cases", journey.cases},
               {"learned_events", journey.events},
               {"activities", journey.alphabet.activities.size()},
               {"touchpoints", journey.touchpoints.size()},
               {"concentration", journey.concentration},
               {"overlapping_events", journey.overlapping},
               {"folded", {{"activities", journey.rare_activities}, {"ways", journey.folded_ways}}}};
  const bool late = journey.late_after_ms.has_value();
  json["late_after_hours"] = late ? Json(static_cast<double>(*journey.late_after_ms) / 3.6e6) : Json(nullptr);
  json["events"]["columns"] = Json::object();
  for (const auto& [role, column] : result.columns) json["events"]["columns"][role] = column;
  json["cross_validated"]["nats_per_event"] = journey.nats_per_event;
  for (const auto& [order, nats] : journey.baselines) {
    json["cross_validated"]["baselines"]["order_" + std::to_string(order)] = nats;
  }
  json["test"] = result.test ? test_json(*result.test) : Json(nullptr);
  return json_text(json);
}

}  // namespace sojourn::tools
