#include "models/check/detail/states.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace sojourn::models::detail {
namespace {

constexpr std::uint32_t exit_mark = std::uint32_t{1} << 31;  // on outcomes until the states are counted
constexpr double smallest_chance = 1e-300;

/// What a visit may leave of the flags.
struct Aftermath {
  Flags flags = 0;
  double chance = 1;
  bool certain = true;
};

/// What it may leave of one flag.
struct Option {
  bool set = false;
  double chance = 0;
  bool certain = true;
};

class Explorer {
 public:
  Explorer(const ViewMap& map, const std::vector<Drawn>& durations, const std::vector<WayUse>& uses,
           Conditions conditions, std::size_t& steps)
      : map_(map),
        durations_(durations),
        uses_(uses),
        conditions_(conditions),
        steps_(steps),
        free_steps_(3 * (map.touchpoints() + map.ways()) + 2 * map.roads()),
        plain_(map.touchpoints() + map.ways(), unnumbered) {
    found_.road_open.resize(map.roads());
    found_.way_left.resize(map.ways());
    found_.ever.resize(map.ways(), 0);
    found_.always.resize(map.ways(), ~Flags{0});
  }

  States run() {
    for (const auto& [node, weight] : map_.start()) found_.network.start.emplace_back(target(node, 0), weight);
    for (std::uint32_t node = 0; node < found_.states.size() && found_.complete; ++node) expand(node);
    found_.network.nodes = static_cast<std::uint32_t>(found_.states.size());
    found_.network.exits = static_cast<std::uint32_t>(map_.view().outcomes.size());
    const auto number = [&](std::uint32_t& to) {
      if (to & exit_mark) to = found_.network.nodes + (to & ~exit_mark);
    };
    for (engine::Link& link : found_.network.links) number(link.to);
    for (auto& [node, weight] : found_.network.start) number(node);
    return std::move(found_);
  }

 private:
  static constexpr std::uint32_t unnumbered = ~std::uint32_t{0};

  struct Key {
    std::uint32_t slot;
    Flags flags;
    bool operator==(const Key&) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const {
      const std::uint64_t mixed = (key.flags ^ (std::uint64_t{key.slot} << 32) ^ key.slot) * 0x9e3779b97f4a7c15U;
      return mixed ^ (mixed >> 32);
    }
  };

  bool afford(std::size_t cost) {
    std::size_t& purse = free_steps_ >= cost ? free_steps_ : steps_;
    if (purse < cost) {
      found_.complete = false;
      return false;
    }
    purse -= cost;
    return true;
  }

  std::uint32_t add(const State& state) {
    found_.states.push_back(state);
    return static_cast<std::uint32_t>(found_.states.size()) - 1;
  }

  /// The state's number; a new one is queued by being added.
  std::uint32_t numbered(std::uint32_t slot, const State& state) {
    std::uint32_t& number =
        state.flags == 0 ? plain_[slot] : flagged_.try_emplace(Key{slot, state.flags}, unnumbered).first->second;
    if (number == unnumbered) number = add(state);
    return number;
  }

  std::uint32_t target(std::uint32_t node, Flags flags) {
    if (node >= map_.touchpoints()) return exit_mark | (node - map_.touchpoints());
    return numbered(node, {.touchpoint = node, .flags = flags});
  }

  void link(std::uint32_t from, std::uint32_t to, double chance, bool certain) {
    found_.network.links.push_back({from, to, std::max(chance, smallest_chance)});
    found_.certain.push_back(certain);
    if (!certain) found_.all_certain = false;
  }

  void not_markov(const std::string& reason) {
    if (found_.not_markov.empty()) found_.not_markov = reason;
  }

  std::string named(std::uint32_t touchpoint) const { return "'" + map_.touchpoint(touchpoint).id + "'"; }

  void expand(std::uint32_t node) {
    const State state = found_.states[node];
    if (state.kind == State::Kind::arriving) visit(node, state);
    if (state.kind == State::Kind::leaving) leave(node, state.way, state.flags);
  }

  void visit(std::uint32_t node, const State& state) {
    const std::uint32_t first = map_.first_way(state.touchpoint);
    const std::uint32_t end = map_.first_way(state.touchpoint + 1);
    if (!afford(1 + end - first)) return;
    bool any = false;
    for (std::uint32_t way = first; way < end; ++way) {
      const WayUse& use = uses_[way];
      if (!(use.chance > 0)) continue;
      any = true;
      double give_up = use.give_up;
      if (std::isnan(give_up)) {
        not_markov("how often visits of " + named(state.touchpoint) + " are given up has no closed form here");
        give_up = 0.5;
      }
      if (use.gives_up) link(node, target(map_.way(way).given_up_to, state.flags), use.chance * give_up, true);
      if (use.finishes) finish(node, state, way, use.gives_up ? use.chance * (1 - give_up) : use.chance);
      if (!found_.complete) return;
    }
    if (!any) found_.stuck.push_back(node);
  }

