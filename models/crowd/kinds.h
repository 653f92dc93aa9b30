#pragma once
// The kinds of lanes of Highway that this processor has. Highway's own library says so, too, but whoever loads it waits until it has
// measured the clock, for longer than `check` reads a journey.

#include "engine/base/contract.h"

#include <hwy/targets.h>

#if HWY_ARCH_X86_64
#include <cpuid.h>
#endif

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::models {

#if HWY_ARCH_X86_64
/// clang 14 has no words for these two.
inline bool has_f16c_and_lzcnt() {
  unsigned a = 0, b = 0, c = 0, d = 0;
  const bool f16c = __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_F16C) != 0;
  const bool lzcnt = __get_cpuid(0x8000'0001U, &a, &b, &c, &d) != 0 && (c & bit_LZCNT) != 0;
  return f16c && lzcnt;
}
#endif

/// A set of Highway's targets.
inline std::int64_t kinds_here() {
  std::int64_t kinds = HWY_SCALAR | HWY_EMU128 | HWY_STATIC_TARGET;
#if HWY_ARCH_X86_64
  // What Highway compiles them with (hwy/ops/set_macros-inl.h).
  const bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("pclmul") &&
                    __builtin_cpu_supports("aes") && has_f16c_and_lzcnt();
  if (avx2) kinds |= HWY_AVX2;
  const bool avx3 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                    __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
  if (avx3) kinds |= HWY_AVX3;
#endif
  return kinds;
}

/// Those of `all` that were compiled and that this processor has, each kind once, the best first. A walk says what `kind` it is and has
/// `send`, null where it was not compiled.
template <class Walks, std::size_t n>
std::vector<const Walks*> walks_here(const Walks (&all)[n]) {
  std::vector<const Walks*> list;
  for (const Walks& walks : all) {
    const bool known = !list.empty() && list.back()->kind == walks.kind;
    if ((walks.kind & kinds_here()) != 0 && walks.send != nullptr && !known) list.push_back(&walks);
  }
  return list;
}

template <class Walks, std::size_t n>
std::vector<std::string> names_here(const Walks (&all)[n]) {
  std::vector<std::string> names;
  for (const Walks* one : walks_here(all)) names.emplace_back(hwy::TargetName(one->kind));
  return names;
}

/// Which must be one of names_here().
template <class Walks, std::size_t n>
const Walks* walks_named(const std::string& name, const Walks (&all)[n]) {
  for (const Walks* one : walks_here(all)) {
    if (hwy::TargetName(one->kind) == name) return one;
  }
  SOJOURN_EXPECT(false, "a kind of lanes that this machine has");
  return nullptr;
}

}  // namespace sojourn::models
