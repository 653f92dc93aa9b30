// remove, with everything that led to what goes.

#include "models/change/change.h"
#include "models/journey/address.h"
#include "models/journey/write.h"
#include "tests/models/journey/sample.h"

namespace sojourn::models {
namespace {

/// A journey where everything is led to from everywhere.
constexpr std::string_view web = R"(personas:
  anna: {goals: {bread: {importance: 1}}, sensitivity: {queue: 2, rain: 3}, channels: {post: 2, tv: 0.5}}
  otto: {}
pains:
  queue: {severity: 1, lasting: true}
  rain: {severity: 2, lasting: true}
goals:
  bread: {}
  peace: {}
touchpoints:
  shop:
    channels:
      post: {next: {home: 1, done: 2}, if_given_up: home, pains: {queue: {probability: 0.2}}, fulfils: {bread: 1}}
      tv: {experience: 5}
    experience: 7
    pains: {queue: {probability: 0.1}, rain: {probability: 0.1}}
    resolves: {queue: {probability: 1}}
    fulfils: {bread: 0.5, peace: 0.5}
    if_given_up: home
    next:
      home: {weight: 3, mood: 0.1}
      bar: 1
      done: {weight: 1, if: {pain: queue}}
      left: {weight: 1, unless: {pain: queue}, if: {goal: bread}}
  home:
    experience: 6
    channels: {post: {}}
    next: {done: 1, shop: {weight: 1, unless: {goal: bread}}}
  bar:
    experience: 5
    if_given_up: left
    next: {home: {weight: 2, if: {goal: peace}}, left: 1}
start: {shop: 3, home: 1}
outcomes: {done: {success: true}, left: {}}
targets:
  nps: 10
  touchpoints.home.reach: 0.5
  touchpoints.shop.flow.home: 0.5
  personas.anna.touchpoints.home.visits: 1
  personas.anna.success: 1
  pains.queue.met: 0.1
  touchpoints.shop.channels.tv.visits: 1
  outcomes.done: 0.7
)";

struct Removed {
  Tree tree;
  Effect effect = Effect::refused;
  std::string problems;

