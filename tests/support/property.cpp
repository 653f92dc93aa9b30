#include "tests/support/property.h"

#include "tests/support/cases.h"

#include <cstdlib>
#include <limits>

namespace sojourn::tests {
namespace {

/// A tape for Dice. Its numbers are of any size however small the case, because decisions are their remainders.
rc::Gen<std::vector<std::uint32_t>> tape() {
  constexpr int kPerSize = 16;
  return rc::gen::withSize([](int size) {
    const auto numbers = rc::gen::resize(rc::kNominalSize, rc::gen::arbitrary<std::uint32_t>());
    return rc::gen::resize(size * kPerSize, rc::gen::container<std::vector<std::uint32_t>>(numbers));
  });
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const RandomJourney& journey) { return out << "\n" << journey.text; }

std::ostream& operator<<(std::ostream& out, const WhatIf& what_if) {
  out << what_if.journey << "changes:\n";
  for (const std::string& change : what_if.changes) out << "  - " << change << "\n";
  return out;
}

rc::Gen<RandomJourney> any_journey(WayOn way_on) {
  return rc::gen::map(tape(), [way_on](std::vector<std::uint32_t> numbers) {
    Dice dice(std::move(numbers));
    return random_journey(dice, way_on);
  });
}

rc::Gen<WhatIf> any_what_if() {
  return rc::gen::map(tape(), [](std::vector<std::uint32_t> numbers) {
    Dice dice(std::move(numbers));
    WhatIf what_if{random_journey(dice), {}};
    what_if.changes = possible(what_if.journey.text, random_changes(dice, what_if.journey));
    return what_if;
  });
}

rc::Gen<WhatIf> any_touchpoint_what_if() {
  return rc::gen::map(tape(), [](std::vector<std::uint32_t> numbers) {
    Dice dice(std::move(numbers));
    WhatIf what_if{random_journey(dice), {}};
    what_if.changes = possible(what_if.journey.text, {random_touchpoint_change(dice, what_if.journey)});
    return what_if;
  });
}

rc::detail::TestResult check_property(int times, const rc::detail::Property& property) {
  const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
  rc::detail::TestMetadata metadata;
  metadata.id = std::string(info->test_suite_name()) + "/" + info->name();
  metadata.description = info->name();
  rc::detail::TestParams params = rc::detail::configuration().testParams;
  params.maxSuccess = times;
  if (std::getenv("RC_PARAMS") == nullptr) params.seed = 1;
  return rc::detail::checkProperty(property, metadata, params);
}

}  // namespace sojourn::tests
