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

// ---- conditions that cannot hold -------------------------------------------------------------------------------------

TEST(Check, edges_that_never_open_are_warned_of) {
  EXPECT_EQ(
      checked(R"(journey: A shop
personas: {anna: {}}
pains: {late: {severity: 1, lasting: true}, cold: {severity: 1, lasting: true}}
goals: {bread: {}, cake: {}, tea: {}}
start: shop
touchpoints:
  shop:
    experience: 7
    fulfils: {bread: 1}
    pains: {cold: {probability: 1}}
    next:
      done: 1
      bake: {if: {goal: cake}}
      wait: {if: {goal: tea}}
      bench: {if: {pain: late}}
      help: {unless: {goal: bread}}
      call: {unless: {pain: cold}}
      left: [{if: {pain: cold}}, {if: {goal: bread}, unless: {goal: bread}}]
  bake: {experience: 7, fulfils: {cake: 1}, next: {done: 1}}
  wait: {experience: 7, next: {done: 1}}
  bench: {experience: 7, next: {done: 1}}
  help: {experience: 7, next: {done: 1}}
  call: {experience: 7, next: {done: 1}}
  roof: {experience: 7, pains: {late: {probability: 0.5}}, next: {done: 1}}
outcomes: {done: {}, left: {}}
)")
          .lines,
      (Lines{"13:14: warning: the edge from 'shop' to 'bake' never opens (goal 'cake' is never achieved by then). "
             "Remove the "
             "edge, or its condition",
             "14:14: warning: the edge from 'shop' to 'wait' never opens (goal 'tea' is fulfilled nowhere). Let a "
             "touchpoint "
             "fulfil it",
             "15:15: warning: the edge from 'shop' to 'bench' never opens (pain 'late' is never open then). Remove the "
             "edge, "
             "or its condition",
             "16:14: warning: the edge from 'shop' to 'help' never opens (goal 'bread' is always achieved by then). "
             "Remove "
             "the edge, or its condition",
             "17:14: warning: the edge from 'shop' to 'call' never opens (pain 'cold' is always open then). Remove the "
             "edge, "
             "or its condition",
             "18:35: warning: the edge from 'shop' to 'left' never opens (its two conditions exclude each other). "
             "Remove the edge, or its condition",
             "19:3: warning: touchpoint 'bake' is never reached (the way there from 'shop' is never taken)",
             "20:3: warning: touchpoint 'wait' is never reached (the way there from 'shop' is never taken)",
             "21:3: warning: touchpoint 'bench' is never reached (the way there from 'shop' is never taken)",
             "22:3: warning: touchpoint 'help' is never reached (the way there from 'shop' is never taken)",
             "23:3: warning: touchpoint 'call' is never reached (the way there from 'shop' is never taken)",
             "24:3: warning: touchpoint 'roof' is never reached (nothing leads there). Add 'roof: 1' to "
             "touchpoints.shop.next, or remove it"}));
}

TEST(Check, an_edge_that_channels_share_is_one_edge) {
  const auto journey = [](const std::string& bread, const std::string& web) {
    return R"(journey: A shop
personas: {anna: {}}
goals: {bread: {}}
start: shop
touchpoints:
  shop:
    experience: 7
    channels: {web: {)" +
           web + "}, desk: {" + bread + R"(}}
    next: {done: 1, left: {if: {goal: bread}}}
outcomes: {done: {}, left: {}}
)";
  };
  EXPECT_EQ(checked(journey("fulfils: {bread: 0.5}", "")).lines, Lines{});
  EXPECT_EQ(checked(journey("", "")).lines, (Lines{"9:28: warning: the edge from 'shop' to 'left' never opens (goal "
                                                   "'bread' is fulfilled nowhere). Let a touchpoint "
                                                   "fulfil it"}));
  EXPECT_EQ(checked(journey("fulfils: {bread: 0.5}", "next: {done: 1, left: {if: {goal: bread}}}")).lines,
            (Lines{"8:45: warning: the edge from 'shop' to 'left' through channel 'web' never opens (goal 'bread' is "
                   "never achieved "
                   "by then). Remove the edge, or its condition"}));
}

TEST(Check, an_edge_that_opens_for_one_persona_opens) {
  EXPECT_EQ(checked(R"(journey: A shop
personas: {anna: {channels: {web: 0}}, bert: {}}
goals: {bread: {}}
start: shop
touchpoints:
  shop: {experience: 7, channels: {web: {fulfils: {bread: 1}}, desk: {}}, next: {home: 1}}
  home: {experience: 7, next: {done: 1, left: {if: {goal: bread}}}}
outcomes: {done: {}, left: {}}
)")
                .lines,
            Lines{});
}

