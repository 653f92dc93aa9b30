#pragma once
// Randomness is addressed, not consumed: a draw is a pure function of (seed, replicate, agent, place, how often this
// agent has been at the place, purpose). Places and purposes are named by strings, never by positions, so that whatever
// is added, removed or reordered elsewhere changes no draw here. Scheme "philox4x32-10/v1":
//
//   key     = 64 bits: mix(seed) xor fnv1a64(place)
//   counter = { agent, low 32 bits | agent, high 8 bits, and replicate, 24 bits | ordinal of the visit | purpose }
//
// Each purpose yields one block of four 32-bit words; a word w stands for the uniform (w + 1/2) / 2^32, which is never
// 0 or 1.

#include "engine/random/philox.h"

#include <cstdint>
#include <string_view>

namespace sojourn::engine {

inline constexpr std::string_view kRandomScheme = "philox4x32-10/v1";
inline constexpr std::uint64_t kAgentLimit = std::uint64_t{1} << 40;      // agents are numbered below this
inline constexpr std::uint32_t kReplicateLimit = std::uint32_t{1} << 24;  // and replicates below this

/// 64-bit FNV-1a (Fowler, Noll & Vo 1991), finished by a mixer so that similar names differ in all bits.
std::uint64_t name_hash(std::string_view name);

/// The 32-bit purpose of a named thing (a pain, a goal); the values below kNamedPurposes are kept for unnamed purposes.
std::uint32_t purpose_of(std::string_view name);
inline constexpr std::uint32_t kNamedPurposes = 16;

using PlaceKey = std::array<std::uint32_t, 2>;

/// The key of a place under a seed. Two places collide only if their names' hashes do, whatever the seed.
PlaceKey place_key(std::uint64_t seed, std::string_view place);

/// All that chance holds for one agent's k-th visit to one place.
struct Luck {
  PlaceKey place;
  std::uint32_t agent_low;
  std::uint32_t agent_high_and_replicate;
  std::uint32_t ordinal;  // 0 at the agent's first visit to this place

  Block block(std::uint32_t purpose) const {
    return philox4x32_10({agent_low, agent_high_and_replicate, ordinal, purpose}, place);
  }
};

/// agent < kAgentLimit, replicate < kReplicateLimit.
inline Luck luck_of(PlaceKey place, std::uint64_t agent, std::uint32_t replicate, std::uint32_t ordinal) {
  return {place, static_cast<std::uint32_t>(agent), static_cast<std::uint32_t>(agent >> 32) | (replicate << 8),
          ordinal};
}

/// The uniform in (0, 1) that a word stands for.
inline double uniform(std::uint32_t word) { return (static_cast<double>(word) + 0.5) * 0x1p-32; }

}  // namespace sojourn::engine
