#include "models/replay/numbers.h"

#include "engine/base/contract.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>

namespace sojourn::models {
namespace {

/// Reads the list of one persona from the journey as it sees it.
class Reader {
 public:
  Reader(const Journey& view, const Persona& persona, const Atlas& atlas, const PersonaTables& rows)
      : view_(view), persona_(persona), atlas_(atlas), rows_(rows), to_{NumberPlan(rows), {}, {}, {}} {}

  PersonaNumbers read() {
    to_.values.assign(to_.plan.count, 0);
    to_.experience.assign(rows_.ways.size(), Distribution::Family::constant);
    traits();
    for (const Touchpoint& touchpoint : view_.touchpoints) stop(touchpoint);
    return std::move(to_);
  }

 private:
  double& at(std::uint32_t number) { return to_.values[number]; }

  void draw(std::uint32_t first, const Distribution& distribution) {
    at(first) = distribution.a;
    at(first + 1) = distribution.b;
    at(first + 2) = distribution.c;
  }

  void traits() {
    const Satisfaction& satisfaction = view_.satisfaction;
    at(NumberPlan::anchor) = satisfaction.anchor;
    at(NumberPlan::performance_weight) = satisfaction.performance_weight;
    at(NumberPlan::disconfirmation_weight) = satisfaction.disconfirmation_weight;
    at(NumberPlan::reactivity) = satisfaction.reactivity;
    at(NumberPlan::effort_weight) = satisfaction.effort_weight;
    at(NumberPlan::memory_peak) = satisfaction.memory_peak;
    at(NumberPlan::memory_end) = satisfaction.memory_end;
    at(NumberPlan::memory_mean) = satisfaction.memory_mean;
    at(NumberPlan::learning) = persona_.learning;
    at(NumberPlan::loss_aversion) = persona_.loss_aversion;
    at(NumberPlan::bias) = persona_.recommendation.bias;
    at(NumberPlan::spread) = persona_.recommendation.spread;
    for (std::uint32_t k = 0; k < 10; ++k) at(NumberPlan::thresholds + k) = persona_.recommendation.thresholds[k];
    draw(NumberPlan::expectation, persona_.expectation);
    to_.expectation = persona_.expectation.family;
    for (const auto& [goal, importance] : persona_.goals) at(to_.plan.goals + atlas_.goals.index(goal)) = importance;
    for (const Pain& pain : view_.pains) {
      if (!pain.lasting) continue;
      at(to_.plan.lingering + static_cast<std::uint32_t>(atlas_.bit_of_pain[atlas_.pains.index(pain.id)])) =
          pain.lingering;
    }
    for (std::uint32_t i = 0; i < rows_.start.size(); ++i) {
      for (const auto& [id, weight] : view_.start) {
        if (atlas_.node_or_exit(id) == rows_.start[i].second) at(to_.plan.start + i) = weight;
      }
    }
  }

  void stop(const Touchpoint& touchpoint) {
    const std::uint32_t node = atlas_.touchpoints.index(touchpoint.id);
    at(to_.plan.importance + node) = touchpoint.importance;
    const Slice& ways = rows_.stops[node].ways;
    for (std::uint32_t w = ways.first; w < ways.first + ways.count; ++w) {
      at(to_.plan.way(w, NumberPlan::share)) = 1;
      at(to_.plan.way(w, NumberPlan::affinity)) = 1;
      const std::int32_t index = rows_.ways[w].way;
      if (index < 0) {
        way(w, node, touchpoint.way);
        continue;
      }
      const std::string& id = atlas_.channels[node].ids()[static_cast<std::size_t>(index)];
      const auto channel = std::ranges::find(touchpoint.channels, id, &Channel::id);
      if (channel == touchpoint.channels.end()) continue;
      at(to_.plan.way(w, NumberPlan::share)) = channel->share;
      const auto affinity = persona_.channels.find(id);
      if (affinity != persona_.channels.end()) at(to_.plan.way(w, NumberPlan::affinity)) = affinity->second;
      way(w, node, channel->way);
    }
  }

