#pragma once
// The same agents walked through the journey with one change.

#include "models/drivers/drivers.h"

namespace sojourn::models {

/// One change, and what came of it.
struct Rerun {
  Change change;
  std::optional<DriverFigures> difference;  // changed less base, paired; nothing where it cannot be walked
  std::string why_not;
};

/// Walks all of them, eight beside the base at a time. False if progress stopped it. `base_figures` are the base's own.
bool rerun(const JourneyFile& journey, std::span<const ScenarioFile> scenarios, const Case& base, const RunPlan& plan,
           const OnProgress& progress, std::vector<Rerun>& reruns, std::optional<Figures>& base_figures);

/// The lever moved by its step, for everyone who has it.
Change change_of(const Lever& lever, double step);

Change removal_of(const std::string& touchpoint);

}  // namespace sojourn::models
