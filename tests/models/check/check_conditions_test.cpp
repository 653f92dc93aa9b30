#include "tests/models/check/checked.h"

#include <gtest/gtest.h>

namespace sojourn::tests {
namespace {

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

}  // namespace
}  // namespace sojourn::tests
