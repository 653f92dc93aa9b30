#include "models/change/shadow.h"

#include "models/journey/address.h"

#include <algorithm>

namespace sojourn::models {

bool shadowed(const Tree& journey, std::string_view address) {
  const std::vector<std::string_view> parts = parts_of(address);
  const auto all_carry = [&](const Tree* map, auto&& find_in) {
    return map && !map->entries.empty() &&
           std::ranges::all_of(map->entries, [&](const Tree::Entry& entry) { return find_in(entry.value) != nullptr; });
  };
  if (parts[0] == "touchpoints" && parts.size() > 2) {
    const Tree* touchpoints = journey.find("touchpoints");
    const Tree* touchpoint = touchpoints ? touchpoints->find(parts[1]) : nullptr;
    return touchpoint &&
           all_carry(touchpoint->find("channels"), [&](const Tree& channel) { return channel.find(parts[2]); });
  }
  if (parts[0] == "recommendation" && parts.size() > 1) {
    return all_carry(journey.find("personas"), [&](const Tree& persona) {
      const Tree* own = persona.find("recommendation");
      return own ? own->find(parts[1]) : nullptr;
    });
  }
  return false;
}

std::string reason_of_shadow(std::string_view address) {
  return address.starts_with("recommendation") ? "every persona has its own"
                                               : "every channel of the touchpoint carries its own";
}

}  // namespace sojourn::models
