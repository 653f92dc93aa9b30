#pragma once
// What a report shows beside the result itself. Each part may be absent: the page then says so in a sentence.

#include "models/change/views.h"
#include "models/journey/journey.h"
#include "models/score/experiment.h"
#include "tools/json/json_text.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>

namespace sojourn::tools {

struct ReportParts {
  std::optional<Json> journey;      // journey_part
  std::optional<Json> flows;        // flows_part
  std::optional<Json> stories;      // stories_part
  std::optional<Json> drivers;      // a document sojourn.drivers/1
  std::optional<Json> calibration;  // calibration_part
  std::optional<double> matters;    // NPS points below which a difference is too small to matter
};

/// What the journey's author wrote about it: what it is about, stages in order, targets, and of each persona empathy map,
/// goals and what weighs more or less for it.
Json journey_part(const models::Journey& journey);

/// The base's and every scenario's journeys by step, of the first customers of a run over `agents`.
Json flows_part(const models::Experiment& experiment, const models::RunPlan& plan, std::uint64_t agents);

/// For each scenario one customer, as it is beside what if: of the first few hundred whose journey changes the one whose change
/// in overall satisfaction exceeds nine in ten of theirs (in the direction in which they change together). Of a plain run the
/// customer whose satisfaction is in the middle.
Json stories_part(const models::Experiment& experiment, const models::RunPlan& plan, std::uint64_t agents);

}  // namespace sojourn::tools
