#include "models/score/step_flows.h"

#include "engine/base/contract.h"
#include "engine/tally/interval.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace sojourn::models {
namespace {

/// A touchpoint (below touchpoint_count), an outcome (from there on), or `later`.
using Node = std::uint32_t;
constexpr Node later = 0xffffffff;

struct Counts {
  std::map<std::pair<std::uint32_t, Node>, std::uint64_t> places;        // (step, node)
  std::map<std::tuple<std::uint32_t, Node, Node>, std::uint64_t> links;  // (step of the first, from, to)
};

class Counter {
 public:
  Counter(std::uint32_t steps, std::uint32_t touchpoints) : steps_(steps), touchpoints_(touchpoints) {}

  void visit(const engine::Visit& visit) {
    if (step_ < steps_) {
      ++counts_.places[{step_, visit.node}];
      const bool goes_on = visit.next < touchpoints_;
      const Node next = goes_on && step_ + 1 == steps_ ? later : visit.next;
      ++counts_.links[{step_, visit.node, next}];
      if (!goes_on || next == later) ++counts_.places[{step_ + 1, next}];
      last_ = visit;
    }
    ++step_;
  }
  /// A journey that was cut has a next touchpoint that it never came to.
  void end(const engine::Ending& ending) {
    if (ending.truncated && step_ > 0 && step_ < steps_) {
      --counts_.links[{step_ - 1, last_.node, last_.next}];
      ++counts_.links[{step_ - 1, last_.node, later}];
      ++counts_.places[{step_, later}];
    }
    step_ = 0;
  }
  const Counts& counts() const { return counts_; }

 private:
  std::uint32_t steps_, touchpoints_;
  std::uint32_t step_ = 0;
  engine::Visit last_;
  Counts counts_;
};

Figure share_of(std::uint64_t count, std::uint64_t agents) {
  const double n = static_cast<double>(agents);
  Figure figure;
  figure.estimate = static_cast<double>(count) / n;
  figure.se = std::sqrt(figure.estimate * (1 - figure.estimate) / n);
  std::tie(figure.lo, figure.hi) = engine::wilson(figure.estimate, n, engine::kZ95);
  return figure;
}

}  // namespace

StepFlows step_flows(const Experiment& experiment, std::size_t case_index, const engine::PlaceKeys& keys,
                     std::uint64_t agents, const StepFlowOptions& options) {
  SOJOURN_EXPECT(agents >= 1 && options.steps >= 1, "there is somebody to follow, for a step at least");
  const Customer& customer = experiment.customer(case_index);
  const auto touchpoints = static_cast<std::uint32_t>(experiment.names().touchpoints.size());
  engine::Ordinals ordinals(touchpoints);
  std::vector<std::int64_t> scores(experiment.atlas().layout.scores, 0);
  Counter counter(options.steps, touchpoints);
  for (std::uint64_t agent = 0; agent < agents; ++agent) {
    std::fill(scores.begin(), scores.end(), 0);
    counter.end(engine::walk(customer, keys, agent, ordinals, scores,
                             [&](const engine::Visit& visit) { counter.visit(visit); }));
  }

  StepFlows flows;
  flows.agents = agents;
  std::map<std::pair<std::uint32_t, Node>, std::size_t> place_of;  // (step, node) -> index into flows.places
  const auto& places = counter.counts().places;
  for (std::uint32_t step = 0; step <= options.steps; ++step) {
    std::vector<std::pair<std::uint64_t, Node>> here;  // touchpoints, the fullest first
    for (auto at = places.lower_bound({step, 0}); at != places.end() && at->first.first == step; ++at) {
      const Node node = at->first.second;
      if (node < touchpoints) {
        here.emplace_back(at->second, node);
      } else if (at->second > 0) {
        place_of[at->first] = flows.places.size();
        const bool is_later = node == later;
        flows.places.push_back({is_later ? StepPlace::Kind::later : StepPlace::Kind::outcome,
                                is_later ? 0 : node - touchpoints, step, share_of(at->second, agents)});
      }
    }
    std::stable_sort(here.begin(), here.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::uint64_t rest = 0;
    std::vector<Node> folded;
    for (std::size_t i = 0; i < here.size(); ++i) {
      const auto& [count, node] = here[i];
      if (i < options.most_places && static_cast<double>(count) >= options.least_share * static_cast<double>(agents)) {
        place_of[{step, node}] = flows.places.size();
        flows.places.push_back({StepPlace::Kind::touchpoint, node, step, share_of(count, agents)});
      } else {
        rest += count;
        folded.push_back(node);
      }
    }
    if (folded.empty()) continue;
    for (const Node node : folded) place_of[{step, node}] = flows.places.size();
    flows.places.push_back(
        {StepPlace::Kind::other, static_cast<std::uint32_t>(folded.size()), step, share_of(rest, agents)});
  }

  std::map<std::pair<std::size_t, std::size_t>, std::uint64_t> links;  // of places
  for (const auto& [link, count] : counter.counts().links) {
    const auto& [step, from, to] = link;
    if (count > 0) links[{place_of.at({step, from}), place_of.at({step + 1, to})}] += count;
  }
  for (const auto& [ends, count] : links) flows.links.push_back({ends.first, ends.second, share_of(count, agents)});
  return flows;
}

}  // namespace sojourn::models
