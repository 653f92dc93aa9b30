#include "models/drivers/origins.h"

#include "engine/random/luck.h"
#include "models/drivers/detail/give_up_odds.h"
#include "models/drivers/detail/slopes.h"
#include "models/journey/lookup.h"

#include <algorithm>
#include <bit>
#include <map>

namespace sojourn::models {
namespace {

constexpr std::string_view kNever =
    "it is 0: nobody meets it in this run, which therefore says nothing about more of it";

/// The origins of one persona's tables.
class PersonaReader {
 public:
  PersonaReader(const Tree& tree, const Journey& view, const Persona& persona, const Atlas& atlas,
                const PersonaTables& rows, Levers& levers, detail::Slopes& slopes)
      : tree_(tree), view_(view), persona_(persona), atlas_(atlas), rows_(rows), levers_(levers), slopes_(slopes) {}

  PersonaOrigins read() {
    traits();
    for (const auto& [cumulated, node] : rows_.start) to_.start.push_back(number("start." + id_of(node)));
    for (const auto& [id, weight] : view_.start) never_if_zero("start." + id, weight);
    to_.importance.assign(rows_.stops.size(), kNoLever);
    to_.ways.resize(rows_.ways.size());
    to_.pains.resize(rows_.pains.size());
    to_.resolutions.resize(rows_.resolutions.size());
    to_.fulfilments.assign(rows_.fulfilments.size(), kNoLever);
    to_.edges.resize(rows_.edges.size());
    const Tree* touchpoints = tree_.find("touchpoints");
    for (const Touchpoint& touchpoint : view_.touchpoints) stop(touchpoint, *lookup_.find(*touchpoints, touchpoint.id));
    for (const PainRow& row : rows_.pains) to_.has_deadlines = to_.has_deadlines || row.after_ms != PainRow::kNever;
    for (const EdgeRow& row : rows_.edges) to_.guarding_goals |= row.if_goals | row.unless_goals;
    if (!rows_.patient) give_ups();
    return std::move(to_);
  }

 private:
  /// A number that only others have written is none of this persona's.
  std::uint32_t number(const std::string& address) {
    const std::uint32_t lever = levers_.find(address);
    if (lever == kNoLever) return kNoLever;
    const std::vector<std::string>& only_for = levers_[lever].only_for;
    if (!only_for.empty() && std::ranges::find(only_for, persona_.id) == only_for.end()) return kNoLever;
    return levers_.use(address);
  }

  void never_if_zero(const std::string& address, double value) {
    if (value == 0) levers_.leave_out(levers_.use(address), kNever);
  }

  const std::string& id_of(std::uint32_t node) const {
    const std::uint32_t nodes = atlas_.touchpoints.size();
    return node < nodes ? atlas_.touchpoints.ids()[node] : atlas_.outcomes.ids()[node - nodes];
  }

  void traits() {
    const std::string own = "personas." + persona_.id + ".";
    const Tree& record = *tree_.find("personas")->find(persona_.id);
    to_.share = number(own + "share");
    never_if_zero(own + "share", persona_.share);
    to_.learning = number(own + "learning");
    to_.loss_aversion = number(own + "loss_aversion");
    if (const Tree* expectation = record.find("expectation")) {
      to_.expectation = slopes_.of(*expectation, own + "expectation", Quantity::points);
    } else {
      Tree anchor;
      anchor.scalar = "0";  // the slope of a constant is 1 wherever it stands
      to_.expectation = slopes_.of(anchor, "satisfaction.anchor", Quantity::points);
    }
    if (const Tree* patience = record.find("patience")) {
      to_.patience = slopes_.of(*patience, own + "patience", Quantity::time);
    }
    const Tree* answers = record.find("recommendation");
    const auto answer = [&](const std::string& key, const std::string& rest = "") {
      return number((answers && answers->find(key) ? own : "") + "recommendation." + key + rest);
    };
    to_.bias = answer("bias");
    to_.spread = answer("spread");
    for (std::size_t k = 0; k < to_.thresholds.size(); ++k) {
      to_.thresholds[k] = answer("thresholds", "." + std::to_string(k));
    }
    to_.anchor = number("satisfaction.anchor");
    to_.performance_weight = number("satisfaction.performance_weight");
    to_.disconfirmation_weight = number("satisfaction.disconfirmation_weight");
    to_.reactivity = number("satisfaction.reactivity");
    to_.effort_weight = number("satisfaction.effort_weight");
    to_.memory_peak = number("satisfaction.memory.peak");
    to_.memory_end = number("satisfaction.memory.end");
    to_.memory_mean = number("satisfaction.memory.mean");
    const Satisfaction& satisfaction = view_.satisfaction;
    to_.reactivity_value = satisfaction.reactivity;
    to_.memory_total = satisfaction.memory_peak + satisfaction.memory_end + satisfaction.memory_mean;
    to_.goal_importance.assign(rows_.goal_importance.size(), kNoLever);
    for (const auto& [goal, importance] : persona_.goals) {
      to_.goal_importance[atlas_.goals.index(goal)] = number(own + "goals." + goal + ".importance");
    }
    to_.pain_lingering.assign(rows_.pain_lingering.size(), kNoLever);
    for (const Pain& pain : view_.pains) {
      if (!pain.lasting) continue;
      const auto bit = static_cast<std::size_t>(atlas_.bit_of_pain[atlas_.pains.index(pain.id)]);
      to_.pain_lingering[bit] = number("pains." + pain.id + ".lingering");
    }
    to_.exit_value.assign(rows_.exit_value.size(), kNoLever);
    for (const Outcome& outcome : view_.outcomes) {
      to_.exit_value[atlas_.outcomes.index(outcome.id)] = number("outcomes." + outcome.id + ".value");
    }
  }

