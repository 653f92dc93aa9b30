#include "models/behaviour/compile.h"

#include "engine/base/contract.h"
#include "engine/random/luck.h"
#include "models/behaviour/quantiles.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace sojourn::models {
namespace {

/// Compiles one persona's view.
class PersonaCompiler {
 public:
  PersonaCompiler(const Journey& view, const Persona& persona, const Atlas& atlas, Quantiles& quantiles)
      : view_(view), persona_(persona), atlas_(atlas), quantiles_(quantiles) {
    for (const Pain& pain : view.pains) pains_.emplace(pain.id, &pain);
  }

  PersonaTables compile() {
    traits();
    outcomes();
    start();
    tables_.stops.resize(atlas_.touchpoints.size());
    for (const Touchpoint& touchpoint : view_.touchpoints) stop(touchpoint);
    return std::move(tables_);
  }

 private:
  void traits() {
    tables_.expectation = quantiles_(persona_.expectation);
    tables_.patient = !persona_.patience_ms.has_value();
    if (persona_.patience_ms) {
      tables_.patience = quantiles_(*persona_.patience_ms);
      tables_.surely_patient_ms = whole_ms(tables_.patience(engine::uniform(0)));  // quantiles rise with u
    }
    tables_.learning = persona_.learning;
    tables_.loss_aversion = persona_.loss_aversion;
    const Satisfaction& satisfaction = view_.satisfaction;
    tables_.anchor = satisfaction.anchor;
    tables_.performance_weight = satisfaction.performance_weight;
    tables_.disconfirmation_weight = satisfaction.disconfirmation_weight;
    tables_.effort_weight = satisfaction.effort_weight;
    const double memory = satisfaction.memory_peak + satisfaction.memory_end + satisfaction.memory_mean;
    tables_.memory = {satisfaction.memory_peak / memory, satisfaction.memory_end / memory,
                      satisfaction.memory_mean / memory};
    const Recommendation& recommendation = persona_.recommendation;
    tables_.response.spread = recommendation.spread;
    for (std::size_t k = 0; k < 10; ++k) {
      tables_.response.threshold_less_bias[k] = recommendation.thresholds[k] - recommendation.bias;
    }
    tables_.goal_importance.assign(atlas_.goals.size(), 0.0);
    for (const auto& [goal, importance] : persona_.goals) {
      tables_.goal_importance[atlas_.goals.index(goal)] = importance;
    }
    tables_.pain_lingering.assign(atlas_.lasting_pains.size(), 0.0);
    for (const Pain& pain : view_.pains) {
      const std::int32_t bit = atlas_.bit_of_pain[atlas_.pains.index(pain.id)];
      if (pain.lasting) tables_.pain_lingering[static_cast<std::size_t>(bit)] = pain.lingering;
    }
    tables_.visit_limit = view_.visit_limit;
  }

  void outcomes() {
    tables_.exit_value.assign(atlas_.outcomes.size(), 0.0);
    tables_.exit_success.assign(atlas_.outcomes.size(), 0);
    for (const Outcome& outcome : view_.outcomes) {
      const std::uint32_t exit = atlas_.outcomes.index(outcome.id);
      tables_.exit_value[exit] = outcome.value;
      tables_.exit_success[exit] = outcome.success ? 1 : 0;
    }
  }

  void start() {
    auto start = view_.start;
    std::sort(start.begin(), start.end());
    double cumulated = 0;
    for (const auto& [id, weight] : start) {
      if (!(weight > 0)) continue;
      cumulated += weight;
      tables_.start.emplace_back(cumulated, atlas_.node_or_exit(id));
    }
    SOJOURN_ENSURE(!tables_.start.empty(), "a journey starts somewhere");
  }

  void stop(const Touchpoint& touchpoint) {
    const std::uint32_t node = atlas_.touchpoints.index(touchpoint.id);
    StopRow& row = tables_.stops[node];
    row.importance = touchpoint.importance;
    row.mood_step = std::min(1.0, view_.satisfaction.reactivity * touchpoint.importance);
    row.ways.first = static_cast<std::uint32_t>(tables_.ways.size());
    if (touchpoint.channels.empty()) {
      row.way_total = 1;
      way(touchpoint.way, node, -1, row.way_total);
    }
    std::vector<const Channel*> channels;
    for (const Channel& channel : touchpoint.channels) channels.push_back(&channel);
    std::sort(channels.begin(), channels.end(), [](const Channel* x, const Channel* y) { return x->id < y->id; });
    for (const Channel* channel : channels) {
      const auto affinity = persona_.channels.find(channel->id);
      const double share = channel->share * (affinity == persona_.channels.end() ? 1.0 : affinity->second);
      if (!(share > 0)) continue;
      row.way_total += share;
      way(channel->way, node, static_cast<std::int32_t>(atlas_.channels[node].index(channel->id)), row.way_total);
    }
    row.ways.count = static_cast<std::uint32_t>(tables_.ways.size()) - row.ways.first;
  }

