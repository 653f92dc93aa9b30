#include "models/exact/detail/product.h"

#include <algorithm>
#include <unordered_map>

namespace sojourn::models::exact {
namespace {

struct StateKey {
  std::uint32_t way;
  Flags flags;
  friend bool operator==(const StateKey&, const StateKey&) = default;
};

struct HashKey {
  std::size_t operator()(const StateKey& key) const {
    std::uint64_t h = key.way;
    for (const std::uint64_t word : {key.flags.goals, key.flags.pains, key.flags.unsure}) {
      h = (h ^ word) * 0x9e3779b97f4a7c15U;
      h ^= h >> 29;
    }
    return static_cast<std::size_t>(h);
  }
};

std::string mood_sentence(const PersonaView& view, std::uint32_t way, std::span<const EdgeRow* const> open) {
  const auto& ids = view.atlas().touchpoints.ids();
  const auto& outcomes = view.atlas().outcomes.ids();
  for (const EdgeRow* edge : open) {
    if (edge->mood == 0) continue;
    const std::string& to = edge->to < ids.size() ? ids[edge->to] : outcomes[edge->to - ids.size()];
    return "the choice at " + view.touchpoint(way) + " depends on mood (" + view.place(way, "next." + to + ".mood") +
           ")";
  }
  return {};
}

std::string guard_sentence(const PersonaView& view, std::uint32_t way, std::uint64_t pain) {
  return "the choice at " + view.touchpoint(way) + " asks for a pain, and " + unsure_sentence(view, pain);
}

class Builder {
 public:
  Builder(const PersonaView& view, Reasons& reasons, Flags tracked, Ask ask, std::size_t most_states)
      : view_(view), reasons_(reasons), laws_(view, reasons, tracked, ask), ask_(ask), most_states_(most_states) {
    product_.outcomes = view.atlas().outcomes.size();
    product_.tracked = tracked;
  }

  Product build() {
    product_.start_exits.assign(product_.outcomes, 0.0);
    const PersonaTables& rows = view_.rows();
    double below = 0;
    std::vector<std::pair<std::uint32_t, double>> begin;
    for (const auto& [cumulated, to] : rows.start) {
      const double share = (cumulated - below) / rows.start.back().first;
      below = cumulated;
      if (to >= view_.nodes()) {
        product_.start_exits[to - view_.nodes()] += share;
        continue;
      }
      arrive(to, {}, [&](std::uint32_t state, double chance) { begin.emplace_back(state, share * chance); });
    }
    if (ask_ == Ask::feelings && !learns()) satisfaction_given_up_ = laws_.satisfaction_given_up();
    for (std::uint32_t state = 0; state < product_.size(); ++state) {
      product_.first.push_back(product_.steps.size());
      leave(state);
    }
    product_.first.push_back(product_.steps.size());
    for (ProductStep& step : product_.steps) {  // exits stand behind the states
      if (step.to >= kExits) step.to = step.to - kExits + product_.size();
    }
    product_.start.assign(product_.size(), 0.0);
    for (const auto& [state, share] : begin) product_.start[state] += share;
    return std::move(product_);
  }

 private:
  static constexpr std::uint32_t kExits = 1U << 31;

  bool learns() const { return view_.rows().learning != 0 && view_.rows().disconfirmation_weight != 0; }

  template <class Each>
  void arrive(std::uint32_t node, const Flags& flags, Each each) {
    const StopRow& stop = view_.rows().stops[node];
    if (!(stop.way_total > 0)) throw DeadEnd{node, false};
    for (std::uint32_t w = stop.ways.first; w < stop.ways.first + stop.ways.count; ++w) {
      const auto [found, fresh] = index_.emplace(StateKey{w, flags}, product_.size());
      if (fresh) {
        if (product_.states.size() >= most_states_) throw TooManyStates{product_.tracked};
        product_.states.push_back({.way = w, .flags = flags});
      }
      each(found->second, view_.way(w).share);
    }
  }

