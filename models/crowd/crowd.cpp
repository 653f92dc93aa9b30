#include "models/crowd/crowd.h"

#include "engine/base/contract.h"
#include "models/behaviour/scores.h"
#include "models/crowd/memory.h"

#include <algorithm>
#include <bit>
#include <limits>

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

#include "models/crowd/lanes.inl"
#include "models/crowd/visit.inl"
#include "models/crowd/walk.inl"

}  // namespace HWY_NAMESPACE
}  // namespace sojourn::models
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace sojourn::models {
namespace {

HWY_EXPORT(send_crowd);
HWY_EXPORT(finish_crowd);

// Lanes in software are slower than agents one by one; they are there to be tested.
constexpr std::int64_t kInSoftware = HWY_EMU128 | HWY_SCALAR;

std::int64_t targets_here() {
  return hwy::SupportedTargets() & HWY_TARGETS;
}  // asks the processor: slow on virtual machines

enum class Use { where_it_pays, always, never };
Use use = Use::where_it_pays;

bool is_wanted() {
  if (use == Use::where_it_pays) return (targets_here() & ~kInSoftware) != 0;
  return use == Use::always;
}

}  // namespace

Crowd::Crowd(std::span<const Customer* const> cases, const engine::Layout& layout, const engine::PlaceKeys& keys)
    : wanted_(is_wanted()), work_(std::make_unique<CrowdWork>(cases, layout, keys)) {}

Crowd::~Crowd() = default;

bool Crowd::is_for(std::uint64_t first, std::uint64_t last) const {
  return wanted_ && work_->possible() && engine::unit_agents(first) > 1 && last <= CrowdRecord::kAgents;
}

Crowd::State Crowd::state() const { return work_->stuck ? State::stuck : State::unwanted; }

Crowd::State Crowd::send(std::uint64_t first, std::uint64_t last, const std::function<bool()>& wanted) {
  SOJOURN_EXPECT(is_for(first, last), "agents that are for a crowd");
  return HWY_DYNAMIC_DISPATCH(send_crowd)(*work_, first, last, wanted) ? State::done : state();
}

Crowd::State Crowd::finish(const std::function<bool()>& wanted) {
  if (!work_->possible()) return State::done;  // nobody was sent
  if (!HWY_DYNAMIC_DISPATCH(finish_crowd)(*work_, wanted)) return state();
  work_->settle();
  return State::done;
}

const engine::Tallies& Crowd::tallies() const { return work_->tallies; }

std::vector<std::string> crowd_targets() {
  std::vector<std::string> names;
  for (std::int64_t left = targets_here(); left != 0; left &= left - 1)
    names.emplace_back(hwy::TargetName(left & -left));
  names.emplace_back("");
  return names;
}

void use_crowd_target(const std::string& name) {
  hwy::SetSupportedTargetsForTest(0);
  use = name.empty() ? Use::never : Use::always;
  for (std::int64_t left = targets_here(); left != 0; left &= left - 1) {
    if (hwy::TargetName(left & -left) == name) return hwy::SetSupportedTargetsForTest(left & -left);
  }
  SOJOURN_EXPECT(name.empty(), "a kind of lanes that this machine has");
}

}  // namespace sojourn::models
#endif
