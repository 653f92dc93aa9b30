#include "models/drivers/gradient.h"

#include "engine/base/contract.h"
#include "engine/tally/interval.h"
#include "engine/walk/ordered_chunks.h"
#include "models/drivers/attribution.h"
#include "models/drivers/sweep.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

namespace sojourn::models {
namespace {

/// What one thread needs.
struct Worker {
  Worker(const Customer& customer, const engine::PlaceKeys& keys, std::size_t scores, const Origins& origins,
         const PilotMeans& baseline, RowPlan plan)
      : recorder(customer, keys, scores),
        crossings(customer.tables(), origins),
        sweep(customer.tables(), origins, baseline, plan),
        attribution(customer.tables(), plan),
        agent(plan.rows()),
        chunk(plan.rows()) {}
  Recorder recorder;
  Crossings crossings;
  Sweep sweep;
  Attribution attribution;
  Jumps jumps;
  Gradient agent;
  engine::ChunkGradient<kColumns> chunk;
};

struct ChunkResult {
  engine::ChunkRows<kColumns> rows;
  std::uint64_t visits = 0;
};

std::uint64_t pilot_agents(std::uint64_t agents) {
  return std::clamp<std::uint64_t>(agents / 16, engine::kChunkAgents, 8 * engine::kChunkAgents);
}

/// The baseline of agents that the run does not meet.
PilotMeans pilot(const Customer& customer, const engine::PlaceKeys& keys, const Experiment& experiment,
                 const RunPlan& plan) {
  const std::size_t groups = customer.tables().personas.size();
  const std::size_t nodes = customer.node_count();
  PilotMeans baseline(groups, nodes);
  // The last agents there can be: no run of a size that ends meets them.
  const std::uint64_t last = engine::kAgentLimit;
  const engine::ParallelPlan agents{
      .first_agent = last - pilot_agents(plan.agents), .last_agent = last, .threads = plan.threads};
  engine::for_each_chunk_in_order<std::unique_ptr<PilotMeans>>(
      agents, {},
      [&](int, engine::ChunkRange chunk) {
        auto sums = std::make_unique<PilotMeans>(groups, nodes);
        Recorder recorder(customer, keys, experiment.atlas().layout.scores);
        for (std::uint64_t agent = chunk.first_agent; agent < chunk.last_agent; ++agent) {
          try {
            sums->add(recorder.record(agent));
          } catch (const engine::NoWayOn&) {
            continue;  // the run itself says so if it meets such an agent
          }
        }
        return sums;
      },
      [&](const std::unique_ptr<PilotMeans>& sums) { baseline.add(*sums); });
  return baseline;
}

}  // namespace

Figure GradientRun::figure(std::uint32_t row, DriverMetric metric) const {
  const auto m = static_cast<std::size_t>(metric);
  const auto n = static_cast<double>(agents);
  Figure figure;
  figure.estimate = tally.row(row).sum[m] / n;
  if (agents < 2) return figure;
  const double variance = (tally.row(row).squares[m] - tally.row(row).sum[m] * figure.estimate) / (n - 1);
  figure.se = std::sqrt(std::max(variance, 0.0) / n);
  const double half = engine::student_t(engine::kZ95, n - 1) * figure.se;
  figure.lo = figure.estimate - half;
  figure.hi = figure.estimate + half;
  return figure;
}

std::string_view GradientRun::no_derivative(std::uint32_t lever) const {
  if (tally.row(lever).squares[kTie] == 0) return {};
  return "in some journeys two moments are equally far above and below the anchor, and the peak jumps between them";
}

std::optional<GradientRun> run_gradient(const Experiment& experiment, const Origins& origins, std::size_t levers,
                                        const RunPlan& plan, const OnProgress& on_progress) {
  const Customer& customer = experiment.customer(0);
  const engine::PlaceKeys keys = experiment.keys(plan.seed, plan.replicate);
  const PilotMeans baseline = pilot(customer, keys, experiment, plan);
  const RowPlan rows{levers, customer.node_count()};
  GradientRun run{rows, engine::GradientTally<kColumns>(rows.rows()), plan.agents, 0};
  std::mutex mutex;
  const auto progress = [&](std::uint64_t done) {
    if (!on_progress) return true;
    const std::lock_guard lock(mutex);
    return on_progress({done, plan.agents});
  };
  const engine::ParallelPlan agents{0, plan.agents, plan.threads, plan.shuffle};
  std::vector<std::unique_ptr<Worker>> workers(static_cast<std::size_t>(engine::worker_count(agents)));
  const auto sum = [&](int w, engine::ChunkRange chunk) {
    auto& worker = workers[static_cast<std::size_t>(w)];
    if (!worker) {
      worker = std::make_unique<Worker>(customer, keys, experiment.atlas().layout.scores, origins, baseline, rows);
    }
    ChunkResult result;
    for (std::uint64_t agent = chunk.first_agent; agent < chunk.last_agent; ++agent) {
      const Tape& tape = worker->recorder.record(agent);
      result.visits += tape.visits.size();
      worker->crossings.find(agent, tape, worker->recorder, worker->jumps);
      worker->agent.clear();
      worker->sweep.run(tape, worker->jumps, worker->agent);
      worker->attribution.run(agent, keys, tape, worker->agent);
      worker->chunk.add(worker->agent);
    }
    result.rows = worker->chunk.take();
    return result;
  };
  const auto merge = [&](const ChunkResult& result) {
    run.tally.add(result.rows);
    run.visits += result.visits;
  };
  try {
    if (!engine::for_each_chunk_in_order<ChunkResult>(agents, progress, sum, merge)) return std::nullopt;
  } catch (const engine::NoWayOn&) {
    experiment.run(plan);  // says which agent, where
    SOJOURN_ENSURE(false, "an agent that is stuck in one run is stuck in the other");
  }
  return run;
}

}  // namespace sojourn::models
