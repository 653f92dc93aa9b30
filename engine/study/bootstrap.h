#pragma once
// Which of n things a bootstrap resample takes, by address (Efron 1979, "Bootstrap methods: another look at the jackknife").

#include "engine/random/luck.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sojourn::engine {

struct BootstrapPlan {
  std::size_t resamples = 1000;  // at least 100
  std::uint64_t seed = 1;
  double confidence = 0.95;
};

/// The `resample`-th choice of n numbers below n, with replacement. 0 < n < 2^32.
inline std::vector<std::uint32_t> resampled(std::size_t n, std::size_t resample, std::uint64_t seed) {
  const PlaceKey key = place_key(seed, "bootstrap resample");
  std::vector<std::uint32_t> chosen(n);
  for (std::size_t i = 0; i < n; i += 4) {
    const Block block = luck_of(key, resample, 0, static_cast<std::uint32_t>(i / 4)).block(0);
    for (std::size_t w = 0; w < 4 && i + w < n; ++w) {
      chosen[i + w] = static_cast<std::uint32_t>((std::uint64_t{block[w]} * n) >> 32);
    }
  }
  return chosen;
}

}  // namespace sojourn::engine
