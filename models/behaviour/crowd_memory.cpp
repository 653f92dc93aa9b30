#include "models/behaviour/crowd_memory.h"

#include "models/behaviour/scores.h"

#include <algorithm>
#include <bit>
#include <span>

namespace sojourn::models {

void Lot::reserve(std::uint32_t wanted, std::uint32_t columns) {
  if (wanted <= capacity) return;
  const std::uint32_t larger = std::max({wanted, 2 * capacity, std::uint32_t{32}});
  std::vector<std::uint64_t> moved(static_cast<std::size_t>(larger) * columns, 0);
  for (std::uint32_t c = 0; c < columns; ++c) {
    std::copy_n(data.data() + static_cast<std::size_t>(c) * capacity, count,
                moved.data() + static_cast<std::size_t>(c) * larger);
  }
  data.swap(moved);
  capacity = larger;
}

std::size_t CrowdRows::bytes_per_unit(const engine::Layout& layout) {
  return 8 * layout.groups.size() * (layout.sites.size() * (kRow + 1) + layout.flow_slots + layout.mark_slots + 1);
}

CrowdRows::CrowdRows(const engine::Layout& layout, std::uint32_t units)
    : layout_(layout),
      groups_(layout.groups.size()),
      sites_(layout.sites.size()),
      flow_slots_(layout.flow_slots),
      mark_slots_(layout.mark_slots),
      rows_(units * groups_ * sites_ * kRow, 0),
      given_up_(units * groups_ * sites_, 0),
      flows_(units * groups_ * flow_slots_, 0),
      marks_(units * groups_ * mark_slots_, 0),
      agents_(units * groups_, 0) {}

void CrowdRows::close(std::uint32_t units, const std::vector<std::vector<std::uint8_t>>& exits_fail,
                      engine::UnitSums& unit, engine::Tally& tally) {
  const std::uint32_t nodes = layout_.node_count();
  for (std::uint32_t u = 0; u < units; ++u) {
    for (std::size_t group = 0; group < groups_; ++group) {
      unit.add_agents(group, agents(u, group));
      agents(u, group) = 0;
      for (std::uint32_t s = 0; s < sites_; ++s) {
        std::uint64_t* from = row(u, group, s);
        if (from[0] == 0) continue;
        engine::SiteSums& to = unit.touch(group, s);
        to.visits += static_cast<std::int64_t>(from[0]);
        for (std::size_t i = 0; i <= engine::kDurationMs; ++i) to.sums[i] += static_cast<std::int64_t>(from[1 + i]);
        std::int64_t& given = given_up(u, group)[s];
        to.sums[engine::kGivenUp] += given;
        given = 0;
        std::fill_n(from, kRow, 0);
        const engine::Site& site = layout_.sites[s];
        const engine::NodeLayout& node = layout_.nodes[site.node];
        for (std::size_t i = 0; i < node.marks.size(); ++i) {
          std::int64_t& count = marks(u, group)[site.first_mark + i];
          unit.marks(group)[site.first_mark + i] += count;
          count = 0;
        }
        for (std::size_t i = 0; i < node.targets.size(); ++i) {
          std::int64_t& count = flows(u, group)[site.first_flow + i];
          unit.flows(group)[site.first_flow + i] += count;
          const std::uint32_t target = node.targets[i];
          if (target >= nodes && exits_fail[group][target - nodes] != 0) to.sums[engine::kDropOff] += count;
          count = 0;
        }
      }
    }
    unit.pool();
    tally.add(unit);
    unit.clear();
  }
}

namespace {

constexpr std::uint32_t kBlock = 8'192;              // agents: many, so that few of them are left to half-filled lanes
constexpr std::size_t kMostRowBytes = 4 << 20;       // of a block's rows
constexpr std::size_t kMostOrdinalBytes = 16 << 20;  // and of its ordinals

}  // namespace

CrowdWork::CrowdWork(const Customer& customer, const engine::Layout& layout, const engine::PlaceKeys& keys)
    : plan(customer, layout, keys), scores(layout.scores, 0), unit(layout) {
  if (!plan.possible) return;
  lots.resize(plan.lots.size());
  for (const PersonaTables& persona : customer.tables().personas) {
    auto& fails = exits_fail.emplace_back();
    for (const std::uint8_t success : persona.exit_success) fails.push_back(success == 0 ? 1 : 0);
  }
}

std::uint32_t CrowdWork::block_agents(std::uint64_t unit_size) const {
  if (!plan.possible || unit_size == 1) return 0;
  const std::uint64_t by_rows = kMostRowBytes / CrowdRows::bytes_per_unit(plan.layout) * unit_size;
  const std::uint64_t by_ordinals = kMostOrdinalBytes / (2 * plan.layout.sites.size());
  const std::uint64_t most = std::min({std::uint64_t{kBlock}, by_rows, by_ordinals}) / unit_size * unit_size;
  return most < 256 ? 0 : static_cast<std::uint32_t>(most);
}

void CrowdWork::open_block(std::uint64_t first, std::uint32_t agents, std::uint64_t unit_size) {
  first_agent = first;
  unit_agents = unit_size;
  first_unit = first / unit_size;
  units = static_cast<std::uint32_t>((first + agents - 1) / unit_size - first_unit + 1);
  if (units > row_units) {
    rows.emplace(plan.layout, units);
    row_units = units;
  }
  if (begun.size() < agents) {
    const bool returns = std::ranges::find(plan.once, 0) != plan.once.end();
    if (returns) ordinals.resize(agents * plan.layout.sites.size(), 0);
    met.resize(agents * plan.layout.mark_kinds.size(), 0);
    for (auto slot = static_cast<std::uint32_t>(begun.size()); slot < agents; ++slot) free_slots.push_back(slot);
    begun.resize(agents);
  }
}

void CrowdWork::enter(std::uint32_t offset, const engine::Block& draws) {
  const Traveller agent = plan.customer.begin(draws);
  const std::uint32_t slot = free_slots.back();
  free_slots.pop_back();
  begun[offset] = {agent.node, agent.luck};
  const std::uint64_t id = offset | std::uint64_t{slot} << 32;
  ++rows->agents(unit_of(id), agent.group);
  const std::uint32_t at = plan.first_lot[agent.group] + agent.node;
  Lot& lot = lots[at];
  lot.reserve(lot.count + kMostLanes, plan.columns.count);
  std::uint64_t* to = lot.data.data() + lot.count++;
  for (std::uint32_t c = 0; c < plan.columns.count; ++c) to[std::size_t{c} * lot.capacity] = 0;
  to[std::size_t{CrowdColumns::id} * lot.capacity] = id;
  to[std::size_t{CrowdColumns::mood} * lot.capacity] = std::bit_cast<std::uint64_t>(agent.mood);
  to[std::size_t{CrowdColumns::expectation} * lot.capacity] = std::bit_cast<std::uint64_t>(agent.expectation);
  if (lot.count == lanes) ready.push_back(at);
}

void CrowdWork::leave(std::uint64_t id, Traveller& agent, engine::Ending& ending, double overall,
                      const ScoreShares& shares) {
  const Begun& start = begun[offset_of(id)];
  ending.first = start.first;
  ending.luck = start.luck;
  const std::size_t kinds = plan.layout.mark_kinds.size();
  plan.customer.score(agent, ending, overall, shares, std::span(scores).first(scores.size() - kinds));
  std::uint32_t* marks = met.data() + slot_of(id) * kinds;
  for (std::size_t i = 0; i < kinds; ++i) {
    scores[scores.size() - kinds + i] = marks[i];
    marks[i] = 0;
  }
  if (!ordinals.empty()) {
    const std::size_t sites = plan.layout.sites.size();
    std::fill_n(ordinals.data() + slot_of(id) * sites, sites, std::uint16_t{0});
  }
  free_slots.push_back(slot_of(id));
  visits += ending.visits;
  tally->add(ending, scores);
}

}  // namespace sojourn::models
