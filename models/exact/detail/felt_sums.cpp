#include "models/exact/detail/felt_sums.h"

#include "models/exact/detail/occupancy.h"
#include "models/exact/detail/persona_sums.h"
#include "models/exact/detail/reachable.h"

namespace sojourn::models::exact {
namespace {

constexpr SiteMetric kFelt[] = {SiteMetric::experience, SiteMetric::expectation, SiteMetric::disconfirmation,
                                SiteMetric::satisfaction, SiteMetric::mood};

/// Lasting pains that can open and whose resolution lifts somewhere.
std::uint64_t lifting_pains(const PersonaTables& rows) {
  std::uint64_t opens = 0;
  std::uint64_t lifts = 0;
  for (const PainRow& row : rows.pains) opens |= row.opens;
  for (const ResolutionRow& row : rows.resolutions) lifts |= row.lift > 0 && row.probability > 0 ? row.closes : 0;
  return opens & lifts;
}

class Felt {
 public:
  Felt(const PersonaView& view, JourneySums& sums) : view_(view), sums_(sums) {}

  void add(const Product& product, const Occupancy& occupancy) {
    const PersonaTables& rows = view_.rows();
    const Behind behind = behind_obstacles(view_, product);
    Behind expectation_unknown(view_);
    Behind mood_unknown(view_);
    for (const ProductState& state : product.states) {
      const StopRow& stop = rows.stops[view_.way(state.way).node];
      if (state.felt_why != kExact && rows.learning != 0) spoil_next(expectation_unknown, state.way, state.felt_why);
      if (state.satisfaction_why != kExact && stop.mood_step > 0) {
        mood_unknown.spoil(view_, view_.way(state.way).node, state.satisfaction_why);
      }
    }
    const double begins = Law(view_.persona().expectation).mean();
    const std::vector<double> e = expectations(product, occupancy, begins);
    const std::vector<double> follow = mood_steps(product);
    const std::vector<double> mood =
        occupancy.carried(rows.anchor, follow, [](const ProductStep& step) { return step.satisfaction; });
    for (std::uint32_t s = 0; s < product.size(); ++s) {
      const ProductState& state = product.states[s];
      const double x = occupancy.visits()[s];
      if (x == 0) continue;
      const std::uint32_t node = view_.way(state.way).node;
      Known q{x * state.experience, state.felt_why};
      Known before{e[s], expectation_unknown.nodes[node]};
      Known m{x * state.satisfaction, state.satisfaction_why};
      Known after{(1 - follow[s]) * mood[s] + follow[s] * x * state.satisfaction, mood_unknown.nodes[node]};
      Known d = q;
      d.add(before, -1);
      for (Known* known : {&q, &before, &d, &m, &after}) {
        if (behind.nodes[node] != kExact) known->spoil(behind.nodes[node]);
      }
      const Known* const values[] = {&q, &before, &d, &m, &after};
      for (std::size_t i = 0; i < std::size(kFelt); ++i) add_at_sites(state.way, kFelt[i], *values[i]);
    }
    for (std::uint32_t w = 0; w < rows.ways.size(); ++w) {
      if (behind.nodes[view_.way(w).node] != kExact) spoil_way(w, behind.nodes[view_.way(w).node]);
    }
  }

  void spoil_all(std::int32_t why) {
    for (std::uint32_t w = 0; w < view_.rows().ways.size(); ++w) spoil_way(w, why);
  }

 private:
  void spoil_next(Behind& behind, std::uint32_t w, std::int32_t why) {
    const WayRow& row = view_.rows().ways[w];
    for (std::uint32_t i = row.edges.first; i < row.edges.first + row.edges.count; ++i) {
      behind.spoil(view_, view_.rows().edges[i].to, why);
    }
    if (view_.way(w).wait.given_up.zeroth > 0) behind.spoil(view_, row.given_up_to, why);
  }

  std::vector<double> mood_steps(const Product& product) const {
    std::vector<double> follow;
    for (const ProductState& state : product.states) {
      follow.push_back(view_.rows().stops[view_.way(state.way).node].mood_step);
    }
    return follow;
  }

  std::vector<double> expectations(const Product& product, const Occupancy& occupancy, double begins) const {
    if (view_.rows().learning != 0) {
      const std::vector<double> follow(product.size(), view_.rows().learning);
      return occupancy.carried(begins, follow, [](const ProductStep& step) { return step.experience; });
    }
    std::vector<double> same = occupancy.visits();
    for (double& sum : same) sum *= begins;
    return same;
  }

  template <class F>
  void at_sites(std::uint32_t w, F f) {
    const engine::NodeLayout& node = view_.atlas().layout.nodes[view_.way(w).node];
    f(sums_.sites[node.first_site]);
    const std::int32_t index = view_.rows().ways[w].way;
    if (index >= 0) f(sums_.sites[node.first_site + 1 + static_cast<std::uint32_t>(index)]);
  }

  void add_at_sites(std::uint32_t w, SiteMetric metric, const Known& value) {
    at_sites(w, [&](SiteSums& site) { site[metric].add(value); });
  }

  void spoil_way(std::uint32_t w, std::int32_t why) {
    at_sites(w, [&](SiteSums& site) {
      for (const SiteMetric metric : kFelt) site[metric].spoil(why);
    });
  }

  const PersonaView& view_;
  JourneySums& sums_;
};

}  // namespace

void add_felt_sums(const PersonaView& view, Reasons& reasons, Flags guards, std::size_t most_states,
                   JourneySums& sums) {
  Felt felt(view, sums);
  Flags tracked = guards;
  tracked.pains |= lifting_pains(view.rows());
  try {
    const Product product = make_product(view, reasons, tracked, Ask::feelings, most_states);
    const Occupancy occupancy(product, view.rows().visit_limit, reasons);
    if (occupancy.why() != kExact) {
      felt.spoil_all(occupancy.why());
      return;
    }
    felt.add(product, occupancy);
  } catch (const TooManyStates&) {
    felt.spoil_all(reasons.add("there are more than " + std::to_string(most_states) +
                               " combinations of touchpoints and of what experience depends on (" +
                               name_of(view, tracked) + ")"));
  } catch (const TooManyEvents& events) {
    felt.spoil_all(
        reasons.add("too many things can happen at once at a visit (" + view.place(events.way, "pains") + ")"));
  }
}

}  // namespace sojourn::models::exact
