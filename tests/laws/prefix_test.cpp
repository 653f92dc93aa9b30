// Law: agents are who they are, whoever else travels. A longer run is a shorter one and some more agents.

#include "tests/support/cases.h"
#include "tests/support/figures.h"
#include "tests/support/property.h"

namespace sojourn::tests {
namespace {

TEST(Prefix, a_run_in_parts_is_the_run_as_a_whole) {
  for_all(40, any_what_if(), [](const WhatIf& what_if) -> std::string {
    const models::Case base = case_of(what_if.journey.text);
    const models::Case changed = changed_case(what_if.journey.text, what_if.changes);
    const models::Experiment experiment({&base, &changed});
    const engine::Layout& layout = experiment.atlas().layout;
    const engine::PlaceKeys keys = experiment.keys(3, 0);
    const engine::Simulation<models::Customer> simulation(layout, {&experiment.customer(0), &experiment.customer(1)},
                                                          keys);
    engine::Tallies whole(layout, 1);
    engine::Tallies parts(layout, 1);
    try {
      simulation.run({0, 3'000, 1, 0}, {}, whole);
      simulation.run({0, 700, 2, 0}, {}, parts);  // cut at units' ends, also within a chunk
      simulation.run({700, 704, 1, 0}, {}, parts);
      simulation.run({704, 3'000, 2, 0}, {}, parts);
    } catch (const engine::StuckAgent&) {
      return "";
    }
    return difference(all_figures(experiment, whole), all_figures(experiment, parts));
  });
}

TEST(Prefix, parts_added_in_another_order_are_the_whole) {
  for_all(20, any_what_if(), [](const WhatIf& what_if) -> std::string {
    const models::Case base = case_of(what_if.journey.text);
    const models::Case changed = changed_case(what_if.journey.text, what_if.changes);
    const models::Experiment experiment({&base, &changed});
    const engine::Layout& layout = experiment.atlas().layout;
    const engine::PlaceKeys keys = experiment.keys(3, 0);
    const engine::Simulation<models::Customer> simulation(layout, {&experiment.customer(0), &experiment.customer(1)},
                                                          keys);
    engine::Tallies whole(layout, 1);
    engine::Tallies first(layout, 1);
    engine::Tallies last(layout, 1);
    try {
      simulation.run({0, 2'000, 1, 0}, {}, whole);
      simulation.run({0, 1'104, 1, 0}, {}, first);
      simulation.run({1'104, 2'000, 1, 0}, {}, last);
    } catch (const engine::StuckAgent&) {
      return "";
    }
    last.add(first);
    return difference(all_figures(experiment, whole), all_figures(experiment, last));
  });
}

TEST(Prefix, a_run_with_a_precision_is_the_run_of_as_many_agents) {
  const models::Case base = case_of(
      "personas: {p: {}}\ntouchpoints: {a: {experience: {uniform: {low: 4, high: 9}}, next: {a: 1, done: 2}}}\n"
      "start: a\noutcomes: {done: {success: true}}\n");
  const models::Experiment experiment({&base});
  models::RunPlan plan;
  plan.agents = 1'000'000;
  plan.precision = 0.5;
  const auto precise = *experiment.run(plan);
  EXPECT_LT(precise.agents, 1'000'000U);
  const models::Figure nps = all_figures(experiment, precise).at("0.overall.nps");
  EXPECT_LE(nps.hi - nps.lo, 1.0);
  EXPECT_EQ(difference(all_figures(experiment, precise), all_figures(experiment, precise.agents)), "");
}

}  // namespace
}  // namespace sojourn::tests
