// From files to figures: what the three steps give is what the parts give, and what is wrong is said at once.

#include "models/ask/ask.h"

#include "models/change/scenario_on.h"
#include "models/exact/known_means.h"
#include "models/score/figures.h"
#include "tests/support/environment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sojourn::tests {
namespace {

using namespace models;
using testing::HasSubstr;

std::string shoes(const char* file) { return (source_dir() / "scenarios/two_stop" / file).string(); }

Asked few() {
  Asked asked;
  asked.plan.seed = 3;
  asked.plan.agents = 4'000;
  asked.plan.threads = 1;
  return asked;
}

TEST(Ask, gives_what_the_parts_give) {
  const ReadCase read = read_case(shoes("journey.yaml"));
  const RunResult run = *simulate(read, few());
  Experiment experiment({&read.one}, Estimates::controlled);
  know_exactly(experiment);
  const Figures figures = figures_of(experiment, *experiment.run(few().plan), 0);
  for (std::size_t m = 0; m < kMetrics; ++m) {
    EXPECT_EQ(run.figures.overall.metrics[m].estimate, figures.overall.metrics[m].estimate) << kMetricInfo[m].name;
    EXPECT_EQ(run.figures.overall.metrics[m].se, figures.overall.metrics[m].se) << kMetricInfo[m].name;
  }
  EXPECT_EQ(run.provenance.agents, 4'000U);
  EXPECT_EQ(run.provenance.seed, 3U);
  EXPECT_EQ(run.provenance.journey.title, "A shoe repair in two stops");
  EXPECT_EQ(run.provenance.journey.sha256.size(), 64U);
}

TEST(Ask, plain_estimates_are_other_ones) {
  const ReadCase read = read_case(shoes("journey.yaml"));
  Asked plain = few();
  plain.estimates = Estimates::plain;
  EXPECT_GT(simulate(read, plain)->figures.overall[Metric::nps].se,
            simulate(read, few())->figures.overall[Metric::nps].se);
  EXPECT_TRUE(simulate(read, plain)->provenance.controls.empty());
}

TEST(Ask, compares_the_same_agents) {
  const ReadCase base = read_case(shoes("journey.yaml"));
  const ReadCase faster = read_case(shoes("journey.yaml"), {shoes("faster.yaml")});
  const CompareResult compared = *compare({&base, &faster, &faster}, few());
  ASSERT_EQ(compared.scenarios.size(), 2U);
  EXPECT_EQ(compared.base.overall[Metric::nps].estimate, simulate(base, few())->figures.overall[Metric::nps].estimate);
  EXPECT_EQ(compared.scenarios[0].result.overall[Metric::nps].estimate,
            simulate(faster, few())->figures.overall[Metric::nps].estimate);
  EXPECT_GT(compared.scenarios[0].difference.overall[Metric::success].lo, 0);
  EXPECT_EQ(compared.scenarios[1].difference.overall[Metric::nps].estimate,
            compared.scenarios[0].difference.overall[Metric::nps].estimate);
  EXPECT_EQ(compared.scenarios[0].scenario.title, "A second clerk at the counter");
  EXPECT_EQ(compared.scenarios[0].cost_once, 500);
  EXPECT_EQ(compared.provenance.scenarios.size(), 1U);
}

TEST(Ask, solves) {
  const RunResult exact = solve(read_case(shoes("journey.yaml")));
  EXPECT_NEAR(exact.figures.overall[Metric::success].estimate, 0.75 * 0.7 + 0.25 * 84 / 170, 1e-12);
  EXPECT_EQ(exact.provenance.method, "exact");
}

TEST(Ask, stops_where_progress_says_so) {
  const ReadCase base = read_case(shoes("journey.yaml"));
  const ReadCase faster = read_case(shoes("journey.yaml"), {shoes("faster.yaml")});
  const auto no = [](const ProgressReport&) { return false; };
  EXPECT_FALSE(simulate(base, few(), no));
  EXPECT_FALSE(compare({&base, &faster}, few(), no));
}

TEST(Ask, stops_while_it_draws_what_is_not_known) {
  const std::string text = read_source(shoes("journey.yaml"))->text +
                           "\nuncertain: {touchpoints.ask.effort: {uniform: {low: 0, high: 2}}}\n";
  const auto journey = std::make_shared<const JourneyFile>(
      read_journey(std::make_shared<const SourceText>(SourceText{"unsure.yaml", text})));
  const ReadCase read = make_case(journey);
  Asked asked = few();
  asked.draws = 10;
  ASSERT_TRUE(simulate(read, asked)->uncertain);
  EXPECT_EQ(simulate(read, asked)->uncertain->draws, 10U);
  asked.draws = 0;
  EXPECT_FALSE(simulate(read, asked)->uncertain);
  asked.draws = 10;
  EXPECT_FALSE(simulate(read, asked, [](const ProgressReport& report) { return report.agents_planned != 10; }));
}

TEST(Ask, says_what_is_wrong_with_all_files_at_once) {
  try {
    read_case(shoes("faster.yaml"), {shoes("journey.yaml")});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.diagnostics().error_count() >= 2, true) << error.what();
    EXPECT_THAT(error.what(), HasSubstr("faster.yaml:"));
    EXPECT_THAT(error.what(), HasSubstr("journey.yaml:"));
  }
  EXPECT_THROW(read_case("no.yaml"), MissingFile);
}

TEST(Ask, blames_the_scenario_for_what_it_brings) {
  const ReadCase base = read_case(shoes("journey.yaml"));
  const Source source = std::make_shared<const SourceText>(SourceText{
      "(in memory)",
      "scenario: A loop\njourney: unread.yaml\nchanges:\n  - set: touchpoints.ask.next\n    to: {ask: 1}\n"});
  try {
    make_case(base.journey, {scenario_on(*base.journey, source)});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("with 'A loop'"));
  }
}

}  // namespace
}  // namespace sojourn::tests
