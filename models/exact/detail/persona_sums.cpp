#include "models/exact/detail/persona_sums.h"

#include "models/exact/detail/felt_sums.h"
#include "models/exact/detail/occupancy.h"
#include "models/exact/detail/reachable.h"
#include "models/exact/detail/remembering.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sojourn::models::exact {
namespace {

constexpr double kHoursPerMs = 1.0 / 3.6e6;

/// Flags that can change somewhere.
Flags changing_flags(const PersonaTables& rows) {
  Flags flags;
  for (const PainRow& row : rows.pains) flags.pains |= row.opens;
  for (const FulfilmentRow& row : rows.fulfilments) {
    if (row.probability > 0) flags.goals |= row.achieves;
  }
  return flags;
}

class Summing {
 public:
  Summing(const PersonaView& view, Reasons& reasons)
      : view_(view),
        rows_(view.rows()),
        layout_(view.atlas().layout),
        reasons_(reasons),
        sums_(layout_, view.atlas().outcomes.size(), view.atlas().goals.size(), view.atlas().pains.size()) {}

  JourneySums sum() {
    const Flags guards = guard_flags(view_);
    const auto why = with_chain(guards, [&](const Product& product, const Occupancy& occupancy) {
      const Behind behind = behind_obstacles(view_, product);
      visits(product, occupancy, behind);
      means(product, behind);
      reach(product, occupancy, behind);
      journeys(product, occupancy, behind);
      flags_at_end(product, occupancy, behind, guards);
    });
    if (why != kExact) {
      sums_.spoil(why);
      return std::move(sums_);
    }
    other_flags(guards);
    add_felt_sums(view_, reasons_, guards, kMostStates, sums_);
    add_remembered(view_, reasons_, kMostMemories, sums_);
    return std::move(sums_);
  }

 private:
  /// Calls `use` with the chain that tracks these flags, solved; a reason if there is none.
  template <class Use>
  std::int32_t with_chain(Flags tracked, Use use) {
    try {
      const Product product = make_product(view_, reasons_, tracked, Ask::flags, kMostStates);
      const Occupancy occupancy(product, rows_.visit_limit, reasons_);
      if (occupancy.why() != kExact) return occupancy.why();
      use(product, occupancy);
      return kExact;
    } catch (const TooManyStates&) {
      return reasons_.add("there are more than " + std::to_string(kMostStates) +
                          " combinations of touchpoints and of what choices depend on (" + name_of(view_, tracked) +
                          ")");
    } catch (const TooManyEvents& events) {
      return reasons_.add("too many things can happen at once at a visit (" + view_.place(events.way, "pains") + ")");
    }
  }

  template <class F>
  void at_sites(std::uint32_t way, F f) {
    const engine::NodeLayout& node = layout_.nodes[view_.way(way).node];
    f(sums_.sites[node.first_site]);
    const std::int32_t index = rows_.ways[way].way;
    if (index >= 0) f(sums_.sites[node.first_site + 1 + static_cast<std::uint32_t>(index)]);
  }

  void visits(const Product& product, const Occupancy& occupancy, const Behind& behind) {
    std::vector<double> by_way(rows_.ways.size(), 0.0);
    for (std::uint32_t s = 0; s < product.size(); ++s) by_way[product.states[s].way] += occupancy.visits()[s];
    VisitLaws laws(view_, reasons_, {}, Ask::flags);
    for (std::uint32_t w = 0; w < by_way.size(); ++w) {
      const std::int32_t why = behind.nodes[view_.way(w).node];
      if (why == kExact && by_way[w] == 0) continue;
      way_sums(w, by_way[w], laws);
      if (why != kExact) at_sites(w, [&](SiteSums& site) { spoil_site(site, why); });
    }
    for (const ProductStep& step : product.steps) {
      const ProductState& state = product.states[step.from];
      const double amount = occupancy.visits()[step.from] * step.probability;
      if (step.obstacle >= 0) {
        blocked(product.obstacles[static_cast<std::size_t>(step.obstacle)], amount);
        continue;
      }
      const engine::NodeLayout& node = layout_.nodes[view_.way(state.way).node];
      const std::uint32_t target = node.targets[step.flow];
      const bool drop_off = target >= view_.nodes() && rows_.exit_success[target - view_.nodes()] == 0;
      at_sites(state.way, [&](SiteSums& site) {
        site.flows[step.flow] += amount;
        if (drop_off) site[SiteMetric::drop_off] += amount;
      });
    }
  }

