#include "models/exact/slopes.h"

#include "engine/solve/adjoint.h"
#include "engine/solve/subsets.h"
#include "models/exact/detail/occupancy.h"
#include "models/exact/detail/persona_sums.h"

#include <cmath>
#include <limits>
#include <map>
#include <optional>

namespace sojourn::models {
namespace {

using namespace exact;

constexpr std::size_t kParts = static_cast<std::size_t>(WorthPart::count);
constexpr std::size_t kSuccess = static_cast<std::size_t>(WorthPart::success);
constexpr std::size_t kCost = static_cast<std::size_t>(WorthPart::cost);
constexpr std::size_t kValue = static_cast<std::size_t>(WorthPart::value);

Worth none() {
  Worth worth;
  worth.fill(std::numeric_limits<double>::quiet_NaN());
  return worth;
}

void add(Worth& to, const Worth& other, double factor) {
  for (std::size_t m = 0; m < kParts; ++m) to[m] += factor * other[m];
}

class Sloping {
 public:
  Sloping(const PersonaView& view, Reasons& reasons, const Product& product, const engine::ChainSolver& solver)
      : view_(view), rows_(view.rows()), reasons_(reasons), product_(product), tracked_(product.tracked) {
    visits_ = solver.visits(product.start);
    const std::vector<double> absorbed = solver.absorbed(visits_);
    for (std::uint32_t state = 0; state < product.size(); ++state) {
      index_.emplace(std::pair(product.states[state].way, product.states[state].flags), state);
    }
    worth_.assign(product.size(), Worth{});
    std::vector<double> cost(product.size());
    for (std::uint32_t state = 0; state < product.size(); ++state)
      cost[state] = rows_.ways[product.states[state].way].cost;
    std::array<std::vector<double>, kParts> rewards;
    for (std::uint32_t exit = 0; exit < product.outcomes; ++exit) {
      const Worth worth = at_exit(exit);
      for (std::size_t m = 0; m < kParts; ++m) rewards[m].push_back(worth[m]);
      slopes_.outcomes.push_back(absorbed[exit] + product.start_exits[exit]);
    }
    for (std::size_t m = 0; m < kParts; ++m) {
      rewards[m].push_back(0);  // of the unknown exit, where nobody ends
      const engine::Adjoint adjoint = engine::adjoint(
          solver, product.start, m == kCost ? cost : std::vector<double>(product.size(), 0.0), rewards[m]);
      for (std::uint32_t state = 0; state < product.size(); ++state) worth_[state][m] = adjoint.values[state];
    }
  }

  PersonaSlopes slopes() {
    slopes_.share.assign(rows_.ways.size(), Worth{});
    slopes_.given_up.assign(rows_.ways.size(), Worth{});
    slopes_.visits.assign(rows_.ways.size(), 0.0);
    slopes_.pains.assign(rows_.pains.size(), Worth{});
    slopes_.resolutions.assign(rows_.resolutions.size(), Worth{});
    slopes_.fulfilments.assign(rows_.fulfilments.size(), Worth{});
    slopes_.edges.assign(rows_.edges.size(), Worth{});
    start();
    for (std::uint32_t state = 0; state < product_.size(); ++state) {
      if (visits_[state] > 0) visit(state);
    }
    return std::move(slopes_);
  }

 private:
  Worth at_exit(std::uint32_t exit) const {
    Worth worth{};
    worth[kSuccess] = rows_.exit_success[exit] != 0 ? 1 : 0;
    worth[kValue] = rows_.exit_value[exit];
    return worth;
  }

  /// What is still to come for who goes to a node with these flags. NaN where nobody can.
  Worth on_arrival(std::uint32_t to, const Flags& flags) const {
    if (to >= view_.nodes()) return at_exit(to - view_.nodes());
    const StopRow& stop = rows_.stops[to];
    Worth worth{};
    for (std::uint32_t w = stop.ways.first; w < stop.ways.first + stop.ways.count; ++w) {
      const auto found = index_.find(std::pair(w, flags));
      if (found == index_.end()) return none();
      add(worth, worth_[found->second], view_.way(w).share);
    }
    return worth;
  }

