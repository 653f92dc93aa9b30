#include "tools/batch/study_work.h"

#include "engine/base/contract.h"
#include "engine/base/sha256.h"
#include "engine/random/luck.h"
#include "models/exact/known_means.h"
#include "models/journey/defaults.h"
#include "models/journey/write.h"
#include "models/score/figures.h"
#include "models/text/number.h"
#include "tools/batch/journeys.h"
#include "tools/program/version.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <deque>

namespace sojourn::tools {
namespace {

using models::Keep;

/// A change of what a row's values mean, or of how units hold them, gets another.
constexpr const char* kUnitFormat = "2";

/// What the sets of a point come to, compiled together.
struct PointCases {
  std::deque<models::Case> cases;  // their addresses stay
  std::unique_ptr<models::Experiment> experiment;
};

PointCases build(const StudyWork& work, std::uint64_t point) {
  PointCases built;
  std::vector<const models::Case*> pointers;
  for (std::size_t set = 0; set < work.scenarios(); ++set) {
    built.cases.push_back(work.plan().case_of(work.point(point, set)));
    pointers.push_back(&built.cases.back());
  }
  built.experiment = std::make_unique<models::Experiment>(pointers, models::Estimates::controlled);
  models::know_exactly(*built.experiment);
  return built;
}

/// What is wrong, without the places in files: it is part of the results, which hold no path.
std::string failure_of(const models::InputError& error) {
  std::string text;
  for (const models::Diagnostic& one : error.diagnostics().list()) {
    if (one.severity != models::Diagnostic::Severity::error) continue;
    text += (text.empty() ? "" : "; ") + one.what + (one.why.empty() ? "" : " (" + one.why + ")");
  }
  return text.empty() ? "the journey is not valid" : text;
}

class Maker : public RowMaker {
 public:
  Maker(const StudyWork& work, int threads) : work_(work), threads_(threads) {}

  std::optional<Row> make(std::uint64_t row, const std::function<bool()>& wanted) override {
    Row made;
    made.digest = work_.row_digest(row);
    try {
      if (!fill(made, row, wanted)) return std::nullopt;
    } catch (const models::InputError& error) {
      made.failure = failure_of(error);
    }
    return made;
  }

 private:
  bool fill(Row& made, std::uint64_t row, const std::function<bool()>& wanted) {
    const std::uint64_t point = work_.point_of(row);
    if (!cases_.experiment || point != point_) {
      cases_ = {};
      cases_ = build(work_, point);
      point_ = point;
    }
    const models::Experiment& experiment = *cases_.experiment;
    models::RunPlan plan = work_.plan().run(static_cast<std::uint32_t>(work_.replication_of(row)));
    plan.threads = threads_;
    const auto tallies = experiment.run(plan, [&](const models::ProgressReport&) { return wanted(); });
    if (!tallies) return false;
    std::vector<models::Figures> results, differences;
    for (std::size_t i = 0; i < experiment.case_count(); ++i) {
      results.push_back(models::figures_of(experiment, *tallies, i));
      if (i > 0) differences.push_back(models::differences_of(experiment, *tallies, i - 1));
    }
    made.agents = tallies->agents;
    made.values = values_of(experiment.names(), results, differences, work_.study().keep);
    if (work_.study().keep.agents) {
      const auto journeys = models::journey_rows(experiment, plan, tallies->agents,
                                                 [&](const models::ProgressReport&) { return wanted(); });
      if (!journeys) return false;
      made.journeys = bytes_of(*journeys);
    }
    SOJOURN_ENSURE(made.values.size() == work_.layout().values, "every point has the same figures");
    return true;
  }

