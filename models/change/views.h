#pragma once
// The journey as each persona sees it: the file, then the persona's overrides in order, then the scenarios' changes in
// order (those without `for` or whose `for` names the persona). A persona that a scenario adds has its overrides last.

#include "models/change/scenario.h"
#include "models/journey/journey.h"
#include "models/journey/read.h"
#include "models/journey/uncertain.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

struct Case {
  std::string title;                   // the journey's title, or the given scenarios' titles joined by " + "
  std::vector<std::string> scenarios;  // titles, bases included, in the order applied
  JourneyViews views;
  std::vector<Tree> trees;  // [view], normalised, without `overrides`
  double cost_once = 0;     // money, all scenarios together
  double cost_per_journey = 0;
  std::vector<Uncertain> uncertain;  // the journey's, then the scenarios'
  Diagnostics warnings;              // of the changes; those of the files stay with the files
};

/// Applies the scenarios (and their bases, each once) to the journey. Throws InputError with every problem: addresses
/// that match nothing, changes that change nothing for anyone, and what is wrong with the changed journey, each once
/// and with the mark of the file that brought it in. Personas whose views are equal share one.
Case build_case(const JourneyFile& journey, std::span<const ScenarioFile> scenarios);

/// The same case with other values for its uncertain numbers: `drawn` holds one for each of `uncertain`, which is that of the
/// case without draws. The journey's own are put into its file, before overrides and changes, so that a `scale` scales what
/// was drawn; then come overrides and changes; the scenarios' own, in their order, are put into what is changed, last.
/// A change that happens to change nothing is no error here. Throws InputError where the values do not go together.
Case build_case(const JourneyFile& journey, std::span<const ScenarioFile> scenarios,
                const std::vector<Uncertain>& uncertain, std::span<const double> drawn);

}  // namespace sojourn::models
