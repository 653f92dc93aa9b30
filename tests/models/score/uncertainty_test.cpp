// The outer loop on journeys without chance, where every answer is an integral; the same bits for any threads; and chance told
// apart from the inputs.

#include "models/score/uncertainty.h"

#include "engine/random/normal.h"
#include "engine/tally/interval.h"
#include "models/behaviour/recommendation.h"
#include "models/score/comparison.h"
#include "models/score/figures.h"
#include "tests/support/cases.h"
#include "tests/support/environment.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

namespace sojourn::models {
namespace {

/// The NPS of everybody whose only experience is x: S = x with the defaults of satisfaction and b = 0.
double nps_at(double x) {
  ResponseTable table{{0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5}, 0.8};
  const Classes shares = classes(score_shares(table, std::clamp(x, 0.0, 10.0)));
  return static_cast<double>(shares.promoters - shares.detractors) * 1e-7;
}

/// Mean of f over a standard normal, by the midpoint rule in the quantile.
template <class F>
double mean_over_normal(const F& f) {
  constexpr int n = 20'000;
  double sum = 0;
  for (int i = 0; i < n; ++i) sum += f(engine::normal_quantile((i + 0.5) / n));
  return sum / n;
}

struct Files {
  JourneyFile journey;
  std::vector<ScenarioFile> scenarios;
};

class Uncertain : public testing::Test {
 protected:
  Uncertain() { std::ofstream(folder_.path() / "journey.yaml") << "touchpoints: {}\noutcomes: {}\n"; }

  Files files(const std::string& experience, const std::string& uncertain, const std::vector<std::string>& scenarios) {
    Files files;
    files.journey =
        read_journey(tests::source_of("journey: j\npersonas: {p: {}}\ntouchpoints: {a: {experience: " + experience +
                                      ", next: {done: 1}}}\nstart: a\noutcomes: {done: {success: true}}\nsatisfaction: "
                                      "{disconfirmation_weight: 0}\n" +
                                      uncertain));
    for (const std::string& scenario : scenarios) {
      files.scenarios.push_back(read_scenario(tests::source_of("scenario: s" + std::to_string(files.scenarios.size()) +
                                                               "\njourney: journey.yaml\n" + scenario),
                                              folder_.path().string()));
    }
    return files;
  }

  static Uncertainty draw(const Files& files, std::uint64_t agents, DrawPlan plan, RunPlan run = {}) {
    std::vector<Case> cases = {build_case(files.journey, {})};
    CaseFiles from{&files.journey, {{}}};
    for (const ScenarioFile& one : files.scenarios) {
      cases.push_back(build_case(files.journey, {&one, 1}));
      from.scenarios.emplace_back(&one, 1);
    }
    std::vector<const Case*> pointers;
    for (const Case& one : cases) pointers.push_back(&one);
    const Experiment experiment(pointers);
    run.agents = agents;
    const engine::Tallies tallies = *experiment.run(run);
    std::vector<double> centre = {figures_of(experiment, tallies, 0).overall[Metric::nps].estimate};
    for (const Comparison& one :
         compare(experiment, tallies, std::vector<ScenarioStamp>(files.scenarios.size()), 0.5)) {
      centre.push_back(one.difference.overall[Metric::nps].estimate);
    }
    plan.population = agents;
    return draw_inputs(experiment, from, run, plan, centre)->uncertainty;
  }

