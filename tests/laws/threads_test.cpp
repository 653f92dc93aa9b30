// Law: neither the number of threads nor the order of chunks changes a bit of any figure.

#include "models/exact/solve.h"
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

std::string refusal(const models::InputError& error) { return error.diagnostics().list().front().what; }

/// All exact figures and what is not exact, or the refusal.
std::string solved_with(const models::Experiment& experiment, int threads, FiguresByAddress& figures) {
  try {
    const models::ExactAnswer answer = models::solve_exactly(
        experiment.case_of(0), experiment.atlas(), experiment.customer(0).tables(), experiment.names(), threads);
    figures = by_address(answer.figures, experiment.names());
    std::string text;
    for (const auto& [address, why] : answer.not_exact) text += address + ": " + why + "\n";
    return text;
  } catch (const models::InputError& error) {
    return refusal(error);
  }
}

TEST(Threads, tables_and_exact_answers_are_the_same_for_any_number) {
  const tbb::global_control more_than_cores(tbb::global_control::max_allowed_parallelism, 7);
  int compared = 0;
  for_all(15, any_what_if(), [&](const WhatIf& what_if) -> std::string {
    const models::Case one = case_of(what_if.journey.text);
    const models::Experiment expected({&one}, models::Estimates::plain, {}, 1);
    FiguresByAddress exact;
    const std::string words = solved_with(expected, 1, exact);
    for (const int threads : {2, 7}) {
      const models::Experiment experiment({&one}, models::Estimates::plain, {}, threads);
      FiguresByAddress figures;
      if (solved_with(experiment, threads, figures) != words) return fmt::format("{} threads: other words", threads);
      const std::string broken = difference(exact, figures);
      if (!broken.empty()) return fmt::format("{} threads: {}", threads, broken);
      compared += exact.empty() ? 0 : 1;
    }
    return "";
  });
  EXPECT_GT(compared, 10);
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