  void way(const Way& way, std::uint32_t node, std::int32_t index, double cumulated_share) {
    WayRow row;
    row.way = index;
    row.cumulated_share = cumulated_share;
    row.duration = quantiles_(way.duration_ms);
    row.experience = quantiles_(way.experience);
    row.effort = way.effort;
    row.cost = way.cost;
    row.pains = pains(way, node);
    row.resolutions = resolutions(way);
    row.fulfilments = fulfilments(way);
    edges(way, node, row);
    row.given_up_to = atlas_.node_or_exit(way.if_given_up);
    row.given_up_flow = flow(node, row.given_up_to);
    row.given_up_drop_off = is_drop_off(row.given_up_to);
    tables_.ways.push_back(row);
  }

  Slice pains(const Way& way, std::uint32_t node) {
    Slice slice{static_cast<std::uint32_t>(tables_.pains.size()), 0};
    auto risks = way.pains;
    std::sort(risks.begin(), risks.end(), [](const PainRisk& x, const PainRisk& y) { return x.pain < y.pain; });
    const auto& marks = atlas_.layout.nodes[node].marks;
    for (const PainRisk& risk : risks) {
      if (!risk.after_ms && risk.probability == 0.0) continue;
      const std::uint32_t pain = atlas_.pains.index(risk.pain);
      const auto sensitivity = persona_.sensitivity.find(risk.pain);
      PainRow row;
      row.probability = risk.probability.value_or(0.0);
      if (risk.after_ms) row.after_ms = *risk.after_ms;
      row.severity = risk.severity * (sensitivity == persona_.sensitivity.end() ? 1.0 : sensitivity->second);
      row.purpose = engine::purpose_of("pain/" + risk.pain);
      row.mark = static_cast<std::uint32_t>(std::find(marks.begin(), marks.end(), pain) - marks.begin());
      row.opens = pains_.at(risk.pain)->lasting ? bit_of(risk.pain) : 0;
      tables_.pains.push_back(row);
      ++slice.count;
    }
    return slice;
  }

  Slice resolutions(const Way& way) {
    Slice slice{static_cast<std::uint32_t>(tables_.resolutions.size()), 0};
    auto list = way.resolves;
    std::sort(list.begin(), list.end(), [](const Resolution& x, const Resolution& y) { return x.pain < y.pain; });
    for (const Resolution& resolution : list) {
      if (!pains_.at(resolution.pain)->lasting) continue;  // it is never open
      tables_.resolutions.push_back({resolution.probability, resolution.lift,
                                     engine::purpose_of("pain/" + resolution.pain), bit_of(resolution.pain)});
      ++slice.count;
    }
    return slice;
  }

  Slice fulfilments(const Way& way) {
    Slice slice{static_cast<std::uint32_t>(tables_.fulfilments.size()), 0};
    for (const Fulfilment& fulfilment : way.fulfils) {
      tables_.fulfilments.push_back({fulfilment.probability, engine::purpose_of("goal/" + fulfilment.goal),
                                     std::uint64_t{1} << atlas_.goals.index(fulfilment.goal)});
      ++slice.count;
    }
    return slice;
  }

  void edges(const Way& way, std::uint32_t node, WayRow& row) {
    row.edges.first = static_cast<std::uint32_t>(tables_.edges.size());
    std::vector<const Edge*> list;
    for (const Edge& edge : way.next) {
      if (edge.weight > 0) list.push_back(&edge);
    }
    std::stable_sort(list.begin(), list.end(), [](const Edge* x, const Edge* y) { return x->to < y->to; });
    for (const Edge* edge : list) {
      EdgeRow e;
      e.weight = edge->weight;
      e.mood = edge->mood;
      if (edge->if_) guard(*edge->if_, e.if_goals, e.if_pains);
      if (edge->unless) guard(*edge->unless, e.unless_goals, e.unless_pains);
      e.to = atlas_.node_or_exit(edge->to);
      e.flow = flow(node, e.to);
      e.drop_off = is_drop_off(e.to);
      if (e.mood != 0 || edge->if_ || edge->unless) row.edges_fixed = false;
      row.edge_total += e.weight;
      tables_.edges.push_back(e);
      tables_.edge_cumulated.push_back(row.edge_total);
      ++row.edges.count;
    }
  }

  void guard(const Guard& guard, std::uint64_t& goals, std::uint64_t& pains) const {
    if (guard.kind == Guard::Kind::goal)
      goals |= std::uint64_t{1} << atlas_.goals.index(guard.id);
    else
      pains |= bit_of(guard.id);
  }