  void stop(const Touchpoint& touchpoint, const Tree& record) {
    const std::uint32_t node = atlas_.touchpoints.index(touchpoint.id);
    const std::string address = "touchpoints." + touchpoint.id;
    to_.importance[node] = number(address + ".importance");
    const StopRow& stop = rows_.stops[node];
    const Tree* channels = record.find("channels");
    for (const Channel& channel : touchpoint.channels) {
      never_if_zero(address + ".channels." + channel.id + ".share", channel.share);
      const auto affinity = persona_.channels.find(channel.id);
      if (affinity != persona_.channels.end()) {
        never_if_zero("personas." + persona_.id + ".channels." + channel.id, affinity->second);
      }
    }
    for (std::uint32_t w = stop.ways.first; w < stop.ways.first + stop.ways.count; ++w) {
      const std::int32_t index = rows_.ways[w].way;
      if (index < 0) {
        way(w, node, touchpoint.way, record, address, nullptr, "");
        continue;
      }
      const std::string& id = atlas_.channels[node].ids()[static_cast<std::size_t>(index)];
      const auto channel = std::ranges::find(touchpoint.channels, id, &Channel::id);
      const std::string channel_address = address + ".channels." + id;
      WayOrigin& origin = to_.ways[w];
      origin.share = number(channel_address + ".share");
      origin.share_value = channel->share;
      origin.affinity = number("personas." + persona_.id + ".channels." + id);
      const auto affinity = persona_.channels.find(id);
      if (affinity != persona_.channels.end()) origin.affinity_value = affinity->second;
      way(w, node, channel->way, record, address, channels->find(id), channel_address);
    }
  }

  /// `channel`: null for the plain way.
  void way(std::uint32_t w, std::uint32_t node, const Way& typed, const Tree& touchpoint, const std::string& address,
           const Tree* channel, const std::string& channel_address) {
    const WayRow& row = rows_.ways[w];
    WayOrigin& origin = to_.ways[w];
    const auto carrier = [&](std::string_view key) -> std::pair<const Tree*, std::string> {
      const bool own = channel && channel->find(key);
      const Tree* tree = own ? channel->find(key) : touchpoint.find(key);
      return {tree, (own ? channel_address : address) + "." + std::string(key)};
    };
    if (const auto [tree, at] = carrier("duration"); tree) origin.duration = slopes_.of(*tree, at, Quantity::time);
    if (const auto [tree, at] = carrier("experience"); tree)
      origin.experience = slopes_.of(*tree, at, Quantity::points);
    origin.effort = number(carrier("effort").second);
    origin.cost = number(carrier("cost").second);
    pains(row, node, typed, carrier("pains"));
    resolutions(row, carrier("resolves").second);
    const std::string fulfils = carrier("fulfils").second;
    for (std::uint32_t i = row.fulfilments.first; i < row.fulfilments.first + row.fulfilments.count; ++i) {
      const auto goal = static_cast<std::size_t>(std::countr_zero(rows_.fulfilments[i].achieves));
      to_.fulfilments[i] = number(fulfils + "." + atlas_.goals.ids()[goal]);
    }
    edges(row, typed, carrier("next").second);
  }