  void start() {
    double below = 0;
    const double total = rows_.start.back().first;
    std::vector<Worth> worths;
    for (const auto& [cumulated, to] : rows_.start) {
      worths.push_back(on_arrival(to, {}));
      add(slopes_.mean, worths.back(), (cumulated - below) / total);
      below = cumulated;
    }
    for (Worth& worth : worths) {
      add(worth, slopes_.mean, -1);
      Worth& slope = slopes_.start.emplace_back(Worth{});
      add(slope, worth, 1 / total);
    }
  }

  /// What is still to come after a visit that is not given up, of those events; if `count` > 0, so often, the slopes of the edges are
  /// counted, too. Nothing where the chain does not say.
  std::optional<Worth> after(std::uint32_t way, const std::map<Event, double>& chances, double count) {
    Worth sum{};
    for (const auto& [event, probability] : chances) {
      if (event.flags.unsure != 0 && count == 0) return std::nullopt;
      if (!(probability > 0)) continue;
      const auto open = open_edges(view_, way, event.flags);
      double total = 0;
      for (const EdgeRow* edge : open) total += edge->weight;
      if (!(total > 0)) return std::nullopt;
      Worth mean{};
      std::vector<Worth> there;
      for (const EdgeRow* edge : open) {
        there.push_back(on_arrival(edge->to, event.flags));
        add(mean, there.back(), edge->weight / total);
      }
      if (std::isnan(mean[kSuccess])) return std::nullopt;
      add(sum, mean, probability);
      for (std::size_t i = 0; count > 0 && open.size() > 1 && i < open.size(); ++i) {
        add(there[i], mean, -1);
        add(slopes_.edges[static_cast<std::size_t>(open[i] - rows_.edges.data())], there[i],
            count * probability / total);
      }
    }
    return sum;
  }

  void visit(std::uint32_t state) {
    const ProductState& here = product_.states[state];
    const double visits = visits_[state];
    const Wait& wait = view_.way(here.way).wait;
    slopes_.visits[here.way] += visits;
    share(state);
    const auto events = [&](Decided decided) {
      return events_of(
                 view_, reasons_,
                 {.way = here.way, .before = here.flags, .tracked = tracked_, .ask = Ask::flags, .decided = decided})
          .chances;
    };
    const std::optional<Worth> stay = after(here.way, events({}), visits * wait.stayed.zeroth);
    const auto slope = [&](Worth& to, const std::optional<Worth>& with, const std::optional<Worth>& without,
                           double factor) {
      if (!with || !without) {
        to = none();
        return;
      }
      add(to, *with, factor);
      add(to, *without, -factor);
    };
    if (!rows_.patient)
      slope(slopes_.given_up[here.way], on_arrival(rows_.ways[here.way].given_up_to, here.flags), stay, visits);
    const auto decide = [&](const auto& rows, const Slice& slice, std::vector<Worth>& slopes, auto is_tracked) {
      for (std::uint32_t i = slice.first; i < slice.first + slice.count; ++i) {
        if (!is_tracked(rows[i])) continue;
        slope(slopes[i], after(here.way, events({&rows[i], true}), 0), after(here.way, events({&rows[i], false}), 0),
              visits * wait.stayed.zeroth);
      }
    };
    const WayRow& way = rows_.ways[here.way];
    decide(rows_.pains, way.pains, slopes_.pains,
           [&](const PainRow& row) { return (row.opens & tracked_.pains) != 0 && row.after_ms == PainRow::kNever; });
    decide(rows_.resolutions, way.resolutions, slopes_.resolutions,
           [&](const ResolutionRow& row) { return (row.closes & tracked_.pains) != 0; });
    decide(rows_.fulfilments, way.fulfilments, slopes_.fulfilments,
           [&](const FulfilmentRow& row) { return (row.achieves & tracked_.goals) != 0; });
  }

  /// The way was drawn on arrival: of who came here through this way, the others would have come by another one.
  void share(std::uint32_t state) {
    const ProductState& here = product_.states[state];
    Worth worth = worth_[state];
    add(worth, on_arrival(view_.way(here.way).node, here.flags), -1);
    add(slopes_.share[here.way], worth, visits_[state]);
  }

