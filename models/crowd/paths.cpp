#include "models/crowd/paths.h"

#include "engine/base/contract.h"
#include "models/crowd/path_memory.h"

#include <bit>
#include <limits>

// Every kind of lanes is compiled from the rest of this file; those of 128 bits would not pay.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/crowd/paths.cpp"
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_SSE4)
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace sojourn::models {
namespace HWY_NAMESPACE {

#undef SOJOURN_FORMULA
#define SOJOURN_FORMULA HWY_INLINE

#include "engine/base/lanes.inl"

namespace formula {
#include "engine/random/philox.inl"
}  // namespace formula

#include "models/crowd/paths.inl"

}  // namespace HWY_NAMESPACE
}  // namespace sojourn::models
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "models/crowd/kinds.h"

namespace sojourn::models {
namespace {

/// The walk in one kind of lanes.
struct PathWalks {
  std::int64_t kind;
  decltype(&HWY_STATIC_DISPATCH(send_paths)) send;
  decltype(&HWY_STATIC_DISPATCH(finish_paths)) finish;
};

constexpr PathWalks kWalks[] = {
#if HWY_ARCH_X86_64
    {HWY_AVX3, HWY_CHOOSE_AVX3(send_paths), HWY_CHOOSE_AVX3(finish_paths)},
    {HWY_AVX2, HWY_CHOOSE_AVX2(send_paths), HWY_CHOOSE_AVX2(finish_paths)},
#endif
    {HWY_STATIC_TARGET, &HWY_STATIC_DISPATCH(send_paths), &HWY_STATIC_DISPATCH(finish_paths)}};

/// Those in use.
const PathWalks*& walks() {
  static const PathWalks* in_use = walks_here(kWalks).front();
  return in_use;
}

}  // namespace

Paths::Paths(const PathTables& tables, const engine::Layout& layout, const engine::PlaceKeys& keys)
    : work_(std::make_unique<PathWork>(tables, layout, keys)) {}

Paths::~Paths() = default;

bool Paths::send(std::uint64_t first, std::uint64_t last) { return walks()->send(*work_, first, last); }

bool Paths::finish() {
  if (work_->tally.agents > 0 && !walks()->finish(*work_)) return false;
  work_->settle();
  return true;
}

const PathTally& Paths::tally() const { return work_->tally; }

std::vector<std::string> path_targets() { return names_here(kWalks); }

void use_path_target(const std::string& name) { walks() = walks_named(name, kWalks); }

}  // namespace sojourn::models
#endif
