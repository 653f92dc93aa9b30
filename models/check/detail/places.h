#pragma once
// Where the parts of a journey stand in the files.

#include "models/change/views.h"

#include <string_view>
#include <unordered_map>

namespace sojourn::models::detail {

/// Marks of one case. Where a case has no trees, marks are empty.
class Places {
 public:
  explicit Places(const Case& one) : case_(&one) {}

  Mark section(std::size_t view, std::string_view key);  // start, limits
  Mark touchpoint(std::size_t view, std::string_view id);
  /// The condition of an edge, or the edge where it has none. `edge` must be among those of `way`; `channel` is empty for
  /// the plain way.
  Mark condition(std::size_t view, const Touchpoint& touchpoint, std::string_view channel, const Way& way,
                 const Edge& edge);

 private:
  const Tree::Entry* entry(std::size_t view, std::string_view touchpoint);

  const Case* case_;
  std::unordered_map<std::size_t, std::unordered_map<std::string_view, const Tree::Entry*>> touchpoints_;  // by view
};

}  // namespace sojourn::models::detail
