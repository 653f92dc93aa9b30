#pragma once
// Many customers who only go their way: the same ways as Customer's, bit for bit, where nothing but chance says how they go on. Each lane
// of a vector is an agent of its own, wherever it is; its luck is drawn in lanes, and what comes of it is looked up
// in tables of integers, agent by agent. Nothing is felt, timed or scored.

#include "engine/walk/walk.h"
#include "models/behaviour/customer.h"
#include "models/crowd/path_tables.h"
#include "models/crowd/path_tally.h"

#include <memory>
#include <string>
#include <vector>

namespace sojourn::models {

struct PathWork;

/// One worker's. What is given must outlive it.
class Paths {
 public:
  Paths(const PathTables& tables, const engine::Layout& layout, const engine::PlaceKeys& keys);
  ~Paths();

  /// Sends agents [first, last), of whom none was sent before, on their way: all have begun when this returns. False if somebody has no way
  /// on; the paths are then of no use any more.
  bool send(std::uint64_t first, std::uint64_t last);
  /// Until all have come to their ends.
  bool finish();
  /// After that, of all who were sent.
  const PathTally& tally() const;

 private:
  std::unique_ptr<PathWork> work_;
};

/// The kinds of lanes that this program has and this machine can run, best first, by name.
std::vector<std::string> path_targets();
/// For tests: only this one from now on. Not while somebody walks.
void use_path_target(const std::string& name);

}  // namespace sojourn::models
