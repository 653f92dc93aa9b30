#include "engine/random/luck.h"

namespace sojourn::engine {
namespace {

/// The finaliser of SplitMix64 (Steele, Lea & Flood 2014): a bijection of 64 bits.
std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 30;
  x *= 0xbf58476d1ce4e5b9U;
  x ^= x >> 27;
  x *= 0x94d049bb133111ebU;
  return x ^ (x >> 31);
}

}  // namespace

std::uint64_t name_hash(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : name) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3U;
  }
  return mix(hash);
}

std::uint32_t purpose_of(std::string_view name) {
  const auto hash = static_cast<std::uint32_t>(name_hash(name) >> 32);
  return hash < kNamedPurposes ? hash + kNamedPurposes : hash;
}

PlaceKey place_key(std::uint64_t seed, std::string_view place) {
  // The golden-ratio step keeps seed 0 from being the fixed point of the mixer.
  const std::uint64_t key = mix(seed + 0x9e3779b97f4a7c15U) ^ name_hash(place);
  return {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)};
}

}  // namespace sojourn::engine
