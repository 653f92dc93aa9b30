#pragma once
// The journey as one persona meets it: compiled tables, and the typed distributions behind their quantile functions.

#include "models/behaviour/atlas.h"
#include "models/behaviour/tables.h"
#include "models/exact/detail/law.h"
#include "models/exact/detail/wait.h"

#include <string>
#include <vector>

namespace sojourn::models::exact {

/// A way of visiting a touchpoint, beside its WayRow.
struct WayView {
  std::uint32_t node = 0;
  double share = 1;  // of the visits to its node
  const Way* way = nullptr;
  Wait wait;
};

class PersonaView {
 public:
  PersonaView(const Case& one, const Atlas& atlas, const JourneyTables& tables, std::size_t persona_of_case);

  const PersonaTables& rows() const { return *rows_; }
  const WayView& way(std::uint32_t w) const { return ways_[w]; }
  const Atlas& atlas() const { return *atlas_; }
  const Persona& persona() const { return *persona_; }
  std::uint32_t group() const { return group_; }
  std::uint32_t nodes() const { return atlas_->touchpoints.size(); }

  /// The places in the file: touchpoints.ID, or touchpoints.ID.channels.ID where the channel carries the field itself.
  std::string place(std::uint32_t w, const std::string& field) const;
  std::string touchpoint(std::uint32_t w) const { return "touchpoints." + atlas_->touchpoints.ids()[ways_[w].node]; }
  std::string persona_place(const std::string& field) const { return "personas." + persona_->id + "." + field; }

 private:
  const Atlas* atlas_;
  const PersonaTables* rows_;
  const Persona* persona_;
  const Tree* tree_;
  std::uint32_t group_;
  std::vector<WayView> ways_;  // [way row]
};

}  // namespace sojourn::models::exact