  void pains(const WayRow& row, std::uint32_t node, const Way& typed, const std::pair<const Tree*, std::string>& at) {
    for (const PainRisk& risk : typed.pains) {
      if (!risk.after_ms) never_if_zero(at.second + "." + risk.pain + ".probability", *risk.probability);
    }
    for (std::uint32_t i = row.pains.first; i < row.pains.first + row.pains.count; ++i) {
      const std::uint32_t pain = atlas_.layout.nodes[node].marks[rows_.pains[i].mark];
      const std::string& id = atlas_.pains.ids()[pain];
      const std::string address = at.second + "." + id;
      const auto risk = std::ranges::find(typed.pains, id, &PainRisk::pain);
      PainOrigin& origin = to_.pains[i];
      origin.probability = number(address + ".probability");
      origin.after = number(address + ".after");
      const bool own = at.first->find(id)->find("severity") != nullptr;
      origin.severity = number(own ? address + ".severity" : "pains." + id + ".severity");
      origin.severity_value = risk->severity;
      const auto sensitivity = persona_.sensitivity.find(id);
      if (sensitivity != persona_.sensitivity.end()) {
        origin.sensitivity = number("personas." + persona_.id + ".sensitivity." + id);
        origin.sensitivity_value = sensitivity->second;
      }
    }
  }

  void resolutions(const WayRow& row, const std::string& address) {
    for (std::uint32_t i = row.resolutions.first; i < row.resolutions.first + row.resolutions.count; ++i) {
      const auto bit = static_cast<std::size_t>(std::countr_zero(rows_.resolutions[i].closes));
      const std::string at = address + "." + atlas_.pains.ids()[atlas_.lasting_pains[bit]];
      to_.resolutions[i] = {number(at + ".probability"), number(at + ".lift")};
    }
  }

  void edges(const WayRow& row, const Way& typed, const std::string& address) {
    // Rows to one target stand in the order of the file; those of weight 0 are left out of the tables.
    std::map<std::string, std::vector<std::string>> open;  // target -> addresses
    std::map<std::string, std::size_t> seen;
    for (const Edge& edge : typed.next) {
      const std::size_t side = seen[edge.to]++;
      const std::string at = address + "." + edge.to + (side == 0 ? "" : "." + std::to_string(side));
      if (edge.weight > 0) {
        open[edge.to].push_back(at);
      } else {
        levers_.leave_out(number(at + ".weight"), kNever);
        levers_.leave_out(number(at + ".mood"), "the edge is closed: its weight is 0");
      }
    }
    std::map<std::string, std::size_t> next;
    for (std::uint32_t i = row.edges.first; i < row.edges.first + row.edges.count; ++i) {
      const std::string& to = id_of(rows_.edges[i].to);
      const std::string& at = open.at(to).at(next[to]++);
      to_.edges[i] = {number(at + ".weight"), number(at + ".mood")};
    }
  }

  void give_ups() {
    for (std::size_t w = 0; w < rows_.ways.size(); ++w) {
      const engine::Quantile& duration = rows_.ways[w].duration;
      WayOrigin& origin = to_.ways[w];
      if (static_cast<double>(rows_.surely_patient_ms) >= duration(engine::uniform(~0U))) continue;
      const detail::GiveUpOdds odds = detail::give_up_odds(duration, origin.duration, rows_.patience, to_.patience);
      origin.given_up = odds.probability;
      origin.given_up_slopes = odds.slopes;
    }
  }

  const Tree& tree_;
  const Journey& view_;
  const Persona& persona_;
  const Atlas& atlas_;
  const PersonaTables& rows_;
  Levers& levers_;
  detail::Slopes& slopes_;
  Lookup lookup_;
  PersonaOrigins to_{};
};

}  // namespace

Origins origins_of(const Case& one, const Atlas& atlas, const JourneyTables& tables, Levers& levers) {
  Origins origins;
  origins.quantiles = std::make_shared<Quantiles>();
  detail::Slopes slopes(*origins.quantiles, levers);
  origins.personas.resize(tables.personas.size());
  origins.shares.assign(tables.personas.size(), 0.0);
  for (std::size_t p = 0; p < one.views.view_of_persona.size(); ++p) {
    const std::size_t v = one.views.view_of_persona[p];
    const Journey& view = one.views.views[v];
    const Persona& persona = view.personas[p];
    const std::uint32_t group = atlas.personas.index(persona.id);
    origins.shares[group] = persona.share;
    origins.personas[group] =
        PersonaReader(one.trees[v], view, persona, atlas, tables.personas[group], levers, slopes).read();
  }
  levers.leave_out_unused();
  return origins;
}

}  // namespace sojourn::models
