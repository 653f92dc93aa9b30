#pragma once
// Fresh seeds for tests that choose their own: tests/sweep runs them again and again, each round with seeds that no round had.

#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>

namespace sojourn::tests {

/// What a round of tests/sweep adds to every seed: SOJOURN_SWEEP (0 to 4000) times a million, so that it fits into 32 bits. 0, as in
/// every other run, leaves the seeds as they are written.
inline std::uint32_t sweep_offset() {
  const char* round = std::getenv("SOJOURN_SWEEP");
  if (round == nullptr) return 0;
  const std::string text = round;
  if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != std::string::npos ||
      std::stoul(text) > 4000) {
    throw std::runtime_error("SOJOURN_SWEEP='" + text + "' is not a round from 0 to 4000");
  }
  return static_cast<std::uint32_t>(std::stoul(text)) * 1'000'000U;
}

/// The seed to take instead of `seed`, which is below a million.
inline std::uint64_t swept(std::uint64_t seed) { return seed + sweep_offset(); }

}  // namespace sojourn::tests
