#include "tests/support/derivatives.h"

#include "models/journey/values.h"
#include "models/score/figures.h"
#include "tests/support/cases.h"

namespace sojourn::tests {
namespace {

using namespace models;

constexpr std::array<Metric, kDriverMetrics> kMetricOf = {Metric::nps, Metric::satisfaction, Metric::success,
                                                          Metric::cost, Metric::value};

std::string shifted_by(const Derivative& at, double step) {
  Type type = *at.type;
  type.range = {};
  std::string change = "{shift: " + at.address + ", by: " + value_text(step, type);
  if (!at.only_for.empty()) {
    change += ", for: [";
    for (const std::string& id : at.only_for) change += (id == at.only_for.front() ? "" : ", ") + id;
    change += "]";
  }
  return change + "}";
}

}  // namespace

std::vector<Derivative> derivatives(const std::string& journey, std::uint64_t agents, std::uint64_t seed) {
  RunPlan plan;
  plan.agents = agents;
  plan.seed = seed;
  return derivatives(journey, plan);
}

std::vector<Derivative> derivatives(const std::string& journey, const RunPlan& plan) {
  const Case one = case_of(journey);
  const Experiment experiment({&one});
  Levers levers(one);
  const Origins origins = origins_of(one, experiment.atlas(), experiment.customer(0).tables(), levers);
  const GradientRun run = *run_gradient(experiment, origins, levers.size(), plan, {});
  std::vector<Derivative> list;
  for (std::uint32_t i = 0; i < levers.size(); ++i) {
    const Lever& lever = levers[i];
    Derivative& to =
        list.emplace_back(Derivative{lever.address, lever.value, lever.type, lever.left_out, lever.only_for, {}});
    if (to.left_out.empty()) to.left_out = run.no_derivative(i);
    for (std::size_t m = 0; m < kDriverMetrics; ++m) to.row[m] = run.figure(i, static_cast<DriverMetric>(m));
  }
  return list;
}

namespace {

/// (metrics of `to` less metrics of `from`) / width, paired.
std::optional<DriverRow> quotient(const std::string& journey, const std::vector<std::string>& from,
                                  const std::vector<std::string>& to, double width, const RunPlan& plan) {
  try {
    const Case low = changed_case(journey, from);
    const Case high = changed_case(journey, to);
    const Experiment experiment({&low, &high});
    const engine::Tallies tallies = *experiment.run(plan);
    const Figures figures = differences_of(experiment, tallies, 0);
    DriverRow row;
    for (std::size_t m = 0; m < kDriverMetrics; ++m) {
      row[m] = figures.overall[kMetricOf[m]];
      row[m].estimate /= width;
      row[m].se /= width < 0 ? -width : width;
    }
    return row;
  } catch (const InputError&) {
    return std::nullopt;
  }
}

RunPlan plan_of(std::uint64_t agents, std::uint64_t seed) {
  RunPlan plan;
  plan.agents = agents;
  plan.seed = seed;
  return plan;
}

}  // namespace

std::optional<DriverRow> central_difference(const std::string& journey, const Derivative& at, double step,
                                            std::uint64_t agents, std::uint64_t seed) {
  return quotient(journey, {shifted_by(at, -step)}, {shifted_by(at, step)}, 2 * step, plan_of(agents, seed));
}

std::optional<DriverRow> one_sided_difference(const std::string& journey, const Derivative& at, double step,
                                              std::uint64_t agents, std::uint64_t seed) {
  return quotient(journey, {}, {shifted_by(at, step)}, step, plan_of(agents, seed));
}

}  // namespace sojourn::tests
