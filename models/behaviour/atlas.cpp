#include "models/behaviour/atlas.h"

#include "engine/base/contract.h"
#include "engine/random/luck.h"
#include "models/behaviour/scores.h"

#include <algorithm>
#include <functional>

namespace sojourn::models {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& why, const std::string& suggestion) {
  Diagnostics diagnostics;
  diagnostics.error({}, what, why, suggestion);
  throw InputError(std::move(diagnostics));
}

void for_each_view(std::span<const Case* const> cases, const std::function<void(const Journey&)>& visit) {
  for (const Case* one : cases) {
    for (const Journey& view : one->views.views) visit(view);
  }
}

void for_each_way(const Touchpoint& touchpoint, const std::function<void(const Way&)>& visit) {
  if (touchpoint.channels.empty()) visit(touchpoint.way);
  for (const Channel& channel : touchpoint.channels) visit(channel.way);
}

/// Pains and goals draw their luck by name; equal names' hashes would make two of them happen together.
void refuse_equal_purposes(const Atlas& atlas) {
  std::unordered_map<std::uint32_t, std::string> owner;
  const auto add = [&](const std::string& name) {
    const auto [found, fresh] = owner.emplace(engine::purpose_of(name), name);
    if (!fresh) {
      refuse("'" + name + "' and '" + found->second + "' have the same random key", "their draws would be equal",
             "Rename one of them");
    }
  };
  for (const std::string& pain : atlas.pains.ids()) add("pain/" + pain);
  for (const std::string& goal : atlas.goals.ids()) add("goal/" + goal);
}

void add_unique(std::vector<std::uint32_t>& list, std::uint32_t value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

/// What can happen at each node and where it can lead, over all views of all cases.
void lay_out_nodes(std::span<const Case* const> cases, Atlas& atlas) {
  auto& nodes = atlas.layout.nodes;
  nodes.resize(atlas.touchpoints.size());
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    nodes[i].name = atlas.touchpoints.ids()[i];
    nodes[i].ways = atlas.channels[i].ids();
  }
  for_each_view(cases, [&](const Journey& view) {
    for (const Touchpoint& touchpoint : view.touchpoints) {
      engine::NodeLayout& node = nodes[atlas.touchpoints.index(touchpoint.id)];
      for_each_way(touchpoint, [&](const Way& way) {
        for (const PainRisk& risk : way.pains) add_unique(node.marks, atlas.pains.index(risk.pain));
        for (const Edge& edge : way.next) add_unique(node.targets, atlas.node_or_exit(edge.to));
        add_unique(node.targets, atlas.node_or_exit(way.if_given_up));
      });
      if (node.marks.size() > 64) {
        refuse("touchpoint '" + node.name + "' has more than 64 pains", "a visit's pains are kept in 64 bits",
               "Merge some of them, or split the touchpoint");
      }
    }
  });
  // Touchpoints in file order, then outcomes: the order of first use would depend on which case comes first.
  for (engine::NodeLayout& node : nodes) {
    std::sort(node.targets.begin(), node.targets.end());
    std::sort(node.marks.begin(), node.marks.end());
  }
}

}  // namespace

std::uint32_t IdList::add(const std::string& id) {
  const auto [found, fresh] = index_.emplace(id, size());
  if (fresh) ids_.push_back(id);
  return found->second;
}

std::uint32_t IdList::index(const std::string& id) const {
  const auto found = index_.find(id);
  SOJOURN_EXPECT(found != index_.end(), "unknown id " + id);
  return found->second;
}

const std::uint32_t* IdList::find(const std::string& id) const {
  const auto found = index_.find(id);
  return found == index_.end() ? nullptr : &found->second;
}

std::uint32_t Atlas::node_or_exit(const std::string& id) const {
  if (const std::uint32_t* node = touchpoints.find(id)) return *node;
  return touchpoints.size() + outcomes.index(id);
}

Atlas make_atlas(std::span<const Case* const> cases) {
  Atlas atlas;
  for_each_view(cases, [&](const Journey& view) {
    for (const Persona& persona : view.personas) atlas.personas.add(persona.id);
    for (const Pain& pain : view.pains) atlas.pains.add(pain.id);
    for (const Goal& goal : view.goals) atlas.goals.add(goal.id);
    for (const Outcome& outcome : view.outcomes) atlas.outcomes.add(outcome.id);
    for (const Touchpoint& touchpoint : view.touchpoints) {
      const std::uint32_t i = atlas.touchpoints.add(touchpoint.id);
      if (i == atlas.channels.size()) atlas.channels.emplace_back();
      for (const Channel& channel : touchpoint.channels) atlas.channels[i].add(channel.id);
    }
  });
  atlas.bit_of_pain.assign(atlas.pains.size(), -1);
  for_each_view(cases, [&](const Journey& view) {
    for (const Pain& pain : view.pains) {
      std::int32_t& bit = atlas.bit_of_pain[atlas.pains.index(pain.id)];
      if (!pain.lasting || bit >= 0) continue;
      bit = static_cast<std::int32_t>(atlas.lasting_pains.size());
      atlas.lasting_pains.push_back(atlas.pains.index(pain.id));
    }
  });
  if (atlas.goals.size() > 64) {
    refuse("there are more than 64 goals", "an agent's goals are kept in 64 bits", "Merge some of them");
  }
  if (atlas.lasting_pains.size() > 64) {
    refuse("there are more than 64 lasting pains", "an agent's open pains are kept in 64 bits",
           "Let some of them pass (lasting: false), or merge some");
  }
  refuse_equal_purposes(atlas);
  lay_out_nodes(cases, atlas);

  engine::Layout& layout = atlas.layout;
  layout.groups = atlas.personas.ids();
  layout.exits = atlas.outcomes.ids();
  layout.mark_kinds = atlas.pains.ids();
  layout.scores = score::fixed_count + atlas.outcomes.size() + atlas.goals.size() + 2 * atlas.pains.size();
  layout.headline_score = score::nps;
  layout.pair_scores = 9;
  layout.histogram_scores = {score::elapsed_ms, score::satisfaction};
  layout.finish();
  return atlas;
}

}  // namespace sojourn::models
