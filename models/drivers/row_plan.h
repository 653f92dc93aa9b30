#pragma once
// The rows of the tally that one run fills: the levers, then three for each touchpoint, then one.

#include <cstddef>
#include <cstdint>

namespace sojourn::models {

enum class TouchpointRow : std::size_t {
  experience,  // derivative with respect to a shift of the experience drawn there
  through,     // the metrics of the journeys that come there
  shapley,     // its share of success, and of what the moments do to NPS and satisfaction
  count
};

struct RowPlan {
  std::size_t levers = 0;
  std::size_t touchpoints = 0;
  std::size_t rows() const { return all() + 1; }
  std::uint32_t row(TouchpointRow kind, std::size_t touchpoint) const {
    return static_cast<std::uint32_t>(levers + touchpoint * static_cast<std::size_t>(TouchpointRow::count) +
                                      static_cast<std::size_t>(kind));
  }
  /// The metrics of the journeys as they are.
  std::uint32_t all() const { return row(TouchpointRow::experience, touchpoints); }
};

}  // namespace sojourn::models
