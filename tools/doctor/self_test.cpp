#include "tools/doctor/self_test.h"

#include "engine/base/sha256.h"
#include "models/change/views.h"
#include "models/crowd/crowd.h"
#include "models/journey/read.h"
#include "models/score/experiment.h"
#include "models/score/figures.h"
#include "tools/json/json.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace sojourn::tools {
namespace {

// A little of everything that a walk computes.
constexpr const char* kJourney = R"(journey: Self-test
personas:
  anna: {share: 0.7, patience: {lognormal: {median: 6 min, sigma: 0.4}}, loss_aversion: 2}
  ben: {share: 0.3, expectation: 7}
touchpoints:
  queue:
    duration: {lognormal: {median: 5 min, sigma: 0.5}}
    experience: {normal: {mean: 6, sd: 1}}
    pains: {noise: {probability: 0.3}}
    next: {counter: 2, machine: 1}
  machine:
    duration: {gamma: {mean: 2 min, sd: 1 min}}
    experience: {beta: {mean: 6, sd: 2}}
    next: {counter: 1, bread: 3}
  counter:
    experience: {normal: {mean: 8, sd: 1.5}}
    pains: {sold_out: {probability: 0.1}}
    next: {bread: 4, queue: 1}
pains: {sold_out: {severity: 4}, noise: {severity: 1.5}}
start: queue
outcomes: {bread: {success: true, value: 4}}
)";

std::string figures_digest(const models::Experiment& experiment) {
  models::RunPlan plan;
  plan.agents = kSelfTestAgents;
  models::RunResult result;
  result.names = experiment.names();
  result.figures = models::figures_of(experiment, *experiment.run(plan), 0);
  const Json whole = Json::parse(run_json(result, {}));
  std::string text;
  for (const char* part : {"overall", "personas", "touchpoints"}) text += json_text(whole.at(part));
  return engine::sha256(text);
}

/// The best lanes walk again, whatever happened.
struct LanesAsBefore {
  ~LanesAsBefore() { models::use_crowd_target(models::crowd_targets().front()); }
};

}  // namespace

const char* const kKnownDigest = "7953a70620ca00a6fe7c2b9cb1da5fc1411bf359d88f0fdbd69aa40f72e27204";

std::vector<SelfTest> self_tests() {
  const models::JourneyFile journey =
      models::read_journey(std::make_shared<models::SourceText>(models::SourceText{"self-test", kJourney}));
  const models::Case one = models::build_case(journey, {});
  const models::Experiment experiment({&one});
  const LanesAsBefore before;
  std::vector<SelfTest> tests;
  for (const std::string& lanes : models::crowd_targets()) {
    models::use_crowd_target(lanes);
    const std::string digest = figures_digest(experiment);
    tests.push_back({lanes, digest, digest == kKnownDigest});
  }
  return tests;
}

}  // namespace sojourn::tools
