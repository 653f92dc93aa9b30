#include "models/ask/ask.h"

#include "engine/base/contract.h"
#include "models/ask/stamps.h"
#include "models/exact/known_means.h"
#include "models/exact/solve.h"
#include "models/score/comparison.h"
#include "models/score/figures.h"
#include "models/score/posterior_check.h"
#include "models/score/uncertainty.h"

namespace sojourn::models {
namespace {

Provenance provenance_of(const ReadCase& read, const Experiment& experiment, const RunPlan& plan,
                         std::uint64_t agents) {
  Provenance provenance = provenance_of(*read.journey, read.scenarios, read.one, plan, agents);
  provenance.controls = experiment.control_names();
  return provenance;
}

/// What is not known about the inputs; empty where everything is. False if progress stopped it.
bool draw(const Experiment& experiment, const std::vector<const ReadCase*>& cases, const Asked& asked,
          std::uint64_t agents, std::span<const double> centre, const OnProgress& progress,
          std::optional<Uncertainty>& to) {
  const DrawPlan plan = draw_plan(agents, asked.draws);
  if (plan.draws == 0 || (asked.posterior == nullptr && !has_uncertain_inputs(experiment))) return true;
  CaseFiles files{cases.front()->journey.get(), {}, asked.posterior};
  for (const ReadCase* one : cases) files.scenarios.emplace_back(one->scenarios);
  auto drawn = draw_inputs(experiment, files, asked.plan, plan, centre, progress);
  if (!drawn) return false;
  if (asked.on_warnings && !drawn->warnings.list().empty()) asked.on_warnings(drawn->warnings);
  to = std::move(drawn->uncertainty);
  return true;
}

}  // namespace

Diagnostics ReadCase::warnings() const {
  Diagnostics all = journey->warnings;
  for (const ScenarioFile& scenario : scenarios) all.append(scenario.warnings);
  all.append(one.warnings);
  return all;
}

ReadCase make_case(std::shared_ptr<const JourneyFile> journey, std::vector<ScenarioFile> scenarios) {
  Case one = checked_case(*journey, scenarios);
  return {std::move(journey), std::move(scenarios), std::move(one)};
}

ReadCase read_case(const std::string& journey, const std::vector<std::string>& scenarios) {
  std::shared_ptr<const JourneyFile> file;
  std::vector<ScenarioFile> changes;
  Diagnostics problems;
  const auto collect = [&](const auto& reading) {
    try {
      reading();
    } catch (const InputError& error) {
      problems.append(error.diagnostics());
    }
  };
  collect([&] { file = std::make_shared<const JourneyFile>(read_journey_file(journey)); });
  for (const std::string& scenario : scenarios) collect([&] { changes.push_back(read_scenario_file(scenario)); });
  problems.refuse_if_errors();
  return make_case(std::move(file), std::move(changes));
}

std::optional<RunResult> simulate(const ReadCase& read, const Asked& asked, const OnProgress& progress) {
  Experiment experiment({&read.one}, asked.estimates, {}, asked.plan.threads);
  know_exactly(experiment, asked.plan.threads);
  const auto tallies = experiment.run(asked.plan, progress);
  if (!tallies) return std::nullopt;
  RunResult result;
  result.provenance = provenance_of(read, experiment, asked.plan, tallies->agents);
  result.names = experiment.names();
  result.figures = figures_of(experiment, *tallies, 0);
  const double centre[] = {result.figures.overall[Metric::nps].estimate};
  if (!draw(experiment, {&read}, asked, tallies->agents, centre, progress, result.uncertain)) return std::nullopt;
  return result;
}

std::optional<CompareResult> compare(const std::vector<const ReadCase*>& cases, const Asked& asked,
                                     const OnProgress& progress) {
  SOJOURN_EXPECT(cases.size() > 1 && cases.front()->scenarios.empty(), "a journey as it is, and what-ifs");
  const ReadCase& base = *cases.front();
  std::vector<const Case*> built;
  for (const ReadCase* one : cases) {
    SOJOURN_EXPECT(one->journey->source->text == base.journey->source->text, "what-ifs on one journey");
    built.push_back(&one->one);
  }
  if (asked.posterior) {
    const Diagnostics doubts = check_posterior(*asked.posterior, *base.journey);
    if (asked.on_warnings && !doubts.list().empty()) asked.on_warnings(doubts);
  }
  Experiment experiment(built, asked.estimates, {}, asked.plan.threads);
  know_exactly(experiment, asked.plan.threads);
  const auto tallies = experiment.run(asked.plan, progress);
  if (!tallies) return std::nullopt;
  std::vector<ScenarioStamp> stamps;
  std::vector<ScenarioFile> all;
  for (const ReadCase* one : std::span(cases).subspan(1)) {
    stamps.push_back(what_if_stamp(one->scenarios, one->one.title));
    all.insert(all.end(), one->scenarios.begin(), one->scenarios.end());
  }
  CompareResult result;
  result.provenance = provenance_of(base, experiment, asked.plan, tallies->agents);
  result.provenance.scenarios = stamps_of(all);
  result.names = experiment.names();
  result.base = figures_of(experiment, *tallies, 0);
  result.scenarios = compare(experiment, *tallies, stamps, asked.matters);
  std::vector<double> centre = {result.base.overall[Metric::nps].estimate};
  for (const Comparison& one : result.scenarios) {
    centre.push_back(one.difference.overall[Metric::nps].estimate);
  }
  if (!draw(experiment, cases, asked, tallies->agents, centre, progress, result.uncertain)) return std::nullopt;
  return result;
}

RunResult solve(const ReadCase& read) {
  const Experiment experiment({&read.one});
  ExactAnswer answer = solve_exactly(read.one, experiment.atlas(), experiment.customer(0).tables(), experiment.names());
  RunResult result;
  result.provenance = provenance_of(read, experiment, {}, 0);
  result.provenance.method = "exact";
  result.provenance.random_scheme.clear();
  result.provenance.controls.clear();
  result.names = experiment.names();
  result.figures = std::move(answer.figures);
  result.not_exact = std::move(answer.not_exact);
  return result;
}

}  // namespace sojourn::models