  /// Of touchpoints behind a choice that is not known: what is alike at every visit. Every state is come to by somebody, for
  /// its way there is possible and shorter than the visit limit.
  void means(const Product& product, const Behind& behind) {
    if (rows_.visit_limit < product.size()) return;
    VisitLaws laws(view_, reasons_, {}, Ask::feelings);
    std::vector<char> done(rows_.ways.size(), 0);
    for (const ProductState& state : product.states) {
      const std::int32_t why = behind.nodes[view_.way(state.way).node];
      if (why == kExact || done[state.way] != 0) continue;
      done[state.way] = 1;
      const SiteSums::Means here = way_means(state.way, laws, why);
      const engine::NodeLayout& node = layout_.nodes[view_.way(state.way).node];
      add_means(sums_.sites[node.first_site], here, view_.way(state.way).share);
      const std::int32_t index = rows_.ways[state.way].way;
      if (index >= 0) add_means(sums_.sites[node.first_site + 1 + static_cast<std::uint32_t>(index)], here, 1);
    }
  }

  static void add_means(SiteSums& site, const SiteSums::Means& one, double share) {
    if (!site.means) site.means = SiteSums::Means{{}, std::vector<Known>(one.marks.size())};
    for (std::size_t i = 0; i < kSiteMetrics; ++i) site.means->metrics[i].add(one.metrics[i], share);
    for (std::size_t i = 0; i < one.marks.size(); ++i) site.means->marks[i].add(one.marks[i], share);
  }

  SiteSums::Means way_means(std::uint32_t w, VisitLaws& laws, std::int32_t why) {
    const Wait& wait = view_.way(w).wait;
    SiteSums::Means means{{}, std::vector<Known>(layout_.nodes[view_.way(w).node].marks.size())};
    const auto set = [&](SiteMetric metric, const Known& value) {
      means.metrics[static_cast<std::size_t>(metric)] = value;
    };
    for (Known& metric : means.metrics) metric.spoil(why);
    set(SiteMetric::given_up, {wait.given_up.zeroth});
    set(SiteMetric::duration_hours, {(wait.stayed.first + wait.given_up.first) * kHoursPerMs});
    set(SiteMetric::pain_loss, Known{}.add(laws.pain_loss(w), wait.stayed.zeroth));
    for (const PainRow& pain : pains_of(view_, w)) {
      Known rate{pain.probability};
      if (pain.after_ms != PainRow::kNever) rate.spoil(reasons_.add(after_sentence(view_, w, pain)));
      means.marks[pain.mark].add(rate, wait.stayed.zeroth);
    }
    const auto resolutions = resolutions_of(view_, w);
    if (std::any_of(resolutions.begin(), resolutions.end(), [](const auto& row) { return row.lift > 0; })) return means;
    const VisitOutcomes& outcomes = laws.of(w, {});
    Known q{0, outcomes.felt_why};
    Known m{0, outcomes.felt_why};
    m.spoil(outcomes.satisfaction_why);
    for (const Branch& branch : outcomes.branches) {
      q += wait.stayed.zeroth * branch.experience;
      m += wait.stayed.zeroth * branch.satisfaction;
    }
    if (m.exact() && wait.given_up.zeroth > 0) m += wait.given_up.zeroth * laws.satisfaction_given_up();
    set(SiteMetric::experience, q);
    // A choice by mood is a choice by expectation, too: those who come here may expect more or less than all.
    const Distribution& expectation = view_.persona().expectation;
    const bool same_for_all = expectation.family == Distribution::Family::constant;
    if (same_for_all || rows_.disconfirmation_weight == 0) set(SiteMetric::satisfaction, m);
    if (rows_.learning != 0 || !same_for_all) return means;
    const Known e{expectation.a};
    set(SiteMetric::expectation, e);
    set(SiteMetric::disconfirmation, q.add(e, -1));
    return means;
  }

  static void spoil_site(SiteSums& site, std::int32_t why) {
    for (Known& metric : site.metrics) metric.spoil(why);
    for (Known& mark : site.marks) mark.spoil(why);
    for (Known& flow : site.flows) flow.spoil(why);
  }

