#pragma once
// The same agents, with the same luck, through a base and any number of scenarios, in one pass. A plain run is a
// comparison with no scenario.

#include "engine/base/contract.h"
#include "engine/compare/pair_tally.h"
#include "engine/tally/tally.h"
#include "engine/walk/chunks.h"
#include "engine/walk/walk.h"

#include <memory>
#include <stdexcept>
#include <vector>

namespace sojourn::engine {

/// An agent that could not go on. It is the first such agent, whatever the number of threads.
class StuckAgent : public std::runtime_error {
 public:
  StuckAgent(std::uint64_t agent_, std::uint32_t case_index_, NoWayOn where_)
      : std::runtime_error("an agent has no way on"), agent(agent_), case_index(case_index_), where(where_) {}
  std::uint64_t agent;
  std::uint32_t case_index;  // 0 is the base
  NoWayOn where;
};

/// Everything that was summed over agents [0, agents).
struct Tallies {
  Tallies(const Layout& layout, std::size_t scenarios);
  void add(const Tallies& other);

  std::uint64_t agents = 0;
  std::uint64_t visits = 0;                // made, over all cases
  std::vector<Tally> cases;                // [case], the base first
  std::vector<PairTally> pairs;            // [scenario]
  std::vector<WideSum> headline_products;  // [scenario][scenario]: change times change of the headline score
  std::vector<Sum> headline_changes;       // [scenario]
};

/// Walks agents of a plan through all cases and adds what comes of it to tallies.
/// B: the behaviour. All behaviours must use the numbering of `layout`.
template <Behaviour B>
class Simulation {
 public:
  /// cases[0] is the base. Everything given must outlive the simulation.
  Simulation(const Layout& layout, std::vector<const B*> cases, const PlaceKeys& keys)
      : layout_(layout), cases_(std::move(cases)), keys_(keys) {
    SOJOURN_EXPECT(!cases_.empty(), "there is a base");
  }

  /// Throws StuckAgent. Returns false if `progress` stopped it; the tallies are then of no use.
  bool run(const ParallelPlan& plan, const Progress& progress, Tallies& tallies) const {
    std::vector<std::unique_ptr<Worker>> workers(static_cast<std::size_t>(worker_count(plan)));
    const bool finished = for_each_chunk(plan, progress, [&](int w, ChunkRange chunk) {
      auto& worker = workers[static_cast<std::size_t>(w)];
      if (!worker) worker = std::make_unique<Worker>(layout_, cases_.size());
      for (std::uint64_t agent = chunk.first_agent; agent < chunk.last_agent; ++agent) walk_all(agent, *worker);
    });
    if (!finished) return false;
    for (const auto& worker : workers) {
      if (worker) tallies.add(worker->tallies);
    }
    return true;
  }

 private:
  struct Worker {
    Worker(const Layout& layout, std::size_t cases)
        : tallies(layout, cases - 1),
          ordinals(layout.node_count()),
          base(layout),
          scenario(layout),
          headline_changes(cases - 1) {}
    Tallies tallies;
    Ordinals ordinals;
    std::vector<Visit> base_visits;
    JourneySums base;
    JourneySums scenario;
    std::vector<std::int64_t> headline_changes;  // [scenario], of the present agent
  };

  void walk_all(std::uint64_t agent, Worker& worker) const {
    Tallies& tallies = worker.tallies;
    ++tallies.agents;
    worker.base_visits.clear();
    const bool paired = cases_.size() > 1;
    walk_one(0, agent, worker, worker.base, [&](const Visit& visit) {
      if (paired) worker.base_visits.push_back(visit);
    });
    tallies.cases[0].add(worker.base);
    tallies.visits += worker.base.ending.visits;
    for (std::uint32_t c = 1; c < cases_.size(); ++c) {
      const Parting parting = walk_scenario(c, agent, worker);
      tallies.cases[c].add(worker.scenario);
      tallies.visits += worker.scenario.ending.visits;
      PairTally& pair = tallies.pairs[c - 1];
      pair.add(worker.base, worker.scenario, parting);
      for (std::uint32_t i = 0; i < layout_.pair_scores; ++i) {
        pair.add_pair_score(i, B::pair_score(i, worker.base.scores(), worker.scenario.scores()));
      }
      worker.headline_changes[c - 1] =
          worker.scenario.scores()[layout_.headline_score] - worker.base.scores()[layout_.headline_score];
    }
    const std::size_t scenarios = cases_.size() - 1;
    for (std::size_t i = 0; i < scenarios; ++i) {
      if (worker.headline_changes[i] == 0) continue;
      tallies.headline_changes[i] += worker.headline_changes[i];
      for (std::size_t j = 0; j < scenarios; ++j) {
        tallies.headline_products[i * scenarios + j].add_product(worker.headline_changes[i],
                                                                 worker.headline_changes[j]);
      }
    }
  }

  /// The scenario's journey is held against the base's, visit by visit, as it goes.
  Parting walk_scenario(std::uint32_t c, std::uint64_t agent, Worker& worker) const {
    Parting parting;
    std::size_t same = 0;  // visits equal so far
    const auto& base = worker.base_visits;
    walk_one(c, agent, worker, worker.scenario, [&](const Visit& visit) {
      if (parting.changed) return;
      if (same < base.size() && base[same] == visit) {
        ++same;
      } else {
        parting = {true, same < base.size() ? base[same].node : visit.node};
      }
    });
    if (!parting.changed && same < base.size()) parting = {true, base[same].node};
    if (!parting.changed) {
      const auto scores1 = worker.base.scores();
      const auto scores2 = worker.scenario.scores();
      const bool equal = std::equal(scores1.begin(), scores1.end(), scores2.begin()) &&
                         worker.base.ending.exit == worker.scenario.ending.exit &&
                         worker.base.ending.group == worker.scenario.ending.group;
      if (!equal) parting = {true, layout_.node_count()};
    }
    return parting;
  }

  template <class OnVisit>
  void walk_one(std::uint32_t c, std::uint64_t agent, Worker& worker, JourneySums& sums, OnVisit&& on_visit) const {
    sums.clear();
    try {
      sums.ending = walk(*cases_[c], keys_, agent, worker.ordinals, sums.behaviour_scores(), [&](const Visit& visit) {
        sums.add(visit);
        on_visit(visit);
      });
    } catch (const NoWayOn& where) {
      throw StuckAgent(agent, c, where);
    }
  }

  const Layout& layout_;
  std::vector<const B*> cases_;
  const PlaceKeys& keys_;
};

}  // namespace sojourn::engine
