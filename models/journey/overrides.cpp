#include "models/journey/overrides.h"

#include "models/journey/address.h"
#include "models/journey/validate.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <array>

namespace sojourn::models {

bool may_override(std::string_view address, const Mark& mark, Diagnostics& diagnostics) {
  static constexpr std::array<std::string_view, 5> sections = {"touchpoints", "pains", "outcomes", "start",
                                                               "satisfaction"};
  const std::string_view first = parts_of(address)[0];
  if (std::ranges::find(sections, first) != sections.end()) return true;
  diagnostics.error(mark, "an override cannot touch " + quoted(address),
                    "overrides touch touchpoints, pains, outcomes, start and satisfaction",
                    first == "personas" ? "Write it in the persona itself" : "");
  return false;
}

void check_overrides(const Tree& journey, const Tree& overrides, Lookup& lookup, Diagnostics& diagnostics) {
  std::vector<std::string> replaced;  // addresses below these are not those of the file any more
  for (const Tree& item : overrides.items) {
    for (const std::string_view verb : {"set", "scale", "shift"}) {
      const Tree* address = item.is_map() ? item.find(verb) : nullptr;
      if (!address || address->kind != Tree::Kind::scalar) continue;
      if (!may_override(address->scalar, address->mark, diagnostics)) continue;
      const auto is_above = [&](const std::string& whole) { return address->scalar.starts_with(whole + "."); };
      if (std::ranges::any_of(replaced, is_above)) continue;
      const Suggest suggest = diagnostics.crowded() ? Suggest::nothing : Suggest::nearest;
      const Place place = find(journey, address->scalar, lookup, suggest);
      if (place.state == Place::State::missing) {
        diagnostics.error(address->mark, place.problem, place.why, place.suggestion);
      } else if (verb == "set") {
        replaced.push_back(address->scalar);
        if (const Tree* to = item.find("to")) {
          validate_value(*to, *place.type, Where{nullptr, address->scalar}, Ranges::later, "", diagnostics);
        }
      }
    }
  }
}

}  // namespace sojourn::models
