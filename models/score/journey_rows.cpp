#include "models/score/journey_rows.h"

#include "engine/base/contract.h"
#include "engine/walk/chunks.h"
#include "models/behaviour/scores.h"

#include <memory>
#include <mutex>

namespace sojourn::models {
namespace {

/// Of one thread.
struct Walker {
  explicit Walker(const Atlas& atlas) : ordinals(atlas.touchpoints.size()), scores(atlas.layout.scores, 0) {}
  engine::Ordinals ordinals;
  std::vector<std::int64_t> scores;  // [score]
};

void resize(JourneyRows& rows, std::size_t journeys) {
  for (auto* column : {&rows.persona, &rows.outcome}) column->resize(journeys);
  for (auto* column : {&rows.success, &rows.abandoned, &rows.truncated}) column->resize(journeys);
  rows.visits.resize(journeys);
  for (auto* column : {&rows.score, &rows.promoters, &rows.passives, &rows.detractors, &rows.satisfaction,
                       &rows.elapsed_hours, &rows.effort, &rows.cost, &rows.value})
    column->resize(journeys);
}

void note(JourneyRows& rows, std::size_t at, const engine::Ending& ending, const std::vector<std::int64_t>& scores,
          std::uint32_t touchpoints) {
  const auto number = [&](std::uint32_t which) { return static_cast<double>(scores[which]) / kOne; };
  const auto flag = [&](std::uint32_t which) { return static_cast<std::int8_t>(scores[which] != 0); };
  rows.persona[at] = static_cast<std::int16_t>(ending.group);
  rows.outcome[at] = ending.truncated ? std::int16_t{-1} : static_cast<std::int16_t>(ending.exit - touchpoints);
  rows.success[at] = flag(score::success);
  rows.abandoned[at] = flag(score::abandoned);
  rows.truncated[at] = flag(score::truncated);
  rows.visits[at] = static_cast<std::int32_t>(ending.visits);
  rows.score[at] = number(score::answer);
  rows.promoters[at] = number(score::promoters);
  rows.passives[at] = number(score::passives);
  rows.detractors[at] = number(score::detractors);
  rows.satisfaction[at] = number(score::satisfaction);
  rows.elapsed_hours[at] = static_cast<double>(scores[score::elapsed_ms]) / 3.6e6;
  rows.effort[at] = number(score::effort);
  rows.cost[at] = number(score::cost);
  rows.value[at] = number(score::value);
}

}  // namespace

std::optional<JourneyRows> journey_rows(const Experiment& experiment, const RunPlan& plan, std::uint64_t agents,
                                        const OnProgress& on_progress) {
  const Atlas& atlas = experiment.atlas();
  SOJOURN_EXPECT(atlas.personas.size() < 32768 && atlas.outcomes.size() < 32768, "numbers of 16 bits");
  const engine::PlaceKeys keys = experiment.keys(plan.seed, plan.replicate);
  JourneyRows rows;
  rows.agents = agents;
  resize(rows, agents * experiment.case_count());
  const engine::ParallelPlan parallel{0, agents, plan.threads, plan.shuffle};
  std::vector<std::unique_ptr<Walker>> walkers(static_cast<std::size_t>(engine::worker_count(parallel)));
  std::mutex mutex;
  const engine::Progress progress = [&](std::uint64_t done) {
    if (!on_progress) return true;
    const std::lock_guard lock(mutex);
    return on_progress({done, agents});
  };
  const bool finished = engine::for_each_chunk(parallel, progress, [&](int worker, engine::ChunkRange chunk) {
    std::unique_ptr<Walker>& walker = walkers[static_cast<std::size_t>(worker)];
    if (!walker) walker = std::make_unique<Walker>(atlas);
    for (std::size_t c = 0; c < experiment.case_count(); ++c) {
      for (std::uint64_t agent = chunk.first_agent; agent < chunk.last_agent; ++agent) {
        try {
          const engine::Ending ending = engine::walk(experiment.customer(c), keys, agent, walker->ordinals,
                                                     walker->scores, [](const engine::Visit&) {});
          note(rows, c * agents + agent, ending, walker->scores, atlas.touchpoints.size());
        } catch (const engine::NoWayOn& where) {
          experiment.refuse_stuck(engine::StuckAgent(agent, static_cast<std::uint32_t>(c), where));
        }
      }
    }
  });
  if (!finished) return std::nullopt;
  return rows;
}

}  // namespace sojourn::models
