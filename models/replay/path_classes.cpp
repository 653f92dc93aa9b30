#include "models/replay/path_classes.h"

#include <algorithm>

namespace sojourn::models {

VisitedNodes met_on(std::span<const std::uint32_t> path) {
  VisitedNodes met(path.begin(), path.end());
  std::ranges::sort(met);
  met.erase(std::unique(met.begin(), met.end()), met.end());
  return met;
}

std::uint32_t PathClasses::of(std::span<const std::uint32_t> path) const {
  if (const auto known = paths.find(VisitedNodes(path.begin(), path.end())); known != paths.end()) return known->second;
  const auto known = met.empty() ? met.end() : met.find(met_on(path));
  return known == met.end() ? 0 : known->second;
}

void tell_apart(Bank& bank, const PathPlaces& places) {
  VisitedNodes path;
  for (BankJourney& journey : bank.journeys) {
    path.clear();
    for (std::uint32_t k = journey.first; k < journey.first + journey.count; ++k) {
      BankVisit& visit = bank.visits[k];
      path.push_back(visit.node);
      visit.path_class = places[visit.node].count > 1 ? places[visit.node].of(path) : 0;
    }
    journey.path_class = places.back().count > 1 ? places.back().of(path) : 0;
  }
}

}  // namespace sojourn::models
