#include "models/score/step_flows.h"
#include "tools/report/figure_json.h"
#include "tools/report/parts.h"

#include <algorithm>

namespace sojourn::tools {
namespace {

using namespace models;

/// Enough for shares within half a point, 95 % of the time, and a fraction of a second.
constexpr std::uint64_t most_followed = 40'000;

Json place_json(const StepPlace& place, const Names& names) {
  Json json = {{"step", place.step}};
  switch (place.kind) {
    case StepPlace::Kind::touchpoint: json["touchpoint"] = names.touchpoints[place.index].id; break;
    case StepPlace::Kind::outcome: json["outcome"] = names.outcomes[place.index].id; break;
    case StepPlace::Kind::other: json["others"] = place.index; break;
    case StepPlace::Kind::later: json["later"] = true; break;
  }
  json["share"] = short_figure(place.share);
  return json;
}

Json flows_json(const StepFlows& flows, const Names& names) {
  Json json = {{"places", Json::array()}, {"links", Json::array()}};
  for (const StepPlace& place : flows.places) json["places"].push_back(place_json(place, names));
  for (const StepLink& link : flows.links) {
    json["links"].push_back(Json::array({link.from, link.to, short_number(link.share.estimate)}));
  }
  return json;
}

}  // namespace

Json flows_part(const Experiment& experiment, const RunPlan& plan, std::uint64_t agents) {
  const std::uint64_t followed = std::min(most_followed, agents);
  const engine::PlaceKeys keys = experiment.keys(plan.seed, plan.replicate);
  const StepFlowOptions options;
  Json json = {{"agents", followed}, {"steps", options.steps}, {"least_share", options.least_share}};
  json["cases"] = Json::array();  // the base, then the scenarios in order
  for (std::size_t i = 0; i < experiment.case_count(); ++i) {
    json["cases"].push_back(flows_json(step_flows(experiment, i, keys, followed, options), experiment.names()));
  }
  return json;
}

}  // namespace sojourn::tools
