#pragma once
// An agent and those who make its journeys in scenarios from which they have parted, until all of them are at their ends
// (models/crowd/crowd.h).

#include "engine/compare/tallies.h"
#include "engine/tally/ending_sums.h"

#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::models {

/// A seat has a slot for each case, the base's first.
class CrowdSeats {
 public:
  CrowdSeats(const engine::Layout& layout, std::uint32_t scenarios, std::uint32_t seats);

  std::uint32_t slots() const { return static_cast<std::uint32_t>(parted_.size()) * size_; }
  bool has_room(std::size_t seats) const { return free_.size() >= seats; }
  /// A seat's first slot.
  std::uint32_t enter() {
    const std::uint32_t seat = free_.back();
    free_.pop_back();
    parted_[seat] = 0;
    under_way_[seat] = 1;
    return seat * size_;
  }
  bool has_parted(std::uint32_t slot, std::uint32_t scenario) const {
    return (parted_[slot / size_] >> scenario & 1) != 0;
  }
  /// The slot of the scenario's agent, whose journey parts from that of the base's agent in `slot` at a node.
  std::uint32_t part(std::uint32_t slot, std::uint32_t scenario, std::uint32_t node);

  /// An agent will leave soon: what that needs is sent for.
  void send_for(std::uint32_t slot) const;
  /// An agent is at its end; `scores` is a row in eights. True if it was the last of its seat.
  bool leave(std::uint32_t slot, const engine::Ending& ending, const std::int64_t* scores);
  /// Adds the pairs of a seat to the tallies. ordinals: [slot][site], how often each was there; what is not 0 is cleared, and the seat
  /// is free.
  void settle(std::uint32_t slot, std::uint16_t* ordinals, engine::Tallies& tallies);
  /// Once all seats are free: adds what is left to the tallies.
  void finish(engine::Tallies& tallies);
  /// After that: endings of base agents whose journeys have parted from a scenario's.
  const engine::Tally& parted_endings(std::size_t scenario) const { return parted_endings_[scenario]; }

 private:
  void add_pair(std::uint32_t first_slot, std::uint32_t scenario, const std::uint16_t* ordinals,
                engine::Tallies& tallies);

  const engine::Layout& layout_;
  std::uint32_t size_;
  std::size_t row_;                      // scores in eights
  std::vector<std::uint8_t> parted_;     // [seat] set of scenarios
  std::vector<std::uint8_t> under_way_;  // [seat]
  std::vector<std::uint32_t> nodes_;     // [slot] where it parted
  std::vector<engine::Ending> endings_;  // [slot]
  std::vector<std::int64_t> scores_;     // [slot][row]
  std::vector<std::int64_t> changes_;    // [scenario] of the headline score
  std::vector<std::uint32_t> free_;
  std::vector<engine::PartedSums> pairs_;         // [scenario][group]
  std::vector<engine::EndingSums> base_endings_;  // [scenario][group] of the base's agents in these pairs
  std::vector<engine::Tally> parted_endings_;     // [scenario]
};

}  // namespace sojourn::models