  void way(std::uint32_t w, std::uint32_t node, const Way& typed) {
    const WayRow& row = rows_.ways[w];
    at(to_.plan.way(w, NumberPlan::effort)) = typed.effort;
    draw(to_.plan.way(w, NumberPlan::experience), typed.experience);
    to_.experience[w] = typed.experience.family;
    for (std::uint32_t i = row.pains.first; i < row.pains.first + row.pains.count; ++i) {
      const std::string& id = atlas_.pains.ids()[atlas_.layout.nodes[node].marks[rows_.pains[i].mark]];
      const auto risk = std::ranges::find(typed.pains, id, &PainRisk::pain);
      if (risk == typed.pains.end()) continue;
      at(to_.plan.pain(i, NumberPlan::probability)) = risk->probability.value_or(1);
      at(to_.plan.pain(i, NumberPlan::severity)) = risk->severity;
      const auto sensitivity = persona_.sensitivity.find(id);
      at(to_.plan.pain(i, NumberPlan::sensitivity)) =
          sensitivity == persona_.sensitivity.end() ? 1 : sensitivity->second;
    }
    for (std::uint32_t i = row.resolutions.first; i < row.resolutions.first + row.resolutions.count; ++i) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(rows_.resolutions[i].closes));
      const auto found =
          std::ranges::find(typed.resolves, atlas_.pains.ids()[atlas_.lasting_pains[bit]], &Resolution::pain);
      if (found == typed.resolves.end()) continue;
      at(to_.plan.resolution(i, NumberPlan::closing)) = found->probability;
      at(to_.plan.resolution(i, NumberPlan::lift)) = found->lift;
    }
    for (std::uint32_t i = row.fulfilments.first; i < row.fulfilments.first + row.fulfilments.count; ++i) {
      const auto goal = static_cast<std::size_t>(std::countr_zero(rows_.fulfilments[i].achieves));
      const auto found = std::ranges::find(typed.fulfils, atlas_.goals.ids()[goal], &Fulfilment::goal);
      if (found != typed.fulfils.end()) at(to_.plan.fulfilments + i) = found->probability;
    }
    edges(row, typed);
  }

  /// Rows to one target stand in the order of the file; those of weight 0 are not in the tables.
  void edges(const WayRow& row, const Way& typed) {
    std::map<std::uint32_t, std::vector<const Edge*>> open;
    for (const Edge& edge : typed.next) {
      if (edge.weight > 0) open[atlas_.node_or_exit(edge.to)].push_back(&edge);
    }
    std::map<std::uint32_t, std::size_t> next;
    for (std::uint32_t i = row.edges.first; i < row.edges.first + row.edges.count; ++i) {
      const auto& same = open[rows_.edges[i].to];
      const std::size_t side = next[rows_.edges[i].to]++;
      if (side >= same.size()) continue;
      at(to_.plan.edge(i, NumberPlan::weight)) = same[side]->weight;
      at(to_.plan.edge(i, NumberPlan::mood)) = same[side]->mood;
    }
  }

  const Journey& view_;
  const Persona& persona_;
  const Atlas& atlas_;
  const PersonaTables& rows_;
  PersonaNumbers to_;
};

std::vector<PersonaNumbers> read_all(const Case& one, const Atlas& atlas, const JourneyTables& tables) {
  std::vector<std::optional<PersonaNumbers>> found(tables.personas.size());
  for (std::size_t p = 0; p < one.views.view_of_persona.size(); ++p) {
    const Journey& view = one.views.views[one.views.view_of_persona[p]];
    const Persona& persona = view.personas[p];
    const std::uint32_t group = atlas.personas.index(persona.id);
    found[group] = Reader(view, persona, atlas, tables.personas[group]).read();
  }
  std::vector<PersonaNumbers> list;
  for (auto& one_persona : found) list.push_back(std::move(*one_persona));
  return list;
}

