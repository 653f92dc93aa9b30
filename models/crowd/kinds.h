#pragma once
// The kinds of lanes of Highway that this processor has. Highway's own library says so, too, but whoever loads it waits until it has
// measured the clock, for longer than `check` reads a journey.

#include <hwy/targets.h>

#include <cstdint>

namespace sojourn::models {

/// A set of Highway's targets.
inline std::int64_t kinds_here() {
  std::int64_t kinds = HWY_SCALAR | HWY_EMU128 | HWY_STATIC_TARGET;
#if HWY_ARCH_X86_64
  // What Highway compiles them with (hwy/ops/set_macros-inl.h).
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("f16c") &&
                    __builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("pclmul") &&
                    __builtin_cpu_supports("aes");
  if (avx2) kinds |= HWY_AVX2;
  const bool avx3 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
  if (avx3) kinds |= HWY_AVX3;
#endif
  return kinds;
}

}  // namespace sojourn::models