  std::string at(std::string_view address) const {
    const Place place = find(tree, address);
    return place.tree ? to_yaml_line(*place.tree) : "";
  }
};

Removed remove(const std::string& change, std::string_view journey = web) {
  Removed result;
  result.tree = tests::journey_of(journey).tree;
  Diagnostics problems;
  result.effect = apply(tests::scenario_of({change}).changes.at(0), result.tree, problems);
  for (const Diagnostic& one : problems.list()) result.problems += one.what + "\n";
  return result;
}

TEST(Remove, a_touchpoint_and_all_ways_to_it) {
  const Removed found = remove("{remove: touchpoints.home}");
  EXPECT_EQ(found.effect, Effect::changed);
  EXPECT_EQ(found.at("touchpoints.home"), "");
  EXPECT_EQ(found.at("touchpoints.shop.next"),
            "{bar: {weight: 1}, done: {weight: 1, if: {pain: queue}}, left: {weight: 1, unless: {pain: queue}, if: "
            "{goal: bread}}}");
  EXPECT_EQ(found.at("touchpoints.shop.channels.post.next"), "{done: {weight: 2}}");
  EXPECT_EQ(found.at("touchpoints.bar.next"), "{left: {weight: 1}}");
  EXPECT_EQ(found.at("start"), "{shop: 3}");
  EXPECT_EQ(found.at("touchpoints.shop.if_given_up"), "abandoned");
  // Written out in a channel: without it, the touchpoint's would hold.
  EXPECT_EQ(found.at("touchpoints.shop.channels.post.if_given_up"), "abandoned");
  EXPECT_EQ(found.at("touchpoints.bar.if_given_up"), "left");
  EXPECT_EQ(found.at("targets"),
            "{nps: 10, personas.anna.success: 1, pains.queue.met: 0.1, touchpoints.shop.channels.tv.visits: 1, "
            "outcomes.done: 0.7}");
  EXPECT_EQ(found.at("personas.anna.channels"), "{post: 2, tv: 0.5}");  // the shop still has both
}

TEST(Remove, a_touchpoint_rerouted) {
  const Removed found = remove("{remove: touchpoints.home, reroute: bar}");
  // The shop led to the bar already: both edges stay, side by side.
  EXPECT_EQ(found.at("touchpoints.shop.next"),
            "{bar: [{weight: 1}, {weight: 3, mood: 0.1}], done: {weight: 1, if: {pain: queue}}, "
            "left: {weight: 1, unless: {pain: queue}, if: {goal: bread}}}");
  EXPECT_EQ(found.at("touchpoints.shop.channels.post.next"), "{bar: {weight: 1}, done: {weight: 2}}");
  EXPECT_EQ(found.at("touchpoints.bar.next"), "{bar: {weight: 2, if: {goal: peace}}, left: {weight: 1}}");  // to itself
  EXPECT_EQ(found.at("start"), "{shop: 3, bar: 1}");
  EXPECT_EQ(found.at("touchpoints.shop.if_given_up"), "bar");
  EXPECT_EQ(found.at("touchpoints.shop.channels.post.if_given_up"), "bar");
  EXPECT_EQ(found.at("targets"),
            "{nps: 10, personas.anna.success: 1, pains.queue.met: 0.1, touchpoints.shop.channels.tv.visits: 1, "
            "outcomes.done: 0.7}");
}

TEST(Remove, start_weights_are_added_up_by_a_reroute) {
  EXPECT_EQ(remove("{remove: touchpoints.home, reroute: shop}").at("start"), "{shop: 4}");
}

TEST(Remove, a_touchpoint_may_be_rerouted_to_an_outcome_and_to_abandoned) {
  EXPECT_EQ(remove("{remove: touchpoints.home, reroute: left}").at("touchpoints.bar.next"),
            "{left: [{weight: 1}, {weight: 2, if: {goal: peace}}]}");
  EXPECT_EQ(remove("{remove: touchpoints.home, reroute: abandoned}").at("touchpoints.bar.next"),
            "{abandoned: {weight: 2, if: {goal: peace}}, left: {weight: 1}}");
}

TEST(Remove, an_outcome) {
  const Removed found = remove("{remove: outcomes.left}");
  EXPECT_EQ(found.at("outcomes"), "{done: {success: true}}");
  EXPECT_EQ(found.at("touchpoints.bar.next"), "{home: {weight: 2, if: {goal: peace}}}");
  EXPECT_EQ(found.at("touchpoints.bar.if_given_up"), "abandoned");
  EXPECT_EQ(remove("{remove: outcomes.left, reroute: done}").at("touchpoints.bar.if_given_up"), "done");
}

TEST(Remove, abandoned_goes_back_to_what_it_is_unwritten) {
  const std::string written = tests::with(web, "left: {}}", "left: {}, abandoned: {value: -9}}");
  const Removed found = remove("{remove: outcomes.abandoned}", written);
  EXPECT_EQ(found.effect, Effect::changed);
  EXPECT_EQ(found.at("outcomes"), "{done: {success: true}, left: {}}");
  EXPECT_EQ(remove("{remove: outcomes.abandoned}").effect, Effect::nothing);
  // Rerouted, all who give up go elsewhere.
  const Removed rerouted = remove("{remove: outcomes.abandoned, reroute: left}");
  EXPECT_EQ(rerouted.at("touchpoints.home.if_given_up"), "left");
  EXPECT_EQ(rerouted.at("touchpoints.home.channels.post.if_given_up"), "");
  EXPECT_EQ(rerouted.at("touchpoints.shop.if_given_up"), "home");
}

TEST(Remove, a_pain_with_its_guards) {
  const Removed found = remove("{remove: pains.queue}");
  EXPECT_EQ(found.at("pains"), "{rain: {severity: 2, lasting: true}}");
  EXPECT_EQ(found.at("touchpoints.shop.pains"), "{rain: {probability: 0.1}}");
  EXPECT_EQ(found.at("touchpoints.shop.channels.post.pains"), "{}");
  EXPECT_EQ(found.at("touchpoints.shop.resolves"), "{}");
  EXPECT_EQ(found.at("personas.anna.sensitivity"), "{rain: 3}");
  // The edge with `if` on it closes, the `unless` falls away.
  EXPECT_EQ(found.at("touchpoints.shop.next"),
            "{home: {weight: 3, mood: 0.1}, bar: {weight: 1}, left: {weight: 1, if: {goal: bread}}}");
  EXPECT_EQ(found.at("targets.pains.queue.met"), "");
}

TEST(Remove, a_goal_with_its_guards) {
  const Removed found = remove("{remove: goals.bread}");
  EXPECT_EQ(found.at("touchpoints.shop.fulfils"), "{peace: 0.5}");
  EXPECT_EQ(found.at("touchpoints.shop.channels.post.fulfils"), "{}");
  EXPECT_EQ(found.at("personas.anna.goals"), "{}");
  EXPECT_EQ(found.at("touchpoints.shop.next"),
            "{home: {weight: 3, mood: 0.1}, bar: {weight: 1}, done: {weight: 1, if: {pain: queue}}}");
  EXPECT_EQ(found.at("touchpoints.home.next"), "{done: {weight: 1}, shop: {weight: 1}}");
}

TEST(Remove, a_persona_with_its_targets) {
  const Removed found = remove("{remove: personas.anna}");
  EXPECT_EQ(found.at("personas"), "{otto: {}}");
  EXPECT_EQ(found.at("targets"),
            "{nps: 10, touchpoints.home.reach: 0.5, touchpoints.shop.flow.home: 0.5, pains.queue.met: 0.1, "
            "touchpoints.shop.channels.tv.visits: 1, outcomes.done: 0.7}");
}

TEST(Remove, a_channel_and_with_its_last_use_its_affinities) {
  const Removed last = remove("{remove: touchpoints.shop.channels.tv}");
  EXPECT_EQ(last.at("personas.anna.channels"), "{post: 2}");
  EXPECT_EQ(last.at("targets.touchpoints.shop.channels.tv.visits"), "");
  const Removed one_of_two = remove("{remove: touchpoints.shop.channels.post}");
  EXPECT_EQ(one_of_two.at("personas.anna.channels"), "{post: 2, tv: 0.5}");
  EXPECT_EQ(remove("{remove: touchpoints.shop}").at("personas.anna.channels"), "{post: 2}");
  EXPECT_EQ(remove("{remove: touchpoints.shop.channels}").at("personas.anna.channels"), "{post: 2}");
}

TEST(Remove, an_edge_an_entry_and_an_optional_field) {
  EXPECT_EQ(remove("{remove: touchpoints.shop.next.bar}").at("touchpoints.shop.next.bar"), "");
  EXPECT_EQ(remove("{remove: touchpoints.shop.pains.queue}").at("touchpoints.shop.pains"),
            "{rain: {probability: 0.1}}");
  EXPECT_EQ(remove("{remove: touchpoints.shop.if_given_up}").at("touchpoints.shop.if_given_up"), "");
  EXPECT_EQ(remove("{remove: touchpoints.shop.channels.post.next}").at("touchpoints.shop.channels.post.next"), "");
  EXPECT_EQ(remove("{remove: touchpoints.shop.next.done.if}").at("touchpoints.shop.next.done"), "{weight: 1}");
  EXPECT_EQ(remove("{remove: targets.outcomes.done}").at("targets.outcomes.done"), "");
  EXPECT_EQ(remove("{remove: personas.anna.sensitivity.rain}").at("personas.anna.sensitivity"), "{queue: 2}");
}

TEST(Remove, what_is_not_there_or_is_so_already) {
  EXPECT_EQ(remove("{remove: touchpoints.home.effort}").effect, Effect::nothing);
  EXPECT_EQ(remove("{remove: touchpoints.shop.channels.tv.share}").effect, Effect::nothing);
  EXPECT_EQ(remove("{remove: personas.otto.sensitivity.rain}").effect, Effect::nothing);
  EXPECT_EQ(remove("{remove: touchpoints.pub}").problems, "there is no touchpoint 'pub'\n");
  EXPECT_EQ(remove("{remove: touchpoints.home.next.bar}").problems, "touchpoints.home.next has no 'bar'\n");
  EXPECT_EQ(remove("{remove: pains.queue.severity}").problems, "pains.queue.severity: it cannot be removed\n");
  EXPECT_EQ(remove("{remove: touchpoints.shop.pains.queue.probability}").problems,
            "touchpoints.shop.pains.queue.probability: it cannot be removed\n");
}

TEST(Remove, reroute_is_for_nodes_that_are_led_to) {
  EXPECT_EQ(remove("{remove: touchpoints.home, reroute: hme}").problems,
            "touchpoints.home: there is no touchpoint or outcome 'hme'\n");
  EXPECT_EQ(remove("{remove: touchpoints.home, reroute: home}").problems,
            "touchpoints.home: it cannot be rerouted to itself\n");
  EXPECT_EQ(remove("{remove: pains.rain, reroute: home}").problems, "pains.rain: there is nothing to reroute\n");
}

}  // namespace
}  // namespace sojourn::models