/// Whether a distribution's draw can be replayed when its numbers move.
bool replays(Distribution::Family family, std::uint32_t which) {
  switch (family) {
    case Distribution::Family::constant:
    case Distribution::Family::normal:
    case Distribution::Family::lognormal:
    case Distribution::Family::exponential:
    case Distribution::Family::uniform: return true;
    case Distribution::Family::beta: return which == 0;  // the mean
    default: return false;
  }
}

bool replays(const PersonaNumbers& one, std::uint32_t number) {
  if (number >= NumberPlan::expectation && number < NumberPlan::traits) {
    return replays(one.expectation, number - NumberPlan::expectation);
  }
  if (number < one.plan.ways || number >= one.plan.pains) return true;
  const std::uint32_t way = (number - one.plan.ways) / NumberPlan::per_way;
  const std::uint32_t which = (number - one.plan.ways) % NumberPlan::per_way;
  return which < NumberPlan::experience || replays(one.experience[way], which - NumberPlan::experience);
}

/// How each number follows one parameter, from two readings.
class Prober {
 public:
  Prober(const JourneyFile& journey, const Atlas& atlas, const JourneyTables& tables,
         const std::vector<CalibrationParameter>& parameters, ReplayNumbers& to)
      : journey_(journey),
        atlas_(atlas),
        tables_(tables),
        parameters_(parameters),
        to_(to.personas),
        walked_(to.walked) {
    walked_.assign(parameters.size(), false);
    for (const CalibrationParameter& one : parameters) {
      uncertain_.push_back(one.prior);
      values_.push_back(one.value);
    }
  }

  void probe(std::uint32_t parameter, Diagnostics& problems) {
    const CalibrationParameter& one = parameters_[parameter];
    if (tried_in_vain(one, problems)) return;
    const double step = step_of(one);
    const std::vector<PersonaNumbers> moved = with(parameter, one.value + step);
    const std::vector<PersonaNumbers> more = with(parameter, one.value + 0.5 * step);
    bool follows = false;
    for (std::size_t p = 0; p < to_.size(); ++p) {
      for (std::uint32_t n = 0; n < to_[p].values.size(); ++n) {
        const double change = moved[p].values[n] - to_[p].values[n];
        const double half = more[p].values[n] - to_[p].values[n];
        if (change == 0 && half == 0) continue;
        follows = true;
        if (!replays(to_[p], n)) walked_[parameter] = true;
        const bool straight = std::abs(change - 2 * half) <= 1e-9 * std::max(1.0, std::abs(change));
        if (!straight) {
          return refuse(one, problems, "what it makes does not follow it in a straight line",
                        "Take it out of `calibrate`");
        }
        const double slope = change / step;
        to_[p].links.push_back({n, parameter, slope, to_[p].values[n] - slope * one.value});
      }
    }
    // No number of a replay: a time, or a point of a discrete distribution.
    if (!follows) walked_[parameter] = true;
  }

  /// What is drawn under a number that no replay follows is not replayed at all, so that the others of its numbers are walked, too.
  void part() {
    for (bool more = true; more;) {
      more = false;
      for (const PersonaNumbers& persona : to_) {
        std::set<std::uint32_t> drawn;
        for (const NumberLink& link : persona.links) {
          if (walked_[link.parameter]) drawn.insert(draw_of(persona.plan, link.number));
        }
        for (const NumberLink& link : persona.links) {
          if (walked_[link.parameter] || !drawn.contains(draw_of(persona.plan, link.number))) continue;
          walked_[link.parameter] = true;
          more = true;
        }
      }
    }
    for (PersonaNumbers& persona : to_)
      std::erase_if(persona.links, [&](const NumberLink& link) { return walked_[link.parameter]; });
  }

 private:
  /// The first number of the distribution that a number belongs to; itself where it is of none.
  static std::uint32_t draw_of(const NumberPlan& plan, std::uint32_t number) {
    if (number >= NumberPlan::expectation && number < NumberPlan::traits) return NumberPlan::expectation;
    if (number < plan.ways || number >= plan.pains) return number;
    const std::uint32_t which = (number - plan.ways) % NumberPlan::per_way;
    return which < NumberPlan::experience ? number : number - which + NumberPlan::experience;
  }

