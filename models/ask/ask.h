#pragma once
// From files to figures in three steps: read a case, say how it is to be asked, and ask it.

#include "models/ask/checked_case.h"
#include "models/score/experiment.h"
#include "models/score/posterior_draws.h"
#include "models/score/result.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

/// A journey as it is, or with scenarios applied one after the other: checked, and ready to be asked about.
struct ReadCase {
  std::shared_ptr<const JourneyFile> journey;
  std::vector<ScenarioFile> scenarios;
  Case one;

  /// Of the files, of the changes and of the check.
  Diagnostics warnings() const;
};

/// Reads, changes and checks. Throws MissingFile for a file that cannot be read, InputError with the problems of all files,
/// each with its place.
ReadCase read_case(const std::string& journey, const std::vector<std::string>& scenarios = {});

/// The same of what was read already. Throws InputError.
ReadCase make_case(std::shared_ptr<const JourneyFile> journey, std::vector<ScenarioFile> scenarios = {});

/// How a case is asked.
struct Asked {
  RunPlan plan;  // luck, how many agents, how sure, how many threads
  Estimates estimates = Estimates::controlled;
  std::optional<std::uint64_t> draws;  // of what is `uncertain:`; empty: as many as take about twice the run's time
  const PosteriorDraws* posterior = nullptr;  // of compare: what calibrate found out about the journey's numbers
  double matters = 0.5;                       // of compare: NPS points below which a difference is too small to matter
  std::function<void(const Diagnostics&)> on_warnings;  // what is doubtful about what was drawn
};

/// Sends agents through the case. Empty if `progress` stopped it. Figures have the units of models/score/metrics.h: NPS points,
/// shares from 0 to 1, points of the 0..10 scales, hours, the journey's money. Throws InputError where an agent finds no way on.
/// The same case, seed, replicate and agents give the same bits, whatever the number of threads.
std::optional<RunResult> simulate(const ReadCase& read, const Asked& asked = {}, const OnProgress& progress = {});

/// The same agents, with the same luck, through cases[0], the base, and through every other one. At least two cases, all of one
/// journey file; the base has no scenarios. Else as simulate(); differences are what-if less base.
std::optional<CompareResult> compare(const std::vector<const ReadCase*>& cases, const Asked& asked = {},
                                     const OnProgress& progress = {});

/// The figures without chance, with errors of 0; `not_exact` says which of them have no exact answer, and why. Throws InputError
/// where an agent finds no way on.
RunResult solve(const ReadCase& read);

}  // namespace sojourn::models
