#include "models/score/experiment.h"

#include "engine/base/contract.h"
#include "models/behaviour/compile.h"
#include "models/behaviour/scores.h"
#include "models/score/figures.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

namespace sojourn::models {
namespace {

/// Labels and properties by the atlas' numbers, from the first view that has the thing.
Names names_of(const std::vector<const Case*>& cases, const Atlas& atlas) {
  Names names;
  names.personas.resize(atlas.personas.size());
  names.touchpoints.resize(atlas.touchpoints.size());
  names.outcomes.resize(atlas.outcomes.size());
  names.goals.resize(atlas.goals.size());
  names.pains.resize(atlas.pains.size());
  for (std::size_t t = 0; t < names.touchpoints.size(); ++t)
    names.touchpoints[t].channels.resize(atlas.channels[t].size());
  const auto fill = [](Named& named, const std::string& id, const std::string& label) {
    if (!named.id.empty()) return false;
    named.id = id;
    named.label = label;
    return true;
  };
  for (const Case* one : cases) {
    for (const Journey& view : one->views.views) {
      for (const Persona& persona : view.personas) {
        PersonaName& name = names.personas[atlas.personas.index(persona.id)];
        if (fill(name, persona.id, persona.name)) name.quote = persona.quote;
      }
      for (const Outcome& outcome : view.outcomes) {
        OutcomeName& name = names.outcomes[atlas.outcomes.index(outcome.id)];
        if (fill(name, outcome.id, outcome.label)) name.success = outcome.success;
      }
      for (const Pain& pain : view.pains) fill(names.pains[atlas.pains.index(pain.id)], pain.id, pain.label);
      for (const Goal& goal : view.goals) fill(names.goals[atlas.goals.index(goal.id)], goal.id, goal.label);
      for (const Touchpoint& touchpoint : view.touchpoints) {
        const std::uint32_t t = atlas.touchpoints.index(touchpoint.id);
        TouchpointName& name = names.touchpoints[t];
        if (fill(name, touchpoint.id, touchpoint.label)) {
          name.stage = touchpoint.stage;
          name.importance = touchpoint.importance;
          name.moment_of_truth = touchpoint.moment_of_truth;
        }
        for (const Channel& channel : touchpoint.channels) {
          fill(name.channels[atlas.channels[t].index(channel.id)], channel.id, channel.label);
        }
      }
    }
  }
  return names;
}

/// An agent that cannot go on is a mistake in the journey that only a run can find.
[[noreturn]] void refuse(const engine::StuckAgent& stuck, const Case& one, const Names& names) {
  const std::string& id = names.touchpoints[stuck.where.node].id;
  Mark mark;
  if (const Tree* touchpoints = one.trees.front().find("touchpoints")) {
    for (const auto& entry : touchpoints->entries) {
      if (entry.key == id) mark = entry.mark;
    }
  }
  const bool edge = stuck.where.what == engine::NoWayOn::What::edge;
  Diagnostics diagnostics;
  diagnostics.error(
      mark,
      "agent " + std::to_string(stuck.agent) + " is stuck at touchpoint '" + id + "' in '" + one.title +
          "': " + (edge ? "every edge is closed to it" : "every channel is barred to it"),
      edge ? "each has weight 0 or a guard that is not satisfied" : "each has share 0 or an affinity of 0",
      edge ? "Add an edge without a condition, and look at the agent's way there with 'trace'"
           : "Give one of the channels a share and an affinity above 0");
  throw InputError(std::move(diagnostics));
}

/// Controls that are known for every journey: where it begins, and the luck of the first expectation. One start of several says
/// what the others leave, so the last one in id order is none.
std::vector<engine::Control> begun_with(const std::vector<std::unique_ptr<Customer>>& customers, const Atlas& atlas) {
  std::map<std::string, std::uint32_t> starts;
  bool hopes = false;
  for (const auto& customer : customers) {
    for (const PersonaTables& persona : customer->tables().personas) {
      for (const auto& [cumulated, at] : persona.start) {
        const std::uint32_t nodes = atlas.touchpoints.size();
        starts.emplace(at < nodes ? atlas.touchpoints.ids()[at] : atlas.outcomes.ids()[at - nodes], at);
      }
      hopes = hopes || persona.expectation.kind != engine::Quantile::Kind::constant;
    }
  }
  std::vector<engine::Control> controls;
  for (const auto& [id, at] : starts) {
    if (controls.size() + 1 < starts.size()) controls.push_back({engine::Control::Kind::first, at});
  }
  if (hopes) controls.push_back({engine::Control::Kind::luck, 0});
  return controls;
}

/// kNone for what is not among them.
double in_score_unit(const ExactMeans& means, std::uint32_t which) {
  switch (which) {
    case score::visits: return means.visits * kOne;
    case score::success: return means.success * kOne;
    case score::elapsed_ms: return means.elapsed_hours * 3.6e6;
    default: return kNone;
  }
}

/// Numbers of agents after which a run with a precision looks at what it has: 8 chunks, then half as many more each time.
/// They do not depend on anything measured, so that a longer run is a prefix-extension of a shorter one.
std::uint64_t next_look(std::uint64_t agents) {
  const std::uint64_t chunks = agents / engine::kChunkAgents;
  return std::max<std::uint64_t>(8, chunks + chunks / 2) * engine::kChunkAgents;
}

}  // namespace

Experiment::Experiment(std::vector<const Case*> cases, Estimates estimates, std::shared_ptr<const Quantiles> quantiles,
                       int threads)
    : cases_(std::move(cases)),
      atlas_(make_atlas(cases_)),
      estimates_(estimates),
      quantiles_(std::make_shared<Quantiles>(std::move(quantiles))) {
  names_ = names_of(cases_, atlas_);
  for (const Case* one : cases_) quantiles_->prepare(distributions_of(*one), threads);
  for (const Case* one : cases_) customers_.push_back(std::make_unique<Customer>(compile(*one, atlas_, quantiles_)));
  if (estimates_ == Estimates::plain) return;
  for (std::uint32_t k = 0; k < 11; ++k) atlas_.layout.controlled.push_back(score::answer_0 + k);
  atlas_.layout.controlled.push_back(score::satisfaction);
  atlas_.layout.controlled.push_back(score::satisfied);
  atlas_.layout.controls = begun_with(customers_, atlas_);
}

void Experiment::know(std::vector<std::vector<ExactMeans>> exact) {
  SOJOURN_EXPECT(estimates_ == Estimates::controlled && exact.size() == cases_.size(), "controls of every case");
  exact_ = std::move(exact);
  for (const std::uint32_t which : {score::visits, score::success, score::elapsed_ms}) {
    const auto knows = [&](const std::vector<ExactMeans>& personas) {
      return std::ranges::any_of(personas,
                                 [&](const ExactMeans& means) { return std::isfinite(in_score_unit(means, which)); });
    };
    if (std::ranges::any_of(exact_, knows)) atlas_.layout.controls.push_back({engine::Control::Kind::score, which});
  }
}

double Experiment::exact_mean(std::size_t one_case, std::uint32_t persona, std::uint32_t score) const {
  return exact_.empty() ? kNone : in_score_unit(exact_[one_case][persona], score);
}

std::vector<std::string> Experiment::control_names() const {
  std::vector<std::string> list;
  if (estimates_ == Estimates::plain) return list;
  if (atlas_.personas.size() > 1) list.emplace_back("personas");
  for (const engine::Control& control : atlas_.layout.controls) {
    std::string name = "start";
    if (control.kind == engine::Control::Kind::luck) name = "expectation";
    if (control.kind == engine::Control::Kind::score) {
      name =
          control.which == score::visits ? "visits" : (control.which == score::success ? "success" : "elapsed_hours");
    }
    if (list.empty() || list.back() != name) list.push_back(std::move(name));
  }
  return list;
}

engine::PlaceKeys Experiment::keys(std::uint64_t seed, std::uint32_t replicate) const {
  return engine::place_keys({seed, replicate}, atlas_.touchpoints.ids());
}

std::optional<engine::Tallies> Experiment::run(const RunPlan& plan, const OnProgress& on_progress) const {
  engine::Tallies tallies(atlas_.layout, cases_.size() - 1);
  if (!extend(plan, tallies, on_progress)) return std::nullopt;
  return tallies;
}

void Experiment::refuse_stuck(const engine::StuckAgent& stuck) const {
  refuse(stuck, *cases_[stuck.case_index], names_);
}

bool Experiment::extend(const RunPlan& plan, engine::Tallies& tallies, const OnProgress& on_progress) const {
  SOJOURN_EXPECT(plan.agents >= 1 && plan.agents <= engine::kAgentLimit, "there are 1 to 2^40 agents");
  std::vector<const Customer*> customers;
  for (const auto& customer : customers_) customers.push_back(customer.get());
  const engine::PlaceKeys place_keys = keys(plan.seed, plan.replicate);
  const engine::Simulation<Customer> simulation(atlas_.layout, customers, place_keys);
  std::mutex mutex;
  std::uint64_t planned = plan.agents;
  try {
    while (tallies.agents < plan.agents) {
      const std::uint64_t until = plan.precision ? std::min(plan.agents, next_look(tallies.agents)) : plan.agents;
      const std::uint64_t before = tallies.agents;
      planned = std::max(planned, until);
      const auto progress = [&](std::uint64_t done) {
        if (!on_progress) return true;
        const std::lock_guard lock(mutex);
        return on_progress({before + done, plan.precision ? until : planned});
      };
      if (!simulation.run({before, until, plan.threads, plan.shuffle}, progress, tallies)) return false;
      if (plan.precision && widest_nps_half_width(*this, tallies) <= *plan.precision) break;
    }
  } catch (const engine::StuckAgent& stuck) {
    refuse_stuck(stuck);
  }
  return true;
}

}  // namespace sojourn::models
