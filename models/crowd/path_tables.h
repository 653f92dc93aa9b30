#pragma once
// A journey in which nothing but chance says where agents go next, as integers: all that a walk needs which counts visits and no more
// (models/crowd/paths.h).

#include "engine/tally/layout.h"
#include "engine/walk/walk.h"
#include "models/behaviour/tables.h"
#include "models/crowd/rows.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace sojourn::models {

/// Why agents' ways hang on more than chance: the first persona, and touchpoint, of which that is so.
struct PathObstacle {
  enum class What {
    patience,  // a wait may end a visit, so that ways hang on times
    choices,   // edges heed mood, goals or pains
    visits     // more visits are allowed than are counted
  };
  What what;
  std::uint32_t group;
  std::uint32_t node;  // of choices
};

/// None if ways hang on chance alone.
std::optional<PathObstacle> obstacle_to_paths(const JourneyTables& tables);

/// One of several, picked by a 32-bit word w as the walk picks by the uniform that w stands for: their number is that of the limits
/// below w, and `first` more. Those that no word picks are left out.
struct PickLimits {
  std::uint32_t first = 0;
  std::vector<std::uint32_t> limits;  // rising
};
/// `cumulated`: weights up to and with each. The first is picked whose cumulated weight is above total times the uniform, or the last.
PickLimits pick_limits(std::span<const double> cumulated, double total);

/// Stops are a persona's touchpoints: persona * touchpoints + touchpoint. Exits stand behind them, and before them one stop
/// that nobody leaves, for lanes that nobody is in.
struct PathTables {
  /// Without an obstacle.
  PathTables(const JourneyTables& tables, const engine::Layout& layout, const engine::PlaceKeys& keys);

  struct End {
    std::uint32_t to = 0;    // stop or exit
    std::uint32_t flow = 0;  // [group][flow slot]
  };
  struct Start {
    std::uint32_t first = 0;
    std::vector<std::uint32_t> limits;
    std::vector<std::uint32_t> at;  // stops or exits
  };

  std::uint32_t nodes, sites, idle, first_exit;
  std::uint32_t stuck;  // where those go, behind the exits, who have no way on
  bool has_ways;        // some touchpoint has channels
  std::uint32_t width;  // of rows
  std::uint32_t way_width;
  Zeroed<std::uint32_t> limits;             // [row][width] of edges; kNever where there is none
  std::vector<End> ends;                    // [row][width]
  Zeroed<std::uint32_t> way_limits;         // [stop][way width]
  std::vector<std::uint32_t> first_row;     // [stop], one for each way; without ways a stop's row has its number
  std::vector<std::uint32_t> site;          // [row] of the way, in [group][site]; the touchpoint's if it has none
  std::vector<std::uint32_t> node_site;     // [stop]
  std::vector<std::uint64_t> keys;          // [stop]
  std::vector<std::uint32_t> visit_limits;  // [group]
  PickLimits groups;
  std::vector<std::uint32_t> group_of_pick;
  std::vector<Start> starts;  // [group]

  const std::uint32_t* limits_of(std::size_t row) const { return limits.data() + row * width; }
  const std::uint32_t* way_limits_of(std::size_t stop) const { return way_limits.data() + stop * way_width; }
  const End* ends_of(std::size_t row) const { return ends.data() + row * width; }
  /// Of the stops of the same persona, among the sites of all.
  std::uint32_t first_site(std::uint32_t first_stop) const { return first_stop / nodes * sites; }

  static constexpr std::uint32_t kBlock = 8;  // limits are looked at together
  static constexpr std::uint32_t kNever = ~std::uint32_t{0};
  static constexpr std::uint32_t kMostVisits = 65'535;
};

}  // namespace sojourn::models
