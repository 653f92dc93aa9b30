#include "tests/models/check/checked.h"

#include <gtest/gtest.h>

namespace sojourn::tests {
namespace {

// ---- expected length -------------------------------------------------------------------------------------------------

TEST(Check, a_journey_that_is_mostly_cut_is_warned_of) {
  const auto journey = [](const std::string& again, const std::string& limits) {
    return "journey: A shop\npersonas: {anna: {}}\nstart: shop\n" + limits +
           "touchpoints:\n  shop: {experience: 7, next: {wait: 1}}\n  wait: {experience: 7, next: {wait: " + again +
           ", done: 1}}\noutcomes: {done: {}}\n";
  };
  EXPECT_EQ(checked(journey("999999999999", "")).lines,
            (Lines{"6:3: warning: a journey takes 1e+12 visits on average (limits.visits cuts it after 1000; 1e+12 of "
                   "them are at "
                   "'wait'). Give it a likelier way out, or raise limits.visits"}));
  EXPECT_EQ(checked(journey("498", "")).lines, Lines{});  // 1 + 499
  EXPECT_EQ(checked(journey("499", "")).lines.size(), 1U);
  EXPECT_EQ(checked(journey("499", "limits: {visits: 1002}\n")).lines, Lines{});
}

TEST(Check, expected_length_by_hand) {
  // Patience 20 min against 5 min (3/4) or 30 min (1/4): see scenarios/two_stop.
  const Checked result = checked(R"(journey: Two stops
personas: {calm: {share: 3}, hurried: {share: 1, patience: 20 min}, nobody: {share: 0}}
start: ask
touchpoints:
  ask: {experience: 5, duration: {discrete: {5 min: 3, 30 min: 1}}, next: {ask: 0.2, collect: 0.7, left: 0.1}}
  collect: {experience: 5, duration: {uniform: {low: 2 min, high: 18 min}}, next: {done: 4, left: 1}}
outcomes: {done: {}, left: {}}
)");
  EXPECT_EQ(result.lines, Lines{});
  ASSERT_EQ(result.lengths.size(), 3U);
  EXPECT_DOUBLE_EQ(*result.lengths[0].visits, 1.25 + 1.25 * 0.7);
  EXPECT_DOUBLE_EQ(*result.lengths[1].visits, 1 / 0.85 + 0.75 * 0.7 / 0.85);
  EXPECT_FALSE(result.lengths[2].visits);
  EXPECT_EQ(result.lengths[2].why_not, "nobody travels so (share 0)");
}

TEST(Check, expected_length_with_channels_conditions_and_patience) {
  // web 3/4, desk 1/4. `bread` with 1/2 through the web, and then out. Exponential patience against exponential duration:
  // given up with mean_d / (mean_d + mean_p) = 1/5 (to a rounding of 1 ms).
  const Checked result = checked(R"(journey: A shop
personas: {anna: {channels: {web: 3}, patience: {exponential: {mean: 40 min}}}}
goals: {bread: {}}
start: shop
touchpoints:
  shop:
    experience: 7
    duration: {exponential: {mean: 10 min}}
    channels: {web: {fulfils: {bread: 0.5}}, desk: {}}
    next: {done: {if: {goal: bread}}, shop: {unless: {goal: bread}}}
outcomes: {done: {}}
)");
  EXPECT_EQ(result.lines, Lines{});
  EXPECT_NEAR(*result.lengths[0].visits, 1 / (1 - 0.8 * (1 - 0.375)), 1e-6);
}

TEST(Check, says_why_a_length_is_not_known) {
  const auto why = [](const std::string& persona, const std::string& shop) {
    return checked("journey: A shop\npersonas: {anna: {" + persona +
                   "}}\npains: {late: {severity: 1, lasting: true}}\nstart: shop\n"
                   "touchpoints:\n  shop: {experience: 7, " +
                   shop + "}\noutcomes: {done: {}, left: {}}\n")
        .lengths[0]
        .why_not;
  };
  EXPECT_EQ(why("", "next: {done: {mood: 0.1}, left: 1}"), "the mood steers where agents go from 'shop'");
  EXPECT_EQ(why("", "next: {done: {mood: 0.1}, left: {mood: 0.1}}"), "");  // it cancels
  EXPECT_EQ(
      why("patience: {lognormal: {median: 1 h, sigma: 1}}", "duration: {gamma: {mean: 1 h, sd: 1 h}}, next: {done: 1}"),
      "how often visits of 'shop' are given up has no closed form here");
  EXPECT_EQ(why("", "pains: {late: {after: 1 h}}, next: {done: {if: {pain: late}}, left: 1}"),
            "whether 'late' has come about at 'shop' depends on the time travelled");
}

// ---- too much --------------------------------------------------------------------------------------------------------

TEST(Check, too_many_combinations_are_said_and_not_followed) {
  std::string pains;
  std::string risks;
  std::string next;
  for (int i = 0; i < 30; ++i) {
    const std::string pain = "p" + std::to_string(i);
    pains += pain + ": {severity: 1, lasting: true}, ";
    risks += pain + ": {probability: 0.5}, ";
    next += "u" + std::to_string(i) + ": {if: {pain: " + pain + "}}, ";
  }
  std::string outcomes;
  for (int i = 0; i < 30; ++i) outcomes += "u" + std::to_string(i) + ": {}, ";
  const Checked result = checked("journey: A shop\npersonas: {anna: {}}\npains: {" + pains +
                                 "}\nstart: shop\ntouchpoints:\n" + "  shop: {experience: 7, pains: {" + risks +
                                 "}, next: {wait: 1, " + next + "}}\n" + "  wait: {experience: 7, next: {" + next +
                                 "}}\n" + "  trap: {experience: 7, next: {trap: 1}}\noutcomes: {" + outcomes + "}\n");
  EXPECT_EQ(
      result.lines,
      (Lines{
          "5:1: warning: there are too many combinations of goals and pains to follow every condition (it was checked "
          "as if "
          "every condition could hold). Let fewer edges have conditions",
          "7:3: warning: touchpoint 'wait' may be without an open edge (every edge there has a condition). Add an edge "
          "without a condition",
          "8:3: warning: touchpoint 'trap' is never reached (only the touchpoint itself leads there). Add 'trap: 1' to "
          "touchpoints.wait.next, or remove it"}));
  EXPECT_FALSE(result.lengths[0].visits);
  EXPECT_EQ(result.lengths[0].why_not, "there are too many combinations of goals and pains");
}

TEST(Check, weights_too_small_to_be_told_apart_are_refused) {
  EXPECT_EQ(checked(R"(journey: A shop
personas: {anna: {channels: {web: 1e308}}}
start: shop
touchpoints:
  shop: {experience: 7, channels: {web: {share: 10}}, next: {done: 5e-324, left: 1e-323}}
outcomes: {done: {}, left: {}}
)")
                .lines,
            (Lines{"5:3: error: the shares times affinities of the channels of 'shop' add up to more than a number can "
                   "hold (chances "
                   "are a weight over the sum of all). Divide them all",
                   "5:3: error: the weights of the edges of 'shop' are too small to be told apart (chances are a "
                   "weight over the "
                   "sum of all). Multiply them all"}));
}

}  // namespace
}  // namespace sojourn::tests