  /// The ways on after pains, recovery and goals.
  void finish(std::uint32_t node, const State& state, std::uint32_t way, double chance) {
    Flags undecided = 0;
    const std::vector<Aftermath> list = aftermath(state, way, undecided);
    if (!found_.complete) return;
    const bool nothing_changes = list.size() == 1 && list.front().flags == state.flags && undecided == 0;
    const bool only_way = uses_[way].chance == 1 && !uses_[way].gives_up;
    if (nothing_changes && only_way) {
      found_.states[node].way = way;
      leave(node, way, state.flags);
      return;
    }
    const std::size_t decisions = undecided == 0 ? 1 : std::size_t{1} << std::min(std::popcount(undecided), 40);
    if (!afford(list.size() * decisions)) return;
    const std::uint32_t slot = map_.touchpoints() + way;
    const State after{.touchpoint = state.touchpoint, .way = way, .kind = State::Kind::leaving};
    for (const Aftermath& each : list) {
      State next = after;
      next.flags = each.flags;
      if (undecided == 0) {
        link(node, numbered(slot, next), chance * each.chance, each.certain);
        continue;
      }
      State fork = next;
      fork.kind = State::Kind::undecided;
      const std::uint32_t forked = add(fork);
      found_.all_certain = false;
      link(node, forked, chance * each.chance, each.certain);
      Flags subset = 0;
      do {  // every subset of the undecided flags
        next.flags = each.flags | subset;
        link(forked, numbered(slot, next), 1.0 / static_cast<double>(decisions), true);
        subset = (subset - undecided) & undecided;
      } while (subset != 0);
    }
  }

  std::vector<Aftermath> aftermath(const State& state, std::uint32_t way, Flags& undecided) {
    std::vector<Aftermath> list{{.flags = state.flags}};
    if (conditions_ == Conditions::ignored) return list;
    std::vector<Option> options;
    for (const Effect& effect : map_.effects(way)) {
      options.clear();
      consequences(effect, state, way, options);
      if (options.empty()) {
        undecided |= effect.flag;
        continue;
      }
      if (!afford(list.size() * (options.size() - 1))) return list;
      const std::size_t before = list.size();
      for (std::size_t i = 0; i < before; ++i) {
        const Aftermath one = list[i];
        for (std::size_t k = 0; k < options.size(); ++k) {
          const Option& option = options[k];
          const Flags flags = option.set ? one.flags | effect.flag : one.flags & ~effect.flag;
          const Aftermath next{flags, one.chance * option.chance, one.certain && option.certain};
          if (k == 0)
            list[i] = next;
          else
            list.push_back(next);
        }
      }
    }
    return list;
  }

  /// What the visit may leave of the flag; nothing where the time travelled decides between set and not set.
  void consequences(const Effect& effect, const State& state, std::uint32_t way, std::vector<Option>& options) {
    const bool before = (state.flags & effect.flag) != 0;
    const auto add = [&](bool set, double chance, bool certain = true) {
      if (chance > 0) options.push_back({set, chance, certain});
    };
    if (before || effect.after_ms == Effect::never) {
      const double open = (before ? 1.0 : effect.opens) * (1 - effect.closes);
      add(false, 1 - open);
      add(true, open);
      return;
    }
    // It opens exactly when the time travelled, this visit's included, is above `after`.
    if (effect.closes == 1) return add(false, 1);
    const bool surely = durations_[way].least > effect.after_ms;  // already by this visit alone
    const bool maybe = can_be_between(map_.way(way).way->duration_ms, effect.after_ms, uses_[way].longest_ms);
    if (surely) {
      add(false, effect.closes);
      add(true, 1 - effect.closes);
      return;
    }
    not_markov("whether '" + map_.flags()[std::countr_zero(effect.flag)].id + "' has come about at " +
               named(state.touchpoint) + " depends on the time travelled");
    if (!maybe && effect.closes == 0) return;
    add(false, 0.5, effect.closes > 0);
    add(true, 0.5, maybe);
  }

  void leave(std::uint32_t node, std::uint32_t way, Flags flags) {
    const auto roads = map_.roads(way);
    if (!afford(1 + roads.size())) return;
    found_.way_left[way] = true;
    found_.ever[way] |= flags;
    found_.always[way] &= flags;
    const auto open = [&](const ViewMap::Road& road) {
      return conditions_ == Conditions::ignored || road.condition.holds(flags);
    };
    double largest = 0;
    double total = 0;
    const ViewMap::Road* some = nullptr;
    bool moods_differ = false;
    for (const ViewMap::Road& road : roads) {
      if (!open(road)) continue;
      if (some && some->mood != road.mood) moods_differ = true;
      some = &road;
      largest = std::max(largest, road.weight);
    }
    if (!some) {
      found_.stuck.push_back(node);
      return;
    }
    if (moods_differ) not_markov("the mood steers where agents go from " + named(map_.way(way).touchpoint));
    for (const ViewMap::Road& road : roads) {
      if (open(road)) total += road.weight / largest;
    }
    for (std::size_t i = 0; i < roads.size(); ++i) {
      const ViewMap::Road& road = roads[i];
      if (!open(road)) continue;
      found_.road_open[map_.way(way).first_road + i] = true;
      const bool certain = conditions_ == Conditions::followed || !road.conditional;
      link(node, target(road.to, flags), road.weight / largest / total, certain);
    }
  }

  const ViewMap& map_;
  const std::vector<Drawn>& durations_;
  const std::vector<WayUse>& uses_;
  Conditions conditions_;
  std::size_t& steps_;
  std::size_t free_steps_;
  std::vector<std::uint32_t> plain_;  // [touchpoint, then way] number of the state without flags
  std::unordered_map<Key, std::uint32_t, Hash> flagged_;
  States found_;
};

}  // namespace

States explore(const ViewMap& map, const std::vector<Drawn>& durations, const std::vector<WayUse>& uses,
               Conditions conditions, std::size_t& steps) {
  return Explorer(map, durations, uses, conditions, steps).run();
}

}  // namespace sojourn::models::detail
