// From responses to statements: of studies whose responses are known functions of the factors.

#include "models/study/analysis.h"

#include "engine/random/luck.h"
#include "engine/random/normal.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <numbers>

namespace sojourn::models {
namespace {

using testing::ElementsAre;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// A study of a design of the unit cube, whose factors' values are its positions.
StudyData study_of(DesignChoice::Kind kind, const engine::Design& design, std::vector<std::string> scenarios,
                   std::size_t replications) {
  StudyData data;
  data.design = kind;
  data.values = data.positions = design;
  for (std::size_t c = 0; c < design.columns(); ++c) {
    data.factors.push_back("f" + std::to_string(c));
    data.labels.push_back("Factor " + std::to_string(c));
  }
  data.scenarios = std::move(scenarios);
  data.replications = replications;
  return data;
}

/// `f(point, replication, scenario)`.
template <class F>
void respond(StudyData& data, Metric metric, const F& f) {
  StudyResponses& responses = data.responses.emplace_back();
  responses.metric = metric;
  for (std::size_t p = 0; p < data.points(); ++p) {
    for (std::size_t r = 0; r < data.replications; ++r) {
      for (std::size_t s = 0; s < data.scenarios.size(); ++s) responses.estimates.push_back(f(p, r, s));
    }
  }
}

double noise(std::size_t replication, std::uint32_t which) {
  return engine::normal_quantile(
      engine::uniform(engine::luck_of(engine::place_key(1, "noise"), replication, 0, which).block(0)[0]));
}

const MetricAnalysis& of(const StudyAnalysis& analysis, Metric metric) {
  for (const MetricAnalysis& one : analysis.metrics) {
    if (one.metric == metric) return one;
  }
  throw std::runtime_error("not analysed");
}

TEST(StudyAnalysis, has_the_sobol_indices_of_a_saltelli_design) {
  const engine::Design design = engine::saltelli(4096, {"f0", "f1", "f2"}, 1);
  StudyData data = study_of(DesignChoice::Kind::saltelli, design, {"base", "half"}, 2);
  respond(data, Metric::nps, [&](std::size_t p, std::size_t r, std::size_t s) {
    const auto x = [&](std::size_t c) { return (2 * design.at(p, c) - 1) * std::numbers::pi; };
    const double y = std::sin(x(0)) + 7 * std::sin(x(1)) * std::sin(x(1)) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
    return (s == 0 ? y : 0.5 * y) + static_cast<double>(r);  // the same luck moves all points alike
  });
  const StudyAnalysis found = analyse(data, {.resamples = 100});
  ASSERT_EQ(found.metrics.size(), 1U);
  for (const FactorAnalysis& one : found.metrics[0].factors) {
    ASSERT_TRUE(one.sobol);
    EXPECT_NEAR(one.sobol->factors[0].first.estimate, 0.3139, 0.015);
    EXPECT_NEAR(one.sobol->factors[1].total.estimate, 0.4424, 0.015);
    EXPECT_NEAR(one.sobol->factors[2].total.estimate, 0.2437, 0.015);
    EXPECT_EQ(one.left_out, 0U);
  }
  EXPECT_NEAR(found.metrics[0].factors[0].sobol->variance, 4 * found.metrics[0].factors[1].sobol->variance, 1e-9);
}

TEST(StudyAnalysis, leaves_out_what_belongs_to_a_point_that_failed) {
  const engine::Design design = engine::saltelli(64, {"f0", "f1"}, 1);
  StudyData data = study_of(DesignChoice::Kind::saltelli, design, {"base"}, 1);
  respond(data, Metric::nps, [&](std::size_t p, std::size_t, std::size_t) {
    return p == 9 ? kNan : design.at(p, 0) + 2 * design.at(p, 1);
  });
  const FactorAnalysis found = analyse(data, {.resamples = 100}).metrics[0].factors[0];
  EXPECT_EQ(found.left_out, 4U);  // one of 64 base points
  EXPECT_NEAR(found.sobol->factors[1].total.estimate, 0.8, 0.05);
  EXPECT_EQ(found.regression->rows, 126U);
}

TEST(StudyAnalysis, takes_no_rounding_for_variance) {
  const engine::Design design = engine::saltelli(64, {"f0", "f1"}, 1);
  StudyData data = study_of(DesignChoice::Kind::saltelli, design, {"base"}, 1);
  respond(data, Metric::success, [&](std::size_t p, std::size_t, std::size_t) {
    return p % 3 == 0 ? std::nextafter(0.9, 1) : 0.9;  // as sums in another order come to
  });
  respond(data, Metric::cost, [](std::size_t, std::size_t, std::size_t) { return 0.0; });
  respond(data, Metric::nps, [&](std::size_t p, std::size_t, std::size_t) { return 40 + 1e-6 * design.at(p, 0); });
  const StudyAnalysis found = analyse(data, {.resamples = 100});
  for (const Metric metric : {Metric::success, Metric::cost}) {
    EXPECT_FALSE(of(found, metric).factors[0].varies);
    EXPECT_FALSE(of(found, metric).factors[0].sobol);
    EXPECT_FALSE(of(found, metric).factors[0].regression);
  }
  EXPECT_TRUE(of(found, Metric::nps).factors[0].varies);  // little, but no rounding
  EXPECT_NEAR(of(found, Metric::nps).factors[0].sobol->factors[0].total.estimate, 1, 0.05);
}

TEST(StudyAnalysis, has_the_effects_of_a_morris_design) {
  const engine::Design design = engine::morris(10, 4, {"f0", "f1"}, 1);
  StudyData data = study_of(DesignChoice::Kind::morris, design, {"base"}, 1);
  respond(data, Metric::satisfaction,
          [&](std::size_t p, std::size_t, std::size_t) { return 3 * design.at(p, 0) - design.at(p, 1); });
  const FactorAnalysis found = of(analyse(data), Metric::satisfaction).factors[0];
  EXPECT_NEAR(found.effects[0].mu_star, 3, 1e-9);
  EXPECT_NEAR(found.effects[1].mu, -1, 1e-9);
  EXPECT_NEAR(found.regression->r2, 1, 1e-9);
}

TEST(StudyAnalysis, has_the_bars_of_a_one_at_a_time_design) {
  const engine::Design positions = engine::one_at_a_time(std::vector<std::size_t>{2, 2});
  StudyData data = study_of(DesignChoice::Kind::one_at_a_time, positions, {"base"}, 3);
  const double values[5][2] = {{5, 1}, {2, 1}, {8, 1}, {5, 0}, {5, 4}};
  for (std::size_t p = 0; p < 5; ++p) {
    for (std::size_t c = 0; c < 2; ++c) data.values.at(p, c) = values[p][c];
  }
  respond(data, Metric::nps, [&](std::size_t p, std::size_t r, std::size_t) {
    const double replication = 10.0 * static_cast<double>(r);  // common to all points, so without error
    return replication + 2 * values[p][0] - values[p][1] + (p == 4 ? static_cast<double>(r) : 0);
  });
  const std::vector<TornadoBar> bars = analyse(data).metrics[0].factors[0].tornado;
  ASSERT_EQ(bars.size(), 2U);
  EXPECT_EQ(bars[0].factor, 0U);
  EXPECT_EQ(bars[0].swing, 12);
  EXPECT_EQ(bars[0].ends[0].value, 2);
  EXPECT_EQ(bars[0].ends[0].change, -6);
  EXPECT_EQ(bars[0].ends[1].change, 6);
  EXPECT_EQ(bars[0].ends[1].se, 0);
  EXPECT_EQ(bars[1].ends[0].change, 1);
  EXPECT_EQ(bars[1].ends[1].change, -2);  // -3, and 0, 1, 2 of the replications
  EXPECT_NEAR(bars[1].ends[1].se, 1 / std::sqrt(3), 1e-12);
}

TEST(StudyAnalysis, ranks_scenarios_with_the_same_luck) {
  StudyData data = study_of(DesignChoice::Kind::grid, engine::Design(1, 0), {"base", "a", "b"}, 20);
  const double truth[] = {40, 43, 42};
  respond(data, Metric::nps, [&](std::size_t, std::size_t r, std::size_t s) {
    return truth[s] + 5 * noise(r, 0) + 0.2 * noise(r, static_cast<std::uint32_t>(s) + 1);
  });
  respond(data, Metric::cost, [&](std::size_t, std::size_t, std::size_t s) { return 10.0 + static_cast<double>(s); });
  respond(data, Metric::visits, [](std::size_t, std::size_t, std::size_t) { return 3; });
  const StudyAnalysis found = analyse(data, {.metrics = {Metric::nps, Metric::cost, Metric::visits}});
  const Ranking& nps = *of(found, Metric::nps).ranking;
  EXPECT_TRUE(nps.decided);
  EXPECT_FALSE(nps.options_are_points);
  EXPECT_EQ(nps.options[0].scenario, 1U);
  EXPECT_TRUE(nps.options[0].selected);
  EXPECT_EQ(nps.options[2].scenario, 0U);
  EXPECT_GT(nps.options[2].dropped_at, 0U);
  EXPECT_NEAR(nps.options[1].behind, 1, 6 * 0.28 / std::sqrt(20.0));
  EXPECT_LT(nps.options[1].behind_se, 0.2);  // the common luck of 5 points has gone
  EXPECT_GT(nps.chance_of_best, 0.999);
  const Ranking& cost = *of(found, Metric::cost).ranking;
  EXPECT_EQ(cost.options[0].scenario, 0U);  // less is better
  EXPECT_EQ(cost.options[0].mean, 10);
  EXPECT_FALSE(of(found, Metric::visits).ranking);  // neither more nor less is better
}

TEST(StudyAnalysis, ranks_points_of_a_grid_and_scenarios_of_a_sample) {
  StudyData grid = study_of(DesignChoice::Kind::grid, engine::grid(std::vector<std::size_t>{3}), {"base", "a"}, 12);
  respond(grid, Metric::nps,
          [&](std::size_t p, std::size_t r, std::size_t s) { return static_cast<double>(2 * p + s) + noise(r, 0); });
  const Ranking of_points = *analyse(grid).metrics[0].ranking;
  EXPECT_TRUE(of_points.options_are_points);
  ASSERT_EQ(of_points.options.size(), 6U);
  EXPECT_EQ(of_points.options[0].point, 2U);
  EXPECT_EQ(of_points.options[0].scenario, 1U);
  EXPECT_EQ(of_points.observations, 12U);

  StudyData sample = study_of(DesignChoice::Kind::sobol, engine::sobol(32, {"f0"}, 1), {"base", "a"}, 12);
  respond(sample, Metric::nps, [&](std::size_t p, std::size_t, std::size_t s) {
    return 10 * sample.values.at(p, 0) + static_cast<double>(s);
  });
  const Ranking of_scenarios = *analyse(sample).metrics[0].ranking;
  EXPECT_EQ(of_scenarios.options.size(), 2U);
  EXPECT_EQ(of_scenarios.observations, 12U);  // replications: points of one are not independent
  EXPECT_TRUE(of_scenarios.decided);
  EXPECT_EQ(of_scenarios.options[0].scenario, 1U);
  double mean = 0;
  for (std::size_t p = 0; p < 32; ++p) mean += sample.values.at(p, 0) / 32;
  EXPECT_NEAR(of_scenarios.options[0].mean, 10 * mean + 1, 1e-12);
}

TEST(StudyAnalysis, ranks_net_and_cost_with_what_a_scenario_itself_costs) {
  StudyData data = study_of(DesignChoice::Kind::grid, engine::Design(1, 0), {"base", "dear"}, 12);
  data.cost_per_journey = {0, 50};
  respond(data, Metric::net,
          [](std::size_t, std::size_t r, std::size_t s) { return 13.0 + static_cast<double>(s) + noise(r, 0); });
  respond(data, Metric::cost,
          [](std::size_t, std::size_t r, std::size_t s) { return 6.0 - static_cast<double>(s) + noise(r, 1); });
  const StudyAnalysis found = analyse(data);
  for (const Metric metric : {Metric::net, Metric::cost}) EXPECT_EQ(of(found, metric).ranking->options[0].scenario, 0U);
}

TEST(StudyAnalysis, an_option_without_any_response_is_no_option) {
  StudyData data = study_of(DesignChoice::Kind::grid, engine::grid(std::vector<std::size_t>{3}), {"base"}, 12);
  respond(data, Metric::nps, [](std::size_t p, std::size_t r, std::size_t) {
    return p == 1 ? std::nan("") : static_cast<double>(p) + noise(r, 0);
  });
  const Ranking found = *analyse(data).metrics[0].ranking;
  EXPECT_EQ(found.options.size(), 2U);
  EXPECT_EQ(found.options_left_out, 1U);
  EXPECT_EQ(found.options[0].point, 2U);
}

TEST(StudyAnalysis, does_not_decide_on_too_little) {
  StudyData data = study_of(DesignChoice::Kind::grid, engine::Design(1, 0), {"base", "a"}, 1);
  respond(data, Metric::nps, [](std::size_t, std::size_t, std::size_t s) { return 40.0 + static_cast<double>(s); });
  const Ranking found = *analyse(data).metrics[0].ranking;
  EXPECT_FALSE(found.decided);
  EXPECT_EQ(found.most_observations, 0U);
  EXPECT_TRUE(std::isnan(found.options[1].behind_se));
}

TEST(StudyAnalysis, says_where_there_are_too_many_options_to_decide_between) {
  StudyData data = study_of(DesignChoice::Kind::grid, engine::grid(std::vector<std::size_t>{Ranking::kMostOptions + 1}),
                            {"base"}, 3);
  respond(data, Metric::nps,
          [](std::size_t p, std::size_t r, std::size_t) { return static_cast<double>(p) + noise(r, 0); });
  const Ranking found = *analyse(data).metrics[0].ranking;
  EXPECT_TRUE(found.too_many_options);
  EXPECT_FALSE(found.decided);
  EXPECT_EQ(found.options[0].point, Ranking::kMostOptions);
}

TEST(StudyAnalysis, has_the_front_of_nps_and_cost_with_the_scenarios_own_cost) {
  StudyData data = study_of(DesignChoice::Kind::grid, engine::Design(1, 0), {"base", "a", "b"}, 1);
  data.cost_per_journey = {0, 5, 0};
  const double nps[] = {40, 42, 41}, cost[] = {10, 10, 11};
  respond(data, Metric::nps, [&](std::size_t, std::size_t, std::size_t s) { return nps[s]; });
  respond(data, Metric::cost, [&](std::size_t, std::size_t, std::size_t s) { return cost[s]; });
  const StudyAnalysis found = analyse(data);
  ASSERT_TRUE(found.front);
  ASSERT_EQ(found.front->options.size(), 3U);  // without its own cost `a` would be better than both
  EXPECT_EQ(found.front->options[2].cost, 15);
  EXPECT_EQ(found.front->options[2].scenario, 1U);
  EXPECT_EQ(found.front->among, 3U);
  EXPECT_TRUE(found.front->beaten.empty());
}

TEST(StudyAnalysis, tells_who_is_beaten_in_nps_and_cost) {
  StudyData data = study_of(DesignChoice::Kind::grid, engine::Design(1, 0), {"base", "a", "b"}, 1);
  data.cost_per_journey = {0, 0, 0};
  const double nps[] = {40, 42, 41}, cost[] = {10, 11, 12};
  respond(data, Metric::nps, [&](std::size_t, std::size_t, std::size_t s) { return nps[s]; });
  respond(data, Metric::cost, [&](std::size_t, std::size_t, std::size_t s) { return cost[s]; });
  const Front found = *analyse(data).front;
  EXPECT_EQ(found.options.size(), 2U);
  ASSERT_EQ(found.beaten.size(), 1U);
  EXPECT_EQ(found.beaten[0].scenario, 2U);
  EXPECT_EQ(found.beaten[0].nps, 41);
  EXPECT_EQ(found.beaten[0].cost, 12);
}

}  // namespace
}  // namespace sojourn::models
