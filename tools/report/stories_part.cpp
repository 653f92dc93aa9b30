#include "models/behaviour/scores.h"
#include "tools/job/traced.h"
#include "tools/report/figure_json.h"
#include "tools/report/parts.h"

#include <algorithm>

namespace sojourn::tools {
namespace {

using namespace models;

constexpr std::uint64_t few = 500;         // customers that one is chosen from
constexpr double clearer_than = 0.9;       // of the changes: small ones tell little
constexpr std::size_t longest_story = 40;  // visits; longer journeys are read by nobody

double hours(std::int64_t ms) { return static_cast<double>(ms) / 3'600'000.0; }

template <class Numbers>
Json ids(const Numbers& numbers, const std::vector<Named>& named) {
  Json json = Json::array();
  for (const std::uint32_t number : numbers) json.push_back(named[number].id);
  return json;
}

Json visit_json(const TracedVisit& traced, const Names& names) {
  const engine::Visit& visit = traced.visit;
  const TouchpointName& touchpoint = names.touchpoints[visit.node];
  Json json = {{"touchpoint", touchpoint.id}};
  if (visit.way >= 0) json["channel"] = touchpoint.channels[static_cast<std::size_t>(visit.way)].id;
  json["arrived_hours"] = short_number(hours(visit.arrived_ms));
  json["duration_hours"] = short_number(hours(visit.duration_ms));
  json["satisfaction"] = short_number(visit.measures[measure::satisfaction]);
  if (visit.given_up) json["given_up"] = true;
  Json pains = Json::array();
  for (const auto& [pain, points] : traced.pains) pains.push_back(names.pains[pain].id);
  if (!pains.empty()) json["pains"] = pains;
  if (!traced.closed.empty()) json["resolved"] = ids(traced.closed, names.pains);
  if (!traced.achieved.empty()) json["achieved"] = ids(traced.achieved, names.goals);
  return json;
}

Json journey_json(const TracedJourney& journey, const Names& names) {
  Json json = {{"visits", Json::array()}};
  for (const TracedVisit& visit : journey.visits) json["visits"].push_back(visit_json(visit, names));
  json["outcome"] = journey.ending.truncated ? Json(nullptr) : Json(names.target(journey.end()));
  json["satisfaction"] = short_number(journey.satisfaction);
  json["likeliest_answer"] = std::max_element(journey.scores.begin(), journey.scores.end()) - journey.scores.begin();
  return json;
}

struct Candidate {
  std::uint64_t agent;
  double satisfaction;  // or its change
};

/// The one that this share of the others lies below; nothing where there is none.
std::optional<std::uint64_t> quantile(std::vector<Candidate> candidates, double share) {
  if (candidates.empty()) return std::nullopt;
  const auto rank = static_cast<std::size_t>(share * static_cast<double>(candidates.size()));
  const auto at = candidates.begin() + static_cast<std::ptrdiff_t>(std::min(rank, candidates.size() - 1));
  std::nth_element(candidates.begin(), at, candidates.end(), [](const Candidate& a, const Candidate& b) {
    return std::pair(a.satisfaction, a.agent) < std::pair(b.satisfaction, b.agent);
  });
  return at->agent;
}

bool readable(const TracedJourney& journey) { return !journey.stuck && !journey.cut_short; }

class Teller {
 public:
  Teller(const Experiment& experiment, const RunPlan& plan, std::uint64_t agents)
      : experiment_(experiment), keys_(experiment.keys(plan.seed, plan.replicate)) {
    for (std::uint64_t agent = 0; agent < std::min(few, agents); ++agent) base_.push_back(trace(0, agent));
  }

  /// Of a run without scenarios.
  Json alone() const {
    std::vector<Candidate> candidates;
    for (std::uint64_t agent = 0; agent < base_.size(); ++agent) {
      if (readable(base_[agent])) candidates.push_back({agent, base_[agent].satisfaction});
    }
    const auto agent = quantile(candidates, 0.5);
    if (!agent) return nullptr;
    Json json = head(*agent, candidates.size());
    json["base"] = journey_json(base_[*agent], names());
    return json;
  }

  Json beside(std::size_t which) const {
    std::vector<Candidate> candidates;
    for (std::uint64_t agent = 0; agent < base_.size(); ++agent) {
      const TracedJourney changed = trace(which, agent);
      if (!readable(base_[agent]) || !readable(changed) || !parting(base_[agent], changed)) continue;
      candidates.push_back({agent, changed.satisfaction - base_[agent].satisfaction});
    }
    double all = 0;
    for (const Candidate& one : candidates) all += one.satisfaction;
    const auto agent = quantile(candidates, all < 0 ? 1 - clearer_than : clearer_than);
    if (!agent) return nullptr;
    const TracedJourney& base = base_[*agent];
    const TracedJourney changed = trace(which, *agent);
    const std::size_t same = *parting(base, changed);
    Json json = head(*agent, candidates.size());
    json["base"] = journey_json(base, names());
    json["with"] = journey_json(changed, names());
    json["parts"] = same;
    json["rows"] = Json::array();
    for (const auto& [i, j] : align(base, changed, same)) {
      json["rows"].push_back({i ? Json(*i) : Json(nullptr), j ? Json(*j) : Json(nullptr),
                              i && j && base.visits[*i].visit == changed.visits[*j].visit});
    }
    return json;
  }

 private:
  const Names& names() const { return experiment_.names(); }
  TracedJourney trace(std::size_t which, std::uint64_t agent) const {
    return trace_agent(experiment_, which, keys_, agent, longest_story);
  }
  Json head(std::uint64_t agent, std::size_t chosen_from) const {
    return {{"agent", agent},
            {"persona", names().personas[base_[agent].persona].id},
            {"looked_at", base_.size()},
            {"chosen_from", chosen_from}};
  }

  const Experiment& experiment_;
  engine::PlaceKeys keys_;
  std::vector<TracedJourney> base_;
};

}  // namespace

Json stories_part(const Experiment& experiment, const RunPlan& plan, std::uint64_t agents) {
  const Teller teller(experiment, plan, agents);
  Json json = Json::array();  // [scenario]; of a plain run a single one
  if (experiment.case_count() == 1) json.push_back(teller.alone());
  for (std::size_t i = 1; i < experiment.case_count(); ++i) json.push_back(teller.beside(i));
  return json;
}

}  // namespace sojourn::tools
