#pragma once
// What was learned: the numbers of a journey file, before they are written.

#include "models/journey/distribution.h"
#include "models/learn/baseline.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sojourn::models {

/// One way on. Nodes are numbered: touchpoints, then the place for what is rarely next, then exits.
struct LearnedEdge {
  std::uint32_t to = 0;
  double probability = 0;
};

struct LearnedTouchpoint {
  std::string id, label;
  Symbol symbol = 0;
  bool late = false;              // for cases that have been under way for longer than LearnedJourney::late_after_ms
  std::uint32_t later = 0;        // the touchpoint for such cases; itself where there is none
  double visits = 0;              // learned from
  Distribution duration_ms;       // until the next event begins
  std::vector<LearnedEdge> next;  // to touchpoints that are not late
};

struct LearnedPersona {
  std::string id, label;
  double share = 1;
  std::vector<LearnedEdge> start;
  std::map<std::uint32_t, std::vector<LearnedEdge>>
      next;  // touchpoint (not a late one) to ways that differ from everybody's
};

struct LearnedExit {
  std::string id, label;
  bool success = false;
};

struct LearnedJourney {
  std::vector<LearnedTouchpoint> touchpoints;
  std::vector<LearnedEdge> elsewhere;  // from the place for what is rarely next; empty where it is not needed
  std::vector<LearnedExit> exits;
  std::vector<LearnedPersona> personas;
  std::optional<std::int64_t> late_after_ms;
  Alphabet alphabet;

  unsigned order = 1;  // steps of memory in use
  double concentration = 1;
  double nats_per_event = 0;                           // cross-validated on the log that was learned from
  std::vector<std::pair<unsigned, double>> baselines;  // order, nats per event, likewise
  std::size_t events = 0, cases = 0;
  std::size_t overlapping = 0;  // events that begin before the one before them has ended
  std::size_t rare_activities = 0;
  std::size_t folded_ways = 0;  // seen, and left to `elsewhere`
  bool personas_from_column = false;
  bool has_ends = false;
  bool success_is_said = false;

  std::uint32_t elsewhere_node() const { return static_cast<std::uint32_t>(touchpoints.size()); }
  std::uint32_t exit_node(std::size_t exit) const { return static_cast<std::uint32_t>(touchpoints.size() + 1 + exit); }
};

struct LearnOptions {
  std::optional<unsigned> order;     // at most so many steps of memory, 0 to 3; else as many as pay
  std::optional<unsigned> personas;  // so many, found by their ways; else those of the column, or as many as pay
  double min_share = 0.001;          // ways and activities that fewer of the cases take are folded
  std::vector<std::string> success;  // outcomes that are one
};

/// Throws InputError where there is nothing to learn from.
LearnedJourney learn_journey(const EventLog& log, const LearnOptions& options, const Source& source);

}  // namespace sojourn::models