  tests::TemporaryFolder folder_;
};

const std::string unsure = "uncertain: {touchpoints.a.experience: {normal: {mean: 7, sd: 0.5}}}\n";
const std::string set_72 = "changes: [{set: touchpoints.a.experience, to: 7.2}]\n";

TEST_F(Uncertain, without_chance_comes_to_the_integral) {
  const Uncertainty u = draw(files("7", unsure, {set_72}), 500, {1024, 10, 0});
  EXPECT_EQ(u.draws, 1024U);
  const auto at = [](double z) { return nps_at(7 + 0.5 * z); };
  EXPECT_NEAR(u.base.estimate, mean_over_normal(at), 0.02);
  EXPECT_NEAR(u.base.lo, at(-1.959964), 0.3);
  EXPECT_NEAR(u.base.hi, at(1.959964), 0.3);
  const auto gain = [&](double z) { return nps_at(7.2) - at(z); };
  EXPECT_NEAR(u.differences[0].estimate, mean_over_normal(gain), 0.02);
  EXPECT_NEAR(u.differences[0].lo, gain(1.959964), 0.3);
  EXPECT_NEAR(u.differences[0].hi, gain(-1.959964), 0.3);
  EXPECT_NEAR(u.differences[0].p_best, engine::normal_cdf(0.4), 1.5 / 1024);
  EXPECT_NEAR(u.base.p_best, 1 - engine::normal_cdf(0.4), 1.5 / 1024);
  const double evpi = mean_over_normal([&](double z) { return std::max(0.0, gain(z)); }) - mean_over_normal(gain);
  EXPECT_NEAR(u.base.evpi, evpi, 0.03);
  EXPECT_EQ(u.differences[0].evpi, u.base.evpi);
  ASSERT_EQ(u.inputs.size(), 1U);
  EXPECT_EQ(u.inputs[0].address, "touchpoints.a.experience");
  EXPECT_NEAR(u.inputs[0].evppi, evpi, 0.05);  // it is the only one
  EXPECT_NEAR(u.inputs[0].base_share, 1, 1e-3);
  EXPECT_EQ(u.groups.size(), 1U);
}

TEST_F(Uncertain, what_changes_nothing_gains_nothing_in_any_draw) {
  // The scenario changes a cost, which nobody's answer hangs on.
  const Uncertainty u = draw(files("{normal: {mean: 7, sd: 2}}",
                                   "uncertain: {touchpoints.a.experience.normal.mean: {normal: {mean: 7, sd: 0.5}}}\n",
                                   {"changes: [{set: touchpoints.a.cost, to: 1}]\n"}),
                             1000, {64, 50, 0});
  EXPECT_EQ(u.differences[0].estimate, 0);
  EXPECT_EQ(u.differences[0].lo, 0);
  EXPECT_EQ(u.differences[0].hi, 0);
  EXPECT_EQ(u.differences[0].p_best, 0.5);
  EXPECT_EQ(u.base.evpi, 0);
  EXPECT_EQ(u.inputs[0].evppi, 0);
}

TEST_F(Uncertain, the_same_bits_for_any_number_of_threads_and_any_order) {
  const Files given =
      files("{normal: {mean: 7, sd: 2}}",
            "uncertain: {touchpoints.a.experience.normal.mean: {normal: {mean: 7, sd: 0.5}}}\n", {set_72});
  const auto bits = [&](int threads, std::uint64_t shuffle) {
    RunPlan run;
    run.threads = threads;
    run.shuffle = shuffle;
    const Uncertainty u = draw(given, 1000, {50, 30, 0}, run);
    return std::vector<double>{u.base.estimate, u.base.lo, u.differences[0].hi,
                               u.base.evpi,     u.evpi_se, u.inputs[0].evppi};
  };
  const std::vector<double> one = bits(1, 0);
  EXPECT_EQ(one, bits(3, 0));
  EXPECT_EQ(one, bits(2, 99));
}

TEST_F(Uncertain, chance_is_told_apart) {
  // A draw's 100 agents know an NPS to 5 points or so; what the input makes has an sd of about 9 (measured with
  // 3,000 agents a draw). Without the correction the smaller draws would say some 15 % more.
  const Files given = files("{normal: {mean: 7, sd: 1.5}}",
                            "uncertain: {touchpoints.a.experience.normal.mean: {normal: {mean: 7, sd: 0.3}}}\n", {});
  const Uncertainty few = draw(given, 20'000, {200, 100, 0});
  const Uncertainty many = draw(given, 20'000, {200, 3'000, 0});
  EXPECT_NEAR((few.base.hi - few.base.lo) / (many.base.hi - many.base.lo), 1, 0.1);
  EXPECT_NEAR(few.base.estimate, many.base.estimate, 0.5);
}

TEST_F(Uncertain, values_that_do_not_go_together_are_left_out_and_counted) {
  const Files given = files("{uniform: {low: 6, high: 7}}",
                            "uncertain: {touchpoints.a.experience.uniform.low: {uniform: {low: 5, high: 8}}}\n", {});
  const Uncertainty u = draw(given, 100, {90, 10, 0});
  EXPECT_NEAR(static_cast<double>(u.left_out), 30, 2);  // low above high
  EXPECT_EQ(u.draws + u.left_out, 90U);
  const Files none = files("{uniform: {low: 6, high: 7}}",
                           "uncertain: {touchpoints.a.experience.uniform.low: {uniform: {low: 7.5, high: 8}}}\n", {});
  EXPECT_THROW(draw(none, 100, {90, 10, 0}), InputError);
}

TEST_F(Uncertain, progress_can_stop_it) {
  const Files given = files("7", unsure, {});
  const Case one = build_case(given.journey, {});
  const Experiment experiment({&one});
  int calls = 0;
  RunPlan run;
  run.threads = 1;
  const auto drawn = draw_inputs(experiment, {&given.journey, {{}}}, run, {50, 10, 100}, std::vector<double>{0.0},
                                 [&](const ProgressReport& report) {
                                   EXPECT_EQ(report.agents_planned, 50U);
                                   return ++calls < 3;
                                 });
  EXPECT_FALSE(drawn.has_value());
  EXPECT_EQ(calls, 3);
}

TEST(DrawPlan, costs_about_as_much_as_the_main_run_twice) {
  EXPECT_EQ(draw_plan(100'000, {}).draws, 200U);
  EXPECT_EQ(draw_plan(100'000, {}).agents, 500U);
  EXPECT_EQ(draw_plan(10'000, {}).draws, 40U);
  EXPECT_EQ(draw_plan(10'000, {}).agents, 250U);
  EXPECT_EQ(draw_plan(50, {}).agents, 50U);
  EXPECT_EQ(draw_plan(100'000, 0).draws, 0U);
  EXPECT_EQ(draw_plan(100'000, 5'000).agents, 100U);
  EXPECT_EQ(draw_plan(1'000'000'000, {}).agents, 20'000U);
}

}  // namespace
}  // namespace sojourn::models
