// The journey as each persona sees it.

#include "models/change/views.h"
#include "models/journey/address.h"
#include "models/journey/write.h"
#include "tests/models/journey/sample.h"

namespace sojourn::models {
namespace {

using tests::case_of;
using tests::errors_of;
using tests::journey_of;
using tests::Lines;
using tests::scenario_of;
using tests::warnings_of;

/// Three personas; anna has overrides of her own.
constexpr std::string_view street = R"(journey: A street
personas:
  anna:
    overrides:
      - {scale: touchpoints.shop.next.bar.weight, by: 3}
      - {set: touchpoints.shop.cost, to: 9}
  otto: {}
  zoe: {}
pains: {queue: {severity: 1}}
touchpoints:
  shop: {experience: 7, cost: 1, pains: {queue: {probability: 0.4}}, next: {bar: 1, done: 1}}
  bar: {experience: 6, next: {done: 1}}
start: shop
outcomes: {done: {}}
)";

std::string at(const Case& of, std::size_t persona, std::string_view address) {
  const Place place = find(of.trees.at(of.views.view_of_persona.at(persona)), address);
  return place.tree ? to_yaml_line(*place.tree) : "";
}

/// What each persona sees there.
Lines seen(const Case& of, std::string_view address) {
  Lines lines;
  for (std::size_t p = 0; p < of.views.view_of_persona.size(); ++p) lines.push_back(at(of, p, address));
  return lines;
}

TEST(Views, one_for_all_without_overrides_and_for) {
  const Case base = build_case(journey_of(tests::least), {});
  EXPECT_EQ(base.views.views.size(), 1u);
  EXPECT_EQ(base.views.view_of_persona, std::vector<std::size_t>{0});
  EXPECT_EQ(base.trees.size(), 1u);
  EXPECT_EQ(base.views.views[0], typed_journey(journey_of(tests::least).tree));
}

TEST(Views, overrides_come_first_and_then_the_scenario) {
  const JourneyFile journey = journey_of(street);
  const Case base = build_case(journey, {});
  EXPECT_EQ(base.title, "A street");
  EXPECT_EQ(base.views.views.size(), 2u);
  EXPECT_EQ(base.views.view_of_persona, (std::vector<std::size_t>{0, 1, 1}));
  EXPECT_EQ(seen(base, "touchpoints.shop.next.bar.weight"), (Lines{"3", "1", "1"}));
  EXPECT_EQ(seen(base, "touchpoints.shop.cost"), (Lines{"9", "1", "1"}));
  EXPECT_EQ(base.views.views[0].touchpoints[0].way.next[0].weight, 3);

  // `set` means what it says for everyone, `scale` and `shift` keep what is special about a persona.
  const Case changed =
      case_of(journey, {"{scale: touchpoints.shop.next.bar.weight, by: 2}", "{set: touchpoints.shop.cost, to: 5}"});
  EXPECT_EQ(seen(changed, "touchpoints.shop.next.bar.weight"), (Lines{"6", "2", "2"}));
  EXPECT_EQ(seen(changed, "touchpoints.shop.cost"), (Lines{"5", "5", "5"}));
}

TEST(Views, for_names_personas) {
  const Case changed = case_of(journey_of(street), {"{shift: touchpoints.bar.experience, by: 1, for: [zoe, anna]}"});
  EXPECT_EQ(seen(changed, "touchpoints.bar.experience"), (Lines{"7", "6", "7"}));
  EXPECT_EQ(changed.views.view_of_persona, (std::vector<std::size_t>{0, 1, 2}));
}

TEST(Views, equal_ones_are_shared_even_where_they_were_made_apart) {
  const JourneyFile journey = journey_of(street);
  // Both ways lead to the same journey for otto and zoe, and a `set` takes anna's overrides back.
  const Case changed = case_of(journey, {"{set: touchpoints.shop.cost, to: 4, for: [otto]}",
                                         "{set: touchpoints.shop.cost, to: 4, for: [zoe, anna]}",
                                         "{set: touchpoints.shop.next.bar.weight, to: 1}"});
  EXPECT_EQ(changed.views.view_of_persona, (std::vector<std::size_t>{0, 0, 0}));
  EXPECT_EQ(changed.views.views.size(), 1u);
  EXPECT_EQ(changed.trees.size(), 1u);
}

TEST(Views, no_overrides_are_left_in_the_trees) {
  const Case base = build_case(journey_of(street), {});
  for (const Tree& tree : base.trees) EXPECT_EQ(to_yaml(tree).find("overrides"), std::string::npos);
}

TEST(Views, a_persona_that_a_scenario_adds_has_its_overrides_last) {
  const Case changed = case_of(
      journey_of(street), {"{add: personas.kim, as: {share: 2, overrides: [{scale: touchpoints.shop.cost, by: 2}]}}",
                           "{set: touchpoints.shop.cost, to: 5}", "{remove: personas.otto}",
                           "{set: touchpoints.bar.cost, to: 1, for: [kim]}"});
  EXPECT_EQ(changed.views.views[0].personas.size(), 3u);
  EXPECT_EQ(changed.views.views[0].personas[2].id, "kim");
  EXPECT_EQ(changed.views.views[0].personas[2].share, 2);
  EXPECT_EQ(seen(changed, "touchpoints.shop.cost"), (Lines{"5", "5", "10"}));
  EXPECT_EQ(seen(changed, "touchpoints.bar.cost"), (Lines{"", "", "1"}));
  for (const Journey& view : changed.views.views) {
    EXPECT_EQ(view.personas.size(), 3u);
    EXPECT_EQ(view.personas[0].id, "anna");
    EXPECT_EQ(view.personas[1].id, "zoe");
  }
}

TEST(Views, what_is_added_for_some_is_there_for_some) {
  const Case changed =
      case_of(journey_of(street), {"{add: touchpoints.chat, as: {experience: 8, next: {done: 1}}, for: [otto]}",
                                   "{add: touchpoints.shop.next.chat, as: 1, for: [otto]}"});
  EXPECT_EQ(seen(changed, "touchpoints.shop.next.chat"), (Lines{"", "{weight: 1}", ""}));
  EXPECT_EQ(changed.views.views.size(), 3u);
}

TEST(Views, an_override_that_changes_nothing_is_a_warning) {
  const JourneyFile journey = journey_of(tests::with(street, "to: 9", "to: 1.0"));
  EXPECT_EQ(warnings_of(build_case(journey, {}).warnings),
            (Lines{"6:15 the override of 'touchpoints.shop.cost' changes nothing"}));
}

TEST(Views, what_is_wrong_after_an_override_is_told_where_the_override_stands) {
  const JourneyFile journey = journey_of(tests::with(street, "{set: touchpoints.shop.cost, to: 9}",
                                                     "{scale: touchpoints.shop.pains.queue.probability, by: 3}"));
  EXPECT_EQ(errors_of([&] { build_case(journey, {}); }).at(0).substr(0, 50),
            "6:63 touchpoints.shop.pains.queue.probability is 1");
}

TEST(Views, each_problem_is_told_once) {
  EXPECT_EQ(errors_of([] {
              case_of(journey_of(street), {"{scale: touchpoints.shop.pains.queue.probability, by: 3}",
                                           "{set: touchpoints.pub.cost, to: 1}"});
            }),
            (Lines{"3:11 there is no touchpoint 'pub'"}));
  EXPECT_EQ(errors_of([] { case_of(journey_of(street), {"{set: touchpoints.shop.pains.queue.probability, to: 3}"}); }),
            (Lines{"2:57 touchpoints.shop.pains.queue.probability is 3, but must be from 0 to 1"}));
}

TEST(Views, references_and_ranges_are_checked_at_the_end) {
  const Case fine = case_of(journey_of(street), {"{set: touchpoints.shop.next, to: {chat: 1}}",  // chat comes later
                                                 "{add: touchpoints.chat, as: {experience: 8, next: {done: 1}}}",
                                                 "{scale: touchpoints.shop.pains.queue.probability, by: 100}",
                                                 "{scale: touchpoints.shop.pains.queue.probability, by: 0.01}",
                                                 "{shift: touchpoints.shop.cost, by: -20}"});  // money may be negative
  EXPECT_EQ(seen(fine, "touchpoints.shop.cost"), (Lines{"-11", "-19", "-19"}));
  EXPECT_EQ(errors_of([] { case_of(journey_of(street), {"{remove: outcomes.done, reroute: bar}"}); }),
            (Lines{"2:14 outcomes is empty"}));
  EXPECT_EQ(errors_of([] {
              case_of(journey_of(tests::with(street, "overrides:", "learning: 0")), {"{remove: touchpoints.bar}"});
            }).size(),
            2u);
  EXPECT_EQ(errors_of([] { case_of(journey_of(street), {"{set: touchpoints.bar.next, to: {don: 1}}"}); }),
            (Lines{"2:38 touchpoints.bar.next: there is no touchpoint or outcome 'don'"}));
}

TEST(Views, a_change_that_changes_nothing_for_anyone_is_an_error) {
  const JourneyFile journey = journey_of(street);
  EXPECT_EQ(errors_of([&] { case_of(journey, {"{scale: touchpoints.bar.cost, by: 2}"}); }),
            (Lines{"2:13 the change of 'touchpoints.bar.cost' changes nothing for anyone"}));
  // It is so for otto and zoe, and not for anna.
  EXPECT_EQ(errors_of([&] { case_of(journey, {"{set: touchpoints.shop.cost, to: 1}"}); }), Lines{});
  EXPECT_EQ(errors_of([&] { case_of(journey, {"{set: touchpoints.shop.cost, to: 1, for: [otto]}"}); }).size(), 1u);
  // Nobody looks at another persona's own.
  EXPECT_EQ(errors_of([&] { case_of(journey, {"{set: personas.anna.learning, to: 0.5, for: [otto]}"}); }),
            (Lines{"2:11 the change of 'personas.anna.learning' changes nothing for anyone"}));
  EXPECT_EQ(errors_of([&] { case_of(journey, {"{set: personas.anna.learning, to: 0.5, for: [anna]}"}); }), Lines{});
}

TEST(Views, a_field_that_every_channel_carries_itself_is_not_looked_at) {
  const JourneyFile journey = journey_of(tests::with(
      tests::least, "experience: 7,", "channels: {a: {experience: 8, cost: 1}, b: {experience: 9}}, experience: 7,"));
  EXPECT_EQ(errors_of([&] { case_of(journey, {"{set: touchpoints.shop.experience, to: 3}"}); }),
            (Lines{"2:11 the change of 'touchpoints.shop.experience' changes nothing for anyone"}));
  EXPECT_EQ(errors_of([&] { case_of(journey, {"{set: touchpoints.shop.cost, to: 3}"}); }), Lines{});
}

TEST(Views, several_scenarios_edit_one_journey) {
  const JourneyFile journey = journey_of(street);
  ScenarioFile first = scenario_of({"{set: touchpoints.bar.cost, to: 4}"}, "First");
  first.cost_once = 100;
  first.cost_per_journey = 0.5;
  ScenarioFile second = scenario_of({"{scale: touchpoints.bar.cost, by: 2}"}, "Second");
  second.cost_once = 20;
  const std::vector<ScenarioFile> both = {first, second};
  const Case combined = build_case(journey, both);
  EXPECT_EQ(combined.title, "First + Second");
  EXPECT_EQ(combined.scenarios, (Lines{"First", "Second"}));
  EXPECT_EQ(at(combined, 0, "touchpoints.bar.cost"), "8");
  EXPECT_EQ(combined.cost_once, 120);
  EXPECT_EQ(combined.cost_per_journey, 0.5);
}

TEST(Views, bases_come_before_and_once) {
  const JourneyFile journey = journey_of(street);
  ScenarioFile base = scenario_of({"{set: touchpoints.bar.cost, to: 4}"}, "Base");
  base.canonical = "/base.yaml";
  base.cost_once = 10;
  ScenarioFile top = scenario_of({"{scale: touchpoints.bar.cost, by: 2}"}, "Top");
  top.canonical = "/top.yaml";
  top.bases = {base};
  const std::vector<ScenarioFile> both = {base, top};
  for (const std::span<const ScenarioFile> given :
       {std::span<const ScenarioFile>(&top, 1), std::span<const ScenarioFile>(both)}) {
    const Case of = build_case(journey, given);
    EXPECT_EQ(of.scenarios, (Lines{"Base", "Top"}));
    EXPECT_EQ(at(of, 0, "touchpoints.bar.cost"), "8");
    EXPECT_EQ(of.cost_once, 10);
  }
  EXPECT_EQ(build_case(journey, {&top, 1}).title, "Top");
}

TEST(Views, a_scenario_on_another_journey_is_refused) {
  JourneyFile journey = journey_of(street);
  journey.canonical = "/street.yaml";
  ScenarioFile scenario = scenario_of({"{set: touchpoints.bar.cost, to: 4}"});
  scenario.journey_canonical = "/road.yaml";
  EXPECT_EQ(errors_of([&] {
              build_case(journey, {&scenario, 1});
            }),
            (Lines{"0:0 the scenario is on another journey than 'test.yaml'"}));
  scenario.journey_canonical = "/street.yaml";
  EXPECT_EQ(errors_of([&] { build_case(journey, {&scenario, 1}); }), Lines{});
}

TEST(Views, what_is_uncertain) {
  const JourneyFile journey = journey_of(tests::christmas);
  ScenarioFile scenario = scenario_of({"{set: touchpoints.eve.duration, to: {normal: {mean: 2 h, sd: 1 h}}}",
                                       "{set: touchpoints.wish.experience, to: 8}"});
  scenario.uncertain =
      *tests::tree_of("uncertain: {touchpoints.eve.duration.normal.mean: {normal: {mean: 2 h, sd: 10 min}}}")
           .find("uncertain");
  const Case of = build_case(journey, {&scenario, 1});
  ASSERT_EQ(of.uncertain.size(), 3u);
  EXPECT_EQ(of.uncertain[0].address, "touchpoints.wish.pains.wrong.probability");
  EXPECT_EQ(of.uncertain[0].distribution, (Distribution{Distribution::Family::beta, 0.3, 0.1, 0, {}}));
  EXPECT_EQ(of.uncertain[0].factor, 0.1);
  EXPECT_EQ(of.uncertain[0].scenario, 0u);
  EXPECT_EQ(of.uncertain[1].distribution, (Distribution{Distribution::Family::normal, 7.8, 0.3, 0, {}}));
  EXPECT_EQ(of.uncertain[2].distribution, (Distribution{Distribution::Family::normal, 7200e3, 600e3, 0, {}}));
  EXPECT_EQ(of.uncertain[2].scenario, 1u);
  // In the changed journey the mean of a normal is no more, and so is what was not known about it.
  EXPECT_EQ(to_yaml_line(*of.trees[0].find("uncertain")),
            "{touchpoints.wish.pains.wrong.probability: {beta: {mean: 0.03, sd: 0.01}}}");
}

TEST(Views, the_first_channel_is_warned_of_once) {
  const Case of = case_of(journey_of(street), {"{add: touchpoints.bar.channels.tap, as: {}}",
                                               "{add: touchpoints.bar.channels.cask, as: {}}"});
  EXPECT_EQ(warnings_of(of.warnings), (Lines{"2:11 the first channel of touchpoints.bar replaces its plain way"}));
}

TEST(Views, a_scenario_without_changes_is_the_journey_itself) {
  const JourneyFile journey = journey_of(street);
  EXPECT_EQ(case_of(journey, {}).views, build_case(journey, {}).views);
}

}  // namespace
}  // namespace sojourn::models
