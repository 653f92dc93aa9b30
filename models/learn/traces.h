#pragma once
// An event log as learning sees it: cases as sequences of numbered activities with the times between them.

#include "models/data/event_log.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

using Symbol = std::uint32_t;

struct Step {
  std::int64_t gap_ms = 0;  // until the next event of the case begins; of the last its own length
  std::int64_t own_ms = 0;  // its own length
  Symbol symbol = 0;        // as learned: rare activities share one
  Symbol activity = 0;      // as logged
};

struct Trace {
  std::size_t first = 0, count = 0;  // of Traces::steps; count > 0
  std::uint32_t persona = kNotSaid;  // index into Alphabet::personas
  std::uint32_t exit = 0;            // index into Alphabet::exits
};

/// What there is to learn about, in bytewise order of the names, so that the order of rows means nothing.
struct Alphabet {
  std::vector<std::string> activities;
  std::vector<std::string> symbols;   // the activities that are not rare, and at the end "" for those that are, if any
  std::vector<Symbol> symbol_of;      // [activity]
  std::vector<double> share_within;   // [activity] of the events with its symbol
  std::vector<std::string> exits;     // values of the outcome column; {""} where there is none
  std::vector<std::string> personas;  // values of the persona column; empty where there is none
  std::uint32_t cases = 0;            // learned from

  bool has_rare() const { return !symbols.empty() && symbols.back().empty(); }
};

struct Traces {
  std::vector<Step> steps;
  std::vector<Trace> list;           // by start
  std::uint64_t unknown_events = 0;  // left out: their activities are not in the alphabet
  std::uint64_t unknown_cases = 0;   // left out: nothing of them is left, or their outcome is not in the alphabet

  std::span<const Step> of(const Trace& trace) const { return {steps.data() + trace.first, trace.count}; }
};

/// Activities that fewer than `min_share` of the cases meet are rare, if there are at least two.
Alphabet alphabet_of(const EventLog& log, double min_share);

/// Of the log that was learned from, or of another. Cases without an outcome, where there is such a column, end in the most
/// frequent one that the alphabet has: they are told apart by nothing.
Traces traces_of(const EventLog& log, const Alphabet& alphabet);

}  // namespace sojourn::models
