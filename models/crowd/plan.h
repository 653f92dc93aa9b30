#pragma once
// What a crowd's walk (models/crowd/crowd.h) knows of the journey before anybody travels.

#include "engine/random/luck.h"
#include "engine/tally/layout.h"
#include "engine/walk/walk.h"
#include "models/behaviour/customer.h"

#include <cstdint>
#include <vector>

namespace sojourn::models {

/// Agents of one persona who are about to do the same thing wait together.
struct LotPlan {
  enum class Kind : std::uint8_t {
    stop,  // to visit the node, in its only way
    pick,  // to pick a way of visiting the node
    way,   // to visit the node in a way that was picked
    exit,  // to be scored
    cut    // to be scored, at the limit of visits
  };
  Kind kind = Kind::stop;
  std::uint32_t group = 0;
  std::uint32_t place = 0;  // node, or node_count + exit
  std::uint32_t way = 0;    // of the persona's ways
  bool guarded = false;     // some of its edges are open to some only
  bool gentle = false;      // no mood makes one of its edges e^700 times as likely as another
  std::uint32_t case_index = 0;

  // What a visit reads of the tables, found once instead of at every visit.
  static constexpr std::uint32_t kNoSite = ~std::uint32_t{0};
  bool counted = true;               // somebody may come back, so that visits are counted
  std::uint32_t site = 0;            // of the node
  std::uint32_t way_site = kNoSite;  // of the way
  std::uint32_t first_lot = 0;       // of the group's nodes
  engine::PlaceKey key{};            // of the node
  const PersonaTables* persona = nullptr;
  const StopRow* stop = nullptr;    // null where there is no visit
  const WayRow* visited = nullptr;  // null unless the way is known
};

/// What an agent carries: words of 64 bits, which stand together, four to a row of lanes. The last four only where something
/// fills them.
struct CrowdRecord {
  enum : std::uint32_t { id, elapsed_ms, mood, expectation, weight, weighted, peak, end, effort, cost, goals, open };
  static constexpr std::uint32_t kShort = effort, kLong = open + 1;

  // The first word is the agent's number, the rows that it adds to (of its unit), and its visits so far.
  static constexpr int kRowsShift = 32, kVisitsShift = 48;
  static constexpr std::uint64_t kAgents = std::uint64_t{1} << kRowsShift;  // numbers are below that
  static constexpr std::uint64_t kRows = std::uint64_t{1} << (kVisitsShift - kRowsShift);
  static constexpr std::uint32_t rows_of(std::uint64_t id) {
    return static_cast<std::uint32_t>(id >> kRowsShift & (kRows - 1));
  }
  static constexpr std::uint64_t with_rows(std::uint64_t id, std::uint32_t rows) {
    return id + ((std::uint64_t{rows} - rows_of(id)) << kRowsShift);
  }
  static constexpr std::uint32_t visits_of(std::uint64_t id) { return static_cast<std::uint32_t>(id >> kVisitsShift); }
};

/// One case.
struct CrowdPlan {
  /// Its lots are numbered from `first` on.
  CrowdPlan(const Customer& customer, const engine::Layout& layout, const engine::PlaceKeys& keys,
            std::uint32_t case_index, std::uint32_t first);

  /// False where a mechanism is used beyond what lanes are made for; such journeys are walked agent by agent.
  bool possible = true;

  const Customer& customer;
  std::vector<LotPlan> lots;
  std::vector<std::uint32_t> first_lot;  // [group] the number of its nodes' lots; then its exits', then that of the cut
  std::vector<std::uint32_t> first_way_lot;  // [group] its ways' lots; used for ways that are picked
  std::vector<std::uint8_t> once;            // [node] nobody comes back to it, so that every visit is the first
  bool is_long = false;                      // records have effort, cost, goals and open

  /// Fills in what LotPlan has of the tables.
  void look_up(const engine::Layout& layout, const engine::PlaceKeys& keys);

  static constexpr std::uint32_t kMostLots = 1 << 15;
  static constexpr std::uint32_t kMostEdges = 32;       // of one way, where they heed mood or guards
  static constexpr std::uint32_t kMostVisits = 65'535;  // of one agent: they are counted in 16 bits
  static constexpr double kLargest = 1e6;               // points, for what nothing else bounds
};

}  // namespace sojourn::models
