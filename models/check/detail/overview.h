#pragma once
// What no persona ever does, over all views: touchpoints that are not reached, conditional edges that never open.

#include "models/check/detail/explored.h"

#include <string>
#include <string_view>

namespace sojourn::models::detail {

class Overview {
 public:
  explicit Overview(std::size_t views) : seen_(views) {}

  void add(const Explored& explored);

  void check_reached(Places& places, Findings& findings) const;
  /// Only where conditions were followed to the end.
  void check_conditions(Places& places, Findings& findings) const;

 private:
  struct Seen {                       // in one view, by any of its personas
    const ViewMap* map = nullptr;     // null: nobody travels with this view
    std::vector<bool> reached;        // [touchpoint]
    std::vector<bool> road_open;      // [road of the map]
    std::vector<bool> way_left;       // [way]
    std::vector<Flags> ever, always;  // [way]
    bool followed = true;
  };

  enum class Shared { no, yes, and_done };  // done: it opens through another channel, or was reported there

  bool reached_elsewhere(std::size_t view, std::string_view touchpoint) const;
  bool opens_elsewhere(std::size_t view, std::uint32_t way, const Edge& edge) const;
  std::string why_not_reached(const Seen& seen, std::uint32_t touchpoint, const std::vector<std::uint32_t>& from) const;
  Shared shared(std::size_t view, std::uint32_t way, const Edge& edge, Places& places) const;
  Mark place_of(std::size_t view, std::uint32_t way, const Edge& edge, Places& places) const;
  void never_opens(std::size_t view, std::uint32_t way, const ViewMap::Road& road, Places& places,
                   Findings& findings) const;

  std::vector<Seen> seen_;  // [view]
};

}  // namespace sojourn::models::detail
