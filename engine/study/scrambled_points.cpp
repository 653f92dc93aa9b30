#include "engine/study/scrambled_points.h"

#include "engine/base/contract.h"

#include <string>

namespace sojourn::engine {
namespace {

enum : std::uint32_t { order_purpose = 0, value_purpose = 1 };

std::uint32_t reversed(std::uint32_t word) {
  word = ((word >> 1) & 0x55555555U) | ((word & 0x55555555U) << 1);
  word = ((word >> 2) & 0x33333333U) | ((word & 0x33333333U) << 2);
  word = ((word >> 4) & 0x0f0f0f0fU) | ((word & 0x0f0f0f0fU) << 4);
  word = ((word >> 8) & 0x00ff00ffU) | ((word & 0x00ff00ffU) << 8);
  return (word >> 16) | (word << 16);
}

}  // namespace

std::uint32_t OwenScramble::operator()(std::uint32_t word) const {
  std::uint32_t result = 0;
  for (std::uint32_t bit = 0; bit < 32; ++bit) {
    const std::uint32_t above = bit == 0 ? 0 : word >> (32 - bit);
    const std::uint32_t coin = philox4x32_10({above, bit, replicate_, purpose_}, key_)[0] >> 31;
    result = (result << 1) | (((word >> (31 - bit)) & 1U) ^ coin);
  }
  return result;
}

// No node's name has a space, so this place is nobody else's.
ScrambledPoints::ScrambledPoints(std::uint64_t seed, std::uint32_t replicate, std::string_view name)
    : order_(place_key(seed, "uncertain input " + std::string(name)), replicate, order_purpose),
      value_(place_key(seed, "uncertain input " + std::string(name)), replicate, value_purpose) {
  SOJOURN_EXPECT(replicate < kReplicateLimit, "replicates have 24 bits");
}

std::uint32_t ScrambledPoints::word(std::uint32_t i) const { return value_(reversed(order_(i))); }

}  // namespace sojourn::engine
