// Law: weights count relative to each other, and times have no natural unit.

#include "tests/support/cases.h"
#include "tests/support/figures.h"
#include "tests/support/property.h"
#include "tests/support/walked.h"

#include "models/behaviour/scores.h"

#include <fmt/format.h>

#include <cmath>

namespace sojourn::tests {
namespace {

using models::Journey;
using models::Way;

template <class Edit>
void for_each_way(models::Case& one, Edit edit) {
  for (Journey& view : one.views.views) {
    for (models::Touchpoint& touchpoint : view.touchpoints) {
      edit(touchpoint.way);
      for (models::Channel& channel : touchpoint.channels) edit(channel.way);
    }
  }
}

TEST(Scales, weights_times_a_power_of_two_change_nothing) {
  for_all(50, any_journey(), [](const RandomJourney& journey) {
    const models::Case base = case_of(journey.text);
    models::Case scaled = case_of(journey.text);
    double factor = 0.125;
    for_each_way(scaled, [&](Way& way) {
      factor = factor > 1e6 ? 0x1p-20 : factor * 2;  // each node has its own
      for (models::Edge& edge : way.next) edge.weight *= factor;
      for (auto& [value, weight] : way.experience.points) weight *= factor;
      for (auto& [value, weight] : way.duration_ms.points) weight *= factor;
    });
    for (Journey& view : scaled.views.views) {
      for (auto& [place, weight] : view.start) weight *= 4;
      for (models::Touchpoint& touchpoint : view.touchpoints) {
        for (models::Channel& channel : touchpoint.channels) channel.share *= 0x1p-7;
      }
      for (models::Persona& persona : view.personas) persona.share *= 8;
    }
    const models::Experiment experiment({&base});
    const models::Experiment scaled_experiment({&scaled});
    return difference(all_figures(experiment, 1'200), all_figures(scaled_experiment, 1'200));
  });
}

/// A distribution of whole milliseconds near the given one, twice as long if `factor` is 2: rounding must not interfere.
models::Distribution whole(const models::Distribution& distribution, double factor) {
  models::Distribution result;
  result.family = models::Distribution::Family::discrete;
  const double middle = std::min(std::nearbyint(std::abs(distribution.a)), 1e9);
  result.points = {
      {factor * std::nearbyint(middle / 2), 1.0}, {factor * (middle + 1), 2.0}, {factor * (3 * middle + 2), 0.5}};
  return result;
}

void scale_times(models::Case& one, double factor) {
  for_each_way(one, [&](Way& way) {
    way.duration_ms = whole(way.duration_ms, factor);
    for (models::PainRisk& risk : way.pains) {
      if (risk.after_ms) *risk.after_ms = static_cast<std::int64_t>(factor) * *risk.after_ms;
    }
  });
  for (Journey& view : one.views.views) {
    for (models::Persona& persona : view.personas) {
      if (persona.patience_ms) persona.patience_ms = whole(*persona.patience_ms, factor);
    }
  }
}

TEST(Scales, times_two_scales_times_and_nothing_else) {
  int later = 0;
  for_all(100, any_journey(), [&](const RandomJourney& journey) -> std::string {
    models::Case slow = case_of(journey.text);
    models::Case slower = case_of(journey.text);
    scale_times(slow, 1);
    scale_times(slower, 2);
    const models::Experiment experiment({&slow, &slower});
    AgentWalker walk_slow(experiment, 0);
    AgentWalker walk_slower(experiment, 1);
    for (std::uint64_t agent = 0; agent < 50; ++agent) {
      Walked doubled = walk_slow.walk(agent);
      for (engine::Visit& visit : doubled.visits) {
        visit.arrived_ms *= 2;
        visit.duration_ms *= 2;
      }
      doubled.ending.elapsed_ms *= 2;
      if (!doubled.scores.empty()) doubled.scores[models::score::elapsed_ms] *= 2;
      later += doubled.ending.elapsed_ms > 0;
      const std::string broken = difference(doubled, walk_slower.walk(agent));
      if (!broken.empty()) return fmt::format("agent {}: {}", agent, broken);
    }
    return "";
  });
  EXPECT_GT(later, 2'000);
}

}  // namespace
}  // namespace sojourn::tests
