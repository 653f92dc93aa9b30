// Tallies against what is counted by hand, on a layout of two nodes.

#include "engine/tally/tally.h"

#include "engine/base/contract.h"

#include <gtest/gtest.h>

#include <vector>

namespace sojourn::tests {
namespace {

using engine::JourneySums;
using engine::Layout;
using engine::Tally;
using engine::Visit;

/// Two groups; node `a` with ways x and y and marks m and n, node `b` plain; exits `out` and `lost`.
Layout layout() {
  Layout l;
  l.groups = {"g", "h"};
  l.exits = {"out", "lost"};
  l.mark_kinds = {"m", "n"};
  l.nodes.resize(2);
  l.nodes[0] = {.name = "a", .ways = {"x", "y"}, .marks = {0, 1}, .targets = {0, 1, 2}};
  l.nodes[1] = {.name = "b", .ways = {}, .marks = {1}, .targets = {2, 3}};
  l.scores = 3;  // one of the behaviour's, then the marks by kind
  l.histogram_scores = {0};
  l.finish();
  return l;
}

Visit visit(std::uint32_t node, std::int32_t way, std::uint32_t flow, std::uint64_t marks, double measure,
            std::int64_t ms) {
  Visit v;
  v.node = node;
  v.way = way;
  v.flow = flow;
  v.marks = marks;
  v.measures[2] = measure;
  v.duration_ms = ms;
  return v;
}

/// An agent of group g that goes a(x), a(y), b, out.
void fill_first(JourneySums& sums) {
  sums.clear();
  sums.add(visit(0, 0, 0, 0b01, 1.5, 10));
  sums.add(visit(0, 1, 1, 0b11, -0.5, 20));
  Visit last = visit(1, -1, 1, 0b1, 0.25, 5);
  last.given_up = true;
  last.drop_off = true;
  sums.add(last);
  sums.ending.group = 0;
  sums.behaviour_scores()[0] = 40;
}

/// One of group h that goes b, out.
void fill_second(JourneySums& sums) {
  sums.clear();
  sums.add(visit(1, -1, 0, 0, 0.75, 7));
  sums.ending.group = 1;
  sums.behaviour_scores()[0] = 2;
}

TEST(Layout, numbers_sites_and_slots_in_order) {
  const Layout l = layout();
  ASSERT_EQ(l.sites.size(), 4U);
  EXPECT_EQ(l.nodes[0].first_site, 0U);
  EXPECT_EQ(l.nodes[1].first_site, 3U);
  EXPECT_EQ(l.sites[2].way, 1);
  EXPECT_EQ(l.sites[2].first_mark, 4U);
  EXPECT_EQ(l.sites[3].first_mark, 6U);
  EXPECT_EQ(l.sites[3].first_flow, 9U);
  EXPECT_EQ(l.mark_slots, 7U);
  EXPECT_EQ(l.flow_slots, 11U);
}

TEST(Layout, refuses_more_marks_than_bits) {
  Layout l = layout();
  l.nodes[0].marks.assign(65, 0);
  EXPECT_THROW(l.finish(), engine::ContractViolation);
}

TEST(JourneySums, sum_by_node_and_by_way) {
  const Layout l = layout();
  JourneySums sums(l);
  fill_first(sums);
  EXPECT_EQ(sums.site(0).visits, 2);
  EXPECT_EQ(sums.site(1).visits, 1);
  EXPECT_EQ(sums.site(2).visits, 1);
  EXPECT_EQ(sums.site(0).sums[2], 1'000'000'000);  // 1.5 - 0.5
  EXPECT_EQ(sums.site(1).sums[2], 1'500'000'000);
  EXPECT_EQ(sums.site(0).sums[engine::kDurationMs], 30);
  EXPECT_EQ(sums.site(3).sums[engine::kGivenUp], 1);
  EXPECT_EQ(sums.site(3).sums[engine::kDropOff], 1);
  EXPECT_EQ(sums.site(0).sums[engine::kDropOff], 0);
  EXPECT_EQ(sums.mark_count(0), 2);   // m at a
  EXPECT_EQ(sums.mark_count(1), 1);   // n at a
  EXPECT_EQ(sums.mark_count(2), 1);   // m at a by x
  EXPECT_EQ(sums.mark_count(6), 1);   // n at b
  EXPECT_EQ(sums.flow_count(0), 1);   // a to a
  EXPECT_EQ(sums.flow_count(1), 1);   // a to b
  EXPECT_EQ(sums.flow_count(10), 1);  // b to lost
  EXPECT_EQ(sums.scores()[0], 40);
  EXPECT_EQ(sums.scores()[1], 2);  // m anywhere
  EXPECT_EQ(sums.scores()[2], 2);  // n anywhere
}

TEST(JourneySums, are_empty_after_clear) {
  const Layout l = layout();
  JourneySums sums(l);
  fill_first(sums);
  fill_second(sums);
  EXPECT_EQ(sums.site(0).visits, 0);
  EXPECT_EQ(sums.mark_count(0), 0);
  EXPECT_EQ(sums.mark_count(6), 0);
  EXPECT_EQ(sums.flow_count(10), 0);
  EXPECT_EQ(sums.scores()[1], 0);
  EXPECT_EQ(sums.touched_sites(), (std::vector<std::uint32_t>{3}));
}

/// An agent that is a unit by itself.
void add(Tally& tally, const Layout& l, const JourneySums& sums) {
  tally.add(sums);
  engine::UnitSums unit(l);
  unit.add(sums);
  unit.pool();
  tally.add(unit);
}

TEST(UnitSums, end_at_the_same_agents_in_every_run) {
  EXPECT_EQ(engine::unit_agents(0), 1U);
  EXPECT_EQ(engine::unit_agents(255), 1U);
  EXPECT_EQ(engine::unit_agents(256), 2U);
  EXPECT_EQ(engine::unit_agents(4'095), 16U);
  EXPECT_EQ(engine::unit_agents(4'096), 32U);
  EXPECT_EQ(engine::unit_agents(1'000'000), 1'024U);
  EXPECT_TRUE(engine::ends_unit(4'127));
  EXPECT_FALSE(engine::ends_unit(4'128));
  // A run's number of agents squared over its units' squared sizes is what its errors rest on.
  double agents = 0;
  double squares = 0;
  for (std::uint64_t first = 0; first < 4'000'000; first += engine::unit_agents(first)) {
    const auto size = static_cast<double>(engine::unit_agents(first));
    ASSERT_EQ(static_cast<std::uint64_t>(agents) % engine::unit_agents(first), 0U);
    agents += size;
    squares += size * size;
    if (first > 400) {
      ASSERT_GT(agents * agents / squares, 290) << first;
    }
  }
}

/// Products over units are those of their totals, and a unit with agents of several groups is one of all.
TEST(Tally, sums_units_as_it_sums_agents) {
  const Layout l = layout();
  JourneySums first(l), second(l);
  fill_first(first);
  fill_second(second);
  engine::UnitSums unit(l);
  unit.add(first);
  unit.add(first);
  unit.add(second);
  unit.pool();
  Tally tally(l);
  tally.add(unit);
  unit.clear();
  unit.pool();
  tally.add(unit);  // an empty one is none
  const auto& g = tally.groups()[0];
  EXPECT_EQ(g.units, 1U);
  EXPECT_EQ(g.unit_sizes.squares.low, 4U);
  EXPECT_EQ(g.sites[0].visits.a.squares.low, 16U);
  EXPECT_EQ(g.sites[0].visits.ab().low, 8U);
  EXPECT_EQ(g.sites[3].measures[engine::kGivenUp].a.squares.low, 4U);
  EXPECT_EQ(g.marks[0].a.squares.low, 16U);
  EXPECT_EQ(g.flows[0].ab().low, 4U);
  const auto all = tally.pooled();
  EXPECT_EQ(all.units, 1U);
  EXPECT_EQ(all.unit_sizes.squares.low, 9U);
  EXPECT_EQ(all.sites[3].visits.a.squares.low, 9U);
  EXPECT_EQ(all.sites[3].units, 1U);
}

TEST(Tally, adds_agents_to_their_groups) {
  const Layout l = layout();
  JourneySums sums(l);
  Tally tally(l);
  fill_first(sums);
  add(tally, l, sums);
  fill_second(sums);
  add(tally, l, sums);
  add(tally, l, sums);
  const auto& g = tally.groups()[0];
  const auto& h = tally.groups()[1];
  EXPECT_EQ(g.agents, 1U);
  EXPECT_EQ(h.agents, 2U);
  EXPECT_EQ(g.sites[0].reached, 1U);
  EXPECT_EQ(g.sites[0].visits.a.sum, 2);
  EXPECT_EQ(g.sites[0].visits.a.squares.low, 4U);
  EXPECT_EQ(g.marks[0].a.sum, 2);
  EXPECT_EQ(h.sites[0].reached, 0U);
  EXPECT_EQ(h.sites[3].visits.a.sum, 2);
  EXPECT_EQ(h.scores[0].sum, 4);
  EXPECT_EQ(h.scores[0].squares.low, 8U);
  EXPECT_EQ(h.histograms[0].total(), 2U);
  const auto all = tally.pooled();
  EXPECT_EQ(all.agents, 3U);
  EXPECT_EQ(all.sites[3].visits.a.sum, 3);
  EXPECT_EQ(all.sites[3].reached, 3U);
  EXPECT_EQ(all.flows[9].a.sum, 2);
  EXPECT_EQ(all.flows[10].a.sum, 1);
  EXPECT_EQ(all.histograms[0].at_rank(2.5), 40);
}

TEST(Tally, of_two_parts_is_that_of_the_whole) {
  const Layout l = layout();
  JourneySums sums(l);
  Tally whole(l), part(l), other(l);
  for (int i = 0; i < 5; ++i) {
    i % 2 == 0 ? fill_first(sums) : fill_second(sums);
    add(whole, l, sums);
    add(i < 2 ? part : other, l, sums);
  }
  other.add(part);
  for (std::size_t group = 0; group < 2; ++group) {
    EXPECT_EQ(other.groups()[group].agents, whole.groups()[group].agents);
    EXPECT_EQ(other.groups()[group].scores[0].sum, whole.groups()[group].scores[0].sum);
    EXPECT_EQ(other.groups()[group].scores[0].squares, whole.groups()[group].scores[0].squares);
    EXPECT_EQ(other.groups()[group].sites[3].measures[2].ab(), whole.groups()[group].sites[3].measures[2].ab());
  }
}

}  // namespace
}  // namespace sojourn::tests
