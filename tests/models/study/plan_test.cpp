// The points of a study: which values, which scenarios, whose luck; the same wherever they are made.

#include "models/study/plan.h"

#include "models/journey/address.h"
#include "models/journey/values.h"
#include "models/study/read.h"
#include "tests/support/environment.h"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>
#include <set>

namespace sojourn::models {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kPlanShop = R"(journey: A shop
personas: {anna: {expectation: {normal: {mean: 7, sd: 1}}}, ben: {overrides: [{scale: touchpoints.counter.cost, by: 2}]}}
touchpoints:
  queue: {duration: {uniform: {low: 2 min, high: 8 min}}, experience: {normal: {mean: 6, sd: 1}}, next: {counter: 3, gone: 1}}
  counter: {experience: {normal: {mean: 8, sd: 1}}, cost: 2, next: {bread: 1}}
start: queue
outcomes: {bread: {success: true, value: 4}, gone: {label: Left}}
)";

class StudyPlans : public testing::Test {
 protected:
  void SetUp() override {
    write("shop.yaml", kPlanShop);
    write("dear.yaml",
          "scenario: Dear\njourney: shop.yaml\nchanges: [{shift: touchpoints.counter.cost, by: 1}]\ncost: "
          "{per_journey: 0.5}\n");
    write("chat.yaml",
          "scenario: Chat\njourney: shop.yaml\nchanges:\n"
          "  - {add: touchpoints.chat, as: {experience: 9, cost: 7, next: {counter: 1}}}\n"
          "  - {add: touchpoints.queue.next.chat, as: {weight: 1}}\n");
  }
  void write(const std::string& name, const std::string& text) { std::ofstream(folder_.path() / name) << text; }
  Plan plan(const std::string& text, std::optional<PosteriorDraws> posterior = {}) {
    write("study.yaml", "study: S\njourney: shop.yaml\n" + text);
    return Plan(read_study_file((folder_.path() / "study.yaml").string()), std::move(posterior));
  }
  std::string refused(const std::string& text, std::optional<PosteriorDraws> posterior = {}) {
    try {
      plan(text, std::move(posterior));
    } catch (const InputError& error) {
      return error.what();
    }
    return "taken";
  }
  /// All values of a factor over the rows.
  static std::vector<double> values(const Plan& plan, std::size_t f) {
    std::vector<double> list;
    for (std::uint64_t row = 0; row < plan.rows(); ++row)
      list.push_back(plan.point(row * plan.sets().size()).values[f]);
    return list;
  }
  static double number(const Case& one, std::size_t view, const std::string& address) {
    const Place place = find(one.trees.at(view), address);
    return valid_value(place.tree ? *place.tree : place.value, *place.type);
  }

  tests::TemporaryFolder folder_;
};

const char* const kCost = "touchpoints.counter.cost";

TEST_F(StudyPlans, count_rows_times_sets) {
  const Plan some = plan("scenarios: [dear.yaml, chat.yaml]\nfactors: {touchpoints.counter.cost: [1, 2, 5]}\n");
  EXPECT_EQ(some.rows(), 3U);
  EXPECT_EQ(some.count(), 9U);
  const StudyPoint point = some.point(7);
  EXPECT_EQ(point.row, 2U);
  EXPECT_EQ(point.set, 1U);
  EXPECT_THAT(point.values, ElementsAre(5));
  EXPECT_EQ(some.describe(point), "touchpoints.counter.cost = 5, with Dear");
  EXPECT_EQ(some.set_cost_per_journey(1), 0.5);
  EXPECT_EQ(some.set_cost_per_journey(0), 0);
}

