#pragma once
// One view of a journey with ids resolved to numbers, for looking at its structure.

#include "models/journey/journey.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sojourn::models::detail {

/// Goals achieved and lasting pains open, of those that conditions ask for, as bits.
using Flags = std::uint64_t;

/// A condition as bits: all of `needs` and none of `bars`.
struct Condition {
  Flags needs = 0;
  Flags bars = 0;

  bool holds(Flags flags) const { return (needs & ~flags) == 0 && (bars & flags) == 0; }
  bool always() const { return (needs | bars) == 0; }
};

/// What a visit can do to one flag. A goal opens with a chance and never closes.
struct Effect {
  static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::max();

  Flags flag = 0;
  double opens = 0;               // chance ...
  std::int64_t after_ms = never;  // ... or, unless `never`, exactly when the agent has travelled longer
  double closes = 0;              // chance, if it is open then
};

/// Touchpoints are numbered in the view's order, outcomes after them. Edges of weight 0 and start weights of 0 are left
/// out. At most 64 flags are told apart; where conditions ask for more, `too_many_flags` and no condition has bits.
class ViewMap {
 public:
  struct Road {
    std::uint32_t to = 0;
    double weight = 0;
    double mood = 0;
    Condition condition;
    bool conditional = false;  // even if the condition has no bits here
    const Edge* edge = nullptr;
  };
  struct WayEntry {
    const Way* way = nullptr;
    const Channel* channel = nullptr;  // null: the plain way
    std::uint32_t touchpoint = 0;
    std::uint32_t given_up_to = 0;
    std::uint32_t first_road = 0;
    std::uint32_t first_effect = 0;
  };

  explicit ViewMap(const Journey& view);

  const Journey& view() const { return *view_; }
  std::uint32_t touchpoints() const { return static_cast<std::uint32_t>(view_->touchpoints.size()); }
  std::uint32_t ways() const { return static_cast<std::uint32_t>(ways_.size()) - 1; }
  std::size_t roads() const { return roads_.size(); }
  const Touchpoint& touchpoint(std::uint32_t i) const { return view_->touchpoints[i]; }
  const WayEntry& way(std::uint32_t i) const { return ways_[i]; }
  std::uint32_t first_way(std::uint32_t touchpoint) const { return first_way_[touchpoint]; }  // and the end, one after
  std::span<const Road> roads(std::uint32_t way) const {
    return std::span(roads_).subspan(ways_[way].first_road, ways_[way + 1].first_road - ways_[way].first_road);
  }
  std::span<const Effect> effects(std::uint32_t way) const {
    return std::span(effects_).subspan(ways_[way].first_effect, ways_[way + 1].first_effect - ways_[way].first_effect);
  }
  const std::vector<std::pair<std::uint32_t, double>>& start() const { return start_; }
  bool too_many_flags() const { return too_many_flags_; }
  const std::vector<Guard>& flags() const { return flags_; }  // [bit]
  std::string_view id(std::uint32_t node) const;              // of a touchpoint or an outcome
  std::optional<std::uint32_t> number(std::string_view id) const;

 private:
  void number_flags();
  void add_way(const Way& way, const Channel* channel, std::uint32_t touchpoint);
  void add_effects(const Way& way);
  Flags flag(Guard::Kind kind, const std::string& id) const;

  const Journey* view_;
  std::unordered_map<std::string_view, std::uint32_t> numbers_;
  std::vector<std::uint32_t> first_way_;  // [touchpoint], and the end
  std::vector<WayEntry> ways_;            // and one that marks the end
  std::vector<Road> roads_;
  std::vector<Effect> effects_;
  std::vector<std::pair<std::uint32_t, double>> start_;
  std::vector<Guard> flags_;
  std::unordered_map<std::string_view, Flags> goal_flags_, pain_flags_;
  bool too_many_flags_ = false;
};

}  // namespace sojourn::models::detail
