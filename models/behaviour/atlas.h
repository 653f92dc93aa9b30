#pragma once
// The numbering that base and scenarios of one command share: every touchpoint, channel, outcome, pain, goal and persona
// that occurs in any of them, in the order in which people meet them in the files.

#include "engine/tally/layout.h"
#include "models/change/views.h"

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace sojourn::models {

/// Ids in order of first appearance.
class IdList {
 public:
  std::uint32_t add(const std::string& id);          // its index, new or old
  std::uint32_t index(const std::string& id) const;  // it must be there
  const std::uint32_t* find(const std::string& id) const;
  const std::vector<std::string>& ids() const { return ids_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(ids_.size()); }

 private:
  std::vector<std::string> ids_;
  std::unordered_map<std::string, std::uint32_t> index_;
};

struct Atlas {
  IdList personas, touchpoints, outcomes, pains, goals;
  std::vector<IdList> channels;              // [touchpoint]
  std::vector<std::uint32_t> lasting_pains;  // [bit] -> pain, of those that last in any view
  std::vector<std::int32_t> bit_of_pain;     // [pain] -> bit, -1 if it lasts nowhere
  engine::Layout layout;

  /// Index of a node (touchpoint) or, from touchpoints.size() on, of an outcome.
  std::uint32_t node_or_exit(const std::string& id) const;
};

/// More than 64 goals, 64 lasting pains, or 64 pains at one touchpoint are refused (InputError), and two names whose random
/// keys are equal.
Atlas make_atlas(std::span<const Case* const> cases);

}  // namespace sojourn::models
