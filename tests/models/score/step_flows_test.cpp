#include "models/score/step_flows.h"

#include "tests/support/cases.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace sojourn::models {
namespace {

/// a -> b -> c -> done, but one in `leave` leaves after a.
std::string chain(const std::string& next_of_a, const std::string& next_of_c = "{done: 1}") {
  return "journey: Chain\npersonas: {one: {}}\nstart: a\ntouchpoints:\n  a: {experience: 7, next: " + next_of_a +
         "}\n  b: {experience: 7, next: {c: 1}}\n  c: {experience: 7, next: " + next_of_c +
         "}\noutcomes: {done: {success: true}, gone: {}}\nlimits: {visits: 20}\n";
}

StepFlows flows_of(const std::string& journey, const StepFlowOptions& options, std::uint64_t agents = 1000) {
  const Case one = tests::case_of(journey);
  const Experiment experiment({&one});
  return step_flows(experiment, 0, experiment.keys(1, 0), agents, options);
}

/// "touchpoint 0 @0: 1" and so on, in order.
std::string told(const StepFlows& flows) {
  static const std::map<StepPlace::Kind, std::string> kinds = {{StepPlace::Kind::touchpoint, "touchpoint"},
                                                               {StepPlace::Kind::outcome, "outcome"},
                                                               {StepPlace::Kind::other, "other"},
                                                               {StepPlace::Kind::later, "later"}};
  std::string text;
  for (const StepPlace& place : flows.places) {
    text += kinds.at(place.kind) + " " + std::to_string(place.index) + " @" + std::to_string(place.step) + "; ";
  }
  return text;
}

TEST(StepFlows, a_certain_way_is_told_step_by_step) {
  const StepFlows flows = flows_of(chain("{b: 1}"), {});
  EXPECT_EQ(flows.agents, 1000U);
  EXPECT_EQ(told(flows), "touchpoint 0 @0; touchpoint 1 @1; touchpoint 2 @2; outcome 0 @3; ");
  ASSERT_EQ(flows.links.size(), 3U);
  for (const StepPlace& place : flows.places) EXPECT_EQ(place.share.estimate, 1);
  for (const StepLink& link : flows.links) {
    EXPECT_EQ(link.to, link.from + 1);
    EXPECT_EQ(link.share.estimate, 1);
    EXPECT_EQ(link.share.hi, 1);
    EXPECT_NEAR(link.share.lo, 1000 / (1000 + 3.841458821), 1e-9);  // Wilson: n / (n + z^2)
  }
}

TEST(StepFlows, who_travels_on_goes_to_later) {
  StepFlowOptions two;
  two.steps = 2;
  const StepFlows flows = flows_of(chain("{b: 1}"), two);
  EXPECT_EQ(told(flows), "touchpoint 0 @0; touchpoint 1 @1; later 0 @2; ");
  EXPECT_EQ(flows.links.size(), 2U);
}

TEST(StepFlows, who_ends_with_the_last_visit_told_is_not_later) {
  StepFlowOptions three;
  three.steps = 3;
  EXPECT_EQ(told(flows_of(chain("{b: 1}"), three)),
            "touchpoint 0 @0; touchpoint 1 @1; touchpoint 2 @2; outcome 0 @3; ");
}

TEST(StepFlows, a_journey_that_the_limit_cuts_goes_to_later) {
  const std::string endless = chain("{b: 1}", "{c: 1, done: 1e-300}");
  StepFlowOptions many;
  many.steps = 30;
  const StepFlows flows = flows_of(endless, many, 10);
  EXPECT_EQ(flows.places.back().kind, StepPlace::Kind::later);
  EXPECT_EQ(flows.places.back().step, 20U);
  EXPECT_EQ(flows.places.back().share.estimate, 1);
}

TEST(StepFlows, rare_places_are_told_together) {
  StepFlowOptions coarse;
  coarse.least_share = 0.3;
  const StepFlows flows = flows_of(chain("{a: 0.25, b: 0.25, c: 0.25, gone: 0.25}"), coarse);
  double others = 0;
  for (const StepPlace& place : flows.places) {
    if (place.kind == StepPlace::Kind::touchpoint) {
      EXPECT_GE(place.share.estimate, 0.3);
    }
    if (place.kind == StepPlace::Kind::other && place.step == 1) {
      EXPECT_EQ(place.index, 3U);
      others = place.share.estimate;
    }
  }
  EXPECT_NEAR(others, 0.75, 5 * 0.0137);  // 5 standard errors of a share of 1,000
}

/// Nobody is lost: what comes to a place is what is there, and what is there goes on, ends or is later.
TEST(StepFlows, flows_add_up) {
  const StepFlows flows = flows_of(chain("{a: 0.3, b: 0.5, c: 0.1, gone: 0.1}", "{a: 0.4, done: 0.6}"), {}, 5000);
  std::vector<double> in(flows.places.size()), out(flows.places.size());
  for (const StepLink& link : flows.links) {
    out[link.from] += link.share.estimate;
    in[link.to] += link.share.estimate;
    EXPECT_EQ(flows.places[link.to].step, flows.places[link.from].step + 1);
  }
  for (std::size_t i = 0; i < flows.places.size(); ++i) {
    const StepPlace& place = flows.places[i];
    EXPECT_NEAR(in[i], place.step == 0 ? 0 : place.share.estimate, 1e-12);
    const bool ends = place.kind == StepPlace::Kind::outcome || place.kind == StepPlace::Kind::later;
    EXPECT_NEAR(out[i], ends ? 0 : place.share.estimate, 1e-12);
  }
}

}  // namespace
}  // namespace sojourn::models
