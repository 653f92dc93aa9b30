#include "models/crowd/memory.h"

#include "models/behaviour/scores.h"

#include <bit>
#include <utility>

namespace sojourn::models {
namespace {

constexpr std::size_t kFewestSeats = 1'024;  // many, so that lanes find company ...
constexpr std::size_t kSeatsPerLot = 8;
constexpr std::size_t kMostSeats = 8'192;            // ... but not so many that caches overflow
constexpr std::size_t kMostOrdinalBytes = 16 << 20;  // of them
constexpr std::size_t kFewestAtAll = 256;            // with fewer, one by one is faster
constexpr std::size_t kMostRowBytes = 8 << 20;       // of the units under way
constexpr std::uint32_t kMostScenarios = 5;          // rows double with each

std::size_t seats_for(std::size_t lots, std::size_t cases, std::size_t sites) {
  const std::size_t most = kMostOrdinalBytes / (sizeof(std::uint16_t) * std::max<std::size_t>(1, sites) * cases);
  return std::min(most, std::clamp(kSeatsPerLot * lots, kFewestSeats, kMostSeats));
}

std::vector<std::vector<std::uint8_t>> failing_exits(const JourneyTables& tables) {
  std::vector<std::vector<std::uint8_t>> fails;
  for (const PersonaTables& persona : tables.personas) {
    fails.emplace_back();
    for (const std::uint8_t success : persona.exit_success) fails.back().push_back(success == 0 ? 1 : 0);
  }
  return fails;
}

std::size_t units_for(const engine::Layout& layout, std::uint32_t scenarios) {
  const std::size_t most = CrowdRecord::kRows / CrowdRows::variants(scenarios) - 1;
  return std::clamp<std::size_t>(kMostRowBytes / CrowdRows::bytes_per_unit(layout, scenarios), 4, most);
}

/// Customer::pair_score of every journey with itself.
std::vector<engine::Moments> pair_scores_alike(const engine::Layout& layout, const engine::Tally& tally) {
  std::vector<engine::Moments> pairs(layout.pair_scores);
  for (const engine::GroupTally& group : tally.groups()) {
    pairs[0].add(group.scores[score::detractors]);
    pairs[4].add(group.scores[score::passives]);
    pairs[8].add(group.scores[score::promoters]);
  }
  return pairs;
}

/// What to try for those of the base's agents who are about to do something.
std::vector<Trial> trials_at(const LotPlan& what, const std::vector<CrowdPlan>& plans,
                             const std::vector<LotPlan>& lot_plans, const std::vector<CrowdDifferences>& differences) {
  std::vector<Trial> trials;
  if (what.kind == LotPlan::Kind::exit || what.kind == LotPlan::Kind::cut) return trials;
  for (std::uint32_t i = 0; i < differences.size(); ++i) {
    const CrowdDifferences& differs = differences[i];
    const CrowdPlan& plan = plans[i + 1];
    const PersonaTables& there = plan.customer.tables().personas[what.group];
    Trial trial;
    trial.scenario = i;
    trial.picks = what.kind != LotPlan::Kind::way && differs.picks[what.group][what.place] != 0;
    if (what.kind != LotPlan::Kind::pick && what.way < differs.ways[what.group].size() &&
        differs.ways[what.group][what.way] != 0) {
      trial.visit_lot = plan.first_way_lot[what.group] + differs.way_there[what.group][what.way];
      trial.visit = &lot_plans[trial.visit_lot];
    }
    if (!trial.picks && trial.visit == nullptr) continue;
    trial.arrival_lot = plan.first_lot[what.group] + what.place;
    trial.persona = &there;
    trial.stop = what.place < there.stops.size() ? &there.stops[what.place] : nullptr;
    trials.push_back(trial);
  }
  return trials;
}

}  // namespace

CrowdWork::CrowdWork(std::span<const Customer* const> cases, const engine::Layout& layout_,
                     const engine::PlaceKeys& keys_)
    : layout(layout_),
      keys(keys_),
      tallies(layout_, cases.size() - 1),
      sites(layout_.sites.size()),
      kinds(layout_.mark_kinds.size()),
      row_of_scores(engine::in_eights(layout_.scores)),
      scores_of_ended(kMostLanes * row_of_scores, 0),
      ended(cases.size() * layout_.groups.size(), engine::EndingSums(layout_)) {
  const auto scenarios = static_cast<std::uint32_t>(cases.size() - 1);
  if (scenarios > kMostScenarios) return;
  for (std::uint32_t i = 0; i < cases.size(); ++i) {
    plans.emplace_back(*cases[i], layout, keys, i, static_cast<std::uint32_t>(lot_plans.size()));
    if (!plans.back().possible) return;
    lot_plans.insert(lot_plans.end(), plans.back().lots.begin(), plans.back().lots.end());
    is_long = is_long || plans.back().is_long;
    if (i == 0) continue;
    differences.emplace_back(cases[0]->tables(), cases[i]->tables());
    if (!differences.back().visible) return;
  }
  if (lot_plans.size() > CrowdPlan::kMostLots) return;
  // Nobody's visit to a place has to be counted where nobody comes back.
  for (LotPlan& lot : lot_plans) {
    if (lot.stop) lot.counted = scenarios > 0 || plans[0].once[lot.place] == 0;
  }
  const std::size_t count = seats_for(lot_plans.size() / cases.size(), cases.size(), sites);
  if (count < kFewestAtAll) return;
  seats.emplace(layout, scenarios, static_cast<std::uint32_t>(count));
  rows.emplace(layout, failing_exits(cases[0]->tables()), scenarios, units_for(layout, scenarios), tallies);

  for (const LotPlan& what : plans[0].lots) trials.push_back(trials_at(what, plans, lot_plans, differences));
  lots.resize(lot_plans.size());
  waiting.resize(lot_plans.size());
  full.resize(std::bit_ceil(lot_plans.size() + 1), 0);
  some.resize(full.size(), 0);
  full_mask = static_cast<std::uint32_t>(full.size() - 1);
  slots = seats->slots();
  record_size = is_long ? CrowdRecord::kLong : CrowdRecord::kShort;
  const std::size_t all = slots + kMostLanes;
  records = Zeroed<std::uint64_t>(all * record_size);
  const bool counts = scenarios > 0 || std::ranges::find(plans[0].once, 0) != plans[0].once.end();
  if (counts) ordinals.assign(all * sites, 0);
  met.assign(all * kinds, 0);
  begun.resize(slots);
  for (std::size_t lane = 0; lane < kMostLanes; ++lane) {
    record(nobody(lane))[CrowdRecord::id] = std::uint64_t{rows->nobody()} << CrowdRecord::kRowsShift;
  }
}

void CrowdWork::widen(std::uint32_t lot) {
  lots[lot].capacity = std::max(2 * kMostLanes, 2 * lots[lot].capacity);
  waiting[lot].resize(lots[lot].capacity + kMostLanes);
  lots[lot].slots = waiting[lot].data();
}

std::optional<std::uint32_t> CrowdWork::next_with_somebody() {
  constexpr std::uint32_t kLookAt = 32;
  std::optional<std::uint32_t> best;
  for (std::uint32_t left = std::min(some_end - some_begin, kLookAt); left > 0; --left) {
    const std::uint32_t lot = some[some_begin++ & full_mask];
    lots[lot].listed = false;
    if (lots[lot].count == 0) {
      if (left == 1 && !best && some_begin != some_end) ++left;  // go on until there is one
      continue;
    }
    if (best && lots[*best].count >= lots[lot].count) {
      list(lot);
    } else {
      if (best) list(*best);
      best = lot;
    }
  }
  return best;
}

void CrowdWork::enter(std::uint64_t agent, const engine::Block& draws, bool first_of_unit, bool last_of_unit) {
  if (first_of_unit) rows->open();
  const Traveller begins = plans[0].customer.begin(draws);
  const std::uint32_t slot = seats->enter();
  ++tallies.agents;
  begun[slot] = {begins.node, begins.luck};
  std::uint64_t* to = record(slot);
  std::fill_n(to, record_size, 0);
  to[CrowdRecord::id] = agent | std::uint64_t{rows->enter(begins.group)} << CrowdRecord::kRowsShift;
  to[CrowdRecord::mood] = std::bit_cast<std::uint64_t>(begins.mood);
  to[CrowdRecord::expectation] = std::bit_cast<std::uint64_t>(begins.expectation);
  put(plans[0].first_lot[begins.group] + begins.node, slot);
  for (std::uint32_t i = 0; i < differences.size(); ++i) {
    if (differences[i].expectation[begins.group] == 0 || begins.node >= layout.node_count()) continue;
    const Traveller there = plans[i + 1].customer.begin(draws);
    if (there.expectation == begins.expectation) continue;
    const std::uint32_t rows_now = part(slot, i, begins.node, plans[i + 1].first_lot[begins.group] + begins.node, {});
    record(slot + 1 + i)[CrowdRecord::expectation] = std::bit_cast<std::uint64_t>(there.expectation);
    to[CrowdRecord::id] = agent | std::uint64_t{rows_now} << CrowdRecord::kRowsShift;
  }
  if (last_of_unit) rows->close();
}

std::uint32_t CrowdWork::part(std::uint32_t slot, std::uint32_t scenario, std::uint32_t node, std::uint32_t lot,
                              std::span<const std::uint32_t> counted_sites) {
  const std::uint32_t there = seats->part(slot, scenario, node);
  std::copy_n(record(slot), record_size, record(there));
  std::uint64_t& id = record(there)[CrowdRecord::id];
  const std::uint32_t rows_before = CrowdRecord::rows_of(id);
  id = CrowdRecord::with_rows(id, rows->enter_scenario(rows_before, scenario));
  std::copy_n(ordinals_of(slot), sites, ordinals_of(there));
  for (const std::uint32_t site : counted_sites) --ordinals_of(there)[site];
  std::copy_n(met_of(slot), kinds, met_of(there));
  begun[there] = begun[slot];
  put(lot, there);
  return rows->parted(rows_before, scenario);
}

void CrowdWork::score(std::uint32_t case_index, std::uint32_t slot, Traveller& agent, engine::Ending& ending,
                      double overall, const ScoreShares& shares, std::span<std::int64_t> scores) {
  ending.first = begun[slot].first;
  ending.luck = begun[slot].luck;
  plans[case_index].customer.score(agent, ending, overall, shares, scores.first(scores.size() - kinds));
  std::uint32_t* marks = met_of(slot);
  for (std::size_t i = 0; i < kinds; ++i) scores[scores.size() - kinds + i] = std::exchange(marks[i], 0);
}

void CrowdWork::leave(std::uint32_t case_index, std::span<const std::uint32_t> who,
                      std::span<const engine::Ending> endings) {
  for (std::size_t i = 0; i < who.size(); ++i) {
    const std::int64_t* scores = scores_of_ended.data() + i * row_of_scores;
    const std::size_t group = endings[i].group;
    ended[case_index * layout.groups.size() + group].add(endings[i], scores,
                                                         tallies.cases[case_index].endings_of(group));
    if (case_index == 0) tallies.visits += std::uint64_t{endings[i].visits} * plans.size();
    rows->leave(CrowdRecord::rows_of(record(who[i])[CrowdRecord::id]));
    if (seats->leave(who[i], endings[i], scores)) {
      seats->settle(who[i], ordinals.empty() ? nullptr : ordinals.data(), tallies);
    }
  }
}

void CrowdWork::settle() {
  const std::size_t groups = layout.groups.size();
  for (std::size_t i = 0; i < ended.size(); ++i) ended[i].move_to(tallies.cases[i / groups].endings_of(i % groups));
  seats->finish(tallies);
  for (std::size_t i = 1; i < plans.size(); ++i) {
    tallies.cases[i].add_endings_of(tallies.cases[0], seats->parted_endings(i - 1));
    tallies.pairs[i - 1].add_alike(tallies.cases[0], pair_scores_alike(layout, tallies.cases[0]));
  }
}

}  // namespace sojourn::models
