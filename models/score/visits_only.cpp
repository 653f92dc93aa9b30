#include "models/score/visits_only.h"

#include "engine/base/contract.h"
#include "engine/tally/estimate.h"
#include "engine/walk/chunks.h"
#include "models/behaviour/scores.h"
#include "models/crowd/paths.h"
#include "models/score/detail/touchpoint_figures.h"
#include "models/score/figures.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace sojourn::models {
namespace {

using engine::Shape;

Mark mark_of(const Case& one, const char* list, const std::string& id) {
  if (const Tree* entries = one.trees.front().find(list)) {
    for (const auto& entry : entries->entries) {
      if (entry.key == id) return entry.mark;
    }
  }
  return {};
}

[[noreturn]] void refuse(const Mark& mark, const std::string& why, const std::string& reason,
                         const std::string& remedy) {
  Diagnostics diagnostics;
  diagnostics.error(mark, "visits alone cannot be counted: " + why, reason, remedy);
  throw InputError(std::move(diagnostics));
}

/// Of a quantity of agents that comes to `sum`, and squared to `squares`, in all.
Figure mean(std::uint64_t agents, engine::Sum sum, engine::Int128 squares, Shape shape) {
  engine::Moments moments;
  moments.sum = sum * kOne;
  moments.squares.add(squares * kOne * kOne);
  return figure(engine::estimate(engine::mean_sums(agents, moments), 1e-9, shape));
}

/// The figures of one part of the population.
class PartFigures {
 public:
  PartFigures(const Atlas& atlas, const engine::GroupTally& sites, const PathEnds& ends, std::uint64_t successes)
      : atlas_(atlas), sites_(sites), ends_(ends), successes_(successes) {}

  Summary summary() const {
    Summary s;
    s.agents = ends_.agents;
    s[Metric::visits] = mean(ends_.agents, static_cast<engine::Sum>(ends_.visits), ends_.squares, Shape::real);
    s[Metric::success] = share(successes_);
    s[Metric::abandoned] = share(ends_.exits[atlas_.outcomes.index("abandoned")]);
    s[Metric::truncated] = share(ends_.truncated);
    for (const std::uint64_t exits : ends_.exits) s.outcomes.push_back(share(exits));
    s.goals.resize(atlas_.goals.size());
    s.pains.resize(atlas_.pains.size());
    return s;
  }

  SiteFigures touchpoint(std::uint32_t node) const {
    return detail::touchpoint_figures(atlas_.layout.nodes[node], [this](std::uint32_t s) { return site(s); });
  }

 private:
  Figure share(std::uint64_t agents) const {
    return mean(ends_.agents, static_cast<engine::Sum>(agents), static_cast<engine::Int128>(agents),
                Shape::binary_share);
  }

  /// Per agent, over units of them.
  Figure per_agent(const engine::RatioMoments& counts) const {
    return figure(engine::estimate(engine::ratio_sums(sites_.units, sites_.unit_sizes, counts), 1.0, Shape::real));
  }

  SiteFigures site(std::uint32_t s) const {
    SiteFigures figures;
    figures[SiteMetric::visits] = per_agent(sites_.sites[s].visits);
    engine::Moments reached;
    reached.sum = static_cast<engine::Sum>(sites_.sites[s].reached);
    reached.squares.add(static_cast<engine::Sum>(sites_.sites[s].reached));
    figures[SiteMetric::reach] =
        figure(engine::estimate(engine::mean_sums(ends_.agents, reached), 1.0, Shape::binary_share));
    const engine::Site& at = atlas_.layout.sites[s];
    const engine::NodeLayout& node = atlas_.layout.nodes[at.node];
    for (std::uint32_t i = 0; i < node.targets.size(); ++i) {
      figures.flow.emplace_back(node.targets[i], per_agent(sites_.flows[at.first_flow + i]));
    }
    return figures;
  }

  const Atlas& atlas_;
  const engine::GroupTally& sites_;
  const PathEnds& ends_;
  std::uint64_t successes_;
};

}  // namespace