  /// `part`: of the agents that come to this state. `moments`: of the time, per agent that goes this way or another.
  void go(ProductStep step, std::uint32_t to) {
    if (to >= view_.nodes()) {
      step.to = kExits + (to - view_.nodes());
      product_.steps.push_back(step);
      return;
    }
    arrive(to, step.after, [&](std::uint32_t state, double share) {
      ProductStep one = step;
      one.to = state;
      one.probability *= share;
      one.duration_ms *= share;
      one.experience *= share;
      one.satisfaction *= share;
      product_.steps.push_back(one);
    });
  }

  void leave(std::uint32_t state) {
    const ProductState here = product_.states[state];
    const WayRow& row = view_.rows().ways[here.way];
    const Wait& wait = view_.way(here.way).wait;
    ProductStep step;
    step.from = state;
    if (wait.given_up.zeroth > 0) {
      ProductStep gone = step;
      gone.given_up = true;
      gone.probability = wait.given_up.zeroth;
      gone.duration_ms = wait.given_up.first;
      gone.satisfaction = wait.given_up.zeroth * satisfaction_given_up_;
      product_.states[state].satisfaction += gone.satisfaction;
      gone.flow = row.given_up_flow;
      gone.after = here.flags;
      go(gone, row.given_up_to);
    }
    if (!(wait.stayed.zeroth > 0)) {
      if (ask_ == Ask::feelings && learns()) product_.states[state].satisfaction_why = laws_.learning_why();
      return;
    }
    const VisitOutcomes& outcomes = laws_.of(here.way, here.flags);
    feel(state, outcomes);
    for (const Branch& branch : outcomes.branches) {
      step.after = branch.after;
      const double part = wait.stayed.zeroth * branch.probability;
      if (const std::uint64_t pain = unsure_guard(here.way, branch.after.unsure); pain != 0) {
        blocked(step, here, reasons_.add(guard_sentence(view_, here.way, pain)), all_edges(here.way), part);
        continue;
      }
      const auto open = open_edges(view_, here.way, branch.after);
      if (open.empty()) throw DeadEnd{view_.way(here.way).node, true};
      if (heeds_mood(view_, open)) {
        blocked(step, here, reasons_.add(mood_sentence(view_, here.way, open)), open, part);
        continue;
      }
      double total = 0;
      for (const EdgeRow* edge : open) total += edge->weight;
      for (const EdgeRow* edge : open) {
        const double chance = edge->weight / total;
        step.probability = part * chance;
        step.duration_ms = wait.stayed.first * branch.probability * chance;
        step.experience = wait.stayed.zeroth * branch.experience * chance;
        step.satisfaction = wait.stayed.zeroth * branch.satisfaction * chance;
        step.flow = edge->flow;
        if (step.probability > 0) go(step, edge->to);
      }
    }
  }

  void feel(std::uint32_t state, const VisitOutcomes& outcomes) {
    ProductState& here = product_.states[state];
    const Wait& wait = view_.way(here.way).wait;
    here.felt_why = outcomes.felt_why;
    here.satisfaction_why = here.felt_why != kExact ? here.felt_why : outcomes.satisfaction_why;
    for (const Branch& branch : outcomes.branches) {
      here.experience += wait.stayed.zeroth * branch.experience;
      here.satisfaction += wait.stayed.zeroth * branch.satisfaction;
    }
  }

  /// A pain that some edge's guard asks for and of which the chain cannot tell.
  std::uint64_t unsure_guard(std::uint32_t way, std::uint64_t unsure) const {
    if (unsure == 0) return 0;
    std::uint64_t asked = 0;
    for (const EdgeRow* edge : all_edges(way)) asked |= (edge->if_pains | edge->unless_pains) & unsure;
    return asked & -asked;
  }

  std::vector<const EdgeRow*> all_edges(std::uint32_t way) const {
    const Slice& slice = view_.rows().ways[way].edges;
    std::vector<const EdgeRow*> all;
    for (std::uint32_t i = slice.first; i < slice.first + slice.count; ++i) all.push_back(&view_.rows().edges[i]);
    return all;
  }

