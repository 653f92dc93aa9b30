#pragma once
// What can happen at one visit beside its time and its drawn performance: pains, resolutions, goals.

#include "models/exact/detail/known.h"
#include "models/exact/detail/persona_view.h"

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>

namespace sojourn::models::exact {

/// Goals achieved and lasting pains open, in the bits of the tables.
struct Flags {
  std::uint64_t goals = 0, pains = 0;
  std::uint64_t unsure = 0;  // pains of which the chain cannot tell: they opened by the clock, or not

  friend bool operator==(const Flags&, const Flags&) = default;
  friend auto operator<=>(const Flags&, const Flags&) = default;
};

/// Whether felt things are asked for, or flags alone.
enum class Ask { flags, feelings };

/// What has happened at a visit that is not given up.
struct Event {
  double severity = 0, lift = 0;  // points off and on; 0 with Ask::flags
  Flags flags;                    // after the visit
  std::uint64_t marks = 0;        // pains met, if asked for

  friend auto operator<=>(const Event&, const Event&) = default;
};

/// One chance of a way taken for decided: a PainRow, ResolutionRow or FulfilmentRow of the persona's tables.
struct Decided {
  const void* row = nullptr;
  bool happens = false;
};

struct EventQuestion {
  std::uint32_t way = 0;
  Flags before = {};
  Flags tracked = {};  // others are left out
  Ask ask = Ask::flags;
  bool marks = false;
  std::optional<std::int64_t> elapsed_ms = {};  // after this visit's time; without it pains with `after` are unsure
  Decided decided = {};
};

struct Events {
  std::map<Event, double> chances;
  std::int32_t felt_why = kExact;  // else severity and lift are not complete
};

/// Thrown where a visit has too many ways to go.
struct TooManyEvents {
  std::uint32_t way;
};

Events events_of(const PersonaView& view, Reasons& reasons, const EventQuestion& question);

/// Why it cannot be told whether the lasting pain with this bit is open.
std::string unsure_sentence(const PersonaView& view, std::uint64_t pain);
std::string after_sentence(const PersonaView& view, std::uint32_t way, const PainRow& row);

std::span<const PainRow> pains_of(const PersonaView& view, std::uint32_t way);
std::span<const ResolutionRow> resolutions_of(const PersonaView& view, std::uint32_t way);
std::span<const FulfilmentRow> fulfilments_of(const PersonaView& view, std::uint32_t way);
std::span<const EdgeRow> edges_of(const PersonaView& view, std::uint32_t way);

}  // namespace sojourn::models::exact