TEST_F(StudyPlans, put_values_before_overrides_and_changes) {
  const Plan one = plan("scenarios: [dear.yaml]\nfactors: {touchpoints.counter.cost: [5]}\n");
  const Case base = one.case_of(one.point(0)), dear = one.case_of(one.point(1));
  EXPECT_EQ(number(base, 0, kCost), 5);
  EXPECT_EQ(number(base, 1, kCost), 10);  // Ben pays twice
  EXPECT_EQ(number(dear, 0, kCost), 6);   // and then comes the what-if
  EXPECT_EQ(number(dear, 1, kCost), 11);
  EXPECT_EQ(dear.title, "Dear");
}

TEST_F(StudyPlans, put_values_of_what_only_scenarios_have_last) {
  const Plan one = plan("scenarios: [dear.yaml, chat.yaml]\nfactors: {touchpoints.chat.cost: [3, 4]}\n");
  EXPECT_FALSE(one.study().factors[0].in_journey);
  EXPECT_EQ(number(one.case_of(one.point(5)), 0, "touchpoints.chat.cost"), 4);
  EXPECT_NO_THROW(one.case_of(one.point(4)));  // with Dear there is no chat
}

TEST_F(StudyPlans, of_a_point_without_values_are_the_journey_as_it_is) {
  const Plan one = plan("scenarios: [chat.yaml]\n");
  const ScenarioFile chat = read_scenario_file((folder_.path() / "chat.yaml").string());
  const JourneyFile shop = read_journey_file((folder_.path() / "shop.yaml").string());
  const Case direct = build_case(shop, {&chat, 1});
  const Case planned = one.case_of(one.point(1));
  ASSERT_EQ(direct.trees.size(), planned.trees.size());
  EXPECT_EQ(direct.views.view_of_persona, planned.views.view_of_persona);
  EXPECT_EQ(number(planned, 0, "touchpoints.chat.cost"), number(direct, 0, "touchpoints.chat.cost"));
}

TEST_F(StudyPlans, give_all_points_of_a_replication_the_same_luck) {
  const Plan one = plan("replications: 3\nseed: 9\nagents: 500\nfactors: {touchpoints.counter.cost: [1, 2]}\n");
  std::set<std::uint32_t> replicates;
  for (std::uint32_t r = 0; r < 3; ++r) {
    EXPECT_EQ(one.run(r).seed, 9U);
    EXPECT_EQ(one.run(r).agents, 500U);
    replicates.insert(one.run(r).replicate);
  }
  EXPECT_THAT(replicates, ElementsAre(0U, 1U, 2U));
}

TEST_F(StudyPlans, grids_stand_on_the_ends_of_uniform_ranges) {
  const Plan one = plan(
      "factors:\n  touchpoints.counter.cost: {uniform: {low: 1, high: 3}}\n"
      "  touchpoints.counter.experience.normal.mean: {normal: {mean: 8, sd: 0.5}}\n"
      "design: {grid: {levels: 3}}\n");
  EXPECT_THAT(values(one, 0), ElementsAre(1, 1, 1, 2, 2, 2, 3, 3, 3));
  // The middles of three equal parts: quantiles 1/6, 1/2, 5/6.
  const std::vector<double> mean = values(one, 1);
  EXPECT_NEAR(mean[0], 8 - 0.5 * 0.9674215661017014, 1e-3);
  EXPECT_NEAR(mean[1], 8, 1e-3);
  EXPECT_NEAR(mean[2], 8 + 0.5 * 0.9674215661017014, 1e-3);
}

