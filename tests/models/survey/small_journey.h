#pragma once
// A journey of three touchpoints for tests about data.

#include "models/change/views.h"
#include "models/journey/read.h"

#include <memory>
#include <string>

namespace sojourn::tests {

inline const std::string kSmallJourney = R"(journey: A shop
personas:
  mia: {name: Mia, share: 2}
  zoe: {name: "Zoë, in a hurry", share: 1}
touchpoints:
  browse: {label: Look around, experience: 6, next: {ask: 1, pay: 3}}
  ask: {label: Ask, experience: 7, next: {pay: 1}}
  pay: {label: Till, experience: 5, next: {bought: 0.6, left: 0.2, browse: 0.2}}
start: browse
outcomes:
  bought: {label: Bought, success: true}
  left: {label: Left}
)";

inline models::JourneyFile journey_file(const std::string& text = kSmallJourney) {
  return models::read_journey(std::make_shared<const models::SourceText>(models::SourceText{"journey.yaml", text}));
}

inline models::Journey small_journey() { return models::typed_journey(journey_file().tree); }

}  // namespace sojourn::tests
