#pragma once
// What a worker keeps while a crowd is under way (models/crowd/crowd.h).

#include "engine/compare/tallies.h"
#include "engine/tally/ending_sums.h"
#include "models/crowd/differences.h"
#include "models/crowd/plan.h"
#include "models/crowd/rows.h"
#include "models/crowd/seats.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace sojourn::models {

inline constexpr std::uint32_t kMostLanes = 8;

/// Who waits for the same thing, by slot. Those who came first leave first, so that nobody waits forever.
struct Lot {
  std::uint32_t* slots = nullptr;
  std::uint32_t count = 0;
  std::uint32_t capacity = 0;
  bool listed = false;  // among those in which there is somebody
};

/// How the next step of base agents might differ in a scenario from which their journeys have not parted.
struct Trial {
  std::uint32_t scenario = 0;              // from 0
  const PersonaTables* persona = nullptr;  // there
  bool picks = false;                      // another way may be picked there ...
  const StopRow* stop = nullptr;           // ... of these; null if there is none
  std::uint32_t arrival_lot = 0;           // of who comes to the place there
  const LotPlan* visit = nullptr;          // the visit may differ from this one there; null: it is the same
  std::uint32_t visit_lot = 0;             // of who makes it there, having picked its way
};

/// All that a worker keeps. Agents stay in one slot from beginning to end; only the numbers of slots go from lot to lot.
struct CrowdWork {
  CrowdWork(std::span<const Customer* const> cases, const engine::Layout& layout, const engine::PlaceKeys& keys);

  /// Whether lanes are made for these cases.
  bool possible() const { return seats.has_value(); }
  /// Agents whose unit's rows would not find room wait outside.
  bool has_room() const { return seats->has_room(kMostLanes) && rows->has_room(); }
  /// A new agent. `last_of_unit`: nobody else of its unit will come.
  void enter(std::uint64_t agent, const engine::Block& draws, bool first_of_unit, bool last_of_unit);
  /// An agent's journey parts in a scenario from the base's at a node: the scenario's agent, who waits in `lot`, stands where the
  /// base's one stood before this visit, which is counted at `sites`. Returns the rows that the base's agent adds to from now on.
  std::uint32_t part(std::uint32_t slot, std::uint32_t scenario, std::uint32_t node, std::uint32_t lot,
                     std::span<const std::uint32_t> counted_sites);
  /// What comes of one at its end: `agent` is what it carries, without what enter() keeps.
  void score(std::uint32_t case_index, std::uint32_t slot, Traveller& agent, engine::Ending& ending, double overall,
             const ScoreShares& shares, std::span<std::int64_t> scores);
  /// An agent will be scored soon: what that needs is sent for.
  void send_for(std::uint32_t slot) const {
    __builtin_prefetch(&begun[slot]);
    __builtin_prefetch(met.data() + std::size_t{slot} * kinds);
    seats->send_for(slot);
  }
  /// Agents of one case and one group are at their ends; scores_of_ended has theirs.
  void leave(std::uint32_t case_index, std::span<const std::uint32_t> slots, std::span<const engine::Ending> endings);
  /// Once all have come to their ends: makes the tallies whole.
  void settle();

  void put(std::uint32_t lot, std::uint32_t slot) {
    const std::uint64_t there[1] = {lot};
    put(there, &slot, 1);
  }
  /// The first n of some slots, each into its lot.
  void put(const std::uint64_t* where, const std::uint32_t* who, std::uint32_t n) {
    std::uint32_t* ring = full.data();
    std::uint32_t end = full_end;  // not in memory, where each would wait for the one before
    for (std::uint32_t i = 0; i < n; ++i) {
      const auto lot = static_cast<std::uint32_t>(where[i]);
      Lot& to = lots[lot];
      if (to.count == to.capacity) widen(lot);
      if (!to.listed) list(lot);
      to.slots[to.count++] = who[i];
      ring[end & full_mask] = lot;
      end += to.count == lanes ? 1 : 0;
    }
    full_end = end;
  }
  /// The first n of a lot leave it.
  void take(std::uint32_t lot, std::uint32_t n) {
    Lot& from = lots[lot];
    from.count -= n;
    // So many at a time, as what is left is mostly less: a loop that ends each time elsewhere would cost more.
    for (std::uint32_t i = 0; i < from.count; i += kMostLanes) {
      std::uint32_t moved[kMostLanes];
      std::copy_n(from.slots + i + n, kMostLanes, moved);
      std::copy_n(moved, kMostLanes, from.slots + i);
    }
    if (from.count >= lanes) full[full_end++ & full_mask] = lot;
  }
  /// The fullest of some lots that have been waiting; none if nobody is under way.
  std::optional<std::uint32_t> next_with_somebody();
  void list(std::uint32_t lot) {
    lots[lot].listed = true;
    some[some_end++ & full_mask] = lot;
  }
  void widen(std::uint32_t lot);
  std::uint64_t* record(std::uint32_t slot) { return records.data() + std::size_t{slot} * record_size; }
  std::uint16_t* ordinals_of(std::uint32_t slot) { return ordinals.data() + std::size_t{slot} * sites; }
  std::uint32_t* met_of(std::uint32_t slot) { return met.data() + std::size_t{slot} * kinds; }
  /// A slot for a lane that nobody is in: what is written there is never read.
  std::uint32_t nobody(std::size_t lane) const { return slots + static_cast<std::uint32_t>(lane); }

  const engine::Layout& layout;
  const engine::PlaceKeys& keys;
  engine::Tallies tallies;       // of those who have ended; of a scenario, only the endings of its own agents
  std::vector<CrowdPlan> plans;  // [case]
  std::vector<LotPlan> lot_plans;
  std::vector<std::vector<Trial>> trials;     // [lot of the base]
  std::vector<CrowdDifferences> differences;  // [scenario]
  std::size_t sites, kinds, record_size = 0;
  std::uint32_t slots = 0;  // for agents
  std::optional<CrowdSeats> seats;
  std::optional<CrowdRows> rows;

  std::vector<Lot> lots;
  std::vector<std::vector<std::uint32_t>> waiting;  // [lot] where its slots stand, with room for kMostLanes behind them
  std::vector<std::uint32_t> full;                  // a ring of the lots that fill all lanes, first come first served
  std::uint32_t full_mask = 0, full_begin = 0, full_end = 0;
  std::vector<std::uint32_t> some;  // another of those in which there is somebody, or was
  std::uint32_t some_begin = 0, some_end = 0;

  Zeroed<std::uint64_t> records;        // [slot][CrowdRecord]
  std::vector<std::uint16_t> ordinals;  // [slot][site]; empty where nobody comes back
  std::vector<std::uint32_t> met;       // [slot][mark kind]
  struct Begun {
    std::uint32_t first, luck;
  };
  std::vector<Begun> begun;                   // [slot]
  std::size_t row_of_scores;                  // in eights
  std::vector<std::int64_t> scores_of_ended;  // [lane][row]
  std::vector<engine::EndingSums> ended;      // [case][group]
  std::uint32_t lanes = 1;                    // of the machine
  bool is_long = false;                       // records have effort, cost, goals and open
  bool stuck = false;                         // somebody has no way on
};

}  // namespace sojourn::models
