#include "tools/job/traced.h"

#include "models/behaviour/scores.h"
#include "models/score/figures.h"

#include <gtest/gtest.h>

#include <memory>

namespace sojourn::tools {
namespace {

using namespace models;

/// A walk without chance but for the channel: everything a trace says can be told beforehand.
Case one_case(const std::string& more = "") {
  const std::string text = R"(journey: Certain
personas:
  anna:
    expectation: 6
    learning: 0.5
    patience: 1 h
    goals: {shoes: {importance: 1}, talk: {importance: 2}}
    sensitivity: {scuffed: 2}
pains: {scuffed: {severity: 1, lasting: true, lingering: 0.5}, queue: {severity: 0.5}}
goals: {shoes: {}, talk: {}}
start: ask
touchpoints:
  ask:
    experience: 8
    duration: 10 min
    effort: 2
    pains: {scuffed: {probability: 1}, queue: {probability: 0}}
    next: {collect: 1}
  collect:
    experience: 9
    duration: )" + (more.empty() ? "20 min" : more) +
                           R"(
    resolves: {scuffed: {probability: 1, lift: 0.5}}
    fulfils: {shoes: 1}
    next: {done: 1}
outcomes: {done: {success: true}}
)";
  const auto source = std::make_shared<const SourceText>(SourceText{"test.yaml", text});
  return build_case(read_journey(source), {});
}

TEST(Traced, tells_what_was_drawn_and_what_came_of_it) {
  const Case one = one_case();
  const Experiment experiment({&one});
  const TracedJourney journey = trace_agent(experiment, 0, experiment.keys(1, 0), 5, 100);
  ASSERT_EQ(journey.visits.size(), 2u);
  const TracedVisit& ask = journey.visits[0];
  EXPECT_EQ(ask.drawn_duration_ms, 600'000);
  EXPECT_EQ(ask.patience_ms, 3'600'000);
  EXPECT_EQ(ask.drawn_experience, 8);
  EXPECT_EQ(ask.visit.measures[measure::experience], 6);  // severity 1, sensitivity 2
  EXPECT_EQ(ask.pains, (std::vector<std::pair<std::uint32_t, double>>{{0, 2.0}}));
  EXPECT_EQ(ask.opened, std::vector<std::uint32_t>{0});
  EXPECT_TRUE(ask.achieved.empty());
  EXPECT_EQ(ask.expects_next, 6);
  const TracedVisit& collect = journey.visits[1];
  EXPECT_EQ(collect.visit.arrived_ms, 600'000);
  EXPECT_EQ(collect.visit.measures[measure::experience], 9.5);  // with the lift
  EXPECT_EQ(collect.closed, std::vector<std::uint32_t>{0});
  EXPECT_TRUE(collect.opened.empty());
  EXPECT_EQ(collect.achieved, std::vector<std::uint32_t>{0});
  EXPECT_EQ(collect.expects_next, 6 + 0.5 * (9.5 - 6));
}

TEST(Traced, the_end_is_made_up_of_what_is_remembered_and_taken_off) {
  const Case one = one_case();
  const Experiment experiment({&one});
  const TracedJourney journey = trace_agent(experiment, 0, experiment.keys(1, 0), 5, 100);
  // m = 5 + (6 - 5) + 0.5 * 0 = 6 and 5 + 4.5 + 0.5 * 3.5 = 10 (clamped from 11.25).
  EXPECT_EQ(journey.memory.peak, 10);
  EXPECT_EQ(journey.memory.end, 10);
  EXPECT_EQ(journey.missed, (std::vector<std::pair<std::uint32_t, double>>{{1, 2.0}}));
  EXPECT_TRUE(journey.open.empty());
  EXPECT_DOUBLE_EQ(journey.effort_loss, 0.1);
  EXPECT_NEAR(journey.satisfaction, 0.25 * 10 + 0.25 * 10 + 0.5 * 8 - 2 - 0.1, 1e-9);
  double sum = 0;
  for (const double score : journey.scores) sum += score;
  EXPECT_NEAR(sum, 1, 1e-9);
  EXPECT_EQ(experiment.names().target(journey.end()), "done");
}

TEST(Traced, what_outlasts_the_patience_is_given_up) {
  const Case one = one_case("3 h");
  const Experiment experiment({&one});
  const TracedJourney journey = trace_agent(experiment, 0, experiment.keys(1, 0), 5, 100);
  const TracedVisit& collect = journey.visits.at(1);
  EXPECT_TRUE(collect.visit.given_up);
  EXPECT_EQ(collect.visit.duration_ms, 3'600'000);
  EXPECT_EQ(collect.drawn_duration_ms, 3 * 3'600'000);
  EXPECT_EQ(experiment.names().target(journey.end()), "abandoned");
  EXPECT_EQ(journey.open, (std::vector<std::pair<std::uint32_t, double>>{{0, 0.5}}));
}

TEST(Traced, is_the_agent_that_a_run_sends) {
  const Case one = one_case("{exponential: {mean: 40 min}}");
  const Experiment experiment({&one});
  constexpr std::uint64_t agents = 500;
  double satisfaction = 0, visits = 0;
  for (std::uint64_t agent = 0; agent < agents; ++agent) {
    const TracedJourney journey = trace_agent(experiment, 0, experiment.keys(3, 1), agent, 100);
    satisfaction += journey.satisfaction / agents;
    visits += static_cast<double>(journey.visits.size()) / agents;
  }
  RunPlan plan;
  plan.seed = 3;
  plan.replicate = 1;
  plan.agents = agents;
  const auto tallies = experiment.run(plan);
  const Figures figures = figures_of(experiment, *tallies, 0);
  EXPECT_NEAR(figures.overall[Metric::satisfaction].estimate, satisfaction, 1e-9);
  EXPECT_NEAR(figures.overall[Metric::visits].estimate, visits, 1e-9);
}

TracedJourney through(const std::vector<std::uint32_t>& nodes) {
  TracedJourney journey;
  for (const std::uint32_t node : nodes) {
    journey.visits.emplace_back();
    journey.visits.back().visit.node = node;
  }
  return journey;
}

TEST(Parting, is_the_first_visit_that_differs) {
  EXPECT_EQ(parting(through({1, 2, 3}), through({1, 2, 3})), std::nullopt);
  EXPECT_EQ(parting(through({1, 2, 3}), through({1, 4, 3})), 1u);
  EXPECT_EQ(parting(through({1, 2}), through({1, 2, 3})), 2u);
  EXPECT_EQ(parting(through({}), through({})), std::nullopt);
  TracedJourney later = through({1, 2});
  later.visits[1].visit.arrived_ms = 1;
  EXPECT_EQ(parting(through({1, 2}), later), 1u);
}

TEST(Alignment, puts_equal_touchpoints_side_by_side) {
  const Alignment rows = align(through({7, 1, 2, 3, 5}), through({7, 1, 4, 3, 3, 5}), 1);
  const Alignment expected = {{0, 0}, {1, 1}, {2, std::nullopt}, {std::nullopt, 2}, {3, 3}, {std::nullopt, 4}, {4, 5}};
  EXPECT_EQ(rows, expected);
  EXPECT_EQ(align(through({}), through({1}), 0), (Alignment{{std::nullopt, 0}}));
}

}  // namespace
}  // namespace sojourn::tools
