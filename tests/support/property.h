#pragma once
// Laws that hold for all random journeys, checked by rapidcheck: for_all(500, any_journey(), law) with
// `std::string law(const RandomJourney&)` saying what is broken, or nothing. The seed is that of RC_PARAMS, else 1; a
// failure prints the smallest journey that breaks the law, and the RC_PARAMS that repeat it.

#include "tests/support/random_journey.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <ostream>
#include <sstream>
#include <string>
#include <vector>

namespace sojourn::tests {

/// A random journey and changes of it that are possible, perhaps none.
struct WhatIf {
  RandomJourney journey;
  std::vector<std::string> changes;
};

std::ostream& operator<<(std::ostream& out, const RandomJourney& journey);
std::ostream& operator<<(std::ostream& out, const WhatIf& what_if);

rc::Gen<RandomJourney> any_journey(WayOn way_on = WayOn::always);
rc::Gen<WhatIf> any_what_if();
/// One change of one touchpoint.
rc::Gen<WhatIf> any_touchpoint_what_if();

rc::detail::TestResult check_property(int times, const rc::detail::Property& property);

template <class T, class Law>
void for_all(int times, const rc::Gen<T>& things, Law law) {
  const auto result = check_property(times, rc::detail::toProperty([&] {
                                       const T thing = *things;
                                       const std::string broken = law(thing);
                                       if (!broken.empty()) RC_FAIL(broken);
                                     }));
  if (result.template is<rc::detail::SuccessResult>()) return;
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  ADD_FAILURE() << text.str();
}

}  // namespace sojourn::tests
