// Law: neither the number of threads nor the order of chunks changes a bit of any figure.

#include "tests/support/cases.h"
#include "tests/support/figures.h"
#include "tests/support/property.h"

#include <fmt/format.h>
#include <tbb/global_control.h>

namespace sojourn::tests {
namespace {

constexpr std::uint64_t kAgents = 7'000;  // seven chunks, the last one short

models::RunPlan plan(int threads, std::uint64_t shuffle) {
  models::RunPlan plan;
  plan.agents = kAgents;
  plan.threads = threads;
  plan.shuffle = shuffle;
  return plan;
}

TEST(Threads, neither_threads_nor_chunk_order_change_a_bit) {
  // As many threads as asked for, also where there are fewer cores.
  const tbb::global_control more_than_cores(tbb::global_control::max_allowed_parallelism, 7);
  int compared = 0;
  for_all(10, any_what_if(), [&](const WhatIf& what_if) -> std::string {
    const models::Case base = case_of(what_if.journey.text);
    const models::Case changed = changed_case(what_if.journey.text, what_if.changes);
    const models::Experiment experiment({&base, &changed});
    std::optional<FiguresByAddress> expected;
    try {
      expected = all_figures(experiment, plan(1, 0));
    } catch (const models::InputError&) {
      return "";  // somebody is stuck: stuck_test.cpp
    }
    for (const int threads : {1, 2, 3, 7}) {
      for (const std::uint64_t shuffle : {0, 5}) {
        const std::string broken = difference(*expected, all_figures(experiment, plan(threads, shuffle)));
        if (!broken.empty()) return fmt::format("{} threads, shuffle {}: {}", threads, shuffle, broken);
        ++compared;
      }
    }
    return "";
  });
  EXPECT_GT(compared, 50);
}

TEST(Threads, another_seed_is_seen) {
  const models::Case base = case_of(
      "personas: {p: {}}\ntouchpoints: {a: {experience: {uniform: {low: 4, high: 8}}, next: {done: 1}}}\n"
      "start: a\noutcomes: {done: {}}\n");
  const models::Experiment experiment({&base});
  EXPECT_NE(difference(all_figures(experiment, kAgents, 1), all_figures(experiment, kAgents, 2)), "");
}

}  // namespace
}  // namespace sojourn::tests
