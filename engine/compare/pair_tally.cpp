#include "engine/compare/pair_tally.h"

namespace sojourn::engine {
namespace {

template <class T>
void add_all(std::vector<T>& mine, const std::vector<T>& theirs) {
  for (std::size_t i = 0; i < mine.size(); ++i) mine[i].add(theirs[i]);
}

}  // namespace

GroupCross::GroupCross(const Layout& layout)
    : scores(layout.scores),
      sites(layout.sites.size()),
      marks(layout.mark_slots),
      flows(layout.flow_slots),
      controls(layout),
      first_change(layout.controlled.empty() ? 0 : layout.node_count() + 1),
      first_change_x(first_change.size() * layout.controls.size()) {}

void GroupCross::add(const GroupCross& other) {
  agents += other.agents;
  add_all(scores, other.scores);
  controls.add(other.controls);
  add_all(first_change, other.first_change);
  add_all(first_change_x, other.first_change_x);
  for (std::size_t s = 0; s < sites.size(); ++s) sites[s].reached_both += other.sites[s].reached_both;
  add_units(other);
}

void GroupCross::add_units(const GroupCross& other) {
  unit_sizes.add(other.unit_sizes);
  add_all(marks, other.marks);
  add_all(flows, other.flows);
  for (std::size_t s = 0; s < sites.size(); ++s) {
    sites[s].visits.add(other.sites[s].visits);
    sites[s].visits_sizes.add(other.sites[s].visits_sizes);
    sites[s].sizes_visits.add(other.sites[s].sizes_visits);
    for (std::size_t i = 0; i < kSiteSums; ++i) sites[s].measures[i].add(other.sites[s].measures[i]);
  }
}

PairTally::PairTally(const Layout& layout)
    : layout_(&layout),
      groups_(layout.groups.size() + 2, GroupCross(layout)),
      by_first_change_(layout.node_count() + 1),
      pair_scores_(layout.pair_scores),
      one_(layout, 1) {}

void PairTally::add(const JourneySums& base, const JourneySums& scenario, Parting parting) {
  const bool same_group = base.ending.group == scenario.ending.group;
  GroupCross& group = groups_[same_group ? base.ending.group : layout_->groups.size()];
  ++group.agents;
  const auto scores1 = base.scores();
  const auto scores2 = scenario.scores();
  for (std::size_t i = 0; i < scores1.size(); ++i) {
    if (scores1[i] != 0 && scores2[i] != 0) group.scores[i].add_product(scores1[i], scores2[i]);
  }
  if (!same_group) {
    if (!movers_in_base_) {
      movers_in_base_.emplace(*layout_);
      movers_in_scenario_.emplace(*layout_);
    }
    movers_in_base_->add(base);
    movers_in_scenario_->add(scenario);
  }
  for (const std::uint32_t s : base.touched_sites()) {
    if (scenario.site(s).visits != 0) ++group.sites[s].reached_both;
  }
  if (parting.changed) {
    one_.base.assign(1, base.ending);
    one_.scenario.assign(1, scenario.ending);
    one_.nodes.assign(1, parting.node);
    one_.base_scores.assign(scores1.begin(), scores1.end());
    one_.scenario_scores.assign(scores2.begin(), scores2.end());
    add_change(same_group ? base.ending.group : layout_->groups.size(), one_);
  }
}

void PairTally::add_alike(const Tally& base, const std::vector<Moments>& pair_scores) {
  for (std::size_t g = 0; g < base.groups().size(); ++g) {
    const GroupTally& of_base = base.groups()[g];
    GroupCross& group = groups_[g];
    group.agents += of_base.agents;
    for (std::size_t i = 0; i < group.scores.size(); ++i) group.scores[i].add(of_base.scores[i].squares);
    for (std::size_t s = 0; s < group.sites.size(); ++s) group.sites[s].reached_both += of_base.sites[s].reached;
  }
  add_all(pair_scores_, pair_scores);
}

void PairTally::add_parted(const PartedPairs& pairs) {
  if (pairs.base.empty()) return;
  GroupCross& group = groups_[pairs.base.front().group];
  const std::size_t each = layout_->scores;
  for (std::size_t i = 0; i < each; ++i) {
    Int128 sum = 0;  // of what the product with the scenario is more than that with itself
    for (std::size_t p = 0; p < pairs.base.size(); ++p) {
      const std::int64_t base = pairs.base_scores[p * each + i];
      const std::int64_t scenario = pairs.scenario_scores[p * each + i];
      if (base == scenario) continue;
      const auto product = static_cast<Int128>(base) * scenario;
      const auto itself = static_cast<Int128>(base) * base;
      if (is_narrow(base) && is_narrow(scenario)) {
        sum += product - itself;
      } else {
        group.scores[i].add(product);
        group.scores[i].add(-itself);
      }
    }
    if (sum != 0) group.scores[i].add(sum);
  }
  add_change(pairs.base.front().group, pairs);
}

void PairTally::add(const UnitSums& base, const UnitSums& scenario) {
  for (std::size_t g = 0; g < layout_->groups.size(); ++g) add_unit(base, scenario, g, groups_[g]);
  add_unit(base, scenario, base.all(), groups_.back());
}

void PairTally::add_unit(const UnitSums& base, const UnitSums& scenario, std::size_t group, GroupCross& to) {
  const std::int64_t agents1 = base.agents(group);
  const std::int64_t agents2 = scenario.agents(group);
  to.unit_sizes.add_product(agents1, agents2);
  // A site where a unit was in one case only has a product with the number of agents in the other.
  for (const std::uint32_t s : base.touched(group)) {
    const SiteSums& sums1 = base.site(group, s);
    const SiteSums& sums2 = scenario.site(group, s);
    SiteCross& cross = to.sites[s];
    const Site& site = layout_->sites[s];
    const NodeLayout& node = layout_->nodes[site.node];
    cross.visits_sizes.add_product(sums1.visits, agents2);
    for (std::uint32_t i = 0; i < node.targets.size(); ++i) {
      const std::uint32_t slot = site.first_flow + i;
      const std::int64_t count1 = base.flow_count(group, slot);
      const std::int64_t count2 = scenario.flow_count(group, slot);
      to.flows[slot].a1a2.add_product(count1, count2);
      to.flows[slot].a1b2.add_product(count1, agents2);
    }
    if (sums2.visits == 0) continue;
    cross.visits.add_product(sums1.visits, sums2.visits);
    for (std::size_t i = 0; i < kSiteSums; ++i) {
      if (sums1.sums[i] != 0 || sums2.sums[i] != 0) {
        cross.measures[i].add(sums1.sums[i], sums1.visits, sums2.sums[i], sums2.visits);
      }
    }
    for (std::uint32_t i = 0; i < node.marks.size(); ++i) {
      const std::uint32_t slot = site.first_mark + i;
      const std::int64_t count1 = base.mark_count(group, slot);
      const std::int64_t count2 = scenario.mark_count(group, slot);
      if (count1 != 0 || count2 != 0) to.marks[slot].add(count1, sums1.visits, count2, sums2.visits);
    }
  }
  for (const std::uint32_t s : scenario.touched(group)) {
    to.sites[s].sizes_visits.add_product(agents1, scenario.site(group, s).visits);
    const Site& site = layout_->sites[s];
    for (std::uint32_t i = 0; i < layout_->nodes[site.node].targets.size(); ++i) {
      const std::uint32_t slot = site.first_flow + i;
      to.flows[slot].b1a2.add_product(agents1, scenario.flow_count(group, slot));
    }
  }
}

void PairTally::add_change(std::size_t group, const PartedPairs& pairs) {
  const std::size_t agents = pairs.base.size();
  const std::size_t each = layout_->scores;
  const auto of = [&](const std::vector<std::int64_t>& scores, std::size_t p) {
    return std::span(scores).subspan(p * each, each);
  };
  const auto change = [&](std::size_t p, std::uint32_t score) {
    return pairs.scenario_scores[p * each + score] - pairs.base_scores[p * each + score];
  };
  changed_ += agents;
  for (std::size_t p = 0; p < agents; ++p) by_first_change_[pairs.nodes[p]].add(change(p, layout_->headline_score));
  if (layout_->controlled.empty()) return;
  x_.clear();
  y_.clear();
  for (const Control& control : layout_->controls) {
    for (std::size_t p = 0; p < agents; ++p) {
      std::int64_t x = control_value(control, pairs.base[p], of(pairs.base_scores, p));
      if (control.kind == Control::Kind::score) {
        x = control_value(control, pairs.scenario[p], of(pairs.scenario_scores, p)) - x;
      }
      x_.push_back(x);
    }
  }
  for (const std::uint32_t score : layout_->controlled) {
    for (std::size_t p = 0; p < agents; ++p) y_.push_back(change(p, score));
  }
  GroupCross& to = groups_[group];
  to.controls.add(x_, y_, agents);
  for (std::size_t p = 0; p < agents; ++p) {
    const std::int64_t headline = change(p, layout_->headline_score);
    if (headline == 0) continue;
    to.first_change[pairs.nodes[p]].add(headline);
    WideSum* sums = &to.first_change_x[pairs.nodes[p] * layout_->controls.size()];
    for (std::size_t c = 0; c < layout_->controls.size(); ++c) sums[c].add_product(x_[c * agents + p], headline);
  }
}

void PairTally::add(const PairTally& other) {
  add_all(groups_, other.groups_);
  add_all(by_first_change_, other.by_first_change_);
  add_all(pair_scores_, other.pair_scores_);
  changed_ += other.changed_;
  if (!other.movers_in_base_) return;
  if (!movers_in_base_) {
    movers_in_base_.emplace(*layout_);
    movers_in_scenario_.emplace(*layout_);
  }
  movers_in_base_->add(*other.movers_in_base_);
  movers_in_scenario_->add(*other.movers_in_scenario_);
}

GroupCross PairTally::pooled() const {
  GroupCross all(*layout_);
  for (const GroupCross& group : groups()) {
    all.agents += group.agents;
    add_all(all.scores, group.scores);
    all.controls.add(group.controls);
    add_all(all.first_change, group.first_change);
    add_all(all.first_change_x, group.first_change_x);
    for (std::size_t s = 0; s < all.sites.size(); ++s) all.sites[s].reached_both += group.sites[s].reached_both;
  }
  all.add_units(groups_.back());
  return all;
}

}  // namespace sojourn::engine
