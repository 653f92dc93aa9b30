#include "engine/compare/pair_tally.h"

namespace sojourn::engine {

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
      controls_(layout),
      change_(layout.scores, 0) {}

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
  if (!parting.changed) return;
  for (std::size_t i = 0; i < change_.size(); ++i) change_[i] = scores2[i] - scores1[i];
  add_change(group, {base.ending, scenario.ending, parting.node, scores1.data(), scores2.data()}, change_.data(),
             nullptr);
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

void PairTally::add_parted(const PartedPair& pair, PartedSums& sums) {
  const std::size_t group = pair.base.group;
  if (sums.count == ProductSums::kMost) move_parted(group, sums);
  ++sums.count;
  std::int64_t* change = sums.change.data();
  subtract_row(pair.scenario_scores, pair.base_scores, sums.change.size(), change);
  if (are_narrow(pair.base_scores, sums.change.size()) && are_narrow(change, sums.change.size())) {
    sums.products.add(pair.base_scores, change);
  } else {
    for (std::size_t i = 0; i < layout_->scores; ++i) {
      groups_[group].scores[i].add_product(pair.base_scores[i], pair.scenario_scores[i]);
      groups_[group].scores[i].add(-static_cast<Int128>(pair.base_scores[i]) * pair.base_scores[i]);
    }
  }
  add_change(groups_[group], pair, change, &sums.controls);
}

void PairTally::move_parted(std::size_t group, PartedSums& sums) {
  if (sums.count == 0) return;
  // Of what the product with the scenario is more than that with itself.
  for (std::size_t i = 0; i < layout_->scores; ++i) groups_[group].scores[i].add(sums.products.sum(0, i));
  sums.products.clear();
  if (!sums.controls.is_empty()) sums.controls.move_to(groups_[group].controls);
  sums.count = 0;
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

void PairTally::add_change(GroupCross& to, const PartedPair& pair, const std::int64_t* change, ControlBatch* waiting) {
  ++changed_;
  const std::int64_t headline = change[layout_->headline_score];
  if (headline != 0) by_first_change_[pair.node].add(headline);
  if (layout_->controlled.empty()) return;
  ControlBatch& controls = waiting != nullptr ? *waiting : controls_;
  const std::size_t count = layout_->controls.size();
  const std::span<const std::int64_t> base(pair.base_scores, layout_->scores);
  for (std::size_t c = 0; c < count; ++c) {
    const Control& control = layout_->controls[c];
    const bool differs = control.kind == Control::Kind::score;
    controls.x()[c] = differs ? change[control.which] : control_value(control, pair.base, base);
  }
  for (std::size_t y = 0; y < layout_->controlled.size(); ++y) controls.y()[y] = change[layout_->controlled[y]];
  controls.add(to.controls);
  if (waiting == nullptr) controls.move_to(to.controls);
  if (headline == 0) return;
  to.first_change[pair.node].add(headline);
  WideSum* sums = &to.first_change_x[pair.node * count];
  for (std::size_t c = 0; c < count; ++c) sums[c].add_product(controls.x()[c], headline);
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
