#include "tests/models/check/checked.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace sojourn::tests {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Check, a_sound_journey_gives_no_line) {
  const Checked result = checked(R"(journey: A shop
personas: {anna: {}}
start: shop
touchpoints:
  shop: {experience: 7, next: {shop: 1, home: 3}}
  home: {experience: 8, next: {done: 1}}
outcomes: {done: {}}
)");
  EXPECT_EQ(result.lines, Lines{});
  ASSERT_EQ(result.lengths.size(), 1U);
  EXPECT_EQ(result.lengths[0].persona, "anna");
  ASSERT_TRUE(result.lengths[0].visits);
  EXPECT_DOUBLE_EQ(*result.lengths[0].visits, 4.0 / 3.0 + 1.0);
}

// ---- touchpoints that nobody reaches ---------------------------------------------------------------------------------

TEST(Check, unreached_touchpoints_are_warned_of) {
  EXPECT_EQ(
      checked(R"(journey: A shop
personas: {anna: {}}
start: shop
touchpoints:
  shop: {experience: 7, next: {done: 1, give: {weight: 0}}}
  help: {experience: 7, next: {chat: 1, done: 1}}
  chat: {experience: 7, next: {help: 1, self: 0}}
  give: {experience: 7, next: {done: 1}}
  self: {experience: 7, next: {self: 1}}
outcomes: {done: {}}
)")
          .lines,
      (Lines{
          "6:3: warning: touchpoint 'help' is never reached (only 'chat' leads there, which is not reached either). "
          "Add 'help: 1' to touchpoints.shop.next, or remove it",
          "7:3: warning: touchpoint 'chat' is never reached (only 'help' leads there, which is not reached either)",
          "8:3: warning: touchpoint 'give' is never reached (nothing leads there). Add 'give: 1' to "
          "touchpoints.shop.next, or remove it",
          "9:3: warning: touchpoint 'self' is never reached (only the touchpoint itself leads there). Add 'self: 1' to "
          "touchpoints.shop.next, or remove it"}));
}

TEST(Check, a_touchpoint_with_a_name_like_a_reached_one_may_be_meant) {
  EXPECT_EQ(checked(R"(journey: A shop
personas: {anna: {}}
start: letters
touchpoints:
  letter: {experience: 7, next: {done: 1}}
  letters: {experience: 7, next: {done: 1}}
outcomes: {done: {}}
)")
                .lines,
            (Lines{"5:3: warning: touchpoint 'letter' is never reached (nothing leads there). Add 'letter: 1' to "
                   "touchpoints.letters.next, or remove it; is a way to 'letters' meant for it?"}));
}

TEST(Check, a_touchpoint_that_one_persona_reaches_is_reached) {
  EXPECT_EQ(checked(R"(journey: A shop
personas:
  anna: {channels: {web: 0}}
  bert: {overrides: [{set: touchpoints.shop.channels.web.next.chat.weight, to: 1}]}
start: shop
touchpoints:
  shop:
    experience: 7
    channels: {web: {next: {done: 1, chat: 0}}, desk: {}}
    next: {done: 1}
  chat: {experience: 7, next: {done: 1}}
outcomes: {done: {}}
)")
                .lines,
            Lines{});
}

TEST(Check, giving_up_leads_somewhere_only_if_somebody_gives_up) {
  const auto journey = [](const std::string& patience) {
    return R"(journey: A shop
personas: {anna: {patience: )" +
           patience + R"(}, bert: {}}
start: shop
touchpoints:
  shop: {experience: 7, duration: {uniform: {low: 10 min, high: 20 min}}, if_given_up: chat, next: {done: 1}}
  chat: {experience: 7, next: {done: 1}}
outcomes: {done: {}}
)";
  };
  EXPECT_EQ(checked(journey("15 min")).lines, Lines{});
  EXPECT_EQ(checked(journey("20 min")).lines,
            (Lines{"6:3: warning: touchpoint 'chat' is never reached (the way there from 'shop' is never taken)"}));
}

// ---- traps -----------------------------------------------------------------------------------------------------------

TEST(Check, a_touchpoint_that_only_leads_to_itself_is_a_trap) {
  const Checked result = checked(R"(journey: A shop
personas: {anna: {}}
start: shop
touchpoints:
  shop: {experience: 7, next: {wait: 1, done: 99}}
  wait: {experience: 7, next: {wait: 1}}
outcomes: {done: {}}
)");
  EXPECT_EQ(result.lines,
            (Lines{"6:3: error: no outcome can be reached from touchpoint 'wait' (it leads only to itself, and "
                   "limits.visits is no "
                   "way out: shop -> wait). Add an edge to an outcome, such as 'done: 1' in touchpoints.wait.next"}));
  EXPECT_EQ(result.lengths[0].visits, infinity);
}

