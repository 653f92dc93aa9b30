#include "models/drivers/reruns.h"

#include "models/check/check.h"
#include "models/journey/values.h"
#include "models/score/figures.h"

#include <algorithm>
#include <deque>

namespace sojourn::models {
namespace {

constexpr std::size_t kAtATime = 8;

std::string first_problem(const Diagnostics& diagnostics) {
  for (const Diagnostic& one : diagnostics.list()) {
    if (one.severity == Diagnostic::Severity::error) return one.what;
  }
  return "it makes no valid journey";
}

DriverFigures figures(const Summary& summary) {
  DriverFigures row;
  for (std::size_t m = 0; m < kDriverMetrics; ++m) row[m] = summary[kDriverMetricInfo[m]];
  return row;
}

class Reruns {
 public:
  Reruns(const Case& base, const RunPlan& plan, const OnProgress& progress, std::optional<Figures>& base_figures)
      : base_(base), plan_(plan), progress_(progress), base_figures_(base_figures) {
    plan_.precision.reset();
  }

  struct Prepared {
    Rerun* rerun;
    Case changed;
  };

  /// False if progress stopped it.
  bool run(std::span<Prepared> prepared) {
    std::vector<const Case*> cases = {&base_};
    for (const Prepared& one : prepared) cases.push_back(&one.changed);
    try {
      const Experiment experiment(cases);
      const auto tallies = experiment.run(plan_, progress_);
      if (!tallies) return false;
      if (!base_figures_) base_figures_ = figures_of(experiment, *tallies, 0);
      for (std::size_t i = 0; i < prepared.size(); ++i) {
        prepared[i].rerun->difference = figures(differences_of(experiment, *tallies, i).overall);
      }
      return true;
    } catch (const InputError& error) {
      if (prepared.empty()) throw;  // the base itself
      if (prepared.size() == 1) {
        prepared.front().rerun->why_not = first_problem(error.diagnostics());
        return true;
      }
    }
    // Somebody is stuck in one of them: each by itself.
    for (Prepared& one : prepared) {
      if (!run({&one, 1})) return false;
    }
    return true;
  }

 private:
  const Case& base_;
  RunPlan plan_;
  const OnProgress& progress_;
  std::optional<Figures>& base_figures_;
};

}  // namespace

Change change_of(const Lever& lever, double step) {
  Change change;
  change.verb = Change::Verb::shift;
  change.address = lever.address;
  Type type = *lever.type;
  type.range = {};
  change.value.scalar = value_text(step, type);
  for (const std::string& id : lever.only_for) change.only_for.push_back({id, {}});
  return change;
}

Change removal_of(const std::string& touchpoint) {
  Change change;
  change.verb = Change::Verb::remove;
  change.address = "touchpoints." + touchpoint;
  return change;
}

bool rerun(const JourneyFile& journey, std::span<const ScenarioFile> scenarios, const Case& base, const RunPlan& plan,
           const OnProgress& progress, std::vector<Rerun>& reruns, std::optional<Figures>& base_figures) {
  Reruns runner(base, plan, progress, base_figures);
  std::deque<Reruns::Prepared> all;
  for (Rerun& one : reruns) {
    std::vector<ScenarioFile> applied(scenarios.begin(), scenarios.end());
    ScenarioFile& last = applied.emplace_back();
    last.journey_canonical = journey.canonical;
    last.changes = {one.change};
    last.title = one.change.address + (one.change.verb == Change::Verb::remove ? " taken out" : " moved");
    try {
      Case changed = build_case(journey, applied);
      Diagnostics problems;
      check_journey(changed, problems);
      problems.refuse_if_errors();
      all.push_back({&one, std::move(changed)});
    } catch (const InputError& error) {
      one.why_not = first_problem(error.diagnostics());
    }
  }
  std::vector<Reruns::Prepared> batch;
  while (!all.empty() || !base_figures) {
    batch.clear();
    while (!all.empty() && batch.size() < kAtATime) {
      batch.push_back(std::move(all.front()));
      all.pop_front();
    }
    if (!runner.run(batch)) return false;
  }
  return true;
}

}  // namespace sojourn::models
