#include "models/check/detail/way_use.h"

#include <algorithm>
#include <limits>

namespace sojourn::models::detail {
namespace {

/// Shares times affinities over their sum, which cannot overflow here.
void choose(const ViewMap& map, const Persona& persona, std::uint32_t first, std::uint32_t end,
            std::vector<WayUse>& uses) {
  double largest = 0;
  double total = 0;
  for (std::uint32_t way = first; way < end; ++way) {
    const Channel* channel = map.way(way).channel;
    uses[way].chance = 1;
    if (channel) {
      const auto affinity = persona.channels.find(channel->id);
      uses[way].chance = channel->share * (affinity == persona.channels.end() ? 1.0 : affinity->second);
    }
    uses[way].chance = std::min(uses[way].chance, std::numeric_limits<double>::max());
    largest = std::max(largest, uses[way].chance);
  }
  if (!(largest > 0)) return;
  for (std::uint32_t way = first; way < end; ++way) total += uses[way].chance / largest;
  for (std::uint32_t way = first; way < end; ++way) {
    if (uses[way].chance > 0) uses[way].chance = std::max(uses[way].chance / largest / total, 1e-300);
  }
}

}  // namespace

std::vector<Drawn> drawn_durations(const ViewMap& map) {
  std::vector<Drawn> durations;
  durations.reserve(map.ways());
  for (std::uint32_t way = 0; way < map.ways(); ++way) durations.push_back(drawn(map.way(way).way->duration_ms));
  return durations;
}

std::vector<WayUse> way_uses(const ViewMap& map, const std::vector<Drawn>& durations, const Persona& persona) {
  std::vector<WayUse> uses(map.ways());
  for (std::uint32_t i = 0; i < map.touchpoints(); ++i)
    choose(map, persona, map.first_way(i), map.first_way(i + 1), uses);
  if (!persona.patience_ms) {
    for (WayUse& use : uses) use.longest_ms = Effect::never;
    return uses;
  }
  const Distribution& patience = *persona.patience_ms;
  const Drawn wait = drawn(patience);
  for (std::uint32_t way = 0; way < uses.size(); ++way) {
    const Drawn lasts = durations[way];
    WayUse& use = uses[way];
    use.longest_ms = wait.most;
    use.gives_up = lasts.most > wait.least;
    use.finishes = lasts.least <= wait.most;
    if (!use.gives_up) continue;
    const auto chance = use.finishes ? give_up_chance(map.way(way).way->duration_ms, patience) : 1.0;
    use.give_up = chance.value_or(std::numeric_limits<double>::quiet_NaN());
  }
  return uses;
}

}  // namespace sojourn::models::detail