  /// What every visit by a way is alike in.
  void way_sums(std::uint32_t w, double visits, VisitLaws& laws) {
    const Wait& wait = view_.way(w).wait;
    const WayRow& row = rows_.ways[w];
    const Known loss = laws.pain_loss(w);
    at_sites(w, [&](SiteSums& site) {
      site[SiteMetric::visits] += visits;
      site[SiteMetric::given_up] += visits * wait.given_up.zeroth;
      site[SiteMetric::duration_hours] += visits * (wait.stayed.first + wait.given_up.first) * kHoursPerMs;
      site[SiteMetric::pain_loss].add(loss, visits * wait.stayed.zeroth);
      for (std::uint32_t i = row.pains.first; i < row.pains.first + row.pains.count; ++i) {
        const PainRow& pain = rows_.pains[i];
        Known rate{pain.probability};
        if (pain.after_ms != PainRow::kNever) rate.spoil(reasons_.add(after_sentence(view_, w, pain)));
        site.marks[pain.mark].add(rate, visits * wait.stayed.zeroth);
      }
    });
  }

  void blocked(const Obstacle& obstacle, double amount) {
    const engine::NodeLayout& node = layout_.nodes[view_.way(obstacle.way).node];
    at_sites(obstacle.way, [&](SiteSums& site) {
      for (const std::uint32_t to : obstacle.targets) {
        const auto at = std::lower_bound(node.targets.begin(), node.targets.end(), to) - node.targets.begin();
        site.flows[static_cast<std::size_t>(at)].spoil(obstacle.why);
      }
      if (obstacle.surely_drops_off) {
        site[SiteMetric::drop_off] += amount;
      } else if (!obstacle.never_drops_off) {
        site[SiteMetric::drop_off].spoil(obstacle.why);
      }
    });
  }

  void reach(const Product& product, const Occupancy& occupancy, const Behind& behind) {
    std::vector<std::uint32_t> node_of(product.size());
    std::vector<std::uint32_t> way_of(product.size());
    bool has_channels = false;
    for (std::uint32_t s = 0; s < product.size(); ++s) {
      way_of[s] = product.states[s].way;
      node_of[s] = view_.way(way_of[s]).node;
      has_channels = has_channels || rows_.ways[way_of[s]].way >= 0;
    }
    const auto set = [&](std::uint32_t site, const Known& share, std::uint32_t node) {
      Known& to = sums_.sites[site][SiteMetric::reach];
      if (behind.nodes[node] == kExact) to = share;
    };
    const auto nodes = occupancy.reach(node_of, view_.nodes(), reasons_);
    for (std::uint32_t n = 0; n < view_.nodes(); ++n) set(layout_.nodes[n].first_site, nodes[n], n);
    if (!has_channels) return;
    const auto ways = occupancy.reach(way_of, static_cast<std::uint32_t>(rows_.ways.size()), reasons_);
    for (std::uint32_t w = 0; w < ways.size(); ++w) {
      if (rows_.ways[w].way < 0) continue;
      const std::uint32_t n = view_.way(w).node;
      set(layout_.nodes[n].first_site + 1 + static_cast<std::uint32_t>(rows_.ways[w].way), ways[w], n);
    }
  }