  void blocked(ProductStep step, const ProductState& here, std::int32_t why, std::span<const EdgeRow* const> edges,
               double part) {
    Obstacle obstacle{here.way, why, {}};
    for (const EdgeRow* edge : edges) {
      obstacle.targets.push_back(edge->to);
      (edge->drop_off ? obstacle.never_drops_off : obstacle.surely_drops_off) = false;
    }
    const auto same = [&](const Obstacle& other) {
      return other.way == obstacle.way && other.why == obstacle.why && other.targets == obstacle.targets;
    };
    const auto found = std::find_if(product_.obstacles.begin(), product_.obstacles.end(), same);
    step.obstacle = static_cast<std::int32_t>(found - product_.obstacles.begin());
    if (found == product_.obstacles.end()) product_.obstacles.push_back(obstacle);
    step.probability = part;
    step.to = kExits + product_.outcomes;
    if (part > 0) product_.steps.push_back(step);
  }

  const PersonaView& view_;
  Reasons& reasons_;
  VisitLaws laws_;
  Ask ask_;
  std::size_t most_states_;
  double satisfaction_given_up_ = 0;
  Product product_;
  std::unordered_map<StateKey, std::uint32_t, HashKey> index_;
};

}  // namespace

Flags guard_flags(const PersonaView& view) {
  const PersonaTables& rows = view.rows();
  std::vector<char> seen(view.nodes(), 0);
  std::vector<std::uint32_t> stack;
  const auto visit = [&](std::uint32_t to) {
    if (to >= view.nodes() || seen[to]) return;
    seen[to] = 1;
    stack.push_back(to);
  };
  Flags flags;
  for (const auto& [cumulated, to] : rows.start) visit(to);
  while (!stack.empty()) {
    const StopRow& stop = rows.stops[stack.back()];
    stack.pop_back();
    for (std::uint32_t w = stop.ways.first; w < stop.ways.first + stop.ways.count; ++w) {
      const WayRow& way = rows.ways[w];
      if (view.way(w).wait.given_up.zeroth > 0) visit(way.given_up_to);
      for (std::uint32_t i = way.edges.first; i < way.edges.first + way.edges.count; ++i) {
        const EdgeRow& edge = rows.edges[i];
        flags.goals |= edge.if_goals | edge.unless_goals;
        flags.pains |= edge.if_pains | edge.unless_pains;
        visit(edge.to);
      }
    }
  }
  return flags;
}

bool heeds_mood(const PersonaView& view, std::span<const EdgeRow* const> open) {
  const auto differs = [&](const EdgeRow* edge) { return edge->mood != open.front()->mood; };
  if (std::none_of(open.begin(), open.end(), differs)) return false;
  const auto leads_elsewhere = [&](const EdgeRow* edge) { return edge->to != open.front()->to; };
  if (std::none_of(open.begin(), open.end(), leads_elsewhere)) return false;
  const auto moves = [](const StopRow& stop) { return stop.ways.count > 0 && stop.mood_step > 0; };
  return std::any_of(view.rows().stops.begin(), view.rows().stops.end(), moves);
}

std::vector<const EdgeRow*> open_edges(const PersonaView& view, std::uint32_t way, const Flags& flags) {
  const Slice& slice = view.rows().ways[way].edges;
  std::vector<const EdgeRow*> open;
  for (std::uint32_t i = slice.first; i < slice.first + slice.count; ++i) {
    const EdgeRow& edge = view.rows().edges[i];
    if ((edge.if_goals & ~flags.goals) == 0 && (edge.if_pains & ~flags.pains) == 0 &&
        (edge.unless_goals & flags.goals) == 0 && (edge.unless_pains & flags.pains) == 0) {
      open.push_back(&edge);
    }
  }
  return open;
}

Product make_product(const PersonaView& view, Reasons& reasons, Flags tracked, Ask ask, std::size_t most_states) {
  return Builder(view, reasons, tracked, ask, most_states).build();
}

}  // namespace sojourn::models::exact