  const StudyWork& work_;
  int threads_;
  std::uint64_t point_ = 0;
  PointCases cases_;
};

std::string kept(const Keep& keep) {
  std::string text;
  const auto add = [&](bool is, const char* name) {
    if (is) text += (text.empty() ? "" : " ") + std::string(name);
  };
  add(keep.metrics, "metrics");
  add(keep.personas, "personas");
  add(keep.touchpoints, "touchpoints");
  add(keep.scores, "scores");
  add(keep.agents, "agents");
  return text;
}

/// Bytes of a scenario and of those it stands on.
std::string scenario_digest(const models::ScenarioFile& scenario) {
  std::string all;
  for (const models::ScenarioFile& base : scenario.bases) all += engine::sha256(base.source->text) + "\n";
  return engine::sha256(all + engine::sha256(scenario.source->text));
}

/// The addresses and exact values of a point, which lines tell apart.
std::string values_text(const StudyWork& work, std::uint64_t point) {
  const models::StudyPoint at = work.point(point, 0);
  std::string text;
  for (std::size_t f = 0; f < at.values.size(); ++f) {
    if (!std::isnan(at.values[f]))
      text += work.study().factors[f].address + " = " + models::shortest(at.values[f] == 0 ? 0.0 : at.values[f]) + "\n";
  }
  if (at.posterior_draw) text += "posterior draw = " + std::to_string(*at.posterior_draw) + "\n";
  return text;
}

}  // namespace

StudyWork::StudyWork(std::shared_ptr<const models::Plan> plan, std::string posterior_sha256) : plan_(std::move(plan)) {
  SOJOURN_EXPECT(rows() > 0, "a study has a point");
  const models::Journey journey = models::typed_journey(study().journey.tree);
  journey_title_ = journey.title;
  money_ = journey.money;
  look_at_first_point();
  layout_ = layout_of(names_, scenarios(), study().keep);
  unit_plan_ = plan_units(rows(), study().agents * scenarios());
  make_manifest(posterior_sha256);
}

void StudyWork::look_at_first_point() {
  for (std::uint64_t point = 0;; ++point) {
    try {
      const PointCases cases = build(*this, point);
      names_ = cases.experiment->names();
      controls_ = cases.experiment->control_names();
      first_point_ = point;
      return;
    } catch (const models::InputError&) {
      if (point + 1 == std::min<std::uint64_t>(points(), 100)) throw;  // none of them, so it is no matter of luck
    }
  }
}

void StudyWork::make_manifest(const std::string& posterior_sha256) {
  const auto add = [&](std::string name, std::string value) {
    manifest_.fields.push_back({std::move(name), std::move(value)});
  };
  add("unit_format", kUnitFormat);
  add("program", program_name());
  add("random_scheme", std::string(engine::kRandomScheme));
  add("journey", engine::sha256(models::to_yaml(models::with_defaults(study().journey.tree))));
  for (std::size_t i = 0; i < study().scenarios.size(); ++i)
    add("scenario " + std::to_string(i + 1), scenario_digest(study().scenarios[i]));
  if (!posterior_sha256.empty()) add("posterior", posterior_sha256);
  std::string sets;
  for (const auto& set : plan_->sets()) {
    for (const std::size_t scenario : set) sets += std::to_string(scenario + 1) + " ";
    sets += "\n";
  }
  add("study: what-ifs", engine::sha256(sets));
  add("study: seed", std::to_string(study().seed));
  add("study: agents", std::to_string(study().agents));
  if (study().precision) add("study: precision", models::shortest(*study().precision));
  add("study: keep", kept(study().keep));
  common_ = engine::digest_of(manifest_);

  engine::Sha256 values;
  for (std::uint64_t point = 0; point < points(); ++point) values.update(values_text(*this, point) + "\n");
  add("study: points", engine::hexadecimal(values.digest()));
  add("study: replications", std::to_string(replications()));
  add("study: rows in a unit", std::to_string(unit_plan_.rows_per_unit));
}

std::vector<std::string> StudyWork::files() const {
  std::vector<std::string> list = {study().source->name, study().journey.source->name};
  for (const models::ScenarioFile& scenario : study().scenarios) {
    list.push_back(scenario.source->name);
    for (const models::ScenarioFile& base : scenario.bases) list.push_back(base.source->name);
  }
  if (study().list_source) list.push_back(study().list_source->name);
  if (study().posterior) list.push_back(study().posterior->file);
  return list;
}

std::string StudyWork::row_digest(std::uint64_t row) const {
  return engine::sha256("row " + common_ + "\n" + values_text(*this, point_of(row)) + "replication " +
                        std::to_string(replication_of(row)) + "\n");
}

StudyWork::Trial StudyWork::try_a_row() const {
  using Clock = std::chrono::steady_clock;
  const auto since = [](Clock::time_point then) { return std::chrono::duration<double>(Clock::now() - then).count(); };
  constexpr std::uint64_t some = 20'000;
  Trial trial;
  const Clock::time_point started = Clock::now();
  const PointCases cases = build(*this, first_point_);
  models::RunPlan run = plan_->run(0);
  run.precision.reset();
  run.agents = std::min(run.agents, some);
  run.threads = 1;
  const double built = since(started);
  const auto tallies = cases.experiment->run(run);
  const double walked = since(started);
  for (std::size_t i = 0; i < cases.experiment->case_count(); ++i) {
    models::figures_of(*cases.experiment, *tallies, i);
    if (i > 0) models::differences_of(*cases.experiment, *tallies, i - 1);
  }
  const double made = since(started);
  double rows = 0;
  if (study().keep.agents) {
    bytes_of(*models::journey_rows(*cases.experiment, run, run.agents));
    rows = since(started) - made;
  }
  trial.fixed_seconds = built / static_cast<double>(replications()) + made - walked;
  trial.seconds_per_agent = (walked - built + rows) / static_cast<double>(run.agents);
  return trial;
}

std::unique_ptr<RowMaker> StudyWork::maker(int threads) const { return std::make_unique<Maker>(*this, threads); }

}  // namespace sojourn::tools