TEST(Check, a_closed_edge_stands_in_the_scenario_that_brought_it) {
  const Checked result = checked(R"(journey: A shop
personas: {anna: {}}
goals: {bread: {}}
start: shop
touchpoints:
  shop: {experience: 7, next: {done: 1}}
outcomes: {done: {}, left: {}}
)",
                                 R"(scenario: A way out
journey: journey.yaml
because: test
changes:
  - add: touchpoints.shop.next.left
    as: {weight: 1, if: {goal: bread}}
)");
  EXPECT_EQ(result.lines,
            (Lines{"6:21: warning: the edge from 'shop' to 'left' never opens (goal 'bread' is fulfilled nowhere). "
                   "Let a touchpoint fulfil it"}));
}

// ---- what only the time decides --------------------------------------------------------------------------------------

TEST(Check, what_depends_on_the_time_travelled_is_a_warning) {
  const auto journey = [](const std::string& duration) {
    return R"(journey: A shop
personas: {anna: {}}
pains: {late: {severity: 1, lasting: true}}
start: shop
touchpoints:
  shop: {experience: 7, duration: )" +
           duration + R"(, pains: {late: {after: 1 h}}, next: {shop: 1, home: 1}}
  home: {experience: 7, next: {done: {unless: {pain: late}}}}
outcomes: {done: {}}
)";
  };
  const std::string place = "7:3: ";
  const std::string rest =
      " open when pain 'late' is open (an agent there could not go on: shop -> home). Add an edge without a "
      "condition";
  EXPECT_EQ(checked(journey("10 min")).lines, (Lines{place + "warning: no edge of touchpoint 'home' may be" + rest}));
  // One visit can be long enough.
  EXPECT_EQ(checked(journey("{exponential: {mean: 10 min}}")).lines,
            (Lines{place + "error: no edge of touchpoint 'home' is" + rest}));
}

TEST(Check, what_comes_about_late_or_not_is_certain) {
  // `late` may have come about or not, but from both there is no way out.
  EXPECT_EQ(
      checked(R"(journey: A shop
personas: {anna: {}}
pains: {late: {severity: 1, lasting: true}}
start: shop
touchpoints:
  shop: {experience: 7, duration: 10 min, pains: {late: {after: 1 h}}, next: {shop: 1, home: {if: {pain: late}}, bed: {unless: {pain: late}}}}
  home: {experience: 7, next: {bed: 1}}
  bed: {experience: 7, next: {bed: 1}}
outcomes: {done: {}}
)")
          .lines,
      (Lines{"8:3: error: no outcome can be reached from touchpoint 'bed' (it leads only to itself, and limits.visits "
             "is no way "
             "out: shop -> bed; 'shop' and 'home' lead only there). Add an edge to an outcome, such as 'done: 1' in "
             "touchpoints.bed.next"}));
}

TEST(Check, a_pain_after_no_time_is_certain) {
  EXPECT_EQ(checked(R"(journey: A shop
personas: {anna: {}}
pains: {late: {severity: 1, lasting: true}}
start: shop
touchpoints:
  shop: {experience: 7, duration: 10 min, pains: {late: {after: 9 min}}, next: {done: {if: {pain: late}}}}
outcomes: {done: {}}
)")
                .lines,
            Lines{});
}

TEST(Check, a_pain_by_the_time_that_is_always_resolved_at_once_is_never_open) {
  const Checked result = checked(R"(journey: A shop
personas: {anna: {}}
pains: {late: {severity: 1, lasting: true}}
start: shop
touchpoints:
  shop: {experience: 7, pains: {late: {after: 9 min}}, resolves: {late: {probability: 1}}, next: {done: 1, left: {unless: {pain: late}}, call: {if: {pain: late}}}}
  call: {experience: 7, next: {done: 1}}
outcomes: {done: {}, left: {}}
)");
  EXPECT_EQ(result.lines,
            (Lines{"6:145: warning: the edge from 'shop' to 'call' never opens (pain 'late' is never open then). "
                   "Remove the edge, or "
                   "its condition",
                   "7:3: warning: touchpoint 'call' is never reached (the way there from 'shop' is never taken)"}));
  EXPECT_EQ(result.lengths[0].visits, 1.0);
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
