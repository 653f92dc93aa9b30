#include "tools/output/journey_graph.h"

#include "engine/base/contract.h"
#include "models/text/number.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace sojourn::tools {
namespace {

using namespace models;

std::string percent_text(double share) {
  const double points = 100 * share;
  return fmt::format("{:.{}f} %", points, points >= 9.95 || points == 0 ? 0 : 1);
}

class Grapher {
 public:
  explicit Grapher(const Journey& journey) : journey_(journey) {}

  JourneyGraph graph() {
    graph_.title = journey_.title;
    graph_.nodes.push_back({"start", "Start", "", GraphNode::Kind::start});
    for (const Touchpoint& t : journey_.touchpoints) {
      add(t.id, {t.id, t.label, t.stage, GraphNode::Kind::touchpoint, t.moment_of_truth});
      if (!t.stage.empty() && std::find(graph_.stages.begin(), graph_.stages.end(), t.stage) == graph_.stages.end()) {
        graph_.stages.push_back(t.stage);
      }
    }
    for (const Outcome& o : journey_.outcomes) {
      add(o.id, {o.id, o.label, "", GraphNode::Kind::outcome, false, o.success});
    }
    starts();
    const bool impatience = std::any_of(journey_.personas.begin(), journey_.personas.end(),
                                        [](const Persona& p) { return p.patience_ms.has_value(); });
    for (const Touchpoint& t : journey_.touchpoints) {
      if (t.channels.empty()) way(t.way, "", impatience);
      for (const Channel& channel : t.channels) way(channel.way, channel.label, impatience);
      put_links(index(t.id), t.channels.size());
    }
    drop_unused_abandoned();
    return std::move(graph_);
  }

 private:
  void add(const std::string& id, GraphNode node) {
    index_[id] = graph_.nodes.size();
    graph_.nodes.push_back(std::move(node));
  }

  std::size_t index(const std::string& id) const {
    const auto found = index_.find(id);
    SOJOURN_EXPECT(found != index_.end(), "edges lead to nodes of the journey");
    return found->second;
  }

  void starts() {
    double total = 0;
    for (const auto& [id, weight] : journey_.start) total += weight;
    for (const auto& [id, weight] : journey_.start) {
      if (!(weight > 0)) continue;
      const double share = weight / total;
      graph_.links.push_back({0, index(id), share == 1 ? "" : percent_text(share), share, false});
    }
  }

  void way(const Way& way, const std::string& channel, bool impatience) {
    double total = 0;
    bool fixed = true;
    for (const Edge& edge : way.next) {
      total += edge.weight;
      fixed = fixed && edge.mood == 0 && !edge.if_ && !edge.unless;
    }
    for (const Edge& edge : way.next) {
      if (!(edge.weight > 0)) continue;
      const double share = edge.weight / total;
      // With moods or guards among the edges, the share is that of an agent in neutral mood to whom all are open.
      std::string label = percent_text(share);
      if (edge.mood != 0) label += ", mood " + std::string(edge.mood > 0 ? "+" : "") + shortest(edge.mood);
      if (edge.if_) label += ", if " + edge.if_->id;
      if (edge.unless) label += ", unless " + edge.unless->id;
      found_.push_back({{0, index(edge.to), label, fixed ? share : -1, false}, {channel}});
    }
    if (impatience) found_.push_back({{0, index(way.if_given_up), "given up", -1, true}, {channel}});
  }

  /// Moves the links that were found to the graph, those that channels share once, and says whose the others are.
  void put_links(std::size_t from, std::size_t channels) {
    std::vector<Found> merged;
    for (Found& one : found_) {
      const auto same = std::find_if(merged.begin(), merged.end(), [&](const Found& other) {
        return other.link.to == one.link.to && other.link.label == one.link.label;
      });
      if (same == merged.end()) {
        merged.push_back(std::move(one));
      } else {
        same->channels.push_back(one.channels.front());
      }
    }
    found_.clear();
    for (Found& one : merged) {
      std::string whose;
      for (const std::string& channel : one.channels) whose += (whose.empty() ? "" : ", ") + channel;
      if (one.channels.size() < channels) one.link.label = whose + ": " + one.link.label;
      one.link.from = from;
      graph_.links.push_back(std::move(one.link));
    }
  }

  /// It exists in every journey and would hang in the air in most.
  void drop_unused_abandoned() {
    const std::size_t at = index("abandoned");
    const bool used =
        std::any_of(graph_.links.begin(), graph_.links.end(), [&](const GraphLink& l) { return l.to == at; });
    if (used) return;
    graph_.nodes.erase(graph_.nodes.begin() + static_cast<std::ptrdiff_t>(at));
    for (GraphLink& link : graph_.links) {
      if (link.to > at) --link.to;
      if (link.from > at) --link.from;
    }
  }

  struct Found {
    GraphLink link;
    std::vector<std::string> channels;  // labels
  };

  const Journey& journey_;
  JourneyGraph graph_;
  std::vector<Found> found_;  // of the touchpoint at hand
  std::map<std::string, std::size_t> index_;
};

}  // namespace

JourneyGraph graph_of(const Journey& journey) { return Grapher(journey).graph(); }

}  // namespace sojourn::tools
