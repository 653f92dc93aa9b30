#include "models/exact/detail/persona_view.h"

#include "engine/base/contract.h"

#include <map>
#include <tuple>

namespace sojourn::models::exact {
namespace {

using Key = std::tuple<Distribution::Family, double, double, double, std::vector<std::pair<double, double>>>;

Key key_of(const Distribution& d) { return {d.family, d.a, d.b, d.c, d.points}; }

}  // namespace

PersonaView::PersonaView(const Case& one, const Atlas& atlas, const JourneyTables& tables, std::size_t persona_of_case)
    : atlas_(&atlas) {
  const std::size_t view_index = one.views.view_of_persona[persona_of_case];
  const Journey& view = one.views.views[view_index];
  tree_ = &one.trees[view_index];
  persona_ = &view.personas[persona_of_case];
  group_ = atlas.personas.index(persona_->id);
  rows_ = &tables.personas[group_];
  ways_.resize(rows_->ways.size());
  std::map<Key, Wait> waits;  // many touchpoints have the same duration
  for (const Touchpoint& touchpoint : view.touchpoints) {
    const std::uint32_t node = atlas.touchpoints.index(touchpoint.id);
    const StopRow& stop = rows_->stops[node];
    double below = 0;
    for (std::uint32_t w = stop.ways.first; w < stop.ways.first + stop.ways.count; ++w) {
      const WayRow& row = rows_->ways[w];
      WayView& here = ways_[w];
      here.node = node;
      here.share = (row.cumulated_share - below) / stop.way_total;
      below = row.cumulated_share;
      here.way = &touchpoint.way;
      for (const Channel& channel : touchpoint.channels) {
        if (row.way >= 0 && atlas.channels[node].ids()[static_cast<std::size_t>(row.way)] == channel.id) {
          here.way = &channel.way;
        }
      }
      const auto [found, fresh] = waits.try_emplace(key_of(here.way->duration_ms));
      if (fresh) found->second = wait_of(here.way->duration_ms, persona_->patience_ms);
      here.wait = found->second;
    }
  }
}

std::string PersonaView::place(std::uint32_t w, const std::string& field) const {
  std::string place = touchpoint(w);
  const std::int32_t channel = rows_->ways[w].way;
  if (channel < 0) return place + "." + field;
  const std::string& id = atlas_->channels[ways_[w].node].ids()[static_cast<std::size_t>(channel)];
  const Tree* tree = tree_;
  for (const std::string& key : {std::string("touchpoints"), atlas_->touchpoints.ids()[ways_[w].node],
                                 std::string("channels"), id, field.substr(0, field.find('.'))}) {
    tree = tree == nullptr ? nullptr : tree->find(key);
  }
  if (tree != nullptr) place += ".channels." + id;
  return place + "." + field;
}

}  // namespace sojourn::models::exact