TEST_F(StudyPlans, one_at_a_time_begins_with_the_journey_as_it_is) {
  const Plan one = plan(
      "factors:\n  touchpoints.counter.cost: {uniform: {low: 1, high: 3}}\n"
      "  touchpoints.counter.experience.normal.mean: {normal: {mean: 8, sd: 0.5}}\n"
      "  touchpoints.queue.duration.uniform.high: [9 min, 10 min]\ndesign: {one_at_a_time: {}}\n");
  ASSERT_EQ(one.rows(), 7U);
  EXPECT_EQ(one.describe(one.point(0)), "as it is");
  EXPECT_EQ(one.describe(one.point(1)), "touchpoints.counter.cost = 1");
  EXPECT_EQ(one.describe(one.point(2)), "touchpoints.counter.cost = 3");
  EXPECT_NEAR(one.point(4).values[1], 8 + 0.5 * 1.6448536269514722, 1e-3);  // the 95 % quantile
  EXPECT_TRUE(std::isnan(one.point(4).values[0]));
  EXPECT_EQ(one.describe(one.point(6)), "touchpoints.queue.duration.uniform.high = 10 min");
  const Plan quartiles = plan(
      "factors: {touchpoints.counter.cost: {uniform: {low: 1, high: 3}}}\n"
      "design: {one_at_a_time: {low: 0.25, high: 0.75}}\n");
  EXPECT_EQ(quartiles.point(1).values[0], 1.5);
  EXPECT_EQ(quartiles.point(2).values[0], 2.5);
}

TEST_F(StudyPlans, sampled_designs_fill_the_ranges_evenly) {
  for (const std::string design : {"latin_hypercube", "sobol"}) {
    const Plan one = plan(
        "factors:\n  touchpoints.counter.cost: {uniform: {low: 1, high: 3}}\n"
        "  touchpoints.queue.duration.uniform.high: [9 min, 10 min]\ndesign: {" +
        design + ": {points: 64}}\n");
    std::vector<int> strata(64, 0);
    int nine = 0;
    for (const double cost : values(one, 0)) ++strata.at(static_cast<std::size_t>((cost - 1) * 32));
    for (const double high : values(one, 1)) nine += high == 9 * 60'000;
    EXPECT_EQ(strata, std::vector<int>(64, 1)) << design;
    EXPECT_EQ(nine, 32) << design;
  }
}

TEST_F(StudyPlans, count_saltellis_and_morris_runs) {
  const std::string factors =
      "factors:\n  touchpoints.counter.cost: {uniform: {low: 1, high: 3}}\n"
      "  touchpoints.counter.experience.normal.mean: {normal: {mean: 8, sd: 0.5}}\n";
  EXPECT_EQ(plan(factors + "design: {saltelli: {points: 16}}\n").rows(), 64U);
  const Plan morris = plan(factors + "design: {morris: {trajectories: 5, levels: 4}}\n");
  EXPECT_EQ(morris.rows(), 15U);
  const std::vector<double> costs = values(morris, 0), means = values(morris, 1);
  for (const double cost : costs) EXPECT_NEAR(std::round((cost - 1) * 1.5), (cost - 1) * 1.5, 1e-9);  // 1, 5/3, 7/3, 3
  for (const double mean : means) EXPECT_LT(std::abs(mean - 8), 0.5 * 1.2);  // quantiles 1/8 to 7/8, never the ends
}

TEST_F(StudyPlans, take_points_from_a_table) {
  write("points.csv", "touchpoints.counter.cost;touchpoints.queue.duration.uniform.high\n1;9 min\n;600 s\n3;\n");
  const Plan one = plan("design: {list: {file: points.csv}}\n");
  ASSERT_EQ(one.rows(), 3U);
  EXPECT_EQ(one.describe(one.point(0)),
            "touchpoints.counter.cost = 1, touchpoints.queue.duration.uniform.high = 9 min");
  EXPECT_EQ(one.describe(one.point(1)), "touchpoints.queue.duration.uniform.high = 10 min");
  write("points.csv", "touchpoints.counter.cost,touchpoints.queu.cost\n1,2\n");
  EXPECT_THAT(refused("design: {list: {file: points.csv}}\n"), HasSubstr("points.csv:1:26: error:"));
  write("points.csv", "touchpoints.queue.duration.uniform.high\n9 min\n7\n");
  EXPECT_THAT(refused("design: {list: {file: points.csv}}\n"), HasSubstr("points.csv:3:1: error:"));
  EXPECT_THAT(refused("design: {list: {file: nothing.csv}}\n"), HasSubstr("study.yaml:3:23: error:"));
}

