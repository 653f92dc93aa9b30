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
      const std::size_t first = graph_.links.size();
      if (t.channels.empty()) way(t.id, t.way, first, impatience);
      for (const Channel& channel : t.channels) way(t.id, channel.way, first, impatience);
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

  void way(const std::string& from, const Way& way, std::size_t first, bool impatience) {
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
      link(first, {index(from), index(edge.to), label, fixed ? share : -1, false});
    }
    if (impatience) link(first, {index(from), index(way.if_given_up), "given up", -1, true});
  }

  /// Channels often share a link.
  void link(std::size_t first, GraphLink link) {
    for (std::size_t i = first; i < graph_.links.size(); ++i) {
      const GraphLink& other = graph_.links[i];
      if (other.from == link.from && other.to == link.to && other.label == link.label) return;
    }
    graph_.links.push_back(std::move(link));
  }

  /// It exists in every journey and would hang in the air in most.
  void drop_unused_abandoned() {
    const std::size_t at = index("abandoned");
    const bool used = std::any_of(graph_.links.begin(), graph_.links.end(), [&](const GraphLink& l) { return l.to == at; });
    if (used) return;
    graph_.nodes.erase(graph_.nodes.begin() + static_cast<std::ptrdiff_t>(at));
    for (GraphLink& link : graph_.links) {
      if (link.to > at) --link.to;
      if (link.from > at) --link.from;
    }
  }

  const Journey& journey_;
  JourneyGraph graph_;
  std::map<std::string, std::size_t> index_;
};

}  // namespace

JourneyGraph graph_of(const Journey& journey) { return Grapher(journey).graph(); }

}  // namespace sojourn::tools