TEST(Check, touchpoints_that_lead_only_to_each_other_are_one_trap) {
  EXPECT_EQ(
      checked(R"(journey: A shop
personas: {anna: {}}
start: {shop: 1, done: 1}
touchpoints:
  shop: {experience: 7, next: {wait: 1}}
  wait: {experience: 7, next: {call: 1}}
  call: {experience: 7, next: {wait: 1, mail: 1}}
  mail: {experience: 7, next: {call: 1}}
outcomes: {done: {}}
)")
          .lines,
      (Lines{
          "6:3: error: no outcome can be reached from touchpoints 'wait', 'call' and 'mail' (they lead only to each "
          "other, "
          "and limits.visits is no way out: shop -> wait; 'shop' leads only there). Add an edge to an outcome, such as "
          "'done: 1' in touchpoints.wait.next"}));
}

TEST(Check, a_trap_that_nobody_reaches_is_none) {
  EXPECT_EQ(
      checked(R"(journey: A shop
personas: {anna: {}}
start: shop
touchpoints:
  shop: {experience: 7, next: {done: 1}}
  wait: {experience: 7, next: {wait: 1}}
outcomes: {done: {}}
)")
          .lines,
      (Lines{
          "6:3: warning: touchpoint 'wait' is never reached (only the touchpoint itself leads there). Add 'wait: 1' to "
          "touchpoints.shop.next, or remove it"}));
}

TEST(Check, giving_up_is_a_way_out_only_for_who_can_give_up) {
  const auto journey = [](const std::string& anna) {
    return R"(journey: A shop
personas: {anna: {)" +
           anna + R"(}, bert: {patience: 5 min}}
start: shop
touchpoints:
  shop: {experience: 7, duration: {discrete: {1 min: 3, 10 min: 1}}, next: {shop: 1}}
outcomes: {done: {}}
)";
  };
  const std::string trap =
      "error: no outcome can be reached from touchpoint 'shop' for persona 'anna' (it leads only to itself, and "
      "limits.visits is no way out: shop). Add an edge to an outcome, such as 'done: 1' in "
      "touchpoints.shop.next";
  EXPECT_EQ(checked(journey("")).lines, (Lines{"5:3: " + trap}));
  EXPECT_EQ(checked(journey("patience: 10 min")).lines, (Lines{"5:3: " + trap}));  // strictly longer
  const Checked result = checked(journey("patience: 9 min"));
  EXPECT_EQ(result.lines, Lines{});
  EXPECT_DOUBLE_EQ(*result.lengths[0].visits, 4);
}

TEST(Check, a_pain_that_never_closes_can_be_a_trap) {
  const auto journey = [](const std::string& resolves) {
    return R"(journey: A shop
personas: {anna: {}}
pains: {late: {severity: 1, lasting: true}}
goals: {bread: {}}
start: shop
touchpoints:
  shop: {experience: 7, pains: {late: {probability: 0.5}}, fulfils: {bread: 0.5}, next: {wait: 1}}
  wait: {experience: 7, )" +
           resolves + R"(next: {shop: {weight: 1, if: {goal: bread}}, wait: 1, done: {unless: {pain: late}}}}
outcomes: {done: {}}
)";
  };
  EXPECT_EQ(
      checked(journey("")).lines,
      (Lines{
          "7:3: error: no outcome can be reached from touchpoints 'shop' and 'wait' once pain 'late' is open (they "
          "lead "
          "only to each other, and limits.visits is no way out: shop -> wait). Add an edge to an outcome without a "
          "condition",
          "8:3: error: no outcome can be reached from touchpoint 'wait' once goal 'bread' is not achieved and pain "
          "'late' "
          "is open (it leads only to itself, and limits.visits is no way out: shop -> wait). Add an edge to an outcome "
          "without a condition"}));
  EXPECT_EQ(checked(journey("resolves: {late: {probability: 0.1}}, ")).lines, Lines{});
}

// ---- no way on -------------------------------------------------------------------------------------------------------

TEST(Check, a_reached_touchpoint_without_a_channel_for_a_persona_is_an_error) {
  const auto journey = [](const std::string& next) {
    return R"(journey: A shop
personas: {anna: {channels: {web: 0}}, bert: {channels: {web: 0, desk: 0}}, carl: {}}
start: shop
touchpoints:
  shop: {experience: 7, next: )" +
           next + R"(}
  help: {experience: 7, channels: {web: {}, desk: {share: 0}}, next: {done: 1}}
outcomes: {done: {}}
)";
  };
  EXPECT_EQ(
      checked(journey("{help: 1, done: 1}")).lines,
      (Lines{"6:3: error: no channel of touchpoint 'help' is used for personas 'anna' and 'bert' (an agent there could "
             "not go "
             "on: shop -> help). Give 'web' and 'desk' a share and an affinity above 0, or let nothing lead there"}));
  EXPECT_EQ(checked(journey("{help: 0, done: 1}")).lines,
            (Lines{"6:3: warning: touchpoint 'help' is never reached (nothing leads there). Add 'help: 1' to "
                   "touchpoints.shop.next, or remove it"}));
}

