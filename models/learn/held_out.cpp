#include "models/learn/held_out.h"

#include <algorithm>
#include <cmath>

namespace sojourn::models {
namespace {

/// One persona's ways with probabilities that sum to 1.
class Chain {
 public:
  Chain(const LearnedJourney& journey, const LearnedPersona& persona) : journey_(journey) {
    start_ = whole(persona.start);
    elsewhere_ = whole(journey.elsewhere);
    for (std::uint32_t i = 0; i < journey.touchpoints.size(); ++i) {
      const auto own = persona.next.find(i);
      next_.push_back(whole(own == persona.next.end() ? journey.touchpoints[i].next : own->second));
    }
  }

  /// ln P of one case.
  double log_likelihood(std::span<const Step> steps) const {
    double log = 0;
    std::vector<LearnedEdge> at;  // where the case can be, and how likely
    for (const Step& step : steps) {
      std::vector<LearnedEdge> then;
      const auto is_next = [&](std::uint32_t node) {  // late or not: the ways are the same
        return node < journey_.touchpoints.size() && journey_.touchpoints[node].symbol == step.symbol;
      };
      on_all_ways(at, is_next, [&](std::uint32_t node, double p) {
        const auto same = std::ranges::find(then, node, &LearnedEdge::to);
        if (same == then.end()) {
          then.push_back({node, p});
        } else {
          same->probability += p;
        }
      });
      log += normalise(then) + std::log(journey_.alphabet.share_within[step.activity]);
      at = std::move(then);
    }
    double ends = 0;
    on_all_ways(
        at, [&](std::uint32_t node) { return node > journey_.elsewhere_node(); },
        [&](std::uint32_t, double p) { ends += p; });
    return log + std::log(ends);
  }

 private:
  static std::vector<LearnedEdge> whole(std::vector<LearnedEdge> edges) {
    normalise(edges);
    return edges;
  }

  /// Makes them sum to 1; ln of what they summed to.
  static double normalise(std::vector<LearnedEdge>& edges) {
    double sum = 0;
    for (const LearnedEdge& edge : edges) sum += edge.probability;
    for (LearnedEdge& edge : edges) edge.probability /= sum;
    return std::log(sum);
  }

  /// Every way of a step from where the case can be, also through `elsewhere`; from the start where `at` is empty.
  template <class Wanted, class OnWay>
  void on_all_ways(const std::vector<LearnedEdge>& at, Wanted wanted, OnWay on_way) const {
    const auto along = [&](const std::vector<LearnedEdge>& edges, double p, auto&& self) -> void {
      for (const LearnedEdge& edge : edges) {
        if (edge.to == journey_.elsewhere_node()) {
          self(elsewhere_, p * edge.probability, self);
        } else if (wanted(edge.to)) {
          on_way(edge.to, p * edge.probability);
        }
      }
    };
    if (at.empty()) along(start_, 1, along);
    for (const LearnedEdge& one : at) along(next_[one.to], one.probability, along);
  }

  const LearnedJourney& journey_;
  std::vector<LearnedEdge> start_, elsewhere_;
  std::vector<std::vector<LearnedEdge>> next_;  // [touchpoint]
};

}  // namespace

double nats_of(const LearnedJourney& journey, const Traces& traces) {
  std::vector<Chain> chains;
  double shares = 0;
  for (const LearnedPersona& persona : journey.personas) {
    chains.emplace_back(journey, persona);
    shares += persona.share;
  }
  double nats = 0;
  for (const Trace& trace : traces.list) {
    std::vector<double> logs;
    for (std::size_t z = 0; z < chains.size(); ++z) {
      logs.push_back(std::log(journey.personas[z].share / shares) + chains[z].log_likelihood(traces.of(trace)));
    }
    const double most = *std::ranges::max_element(logs);
    double sum = 0;
    for (const double log : logs) sum += std::exp(log - most);
    nats -= most + std::log(sum);
  }
  return nats;
}

HeldOutCases held_out(const LearnedJourney& journey, const EventLog& training, const EventLog& test) {
  HeldOutCases to;
  const Traces learned = traces_of(training, journey.alphabet);
  const Traces traces = traces_of(test, journey.alphabet);
  to.cases = traces.list.size();
  to.events = traces.steps.size();
  to.unknown_events = traces.unknown_events;
  to.unknown_cases = traces.unknown_cases;
  const auto scored = static_cast<double>(to.events + to.cases);
  if (to.cases == 0) return to;
  to.nats_per_event = nats_of(journey, traces) / scored;
  const ContextCounts counts(learned, journey.alphabet.symbols.size());
  for (unsigned order = 0; order <= kDeepest; ++order) {
    to.baselines[order] = nats_of(fit_baseline(counts, order), counts, traces, journey.alphabet) / scored;
  }
  return to;
}

}  // namespace sojourn::models