  std::uint64_t bit_of(const std::string& pain) const {
    const std::int32_t bit = atlas_.bit_of_pain[atlas_.pains.index(pain)];
    SOJOURN_EXPECT(bit >= 0, "only lasting pains can be open");
    return std::uint64_t{1} << bit;
  }

  std::uint32_t flow(std::uint32_t node, std::uint32_t to) const {
    const auto& targets = atlas_.layout.nodes[node].targets;
    return static_cast<std::uint32_t>(std::lower_bound(targets.begin(), targets.end(), to) - targets.begin());
  }

  bool is_drop_off(std::uint32_t to) const {
    const std::uint32_t nodes = atlas_.touchpoints.size();
    return to >= nodes && tables_.exit_success[to - nodes] == 0;
  }

  const Journey& view_;
  const Persona& persona_;
  const Atlas& atlas_;
  Quantiles& quantiles_;
  std::map<std::string, const Pain*> pains_;
  PersonaTables tables_;
};

/// The indices of ids, in bytewise id order.
std::vector<std::uint32_t> order_by_id(const std::vector<std::string>& ids) {
  std::vector<std::uint32_t> order(ids.size());
  std::iota(order.begin(), order.end(), 0U);
  std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) { return ids[x] < ids[y]; });
  return order;
}

/// An agent's totals are kept in 64 bits of 1e-9.
void refuse_too_large(const PersonaTables& persona) {
  constexpr double kLargest = 9e9;
  double cost = 0;
  double effort = 0;
  double value = 0;
  for (const WayRow& way : persona.ways) {
    cost = std::max(cost, way.cost < 0 ? -way.cost : way.cost);
    effort = std::max(effort, way.effort);
  }
  for (const double v : persona.exit_value) value = std::max(value, v < 0 ? -v : v);
  const double visits = persona.visit_limit;
  if (cost * visits + value < kLargest && effort * visits < kLargest) return;
  Diagnostics diagnostics;
  diagnostics.error({}, "costs, values or efforts are too large: over limits.visits visits they can exceed 9e9",
                    "journeys are summed exactly, in units of 1e-9", "Write them in thousands, or lower limits.visits");
  throw InputError(std::move(diagnostics));
}

}  // namespace

JourneyTables compile(const Case& one, const Atlas& atlas, std::shared_ptr<Quantiles> shared) {
  JourneyTables tables;
  if (!shared) shared = std::make_shared<Quantiles>();
  Quantiles& quantiles = *shared;
  tables.quantiles = shared;
  tables.personas.resize(atlas.personas.size());
  std::map<std::string, std::pair<double, std::uint32_t>> shares;  // in id order
  for (std::size_t p = 0; p < one.views.view_of_persona.size(); ++p) {
    const Journey& view = one.views.views[one.views.view_of_persona[p]];
    const Persona& persona = view.personas[p];
    const std::uint32_t group = atlas.personas.index(persona.id);
    tables.personas[group] = PersonaCompiler(view, persona, atlas, quantiles).compile();
    refuse_too_large(tables.personas[group]);
    if (persona.share > 0) shares.emplace(persona.id, std::pair(persona.share, group));
  }
  double cumulated = 0;
  for (const auto& [id, share] : shares) {
    cumulated += share.first;
    tables.shares.emplace_back(cumulated, share.second);
  }
  SOJOURN_ENSURE(!tables.shares.empty(), "somebody travels");
  tables.node_count = atlas.touchpoints.size();
  tables.abandoned_exit = atlas.outcomes.index("abandoned");
  tables.lasting_pain_of_bit = atlas.lasting_pains;
  std::vector<std::string> lasting;
  for (const std::uint32_t pain : atlas.lasting_pains) lasting.push_back(atlas.pains.ids()[pain]);
  tables.goal_bits_by_id = order_by_id(atlas.goals.ids());
  tables.lasting_pain_bits_by_id = order_by_id(lasting);
  tables.goals = atlas.goals.size();
  tables.pains = atlas.pains.size();
  tables.outcomes = atlas.outcomes.size();
  return tables;
}

std::vector<const Distribution*> distributions_of(const Case& one) {
  std::vector<const Distribution*> list;
  const auto add = [&](const Way& way) {
    list.push_back(&way.duration_ms);
    list.push_back(&way.experience);
  };
  for (const Journey& view : one.views.views) {
    for (const Persona& persona : view.personas) {
      list.push_back(&persona.expectation);
      if (persona.patience_ms) list.push_back(&*persona.patience_ms);
    }
    for (const Touchpoint& touchpoint : view.touchpoints) {
      if (touchpoint.channels.empty()) add(touchpoint.way);
      for (const Channel& channel : touchpoint.channels) {
        if (channel.share > 0) add(channel.way);
      }
    }
  }
  return list;
}

}  // namespace sojourn::models
