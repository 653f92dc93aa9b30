#include "models/behaviour/crowd_memory.h"

#include "models/behaviour/scores.h"

#include <algorithm>
#include <bit>
#include <span>
#include <utility>

namespace sojourn::models {
namespace {

constexpr std::size_t kFewestSlots = 1'024;          // many, so that lanes find company ...
constexpr std::size_t kSlotsPerLot = 8;
constexpr std::size_t kMostSlots = 8'192;            // ... but not so many that caches overflow
constexpr std::size_t kMostOrdinalBytes = 16 << 20;  // of them
constexpr std::size_t kMostRowBytes = 4 << 20;       // of the units under way

std::uint32_t slots_for(const CrowdPlan& plan, std::size_t sites) {
  const std::size_t most = kMostOrdinalBytes / (sizeof(std::uint16_t) * std::max<std::size_t>(1, sites));
  return static_cast<std::uint32_t>(std::min(most, std::clamp(kSlotsPerLot * plan.lots.size(), kFewestSlots, kMostSlots)));
}

std::vector<std::vector<std::uint8_t>> failing_exits(const JourneyTables& tables) {
  std::vector<std::vector<std::uint8_t>> fails;
  for (const PersonaTables& persona : tables.personas) {
    fails.emplace_back();
    for (const std::uint8_t success : persona.exit_success) fails.back().push_back(success == 0 ? 1 : 0);
  }
  return fails;
}

std::size_t units_for(const engine::Layout& layout) {
  return std::clamp<std::size_t>(kMostRowBytes / CrowdRows::bytes_per_unit(layout), 4, CrowdRecord::kUnits - 1);
}

}  // namespace

CrowdWork::CrowdWork(const Customer& customer, const engine::Layout& layout, const engine::PlaceKeys& keys,
                     engine::Tally& tally_)
    : plan(customer, layout, keys),
      tally(tally_),
      sites(layout.sites.size()),
      kinds(layout.mark_kinds.size()),
      record_size(plan.is_long ? CrowdRecord::kLong : CrowdRecord::kShort),
      slots(plan.possible ? slots_for(plan, sites) : 0),
      rows(layout, failing_exits(customer.tables()), plan.possible ? units_for(layout) : 0, tally),
      lots(plan.lots.size()),
      waiting(plan.lots.size()),
      full(std::bit_ceil(plan.lots.size() + 1), 0),
      full_mask(static_cast<std::uint32_t>(full.size() - 1)),
      scores_of_ended(kMostLanes * layout.scores, 0) {
  if (!plan.possible) return;
  const std::size_t all = slots + kMostLanes;
  records.assign(all * record_size, 0);
  if (std::ranges::find(plan.once, 0) != plan.once.end()) ordinals.assign(all * sites, 0);
  met.assign(all * kinds, 0);
  begun.resize(slots);
  for (std::uint32_t slot = slots; slot-- > 0;) free_slots.push_back(slot);
  for (std::size_t lane = 0; lane < kMostLanes; ++lane) {
    record(nobody(lane))[CrowdRecord::id] = std::uint64_t{rows.nobody()} << CrowdRecord::kUnitShift;
  }
}

void CrowdWork::widen(std::uint32_t lot) {
  waiting[lot].resize(std::max<std::size_t>(2 * kMostLanes, 2 * waiting[lot].size()));
  lots[lot].slots = waiting[lot].data();
  lots[lot].capacity = static_cast<std::uint32_t>(waiting[lot].size());
}

void CrowdWork::enter(std::uint64_t agent, const engine::Block& draws, bool first_of_unit, bool last_of_unit) {
  if (first_of_unit) rows.open();
  const Traveller begins = plan.customer.begin(draws);
  const std::uint32_t slot = free_slots.back();
  free_slots.pop_back();
  begun[slot] = {begins.node, begins.luck};
  rows.enter(begins.group);
  std::uint64_t* to = record(slot);
  std::fill_n(to, record_size, 0);
  to[CrowdRecord::id] = agent | std::uint64_t{rows.present()} << CrowdRecord::kUnitShift;
  to[CrowdRecord::mood] = std::bit_cast<std::uint64_t>(begins.mood);
  to[CrowdRecord::expectation] = std::bit_cast<std::uint64_t>(begins.expectation);
  put(plan.first_lot[begins.group] + begins.node, slot);
  if (last_of_unit) rows.close();
}

void CrowdWork::score(std::uint32_t slot, Traveller& agent, engine::Ending& ending, double overall,
                      const ScoreShares& shares, std::span<std::int64_t> scores) {
  ending.first = begun[slot].first;
  ending.luck = begun[slot].luck;
  plan.customer.score(agent, ending, overall, shares, scores.first(scores.size() - kinds));
  std::uint32_t* marks = met_of(slot);
  for (std::size_t i = 0; i < kinds; ++i) scores[scores.size() - kinds + i] = std::exchange(marks[i], 0);
}

void CrowdWork::leave(std::span<const std::uint32_t> who, std::span<const engine::Ending> endings) {
  tally.add_endings(endings.front().group, endings, std::span(scores_of_ended).first(endings.size() * plan.layout.scores));
  for (std::size_t i = 0; i < who.size(); ++i) {
    if (!ordinals.empty()) std::fill_n(ordinals_of(who[i]), sites, std::uint16_t{0});
    visits += endings[i].visits;
    rows.leave(CrowdRecord::unit_of(record(who[i])[CrowdRecord::id]));
    free_slots.push_back(who[i]);
  }
}

}  // namespace sojourn::models
