// Law: the derivatives of one run are those that two runs with one number moved show, for every kind of number.
//
// At a kink (a clamp that a constant stands at, an experience that equals the expectation) the differences to either side
// differ, and the derivative lies between them. So it is held against the two of them, widened by seven of its own and their
// standard errors together, by what smoothing may cost (3 %), and by what ten agents amount to, for a difference that few
// agents see has no error to speak of. 7 standard errors come by chance in 3e-12 of all cases and, where few agents meet the lever, some thousand times more
// often; over the 2,500 comparisons here that is a false alarm in less than 1e-5. Where the differences to either side disagree, the
// step is too long to speak of a slope, and a tenth of it is taken, twice at most.

#include "tests/support/cases.h"
#include "tests/support/derivatives.h"
#include "tests/support/environment.h"
#include "tests/support/property.h"

#include "models/journey/fields.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <sstream>

namespace sojourn::tests {
namespace {

using models::kDriverMetrics;

/// Of NPS, satisfaction, success; of cost and value as the random journeys have them.
constexpr std::array<double, kDriverMetrics> kRange = {200, 10, 1, 30, 30};

std::string text_of(const std::string& file) {
  std::ifstream stream(source_dir() / file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

double small_step(const Derivative& at, double relative) {
  const bool time = at.type->kind == models::Kind::duration;
  const double least = time ? 60'000 : 0.1;
  return relative * std::max(at.value < 0 ? -at.value : at.value, least);
}

struct Tally {
  int compared = 0;
};

/// Where a step is too long for a slope: the differences to either side disagree by more than half of the larger one.
bool is_curved(const models::Figure& low, const models::Figure& high) {
  const double apart = std::abs(high.estimate - low.estimate);
  return apart > 0.5 * std::max(std::abs(high.estimate), std::abs(low.estimate)) &&
         apart > 4 * std::max(low.se, high.se);
}

/// Empty, or what is wrong. `planted`: a factor on the derivative.
std::string against_differences(const std::string& journey, const Derivative& at, double step, std::uint64_t agents,
                                Tally& tally, double planted = 1) {
  std::array<bool, kDriverMetrics> compared{};
  for (int shorter = 0; shorter < 3; ++shorter, step *= 0.1) {
    const auto high = one_sided_difference(journey, at, step, agents, 3);
    const auto low = one_sided_difference(journey, at, -step, agents, 3);
    if (!high || !low) return "";  // at the end of its range
    bool all_compared = true;
    for (std::size_t m = 0; m < kDriverMetrics; ++m) {
      if (compared[m]) continue;
      if (shorter < 2 && is_curved((*low)[m], (*high)[m])) {
        all_compared = false;
        continue;
      }
      compared[m] = true;
      const models::Figure& here = at.row[m];
      const double estimate = planted * here.estimate;
      const double least = std::min((*high)[m].estimate, (*low)[m].estimate);
      const double most = std::max((*high)[m].estimate, (*low)[m].estimate);
      const double se = std::sqrt(here.se * here.se + std::pow(std::max((*high)[m].se, (*low)[m].se), 2));
      const double few = 10 * kRange[m] / (static_cast<double>(agents) * step);
      const double smoothing = 0.03 * std::abs(0.5 * (least + most)) + few;
      const double off = estimate < least ? least - estimate : estimate > most ? estimate - most : 0;
      ++tally.compared;
      if (off > 7 * se + smoothing) {
        return fmt::format("{} = {}, metric {}: derivative {} +- {}, differences {} +- {} and {} +- {}", at.address,
                           at.value, m, estimate, here.se, (*low)[m].estimate, (*low)[m].se, (*high)[m].estimate,
                           (*high)[m].se);
      }
    }
    if (all_compared) break;
  }
  return "";
}

TEST(Drivers, two_stop) {
  const std::string journey = text_of("scenarios/two_stop/journey.yaml");
  Tally tally;
  for (const Derivative& one : derivatives(journey, 200'000)) {
    if (!one.left_out.empty()) continue;
    EXPECT_EQ(against_differences(journey, one, small_step(one, 0.05), 100'000, tally), "");
  }
  EXPECT_GT(tally.compared, 150);
}

TEST(Drivers, santa) {
  const std::string journey = text_of("scenarios/santa/journey.yaml");
  Tally tally;
  std::size_t i = 0;
  for (const Derivative& one : derivatives(journey, 200'000)) {
    if (!one.left_out.empty() || ++i % 6 != 0) continue;
    EXPECT_EQ(against_differences(journey, one, small_step(one, 0.05), 40'000, tally), "");
  }
  EXPECT_GT(tally.compared, 200);
}

TEST(Drivers, random_journeys) {
  Tally tally;
  for_all(30, any_journey(), [&](const RandomJourney& journey) -> std::string {
    std::vector<Derivative> all;
    try {
      all = derivatives(journey.text, 40'000);
    } catch (const models::InputError&) {
      return "";
    }
    std::erase_if(all, [](const Derivative& one) { return !one.left_out.empty(); });
    for (std::size_t k = 0; k < 10 && k < all.size(); ++k) {
      const Derivative& one = all[(k * 7 + journey.text.size()) % all.size()];
      const std::string broken = against_differences(journey.text, one, small_step(one, 0.1), 20'000, tally);
      if (!broken.empty()) return broken;
    }
    return "";
  });
  EXPECT_GT(tally.compared, 1000);
}

TEST(Drivers, a_planted_error_is_seen) {
  const std::string journey = text_of("scenarios/two_stop/journey.yaml");
  Tally tally;
  for (const Derivative& one : derivatives(journey, 200'000)) {
    if (one.address != "touchpoints.collect.experience.uniform.low" && one.address != "pains.scuffed.severity")
      continue;
    EXPECT_NE(against_differences(journey, one, small_step(one, 0.05), 100'000, tally, 1.3), "");
  }
  EXPECT_GT(tally.compared, 1);
}

models::RunPlan plan(int threads, std::uint64_t shuffle) {
  models::RunPlan plan;
  plan.agents = 7'000;
  plan.threads = threads;
  plan.shuffle = shuffle;
  return plan;
}

TEST(Drivers, threads_and_chunk_order_change_no_bit) {
  for_all(5, any_journey(), [&](const RandomJourney& journey) -> std::string {
    try {
      const std::vector<Derivative> expected = derivatives(journey.text, plan(1, 0));
      for (const models::RunPlan& plan : {plan(3, 0), plan(2, 5)}) {
        const std::vector<Derivative> again = derivatives(journey.text, plan);
        for (std::size_t i = 0; i < expected.size(); ++i) {
          for (std::size_t m = 0; m < kDriverMetrics; ++m) {
            if (expected[i].row[m].estimate != again[i].row[m].estimate ||
                expected[i].row[m].se != again[i].row[m].se) {
              return expected[i].address;
            }
          }
        }
      }
    } catch (const models::InputError&) {
      return "";
    }
    return "";
  });
}

}  // namespace
}  // namespace sojourn::tests
