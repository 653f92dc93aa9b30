// A case with drawn values: which comes first, and what is no error any more.

#include "models/change/views.h"
#include "tests/support/cases.h"
#include "tests/support/environment.h"

#include <gtest/gtest.h>

#include <fstream>

namespace sojourn::models {
namespace {

const std::string journey = R"(
personas:
  plain: {}
  special: {overrides: [{scale: touchpoints.a.cost, by: 10}]}
touchpoints: {a: {experience: {normal: {mean: 7, sd: 1}}, cost: 1, effort: 1, next: {done: 1}}}
start: a
outcomes: {done: {success: true}}
uncertain:
  touchpoints.a.cost: {normal: {mean: 1, sd: 0.1}}
  touchpoints.a.experience.normal.mean: {normal: {mean: 7, sd: 0.1}}
)";

class Drawn : public testing::Test {
 protected:
  Drawn() { std::ofstream(folder_.path() / "journey.yaml") << "touchpoints: {}\noutcomes: {}\n"; }
  Case build(const std::string& scenario, const std::vector<double>& values) {
    const JourneyFile file = read_journey(tests::source_of(journey));
    std::vector<ScenarioFile> files;
    if (!scenario.empty()) {
      files.push_back(
          read_scenario(tests::source_of("scenario: s\njourney: journey.yaml\n" + scenario), folder_.path().string()));
    }
    const Case nominal = build_case(file, files);
    EXPECT_EQ(nominal.uncertain.size(), values.size());
    return build_case(file, files, nominal.uncertain, values);
  }
  static const Touchpoint& seen_by(const Case& one, std::size_t persona) {
    return one.views.views[one.views.view_of_persona[persona]].touchpoints.front();
  }
  tests::TemporaryFolder folder_;
};

TEST_F(Drawn, the_journeys_own_come_before_overrides_and_changes) {
  const Case one = build("changes: [{scale: touchpoints.a.cost, by: 2}]\n", {3, 6.5});
  EXPECT_DOUBLE_EQ(seen_by(one, 0).way.cost, 6);
  EXPECT_DOUBLE_EQ(seen_by(one, 1).way.cost, 60);
  EXPECT_DOUBLE_EQ(seen_by(one, 0).way.experience.a, 6.5);
}

TEST_F(Drawn, a_change_that_sets_wins_over_the_journeys_draw) {
  const Case one = build("changes: [{set: touchpoints.a.cost, to: 5}]\n", {3, 6.5});
  EXPECT_DOUBLE_EQ(seen_by(one, 0).way.cost, 5);
  EXPECT_DOUBLE_EQ(seen_by(one, 1).way.cost, 5);
}

TEST_F(Drawn, the_scenarios_own_come_last) {
  const Case one = build(
      "changes: [{scale: touchpoints.a.cost, by: 2}]\nuncertain: {touchpoints.a.cost: {normal: {mean: 9, sd: 1}}}\n",
      {3, 6.5, 8.25});
  EXPECT_DOUBLE_EQ(seen_by(one, 0).way.cost, 8.25);
  EXPECT_DOUBLE_EQ(seen_by(one, 1).way.cost, 8.25);
}

TEST_F(Drawn, a_number_that_is_not_written_can_be_drawn) {
  const Case one = build(
      "changes: [{set: touchpoints.a.cost, to: 5}]\nuncertain: {touchpoints.a.importance: {uniform: {low: 1, high: "
      "3}}}\n",
      {1, 7, 2.5});
  EXPECT_DOUBLE_EQ(seen_by(one, 0).importance, 2.5);
}

TEST_F(Drawn, a_change_that_happens_to_change_nothing_is_no_error) {
  const Case one = build("changes: [{set: touchpoints.a.effort, to: 2}, {scale: touchpoints.a.cost, by: 2}]\n", {0, 7});
  EXPECT_DOUBLE_EQ(seen_by(one, 0).way.cost, 0);
}

TEST_F(Drawn, values_that_no_journey_can_have_are_refused) {
  const std::string own =
      "changes: [{set: touchpoints.a.cost, to: 5}]\nuncertain: {touchpoints.a.importance: {uniform: {low: 1, high: "
      "3}}}\n";
  EXPECT_THROW(build(own, {1, 7, -1}), InputError);
}

}  // namespace
}  // namespace sojourn::models
