// Law: a run that cannot go on names the same agent and the same touchpoint, whatever the number of threads.

#include "tests/support/cases.h"
#include "tests/support/property.h"
#include "tests/support/walked.h"

#include <fmt/format.h>
#include <tbb/global_control.h>

namespace sojourn::tests {
namespace {

/// What the run says, or nothing if it ends.
std::string complaint(const models::Experiment& experiment, int threads, std::uint64_t shuffle) {
  models::RunPlan plan;
  plan.agents = 6'000;
  plan.threads = threads;
  plan.shuffle = shuffle;
  try {
    experiment.run(plan);
    return "";
  } catch (const models::InputError& error) {
    return error.what();
  }
}

TEST(Stuck, the_first_agent_is_named_whatever_the_threads) {
  const tbb::global_control more_than_cores(tbb::global_control::max_allowed_parallelism, 7);
  int stuck = 0;
  for_all(40, any_journey(WayOn::may_miss), [&](const RandomJourney& journey) -> std::string {
    const models::Case one = case_of(journey.text);
    const models::Experiment experiment({&one});
    const std::string expected = complaint(experiment, 1, 0);
    AgentWalker walker(experiment, 0);
    std::uint64_t first = 0;
    while (first < 6'000 && !walker.walk(first).stuck) ++first;
    if ((first < 6'000) != !expected.empty()) return "walked alone, the agents are not stuck as in the run";
    if (expected.empty()) return "";
    ++stuck;
    if (expected.find(fmt::format("agent {} is stuck", first)) == std::string::npos) {
      return fmt::format("agent {} is the first, but the run says: {}", first, expected);
    }
    for (const int threads : {1, 2, 7}) {
      for (const std::uint64_t shuffle : {0, 1, 2}) {
        const std::string said = complaint(experiment, threads, shuffle);
        if (said != expected)
          return fmt::format("{} threads, shuffle {}: {}\ninstead of {}", threads, shuffle, said, expected);
      }
    }
    return "";
  });
  EXPECT_GT(stuck, 5);
}

}  // namespace
}  // namespace sojourn::tests
