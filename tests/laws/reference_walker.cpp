#include "tests/laws/reference_walker.h"

#include "engine/base/math.h"

#include <algorithm>
#include <cmath>

namespace sojourn::tests {
namespace {

using engine::uniform;
using models::Distribution;

/// The thing with an id.
template <class Things>
const auto* find(const Things& things, const std::string& id) {
  const auto found = std::find_if(things.begin(), things.end(), [&](const auto& thing) { return thing.id == id; });
  return found == things.end() ? nullptr : &*found;
}

double value_or(const std::map<std::string, double>& map, const std::string& key, double otherwise) {
  const auto found = map.find(key);
  return found == map.end() ? otherwise : found->second;
}

/// A choice by inversion in bytewise id order.
class Choice {
 public:
  template <class T>
  void add(const std::string& id, double weight, const T& what) {
    options_.push_back({id, weight, static_cast<const void*>(&what)});
  }
  /// Null if nothing has a weight above 0.
  template <class T>
  const T* pick(double u) {
    std::stable_sort(options_.begin(), options_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    double total = 0;
    for (const Option& option : options_) total += option.weight;
    double cumulated = 0;
    for (const Option& option : options_) {
      cumulated += option.weight;
      if (u * total < cumulated) return static_cast<const T*>(option.what);
    }
    return nullptr;
  }

 private:
  struct Option {
    std::string id;
    double weight;
    const void* what;
  };
  std::vector<Option> options_;
};

/// Pains, resolutions and goals are gone through in bytewise id order, so that a file's order decides no bit.
template <class T>
std::map<std::string, T> by_id(const std::vector<T>& list, std::string T::*id) {
  std::map<std::string, T> sorted;
  for (const T& one : list) sorted.emplace(one.*id, one);
  return sorted;
}

engine::Quantile quantile(const Distribution& d, engine::QuantilePool& pool) {
  switch (d.family) {
    case Distribution::Family::constant: return pool.constant(d.a);
    case Distribution::Family::normal: return pool.normal(d.a, d.b);
    case Distribution::Family::lognormal: return pool.lognormal(d.a, d.b);
    case Distribution::Family::exponential: return pool.exponential(d.a);
    case Distribution::Family::gamma: return pool.gamma(d.a, d.b);
    case Distribution::Family::uniform: return pool.uniform(d.a, d.b);
    case Distribution::Family::triangular: return pool.triangular(d.a, d.b, d.c);
    case Distribution::Family::discrete: return pool.discrete(d.points);
    case Distribution::Family::beta: break;
  }
  const double m = d.a / 10;
  const double n = m * (1 - m) / ((d.b / 10) * (d.b / 10)) - 1;
  return pool.beta(m * n, (1 - m) * n, 10);
}

}  // namespace

struct ReferenceWalker::Agent {
  const models::Journey& journey;  // as its persona sees it
  const models::Persona& persona;
  double mood = 0;              // s
  double expectation = 0;       // e
  std::int64_t elapsed_ms = 0;  // t
  double effort = 0;            // f
  double cost = 0;              // c
  std::set<std::string> goals{};
  std::set<std::string> open_pains{};
  double weight = 0;    // W
  double weighted = 0;  // M
  double peak = 0;
  double end = 0;
  bool remembers = false;  // has a visit behind it
  std::map<std::string, std::uint32_t> been_at{};
};

double ReferenceWalker::draw(const Distribution& distribution, double u) {
  auto known = quantiles_.find(&distribution);
  if (known == quantiles_.end()) known = quantiles_.emplace(&distribution, quantile(distribution, pool_)).first;
  return known->second(u);
}

/// Whole milliseconds, nearest, ties to even; below 0 counts as 0; 2^43 ms (279 years) is the end of time.
std::int64_t ReferenceWalker::draw_ms(const Distribution& distribution, double u) {
  return static_cast<std::int64_t>(std::clamp(std::nearbyint(draw(distribution, u)), 0.0, 0x1p43));
}

ReferenceJourney ReferenceWalker::walk(std::uint64_t number) {
  const auto self = engine::luck_of(engine::place_key(seed_, ""), number, replicate_, 0).block(0);

  Choice choice;
  const auto& personas = views_.views.front().personas;
  std::vector<std::size_t> indices(personas.size());
  for (std::size_t p = 0; p < personas.size(); ++p) {
    indices[p] = p;
    choice.add(personas[p].id, view(p).personas[p].share, indices[p]);
  }
  const std::size_t p = *choice.pick<std::size_t>(uniform(self[0]));
  Agent agent{.journey = view(p), .persona = view(p).personas[p]};
  const auto& satisfaction = agent.journey.satisfaction;

  agent.mood = satisfaction.anchor;
  agent.expectation = draw(agent.persona.expectation, uniform(self[1]));
  Choice start;
  for (const auto& place : agent.journey.start) start.add(place.first, place.second, place.first);
  std::string at = *start.pick<std::string>(uniform(self[2]));

  ReferenceJourney result;
  result.persona = agent.persona.id;
  const models::Touchpoint* touchpoint = find(agent.journey.touchpoints, at);
  while (touchpoint != nullptr && result.visits.size() < agent.journey.visit_limit) {
    const auto key = engine::place_key(seed_, at);
    result.visits.push_back(visit(agent, *touchpoint, engine::luck_of(key, number, replicate_, agent.been_at[at]++)));
    at = result.visits.back().next;
    touchpoint = find(agent.journey.touchpoints, at);
  }

  result.truncated = touchpoint != nullptr;
  if (!result.truncated) {
    result.outcome = at;
    result.success = find(agent.journey.outcomes, at)->success;
    result.value = find(agent.journey.outcomes, at)->value;
  }
  result.elapsed_ms = agent.elapsed_ms;
  result.effort = agent.effort;
  result.cost = agent.cost;
  result.goals = agent.goals;
  result.open_pains = agent.open_pains;

  double s = satisfaction.anchor;
  if (!result.visits.empty()) {
    const double memory = satisfaction.memory_peak + satisfaction.memory_end + satisfaction.memory_mean;
    const double mean = agent.weight > 0 ? agent.weighted / agent.weight : satisfaction.anchor;
    s = satisfaction.memory_peak / memory * agent.peak + satisfaction.memory_end / memory * agent.end +
        satisfaction.memory_mean / memory * mean;
    for (const auto& [goal, importance] : std::map(agent.persona.goals.begin(), agent.persona.goals.end())) {
      if (!agent.goals.contains(goal)) s -= importance;
    }
    for (const std::string& pain : agent.open_pains) s -= find(agent.journey.pains, pain)->lingering;
    s -= satisfaction.effort_weight * agent.effort;
    s = std::clamp(s, 0.0, 10.0);
  }
  result.satisfaction = s;
  const auto& answer = agent.persona.recommendation;
  for (std::size_t k = 0; k < 10; ++k) {
    result.at_most[k] = engine::logistic((answer.thresholds[k] - s - answer.bias) / answer.spread);
  }
  return result;
}

ReferenceVisit ReferenceWalker::visit(Agent& agent, const models::Touchpoint& touchpoint, const engine::Luck& luck) {
  const auto& persona = agent.persona;
  const auto& satisfaction = agent.journey.satisfaction;
  const auto words = luck.block(0);  // duration, experience, next, channel
  ReferenceVisit v;
  v.touchpoint = touchpoint.id;
  v.arrived_ms = agent.elapsed_ms;
  v.expectation = agent.expectation;

  const models::Way* way = &touchpoint.way;
  if (!touchpoint.channels.empty()) {
    Choice choice;
    for (const auto& c : touchpoint.channels) choice.add(c.id, c.share * value_or(persona.channels, c.id, 1), c);
    const auto* channel = choice.pick<models::Channel>(uniform(words[3]));
    if (channel == nullptr) throw ReferenceStuck("no channel of " + touchpoint.id + " is open to " + persona.id);
    v.channel = channel->id;
    way = &channel->way;
  }

  // 1. Time, and patience with it.
  v.duration_ms = draw_ms(way->duration_ms, uniform(words[0]));
  if (persona.patience_ms) {
    const std::int64_t patience = draw_ms(*persona.patience_ms, uniform(luck.block(1)[0]));
    v.given_up = v.duration_ms > patience;
    v.duration_ms = std::min(v.duration_ms, patience);
  }
  agent.elapsed_ms = std::min(agent.elapsed_ms + v.duration_ms, std::int64_t{1} << 43);

  // 2. to 4. Performance, pains and their resolution.
  if (!v.given_up) live_through(agent, *way, luck, uniform(words[1]), v);
  const double q = v.experience;

  // 5. Disconfirmation and momentary satisfaction.
  const double d = q - agent.expectation;
  const double g = d >= 0 ? d : persona.loss_aversion * d;
  const double anchor = satisfaction.anchor;
  const double m = std::clamp(
      anchor + satisfaction.performance_weight * (q - anchor) + satisfaction.disconfirmation_weight * g, 0.0, 10.0);
  // 6. Expectation follows experience, 7. mood follows satisfaction.
  agent.expectation += persona.learning * (q - agent.expectation);
  agent.mood += std::min(1.0, satisfaction.reactivity * touchpoint.importance) * (m - agent.mood);
  // 8. Memory.
  agent.weight += touchpoint.importance;
  agent.weighted += touchpoint.importance * m;
  agent.end = m;
  if (!agent.remembers || std::abs(m - anchor) > std::abs(agent.peak - anchor)) agent.peak = m;
  agent.remembers = true;
  // 9. Effort and cost.
  agent.effort += way->effort;
  agent.cost += way->cost;
  // 10. Goals, 11. the way on.
  if (!v.given_up) {
    for (const auto& [goal, fulfilment] : by_id(way->fulfils, &models::Fulfilment::goal)) {
      if (uniform(luck.block(engine::purpose_of("goal/" + goal))[0]) < fulfilment.probability) agent.goals.insert(goal);
    }
  }
  v.next = v.given_up ? way->if_given_up : choose_next(agent, *way, uniform(words[2]));
  if (v.next.empty()) throw ReferenceStuck("no way on from " + touchpoint.id + " is open to " + persona.id);

  const auto* outcome = find(agent.journey.outcomes, v.next);
  v.drop_off = outcome != nullptr && !outcome->success;
  v.disconfirmation = d;
  v.satisfaction = m;
  v.mood = agent.mood;
  v.effort = agent.effort;
  v.cost = agent.cost;
  v.open_pains = agent.open_pains;
  v.goals = agent.goals;
  return v;
}

void ReferenceWalker::live_through(Agent& agent, const models::Way& way, const engine::Luck& luck, double u_experience,
                                   ReferenceVisit& v) {
  double q = std::clamp(draw(way.experience, u_experience), 0.0, 10.0);
  const double whole = q;
  for (const auto& [id, risk] : by_id(way.pains, &models::PainRisk::pain)) {
    const double u = uniform(luck.block(engine::purpose_of("pain/" + id))[0]);
    if (risk.after_ms ? agent.elapsed_ms <= *risk.after_ms : u >= *risk.probability) continue;
    v.pains.insert(id);
    q -= risk.severity * value_or(agent.persona.sensitivity, id, 1);
    if (find(agent.journey.pains, id)->lasting) agent.open_pains.insert(id);
  }
  q = std::max(q, 0.0);
  v.pain_loss = whole - q;
  for (const auto& [id, resolution] : by_id(way.resolves, &models::Resolution::pain)) {
    const double u = uniform(luck.block(engine::purpose_of("pain/" + id))[1]);
    if (!agent.open_pains.contains(id) || u >= resolution.probability) continue;
    agent.open_pains.erase(id);
    q += resolution.lift;
  }
  v.experience = std::min(q, 10.0);
}

/// The empty id where no edge is open.
std::string ReferenceWalker::choose_next(const Agent& agent, const models::Way& way, double u) const {
  const auto holds = [&](const models::Guard& guard) {
    return (guard.kind == models::Guard::Kind::goal ? agent.goals : agent.open_pains).contains(guard.id);
  };
  const auto open = [&](const models::Edge& edge) {
    return edge.weight > 0 && !(edge.if_ && !holds(*edge.if_)) && !(edge.unless && holds(*edge.unless));
  };
  const double above = agent.mood - agent.journey.satisfaction.anchor;
  double largest = -HUGE_VAL;
  for (const auto& edge : way.next) {
    if (open(edge)) largest = std::max(largest, edge.mood * above);
  }
  Choice choice;
  for (const auto& edge : way.next) {
    if (open(edge)) choice.add(edge.to, edge.weight * engine::exp(edge.mood * above - largest), edge);
  }
  const auto* edge = choice.pick<models::Edge>(u);
  return edge == nullptr ? std::string() : edge->to;
}

}  // namespace sojourn::tests