void require_chance_alone(const Experiment& experiment) {
  const auto obstacle = obstacle_to_paths(experiment.customer(0).tables());
  if (!obstacle) return;
  constexpr const char* kReason = "they are where nothing but chance says where customers go";
  constexpr const char* kRemedy = "Run it whole, without '--only visits'";
  const Case& one = experiment.case_of(0);
  const std::string& persona = experiment.atlas().personas.ids()[obstacle->group];
  const std::string& touchpoint = experiment.atlas().touchpoints.ids()[obstacle->node];
  switch (obstacle->what) {
    case PathObstacle::What::patience:
      refuse(mark_of(one, "personas", persona), "persona '" + persona + "' has a patience, so that ways hang on times",
             kReason, kRemedy);
    case PathObstacle::What::choices:
      refuse(mark_of(one, "touchpoints", touchpoint),
             "where '" + touchpoint + "' leads persona '" + persona + "' hangs on mood, goals or pains", kReason,
             kRemedy);
    case PathObstacle::What::visits:
      refuse(mark_of(one, "limits", "visits"), "limits.visits is above " + std::to_string(PathTables::kMostVisits),
             "an agent's visits are counted in 16 bits", std::string("Lower it. ") + kRemedy);
  }
}

std::optional<PathTally> run_visits_only(const Experiment& experiment, const RunPlan& plan,
                                         const OnProgress& on_progress) {
  SOJOURN_EXPECT(!plan.precision, "a precision is about the NPS");
  require_chance_alone(experiment);
  const engine::Layout& layout = experiment.atlas().layout;
  const engine::PlaceKeys keys = experiment.keys(plan.seed, plan.replicate);
  const PathTables tables(experiment.customer(0).tables(), layout, keys);
  const engine::ParallelPlan parallel{0, plan.agents, plan.threads, plan.shuffle};
  std::vector<std::unique_ptr<Paths>> workers(static_cast<std::size_t>(engine::worker_count(parallel)));
  std::mutex mutex;
  std::atomic<bool> stuck{false};
  const auto progress = [&](std::uint64_t done) {
    if (stuck) return false;
    const std::lock_guard lock(mutex);
    return !on_progress || on_progress({done, plan.agents});
  };
  const bool finished = engine::for_each_chunk(parallel, progress, [&](int worker, engine::ChunkRange chunk) {
    auto& paths = workers[static_cast<std::size_t>(worker)];
    if (!paths) paths = std::make_unique<Paths>(tables, layout, keys);
    if (!stuck && !paths->send(chunk.first_agent, chunk.last_agent)) stuck = true;
  });
  PathTally tally(layout);
  for (const auto& paths : workers) {
    if (!paths || stuck || !finished) continue;
    if (!paths->finish()) stuck = true;
    if (!stuck) tally.add(paths->tally());
  }
  if (stuck) {
    experiment.run(plan, on_progress);  // which says who has no way on, and where
    return std::nullopt;
  }
  if (!finished) return std::nullopt;
  return tally;
}

Figures visit_figures(const Experiment& experiment, const PathTally& tally) {
  const Atlas& atlas = experiment.atlas();
  const JourneyTables& tables = experiment.customer(0).tables();
  const std::uint32_t nodes = atlas.touchpoints.size();
  PathEnds all = PathTally(atlas.layout).ends.front();
  std::vector<std::uint64_t> successes(tally.ends.size(), 0);
  std::uint64_t all_successes = 0;
  for (std::size_t g = 0; g < tally.ends.size(); ++g) {
    const PathEnds& ends = tally.ends[g];
    for (std::size_t e = 0; e < ends.exits.size(); ++e) {
      if (ends.exits[e] != 0 && tables.personas[g].exit_success[e] != 0) successes[g] += ends.exits[e];
    }
    all.add(ends);
    all_successes += successes[g];
  }
  Figures figures;
  const engine::GroupTally pooled = tally.sites.pooled();
  const PartFigures of_all(atlas, pooled, all, all_successes);
  figures.overall = of_all.summary();
  figures.overall.share = 1;
  for (std::uint32_t t = 0; t < nodes; ++t) figures.touchpoints.push_back(of_all.touchpoint(t));
  for (std::size_t g = 0; g < tally.ends.size(); ++g) {
    const PartFigures of_group(atlas, tally.sites.groups()[g], tally.ends[g], successes[g]);
    figures.personas.push_back(of_group.summary());
    figures.personas.back().share = 0;
    auto& touchpoints = figures.by_persona.emplace_back();
    for (std::uint32_t t = 0; t < nodes; ++t) touchpoints.push_back(of_group.touchpoint(t));
  }
  double below = 0;
  for (const auto& [cumulated, group] : tables.shares) {
    figures.personas[group].share = (cumulated - below) / tables.shares.back().first;
    below = cumulated;
  }
  return figures;
}

}  // namespace sojourn::models
