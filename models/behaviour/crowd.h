#pragma once
// Many customers at once: the same journeys as Customer's, bit for bit, in the lanes of a processor's vectors. Agents of one
// persona who are about to do the same thing wait in a lot; when lanes can be filled, they do it together. So all that
// a visit depends on but the agent is the same for all lanes, and a journey pays only for the mechanisms that it uses.

#include "engine/tally/tally.h"
#include "engine/walk/walk.h"
#include "models/behaviour/crowd_memory.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sojourn::models {

/// One worker's crowd. What is given must outlive it; agents are added to the tally as they come to their ends.
class Crowd {
 public:
  Crowd(const Customer& customer, const engine::Layout& layout, const engine::PlaceKeys& keys, engine::Tally& tally);
  ~Crowd();

  /// Whether agents [first, last) may be sent: not the first ones, which are units by themselves, not all on this machine, and
  /// nobody through a journey that lanes are not made for. Who may not be sent is walked by himself.
  bool is_for(std::uint64_t first, std::uint64_t last) const;

  enum class State {
    done,
    unwanted,  // `wanted`, which is asked now and then, said no
    stuck      // somebody has no way on
  };
  /// Sends agents [first, last), of whom none was sent before, on their way: all have begun when this returns, and most have come
  /// to their ends. If it is not done, neither crowd nor tally is of any use.
  State send(std::uint64_t first, std::uint64_t last, const std::function<bool()>& wanted);
  /// Walks on until all have come to their ends.
  State finish(const std::function<bool()>& wanted);
  /// Of those who have come to their ends.
  std::uint64_t visits() const;

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