  void journeys(const Product& product, const Occupancy& occupancy, const Behind& behind) {
    for (std::size_t i = 0; i < sums_.outcomes.size(); ++i) sums_.outcomes[i] += product.start_exits[i];
    double square = 0;  // E[T^2] in ms^2, equation (16)
    double elapsed = 0;
    for (const ProductStep& step : product.steps) {
      if (step.to < product.size() || step.obstacle >= 0) continue;
      sums_.outcomes[step.to - product.size()] += occupancy.visits()[step.from] * step.probability;
    }
    for (std::uint32_t s = 0; s < product.size(); ++s) {
      const ProductState& state = product.states[s];
      const Wait& wait = view_.way(state.way).wait;
      const double d1 = wait.stayed.first + wait.given_up.first;
      const double d2 = wait.stayed.second + wait.given_up.second;
      const double x = occupancy.visits()[s];
      elapsed += x * d1;
      square += 2 * occupancy.time_visits()[s] * d1 + x * d2;
      sums_[Metric::visits] += x;
      sums_[Metric::effort] += x * rows_.ways[state.way].effort;
      sums_[Metric::cost] += x * rows_.ways[state.way].cost;
    }
    sums_[Metric::elapsed_hours] += elapsed * kHoursPerMs;
    sums_.elapsed_square += square * kHoursPerMs * kHoursPerMs;
    sums_[Metric::truncated] += occupancy.truncated();
    if (behind.any_node != kExact) {
      for (const Metric m : {Metric::visits, Metric::effort, Metric::cost, Metric::elapsed_hours, Metric::truncated}) {
        sums_[m].spoil(behind.any_node);
      }
      sums_.elapsed_square.spoil(behind.any_node);
    } else {
      refuse_end_of_time(product, occupancy, elapsed, square);
    }
    for (std::size_t i = 0; i < sums_.outcomes.size(); ++i) {
      if (behind.outcomes[i] != kExact) sums_.outcomes[i].spoil(behind.outcomes[i]);
      if (rows_.exit_success[i] != 0) sums_[Metric::success].add(sums_.outcomes[i]);
      sums_[Metric::value].add(sums_.outcomes[i], rows_.exit_value[i]);
    }
    sums_[Metric::abandoned] = sums_.outcomes[view_.atlas().outcomes.index("abandoned")];
    sums_[Metric::net] = sums_[Metric::value];
    sums_[Metric::net].add(sums_[Metric::cost], -1);
    success_by_the_rest();
    for (std::uint32_t s = 0; s < layout_.sites.size(); ++s) {
      if (layout_.sites[s].way >= 0) continue;
      const engine::NodeLayout& node = layout_.nodes[layout_.sites[s].node];
      for (std::size_t i = 0; i < node.marks.size(); ++i) sums_.met[node.marks[i]].add(sums_.sites[s].marks[i]);
    }
  }

  /// Where only failures are known, the rest succeeds.
  void success_by_the_rest() {
    Known& success = sums_[Metric::success];
    if (success.exact()) return;
    Known rest{1};
    rest.add(sums_[Metric::truncated], -1);
    for (std::size_t i = 0; i < sums_.outcomes.size(); ++i) {
      if (rows_.exit_success[i] == 0) rest.add(sums_.outcomes[i], -1);
    }
    if (rest.exact()) success = rest;
  }

  /// Elapsed time stops at 2^43 ms. What that takes away is at most E[T^8] / K^7 of the mean and E[T^8] / K^6 of the square
  /// (Markov), and E[T^8] <= E[N^8] max E[D^8 | given up or not] (power means over the N visits).
  void refuse_end_of_time(const Product& product, const Occupancy& occupancy, double elapsed, double square) {
    constexpr double kEnd = static_cast<double>(kLongestMs);
    double longest = 0;
    double eighth = 0;
    for (const ProductState& state : product.states) {
      const Wait& wait = view_.way(state.way).wait;
      longest = std::max(longest, wait.longest);
      for (const double share : {wait.stayed.zeroth, wait.given_up.zeroth}) {
        if (share > 1e-300) eighth = std::max(eighth, wait.eighth / share);
      }
    }
    if (longest * rows_.visit_limit <= kEnd || elapsed == 0) return;
    const double moment = eighth * occupancy.eighth_moment_of_visits();
    const double spread = square - elapsed * elapsed;
    if (moment / std::pow(kEnd, 7) <= 1e-9 * elapsed && moment / std::pow(kEnd, 6) <= 1e-9 * spread) return;
    const std::int32_t why = reasons_.add(
        "some durations are so spread out or so long that the end of time at 2^43 ms (278 years) may cut them off");
    sums_[Metric::elapsed_hours].spoil(why);
    sums_.elapsed_square.spoil(why);
  }

  /// Shares of agents that end with each of the flags set.
  void flags_at_end(const Product& product, const Occupancy& occupancy, const Behind& behind, Flags which) {
    const auto count = [&](const Flags& flags, double amount) {
      for (std::uint64_t left = flags.goals & which.goals; left != 0; left &= left - 1) {
        sums_.goals[static_cast<std::size_t>(std::countr_zero(left))] += amount;
      }
      for (std::uint64_t left = flags.pains & which.pains; left != 0; left &= left - 1) {
        open_of_bit(std::countr_zero(left)) += amount;
      }
      if (!(amount > 0)) return;
      for (std::uint64_t left = flags.unsure & which.pains; left != 0; left &= left - 1) {
        open_of_bit(std::countr_zero(left)).spoil(reasons_.add(unsure_sentence(view_, left & -left)));
      }
    };
    for (const ProductStep& step : product.steps) {
      if (step.to >= product.size()) count(step.after, occupancy.visits()[step.from] * step.probability);
    }
    for (std::uint32_t s = 0; s < product.size(); ++s) count(product.states[s].flags, occupancy.at_limit()[s]);
    spoil_flags(product, behind, which);
  }

