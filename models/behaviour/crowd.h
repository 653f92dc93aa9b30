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

/// One worker's crowd. What is given must outlive it.
class Crowd {
 public:
  Crowd(const Customer& customer, const engine::Layout& layout, const engine::PlaceKeys& keys);
  ~Crowd();

  /// Walks agents [first, last) to their ends and adds them to the tally; returns the number of visits. Nothing, and nothing is
  /// added, where this is not for a crowd: too few of them, a journey that lanes are not made for, or an agent who has no
  /// way on; they are then to be walked one by one. `wanted` is asked now and then; false stops the walk, and the tally is of no use.
  std::optional<std::uint64_t> walk(std::uint64_t first, std::uint64_t last, engine::Tally& tally,
                                    const std::function<bool()>& wanted);

 private:
  std::unique_ptr<CrowdWork> work_;
};

/// The kinds of lanes that this program has and this machine can run, best first, by name; "" is walking one by one.
std::vector<std::string> crowd_targets();
/// For tests: only this one from now on. Not while a crowd walks.
void use_crowd_target(const std::string& name);

}  // namespace sojourn::models