TEST_F(StudyPlans, refuse_values_that_give_no_journey_before_anything_runs) {
  // Each value is a duration; above 8 min the low end lies over the high one.
  const std::string found = refused("factors: {touchpoints.queue.duration.uniform.low: [3 min, 9 min]}\n");
  EXPECT_THAT(found, HasSubstr("study.yaml:3:11: error: the factor 'touchpoints.queue.duration.uniform.low' at 9 min "
                               "gives no valid journey"));
}

TEST_F(StudyPlans, name_the_point_that_gives_no_journey) {
  write("points.csv",
        "touchpoints.queue.duration.uniform.low,touchpoints.queue.duration.uniform.high\n5 min,6 min\n7 min,5 min\n");
  const Plan one = plan("design: {list: {file: points.csv}}\n");  // each end alone is possible
  EXPECT_NO_THROW(one.case_of(one.point(0)));
  try {
    one.case_of(one.point(1));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("at point 1 (touchpoints.queue.duration.uniform.low = 7 min"));
  }
  // Points are counted as users count them, whatever the what-ifs.
  write("wait.yaml", "scenario: Wait\njourney: shop.yaml\nchanges: [{scale: touchpoints.queue.importance, by: 2}]\n");
  const Plan two = plan("scenarios: [wait.yaml]\ndesign: {list: {file: points.csv}}\n");
  try {
    two.case_of(two.point(3));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("at point 1 ("));
  }
}

PosteriorDraws posterior() {
  return {"posterior", "p.h5", "shop.yaml", "", {"touchpoints.counter.experience.normal.mean"}, {{7.8, 7.9, 8.1, 8.2}}};
}

TEST_F(StudyPlans, take_draws_of_a_posterior_as_a_factor) {
  const std::string file = "posterior: {file: p.h5}\n";
  const Plan all = plan(file, posterior());
  ASSERT_EQ(all.rows(), 4U);
  for (std::uint64_t i = 0; i < 4; ++i) {
    EXPECT_EQ(all.point(i).posterior_draw, i);
    EXPECT_EQ(number(all.case_of(all.point(i)), 0, "touchpoints.counter.experience.normal.mean"),
              posterior().values[0][i]);
  }
  const Plan half = plan("posterior: {file: p.h5, draws: 2}\n", posterior());
  EXPECT_EQ(half.point(1).posterior_draw, 2U);  // evenly spread
  const Plan with =
      plan(file + "factors: {touchpoints.counter.cost: {uniform: {low: 1, high: 3}}}\ndesign: {sobol: {points: 8}}\n",
           posterior());
  EXPECT_EQ(with.columns(), 2U);
  EXPECT_EQ(with.column_name(1), "posterior");
  std::vector<int> taken(4, 0);
  for (std::uint64_t i = 0; i < 8; ++i) ++taken.at(*with.point(i).posterior_draw);
  EXPECT_THAT(taken, ElementsAre(2, 2, 2, 2));
  EXPECT_THAT(refused("posterior: {file: p.h5, draws: 5}\n", posterior()), HasSubstr("has 4 draws only"));
  EXPECT_THAT(refused(file + "factors: {touchpoints.counter.experience.normal.mean: [8]}\n", posterior()),
              HasSubstr("is a number of the posterior, too"));
  EXPECT_THAT(
      refused(file + "factors: {touchpoints.counter.cost: [8, 9]}\ndesign: {morris: {trajectories: 2}}\n", posterior()),
      HasSubstr("does not go with the design 'morris'"));
}

TEST_F(StudyPlans, are_the_same_twice) {
  const std::string text =
      "factors: {touchpoints.counter.cost: {gamma: {mean: 2, sd: 1}}}\ndesign: {latin_hypercube: {points: 20}}\n";
  EXPECT_EQ(values(plan(text), 0), values(plan(text), 0));
  EXPECT_NE(values(plan(text), 0), values(plan(text + "seed: 2\n"), 0));
}

}  // namespace
}  // namespace sojourn::models
