#pragma once
// Many customers at once: the same journeys as Customer's, bit for bit, in the lanes of a processor's vectors. Agents of one
// persona who are about to do the same thing wait in a lot; when lanes can be filled, they do it together. So all that
// a visit depends on but the agent is the same for all lanes, and a journey pays only for the mechanisms that it uses.
//
// With scenarios, base agents walk for all cases at once. Where a scenario's tables differ, the visit is tried with them, too; an agent
// whose visit comes out otherwise parts: another one goes on for it in the scenario. So a journey that no change
// touches is walked once, and where it parts is known.

#include "engine/compare/tallies.h"
#include "engine/walk/walk.h"
#include "models/behaviour/customer.h"

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

struct CrowdWork;

/// One worker's crowd. What is given must outlive it.
class Crowd {
 public:
  /// cases[0] is the base.
  Crowd(std::span<const Customer* const> cases, const engine::Layout& layout, const engine::PlaceKeys& keys);
  ~Crowd();

  /// Whether agents [first, last) may be sent: not the first ones, which are units by themselves, not all on this machine, and
  /// nobody through a journey that lanes are not made for, and with scenarios only if they differ in touchpoints, patience or
  /// expectations. Who may not be sent is walked by himself.
  bool is_for(std::uint64_t first, std::uint64_t last) const;

  enum class State {
    done,
    unwanted,  // `wanted`, which is asked now and then, said no
    stuck      // somebody has no way on
  };
  /// Sends agents [first, last), of whom none was sent before, on their way: all have begun when this returns, and most have come
  /// to their ends. If it is not done, the crowd is of no use any more.
  State send(std::uint64_t first, std::uint64_t last, const std::function<bool()>& wanted);
  /// Walks on until all have come to their ends.
  State finish(const std::function<bool()>& wanted);
  /// After finish(): of all who were sent.
  const engine::Tallies& tallies() const;

 private:
  State state() const;
  bool wanted_;  // on this machine
  std::unique_ptr<CrowdWork> work_;
};

/// The kinds of lanes that this program has and this machine can run, best first, by name; "" is walking one by one.
std::vector<std::string> crowd_targets();
/// For tests: only this one from now on. Not while a crowd walks.
void use_crowd_target(const std::string& name);

}  // namespace sojourn::models
