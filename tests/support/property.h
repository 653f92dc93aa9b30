#pragma once
// Laws that hold for all random journeys, checked by rapidcheck: for_all(500, any_journey(), law) with
// `std::string law(const RandomJourney&)` saying what is broken, or nothing. The seed is that of RC_PARAMS, else 1; a
// failure prints the smallest journey that breaks the law, and the RC_PARAMS that repeat it.

#include "tests/support/random_journey.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>
#include <optional>
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

/// Shrinking a rich journey can take long, and a test that is stopped says nothing: after the first failure there is half
/// a minute for it.
class Shrinking {
 public:
  bool is_over() const { return began_ && std::chrono::steady_clock::now() - *began_ > std::chrono::seconds(30); }
  void begin() {
    if (!began_) began_ = std::chrono::steady_clock::now();
  }

 private:
  std::optional<std::chrono::steady_clock::time_point> began_;
};

template <class T, class Law>
void for_all(int times, const rc::Gen<T>& things, Law law) {
  Shrinking shrinking;
  std::string last;  // what broke the smallest journey that time allowed
  const auto result = check_property(times, rc::detail::toProperty([&] {
                                       if (shrinking.is_over()) return;
                                       const T thing = *things;
                                       const std::string broken = law(thing);
                                       if (broken.empty()) return;
                                       shrinking.begin();
                                       last = broken;
                                       RC_FAIL(broken);
                                     }));
  if (result.template is<rc::detail::SuccessResult>()) return;
  std::ostringstream text;
  rc::detail::printResultMessage(result, text);
  ADD_FAILURE() << last << "\n" << text.str();
}

}  // namespace sojourn::tests
