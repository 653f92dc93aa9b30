#include "models/crowd/crowd.h"

#include "engine/base/contract.h"
#include "models/behaviour/scores.h"
#include "models/crowd/memory.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <string>

// Every kind of lanes is compiled from the rest of this file; those of 128 bits would not pay.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "models/crowd/crowd.cpp"
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
using engine::kLn2High;
using engine::kLn2Low;
using engine::kTableFirst;
using engine::kTableStep;
using engine::kWholeShift;
using engine::NormalTable;
using engine::Quantile;

/// A discrete distribution: the first value whose cumulated share is above u, or the last.
HWY_INLINE Real picked(const Quantile& q, Real u) {
  Real value = q.table[1];
  for (std::uint32_t i = 0; i + 1 < q.count; ++i) {
    value = select(u < Real(q.table[2 * i]), value, Real(q.table[2 * i + 3]));
  }
  return value;
}

#include "engine/base/math.inl"
#include "engine/random/philox.inl"
#include "engine/random/quantile.inl"
#include "models/behaviour/satisfaction.inl"
}  // namespace formula

#include "models/crowd/choice.inl"
#include "models/crowd/lanes.inl"
//
#include "models/crowd/visit.inl"
#include "models/crowd/walk.inl"

}  // namespace HWY_NAMESPACE
}  // namespace sojourn::models
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include "models/crowd/kinds.h"

namespace sojourn::models {
namespace {

// Lanes in software are slower than agents one by one; they are there to be tested.
constexpr std::int64_t kInSoftware = HWY_EMU128 | HWY_SCALAR;

/// The walk in one kind of lanes.
struct Walks {
  std::int64_t kind;
  decltype(&HWY_STATIC_DISPATCH(send_crowd)) send;
  decltype(&HWY_STATIC_DISPATCH(finish_crowd)) finish;
};

constexpr Walks kWalks[] = {
#if HWY_ARCH_X86_64
    {HWY_AVX3, HWY_CHOOSE_AVX3(send_crowd), HWY_CHOOSE_AVX3(finish_crowd)},
    {HWY_AVX2, HWY_CHOOSE_AVX2(send_crowd), HWY_CHOOSE_AVX2(finish_crowd)},
#endif
    {HWY_STATIC_TARGET, &HWY_STATIC_DISPATCH(send_crowd), &HWY_STATIC_DISPATCH(finish_crowd)}};

/// None where walking one by one is better.
const Walks* best_walks() {
  const Walks* best = walks_here(kWalks).front();
  return (best->kind & kInSoftware) == 0 ? best : nullptr;
}

/// Those in use.
const Walks*& walks() {
  static const Walks* in_use = best_walks();
  return in_use;
}

}  // namespace

Crowd::Crowd(std::span<const Customer* const> cases, const engine::Layout& layout, const engine::PlaceKeys& keys)
    : wanted_(walks() != nullptr), work_(std::make_unique<CrowdWork>(cases, layout, keys)) {}

Crowd::~Crowd() = default;

bool Crowd::is_for(std::uint64_t first, std::uint64_t last) const {
  return wanted_ && work_->possible() && engine::unit_agents(first) > 1 && last <= CrowdRecord::kAgents;
}

Crowd::State Crowd::state() const { return work_->stuck ? State::stuck : State::unwanted; }

Crowd::State Crowd::send(std::uint64_t first, std::uint64_t last, const std::function<bool()>& wanted) {
  SOJOURN_EXPECT(is_for(first, last), "agents that are for a crowd");
  return walks()->send(*work_, first, last, wanted) ? State::done : state();
}

Crowd::State Crowd::finish(const std::function<bool()>& wanted) {
  if (!wanted_ || !work_->possible()) return State::done;  // nobody was sent
  if (!walks()->finish(*work_, wanted)) return state();
  work_->settle();
  return State::done;
}

const engine::Tallies& Crowd::tallies() const { return work_->tallies; }

std::vector<std::string> crowd_targets() {
  std::vector<std::string> names = names_here(kWalks);
  names.emplace_back("");
  return names;
}

void use_crowd_target(const std::string& name) { walks() = name.empty() ? nullptr : walks_named(name, kWalks); }

}  // namespace sojourn::models
#endif