TEST(Check, a_state_in_which_no_edge_is_open_is_an_error) {
  const auto journey = [](const std::string& next) {
    return R"(journey: A shop
personas: {anna: {}}
pains: {late: {severity: 1, lasting: true}}
goals: {bread: {}}
start: shop
touchpoints:
  shop: {experience: 7, pains: {late: {probability: 0.5}}, fulfils: {bread: 0.5}, next: )" +
           next + R"(}
outcomes: {done: {}, left: {}}
)";
  };
  EXPECT_EQ(checked(journey("{done: {if: {goal: bread}}, left: {if: {pain: late}}}")).lines,
            (Lines{"7:3: error: no edge of touchpoint 'shop' is open when goal 'bread' is not achieved and pain 'late' "
                   "is not open "
                   "(an agent there could not go on: shop). Add an edge without a condition"}));
  EXPECT_EQ(checked(journey("{done: {if: {goal: bread}}, left: {unless: {goal: bread}}}")).lines, Lines{});
  EXPECT_EQ(checked(journey("{done: {if: {goal: bread}}, left: {unless: {goal: bread}, if: {pain: late}}, shop: "
                            "{unless: {pain: late}}}"))
                .lines,
            Lines{});
}

TEST(Check, a_channels_own_edges_are_looked_at) {
  EXPECT_EQ(checked(R"(journey: A shop
personas: {anna: {}}
goals: {bread: {}}
start: shop
touchpoints:
  shop:
    experience: 7
    channels: {web: {}, desk: {fulfils: {bread: 0.5}, next: {done: {if: {goal: bread}}}}}
    next: {done: 1}
outcomes: {done: {}}
)")
                .lines,
            (Lines{"6:3: error: no edge of touchpoint 'shop' is open through channel 'desk' when goal 'bread' is not "
                   "achieved (an "
                   "agent there could not go on: shop). Add an edge without a condition"}));
}

// ---- personas --------------------------------------------------------------------------------------------------------

TEST(Check, personas_that_nobody_travels_as_do_not_matter) {
  EXPECT_EQ(checked(R"(journey: A shop
personas: {anna: {}, bert: {share: 0, channels: {web: 0}}}
start: shop
touchpoints:
  shop: {experience: 7, channels: {web: {}}, next: {done: 1}}
outcomes: {done: {}}
)")
                .lines,
            Lines{});
}

TEST(Check, what_a_scenario_does_to_one_persona_is_said_of_her) {
  const Checked result = checked(R"(journey: A shop
personas: {anna: {}, bert: {}, carl: {}}
start: shop
touchpoints:
  shop: {experience: 7, next: {shop: 1, done: 1}}
outcomes: {done: {}}
)",
                                 R"(scenario: No way out
journey: journey.yaml
because: test
changes:
  - set: touchpoints.shop.next.done.weight
    to: 0
    for: [anna, carl]
)");
  EXPECT_EQ(result.lines,
            (Lines{"5:3: error: no outcome can be reached from touchpoint 'shop' for personas 'anna' and 'carl' (it "
                   "leads only to "
                   "itself, and limits.visits is no way out: shop). Add an edge to an outcome, such as 'done: 1' in "
                   "touchpoints.shop.next"}));
  EXPECT_EQ(result.lengths[0].visits, infinity);
  EXPECT_EQ(result.lengths[1].visits, 2.0);
}

TEST(Check, an_outcome_to_start_with_is_a_journey_without_visits) {
  const Checked result = checked(R"(journey: A shop
personas: {anna: {}}
start: {shop: 1, done: 3}
touchpoints:
  shop: {experience: 7, next: {done: 1}}
outcomes: {done: {}}
)");
  EXPECT_EQ(result.lines, Lines{});
  EXPECT_EQ(result.lengths[0].visits, 0.25);
}

TEST(Check, a_case_without_trees_is_checked_without_places) {
  models::Case one = read_case(R"(journey: A shop
personas: {anna: {}}
start: shop
touchpoints:
  shop: {experience: 7, next: {shop: 1}}
outcomes: {done: {}}
)");
  one.trees.clear();
  EXPECT_EQ(checked(one).lines.size(), 1U);
  EXPECT_EQ(checked(one).lines.front().substr(0, 30), "error: no outcome can be reach");
}

}  // namespace
}  // namespace sojourn::tests
