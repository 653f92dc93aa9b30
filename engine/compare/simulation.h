#pragma once
// The same agents, with the same luck, through a base and any number of scenarios, in one pass. A plain run is a
// comparison with no scenario.

#include "engine/base/contract.h"
#include "engine/compare/tallies.h"
#include "engine/walk/chunks.h"
#include "engine/walk/walk.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
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

/// A behaviour may have a crowd: the same journeys, many at once (models/crowd/crowd.h).
struct NoCrowd {};
template <class B>
struct CrowdType {
  using type = NoCrowd;
};
template <class B>
requires requires { typename B::Crowd; }
struct CrowdType<B> {
  using type = typename B::Crowd;
};
template <class B>
using CrowdOf = typename CrowdType<B>::type;

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
    try {
      return run(plan, progress, tallies, is_for_crowds());
    } catch (const Unwanted&) {
      return false;
    } catch (const StuckCrowd&) {
      return run(plan, progress, tallies, false);  // which finds out who it is
    }
  }

 private:
  // A journey may have billions of visits: nothing may grow with it, and a stop must be heard during it.
  static constexpr std::size_t kKeptVisits = 4096;        // of the base, to hold scenarios against
  static constexpr std::uint32_t kLookEvery = 1'000'000;  // visits
  struct Unwanted {};                                     // progress said no in the middle of a chunk
  struct StuckCrowd {};                                   // somebody has no way on

  struct Worker {
    Worker(const Layout& layout, std::size_t cases, const std::function<bool()>& wanted_)
        : wanted(wanted_),
          tallies(layout, cases - 1),
          ordinals(layout.node_count()),
          replayed(layout.node_count()),
          base(layout),
          scenario(layout),
          units(cases, UnitSums(layout)),
          headline_changes(cases - 1) {}
    const std::function<bool()>& wanted;
    std::uint32_t unlooked = 0;  // visits since `wanted` was last asked
    Tallies tallies;
    Ordinals ordinals;
    Ordinals replayed;               // of the base, walked again beside a scenario
    std::vector<Visit> base_visits;  // the first kKeptVisits of the present agent
    JourneySums base;
    JourneySums scenario;
    std::unique_ptr<CrowdOf<B>> crowd;
    std::vector<UnitSums> units;                 // [case]
    std::vector<std::int64_t> headline_changes;  // [scenario], of the present agent
  };

  bool is_for_crowds() const {
    return requires { typename B::Crowd; };
  }

  bool run(const ParallelPlan& plan, const Progress& progress, Tallies& tallies, bool in_crowds) const {
    std::vector<std::unique_ptr<Worker>> workers(static_cast<std::size_t>(worker_count(plan)));
    std::atomic<std::uint64_t> done{0};
    const Progress noted = [&](std::uint64_t agents) { return progress(done = agents); };
    const std::function<bool()> wanted = [&] { return !progress || progress(done); };
    const bool finished = for_each_chunk(plan, progress ? noted : Progress(), [&](int w, ChunkRange chunk) {
      auto& worker = workers[static_cast<std::size_t>(w)];
      if (!worker) worker = std::make_unique<Worker>(layout_, cases_.size(), wanted);
      if (!in_crowds || !send_crowd(chunk, *worker)) walk_one_by_one(chunk.first_agent, chunk.last_agent, *worker);
    });
    if (!finished) return false;
    if (in_crowds) finish_crowds(workers, plan.threads);
    for (const auto& worker : workers) {
      if (worker) tallies.add(worker->tallies);
    }
    return true;
  }

  /// False where the chunk is for no crowd.
  bool send_crowd(ChunkRange chunk, Worker& worker) const {
    if constexpr (requires { typename B::Crowd; }) {
      if (unit_agents(chunk.first_agent) == 1)
        return false;  // before anything is made that the first agents do not need
      if (!worker.crowd) {
        worker.crowd = std::make_unique<typename B::Crowd>(cases_, layout_, keys_);
      }
      if (!worker.crowd->is_for(chunk.first_agent, chunk.last_agent)) return false;
      expect_done<typename B::Crowd>(worker.crowd->send(chunk.first_agent, chunk.last_agent, worker.wanted));
      return true;
    }
    return false;
  }

  void finish_crowds(std::vector<std::unique_ptr<Worker>>& workers, int threads) const {
    if constexpr (requires { typename B::Crowd; }) {
      for_each_chunk({0, workers.size(), threads, 0, 1}, {}, [&](int, ChunkRange which) {
        auto& worker = workers[which.first_agent];
        if (!worker || !worker->crowd) return;
        expect_done<typename B::Crowd>(worker->crowd->finish(worker->wanted));
        worker->tallies.add(worker->crowd->tallies());
      });
    }
  }

  template <class C>
  static void expect_done(typename C::State state) {
    if (state == C::State::unwanted) throw Unwanted{};
    if (state == C::State::stuck) throw StuckCrowd{};
  }

  void walk_one_by_one(std::uint64_t first, std::uint64_t last, Worker& worker) const {
    for (std::uint64_t agent = first; agent < last; ++agent) {
      walk_all(agent, worker);
      if (ends_unit(agent) || agent + 1 == last) close_unit(worker);
    }
  }

  void walk_all(std::uint64_t agent, Worker& worker) const {
    Tallies& tallies = worker.tallies;
    ++tallies.agents;
    worker.base_visits.clear();
    const bool paired = cases_.size() > 1;
    walk_one(0, agent, worker, worker.base, [&](const Visit& visit) {
      if (paired && worker.base_visits.size() < kKeptVisits) worker.base_visits.push_back(visit);
    });
    tallies.cases[0].add(worker.base);
    worker.units[0].add(worker.base);
    tallies.visits += worker.base.ending.visits;
    for (std::uint32_t c = 1; c < cases_.size(); ++c) {
      const Parting parting = walk_scenario(c, agent, worker);
      tallies.cases[c].add(worker.scenario);
      worker.units[c].add(worker.scenario);
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
      ++tallies.headline_movers[i];
      for (std::size_t j = 0; j < scenarios; ++j) {
        tallies.headline_products[i * scenarios + j].add_product(worker.headline_changes[i],
                                                                 worker.headline_changes[j]);
      }
    }
  }

  static void close_unit(Worker& worker) {
    for (std::size_t c = 0; c < worker.units.size(); ++c) {
      worker.units[c].pool();
      worker.tallies.cases[c].add(worker.units[c]);
      if (c > 0) worker.tallies.pairs[c - 1].add(worker.units[0], worker.units[c]);
    }
    for (UnitSums& unit : worker.units) unit.clear();
  }

  /// The base's visits of an agent once more: those that are kept, then by walking again.
  class Replay {
   public:
    Replay(const Simulation& simulation, std::uint64_t agent, Worker& worker)
        : simulation_(simulation), agent_(agent), worker_(worker) {}

    /// Nothing at the end of the journey.
    const Visit* next() {
      if (made_ == worker_.base.ending.visits) return nullptr;
      if (made_ < worker_.base_visits.size()) return &worker_.base_visits[made_++];
      if (!walk_) {
        walk_.emplace(*simulation_.cases_[0], simulation_.keys_, agent_, worker_.replayed);
        for (std::uint32_t i = 0; i < made_; ++i) walk_->step(visit_);
      }
      walk_->step(visit_);
      ++made_;
      return &visit_;
    }

   private:
    const Simulation& simulation_;
    std::uint64_t agent_;
    Worker& worker_;
    std::uint32_t made_ = 0;
    std::optional<Walk<B>> walk_;
    Visit visit_;
  };

  /// The scenario's journey is held against the base's, visit by visit, as it goes.
  Parting walk_scenario(std::uint32_t c, std::uint64_t agent, Worker& worker) const {
    Parting parting;
    Replay base(*this, agent, worker);
    walk_one(c, agent, worker, worker.scenario, [&](const Visit& visit) {
      if (parting.changed) return;
      const Visit* other = base.next();
      if (other == nullptr || !(*other == visit)) parting = {true, other != nullptr ? other->node : visit.node};
    });
    if (!parting.changed) {
      if (const Visit* other = base.next()) parting = {true, other->node};
    }
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
        if (++worker.unlooked == kLookEvery) {
          worker.unlooked = 0;
          if (!worker.wanted()) throw Unwanted{};
        }
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