  Known& open_of_bit(int bit) { return sums_.open[view_.atlas().lasting_pains[static_cast<std::size_t>(bit)]]; }

  /// A flag at the unknown exit is the one at the end if nothing behind it can change it.
  void spoil_flags(const Product& product, const Behind& behind, Flags which) {
    Flags unsure;
    std::int32_t why = kExact;
    for (const Obstacle& obstacle : product.obstacles) why = why == kExact ? obstacle.why : why;
    for (std::uint32_t w = 0; w < rows_.ways.size(); ++w) {
      if (behind.nodes[view_.way(w).node] == kExact) continue;
      const WayRow& row = rows_.ways[w];
      for (std::uint32_t i = row.pains.first; i < row.pains.first + row.pains.count; ++i) {
        unsure.pains |= rows_.pains[i].opens;
      }
      for (std::uint32_t i = row.resolutions.first; i < row.resolutions.first + row.resolutions.count; ++i) {
        unsure.pains |= rows_.resolutions[i].closes;
      }
      for (std::uint32_t i = row.fulfilments.first; i < row.fulfilments.first + row.fulfilments.count; ++i) {
        unsure.goals |= rows_.fulfilments[i].achieves;
      }
    }
    if (why == kExact) return;
    for (std::uint64_t left = unsure.goals & which.goals; left != 0; left &= left - 1) {
      sums_.goals[static_cast<std::size_t>(std::countr_zero(left))].spoil(why);
    }
    for (std::uint64_t left = unsure.pains & which.pains; left != 0; left &= left - 1) {
      open_of_bit(std::countr_zero(left)).spoil(why);
    }
  }

  /// Flags that no choice depends on: the chain again, with one of them at a time.
  void other_flags(Flags guards) {
    const Flags changing = changing_flags(rows_);
    const auto solve_with = [&](Flags flag, Known& to) {
      Flags tracked = guards;
      tracked.goals |= flag.goals;
      tracked.pains |= flag.pains;
      const std::int32_t why = with_chain(tracked, [&](const Product& product, const Occupancy& occupancy) {
        flags_at_end(product, occupancy, behind_obstacles(view_, product), flag);
      });
      if (why != kExact) to.spoil(why);
    };
    for (std::uint64_t left = changing.goals & ~guards.goals; left != 0; left &= left - 1) {
      solve_with({left & -left, 0}, sums_.goals[static_cast<std::size_t>(std::countr_zero(left))]);
    }
    for (std::uint64_t left = changing.pains & ~guards.pains; left != 0; left &= left - 1) {
      solve_with({0, left & -left}, open_of_bit(std::countr_zero(left)));
    }
  }

  const PersonaView& view_;
  const PersonaTables& rows_;
  const engine::Layout& layout_;
  Reasons& reasons_;
  JourneySums sums_;
};

}  // namespace

JourneySums persona_sums(const PersonaView& view, Reasons& reasons) { return Summing(view, reasons).sum(); }

std::string name_of(const PersonaView& view, Flags flags) {
  std::string goals, pains;
  const auto add = [](std::string& list, const std::string& id) { list += (list.empty() ? "" : ", ") + id; };
  for (std::uint64_t left = flags.goals; left != 0; left &= left - 1) {
    add(goals, view.atlas().goals.ids()[static_cast<std::size_t>(std::countr_zero(left))]);
  }
  for (std::uint64_t left = flags.pains; left != 0; left &= left - 1) {
    const std::uint32_t pain = view.atlas().lasting_pains[static_cast<std::size_t>(std::countr_zero(left))];
    add(pains, view.atlas().pains.ids()[pain]);
  }
  std::string text = goals.empty() ? "" : "goals " + goals;
  if (!pains.empty()) text += (text.empty() ? "pains " : "; pains ") + pains;
  return text;
}

}  // namespace sojourn::models::exact