  static void refuse(const CalibrationParameter& one, Diagnostics& problems, const std::string& why,
                     const std::string& remedy) {
    problems.error(one.prior.mark, "calibrate: " + quoted(one.address()) + " cannot be calibrated to answers", why,
                   remedy);
  }

  static bool tried_in_vain(const CalibrationParameter& one, Diagnostics& problems) {
    const std::string& address = one.address();
    const auto ends = [&](std::string_view end) { return address.ends_with(end); };
    if (ends(".cost") || ends(".value")) {
      refuse(one, problems, "money changes no answer", "Take it out of `calibrate`");
    } else if (address.starts_with("personas.") && ends(".share")) {
      refuse(one, problems, "who travels is not who answers", "Set shares from what you know of your customers");
    } else if ((ends(".probability") || ends(".weight")) && !(one.value > 0)) {
      refuse(one, problems, "it is 0, so that no journey shows what more of it does",
             "Write the least that it could be instead of 0");
    } else if (address.find(".fulfils.") != std::string::npos && !(one.value > 0 && one.value < 1)) {
      refuse(one, problems, "it is certain as written, so that no journey shows the other case",
             "Write a value between 0 and 1");
    } else if (ends(".probability") && !(one.value < 1)) {
      refuse(one, problems, "it is certain as written, so that no journey shows the other case",
             "Write a value between 0 and 1");
    } else {
      return false;
    }
    return true;
  }

  /// Into the wider side of the range.
  static double step_of(const CalibrationParameter& one) {
    const Range& range = one.prior.range;
    const double above = std::isfinite(range.high) ? range.high - one.value : 1.0;
    const double below = std::isfinite(range.low) ? one.value - range.low : 1.0;
    const double size = 0.01 * std::max(above, below);
    double step = above >= below ? size : -size;
    // Lists that must rise stay so.
    if (one.address().find("thresholds.") != std::string::npos) step = 1e-3;
    return step;
  }

  std::vector<PersonaNumbers> with(std::uint32_t parameter, double value) {
    const double before = std::exchange(values_[parameter], value);
    const Case moved = build_case(journey_, {}, uncertain_, values_);
    values_[parameter] = before;
    return read_all(moved, atlas_, tables_);
  }

  const JourneyFile& journey_;
  const Atlas& atlas_;
  const JourneyTables& tables_;
  const std::vector<CalibrationParameter>& parameters_;
  std::vector<PersonaNumbers>& to_;
  std::vector<bool>& walked_;
  std::vector<Uncertain> uncertain_;
  std::vector<double> values_;
};

}  // namespace

NumberPlan::NumberPlan(const PersonaTables& rows) {
  const auto size = [](const auto& list) { return static_cast<std::uint32_t>(list.size()); };
  goals = traits;
  lingering = goals + size(rows.goal_importance);
  start = lingering + size(rows.pain_lingering);
  importance = start + size(rows.start);
  ways = importance + size(rows.stops);
  pains = ways + per_way * size(rows.ways);
  resolutions = pains + per_pain * size(rows.pains);
  fulfilments = resolutions + per_resolution * size(rows.resolutions);
  edges = fulfilments + size(rows.fulfilments);
  count = edges + per_edge * size(rows.edges);
}

ReplayNumbers numbers_of(const JourneyFile& journey, const Case& base, const Atlas& atlas, const JourneyTables& tables,
                         const std::vector<CalibrationParameter>& parameters) {
  ReplayNumbers to{read_all(base, atlas, tables), {}};
  Prober prober(journey, atlas, tables, parameters, to);
  Diagnostics problems;
  for (std::uint32_t i = 0; i < parameters.size(); ++i) prober.probe(i, problems);
  problems.refuse_if_errors();
  prober.part();
  return to;
}

}  // namespace sojourn::models