  const PersonaView& view_;
  const PersonaTables& rows_;
  Reasons& reasons_;
  const Product& product_;
  Flags tracked_;
  std::vector<double> visits_;  // [state]
  std::vector<Worth> worth_;    // [state] from this visit on
  std::map<std::pair<std::uint32_t, Flags>, std::uint32_t> index_;
  PersonaSlopes slopes_;
};

engine::AbsorbingChain chain_of(const Product& product) {
  std::vector<engine::Transition> transitions;
  for (const ProductStep& step : product.steps) transitions.push_back({step.from, step.to, step.probability});
  return {product.size(), product.outcomes + 1, std::move(transitions)};
}

/// Each touchpoint's credit for success. Nothing where the journey has too many of them.
void share_success(const PersonaView& view, const Product& product, const engine::AbsorbingChain& chain,
                   PersonaSlopes& to) {
  std::vector<std::uint32_t> nodes;  // [group]
  std::vector<std::uint32_t> group_of;
  std::map<std::uint32_t, std::uint32_t> index;
  for (const ProductState& state : product.states) {
    const std::uint32_t node = view.way(state.way).node;
    const auto [found, fresh] = index.try_emplace(node, static_cast<std::uint32_t>(nodes.size()));
    if (fresh) nodes.push_back(node);
    group_of.push_back(found->second);
  }
  if (nodes.size() > engine::kMostSubsetGroups || product.size() > engine::kMostSubsetStates) return;
  std::vector<std::uint8_t> counts(view.rows().exit_success.begin(), view.rows().exit_success.end());
  counts.push_back(0);  // the unknown exit, where nobody ends
  double at_once = 0;
  for (std::uint32_t exit = 0; exit < product.outcomes; ++exit)
    at_once += counts[exit] != 0 ? product.start_exits[exit] : 0;
  const auto groups = static_cast<std::uint32_t>(nodes.size());
  const std::vector<double> within = engine::absorbed_within(chain, product.start, at_once, counts, group_of, groups);
  const std::vector<double> values = engine::shapley_values(within);
  to.shapley_success.assign(view.nodes(), 0.0);
  to.success_through.assign(view.nodes(), 0.0);
  for (std::uint32_t g = 0; g < groups; ++g) {
    to.shapley_success[nodes[g]] = values[g];
    to.success_through[nodes[g]] = within.back() - within[(within.size() - 1) & ~(std::size_t{1} << g)];
  }
}

/// Empty, or why there are none.
std::string slopes_of(const PersonaView& view, PersonaSlopes& to) {
  Reasons reasons;
  try {
    const Product product = make_product(view, reasons, guard_flags(view), Ask::flags, kMostStates);
    const Occupancy occupancy(product, view.rows().visit_limit, reasons);
    if (occupancy.why() != kExact) return reasons[occupancy.why()];
    for (const ProductStep& step : product.steps) {
      if (step.obstacle >= 0 && occupancy.visits()[step.from] > 0) {
        return reasons[product.obstacles[static_cast<std::size_t>(step.obstacle)].why];
      }
    }
    constexpr double kFew = 1e-12;
    if (occupancy.truncated() > kFew) return "some journeys are cut off at the visit limit (limits.visits)";
    const engine::AbsorbingChain chain = chain_of(product);
    const engine::ChainSolver solver(chain);
    to = Sloping(view, reasons, product, solver).slopes();
    share_success(view, product, chain, to);
    return {};
  } catch (const DeadEnd& end) {
    return "some customers find no way on at touchpoints." + view.atlas().touchpoints.ids()[end.node];
  } catch (const TooManyStates&) {
    return "guards ask for too many goals and pains together to follow them";
  } catch (const TooManyEvents& visit) {
    return "too much can happen at one visit to " + view.touchpoint(visit.way);
  }
}

}  // namespace

ExactSlopes exact_slopes(const Case& one, const Atlas& atlas, const JourneyTables& tables) {
  ExactSlopes slopes;
  slopes.personas.resize(atlas.personas.size());
  for (std::size_t p = 0; p < one.views.view_of_persona.size() && slopes.why_not.empty(); ++p) {
    const PersonaView view(one, atlas, tables, p);
    slopes.why_not = slopes_of(view, slopes.personas[view.group()]);
  }
  return slopes;
}

}  // namespace sojourn::models
