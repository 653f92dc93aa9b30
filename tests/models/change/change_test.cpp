// set, scale, shift and add on one tree: what they make of it, and what they refuse.

#include "models/change/change.h"
#include "models/journey/address.h"
#include "models/journey/write.h"
#include "tests/models/journey/sample.h"

namespace sojourn::models {
namespace {

struct Applied {
  Effect effect;
  std::string text;  // of what stands at the address afterwards; empty for nothing
  std::string problems;
};

/// One change of the design's journey.
Applied apply_to(std::string_view journey, const std::string& change, const std::string& look = {}) {
  Tree tree = tests::journey_of(journey).tree;
  const Change parsed = tests::scenario_of({change}).changes.at(0);
  Diagnostics problems;
  Applied result;
  result.effect = apply(parsed, tree, problems);
  const Place place = find(tree, look.empty() ? parsed.address : look);
  if (place.tree) result.text = to_yaml_line(*place.tree);
  for (const Diagnostic& one : problems.list()) result.problems += one.what + "\n";
  return result;
}

Applied on_christmas(const std::string& change, const std::string& look = {}) {
  return apply_to(tests::christmas, change, look);
}

void expect_changed(const std::string& change, const std::string& to, const std::string& look = {}) {
  const Applied found = on_christmas(change, look);
  EXPECT_EQ(found.effect, Effect::changed) << change;
  EXPECT_EQ(found.text, to) << change;
  EXPECT_EQ(found.problems, "") << change;
}

void expect_refused(const std::string& change, const std::string& problem) {
  const Applied found = on_christmas(change);
  EXPECT_EQ(found.effect, Effect::refused) << change;
  EXPECT_EQ(found.problems, problem + "\n") << change;
}

TEST(Set, replaces_what_is_there) {
  expect_changed("{set: touchpoints.eve.duration, to: {lognormal: {median: 4 h, sigma: 0.5}}}",
                 "{lognormal: {median: 4 h, sigma: 0.5}}");
  expect_changed("{set: touchpoints.wish.pains.wrong.probability, to: 0.5}", "0.5");
  expect_changed("{set: touchpoints.wish.pains.wrong, to: {after: 2 h}}", "{after: 2 h}");
  expect_changed("{set: touchpoints.wish.experience.normal.mean, to: 8}", "8");
  expect_changed("{set: outcomes.happy.label, to: Glad}", "Glad");
  expect_changed("{set: satisfaction, to: {anchor: 6}}", "{anchor: 6}");
  expect_changed("{set: targets.touchpoints.eve.satisfaction, to: 8}", "8");
  expect_changed("{set: limits.visits, to: 50}", "50");
  expect_changed("{set: personas.mia.patience.lognormal.median, to: 2 d}", "2 d");
}

TEST(Set, writes_short_forms_out) {
  expect_changed("{set: start, to: eve}", "{eve: 1}");
  expect_changed("{set: touchpoints.carol.next, to: {happy: 2, eve: {mood: 1}}}",
                 "{happy: {weight: 2}, eve: {mood: 1}}");
  expect_changed("{set: touchpoints.wish.channels.post.next, to: {eve: 1}}", "{eve: {weight: 1}}");
}

TEST(Set, a_number_for_an_edge_is_its_weight_and_keeps_the_rest) {
  expect_changed("{set: touchpoints.wish.next.give_up, to: 0.7}", "{weight: 0.7, mood: -0.4}");
  expect_changed("{set: touchpoints.wish.next.eve, to: 3}", "{if: {pain: late}, unless: {goal: gift}, weight: 3}");
  expect_changed("{set: touchpoints.wish.next.give_up, to: {weight: 0.7}}", "{weight: 0.7}");
}

TEST(Set, an_optional_field_that_is_not_written) {
  expect_changed("{set: touchpoints.carol.effort, to: 2}", "2");
  expect_changed("{set: touchpoints.carol.pains, to: {late: {probability: 1}}}", "{late: {probability: 1}}");
  expect_changed("{set: touchpoints.wish.channels.post.cost, to: 2}", "2");
  expect_changed("{set: touchpoints.carol.next.eve.if, to: {goal: gift}}", "{goal: gift}");
  expect_changed("{set: personas.otto.patience, to: 3 d}", "3 d");
  expect_changed("{set: personas.otto.recommendation.bias, to: 1}", "1");
  expect_changed("{set: personas.otto.recommendation.bias, to: 1}", "{recommendation: {bias: 1}}", "personas.otto");
  expect_changed("{set: personas.otto.sensitivity.late, to: 0}", "0");  // 1 where it is not written
  expect_changed("{set: personas.otto.channels.post, to: 0.5}", "0.5");
}

TEST(Set, what_is_so_already_is_nothing) {
  for (const char* change :
       {"{set: touchpoints.wish.experience, to: {normal: {sd: 1.20, mean: 7.8}}}",
        "{set: touchpoints.eve.duration, to: 60 min}", "{set: touchpoints.carol.effort, to: 0.0}",
        "{set: touchpoints.wish.next.carol, to: 0.8}", "{set: touchpoints.wish.next.carol, to: {weight: 0.8, mood: 0}}",
        "{set: personas.otto.expectation, to: 5}", "{set: personas.otto.sensitivity.late, to: 1}",
        "{set: touchpoints.eve.importance, to: 2}", "{set: start, to: {wish: 1}}",
        "{set: touchpoints.wish.channels.dream.effort, to: 1}", "{set: recommendation, to: {}}",
        "{set: touchpoints.carol.if_given_up, to: abandoned}", "{set: touchpoints.wish.pains.wrong.severity, to: 3}"}) {
    const Applied found = on_christmas(change);
    EXPECT_EQ(found.effect, Effect::nothing) << change << " " << found.text;
    EXPECT_EQ(found.problems, "");
  }
}

TEST(Set, refuses_what_cannot_stand_there) {
  expect_refused("{set: touchpoints.whish.cost, to: 1}", "there is no touchpoint 'whish'");
  expect_refused("{set: touchpoints.wish.next.bake.weight, to: 1}", "touchpoints.wish.next has no 'bake'");
  expect_refused("{set: touchpoints.wish.pains.wrong.after, to: 1 h}",
                 "touchpoints.wish.pains.wrong.after is not written");
  expect_refused("{set: touchpoints.wish.experience.beta.mean, to: 7}",
                 "touchpoints.wish.experience is a normal, not a 'beta'");
  expect_refused("{set: touchpoints.carol.experience.normal.mean, to: 7}",
                 "touchpoints.carol.experience is the constant 6, with nothing below it");
  expect_refused("{set: touchpoints.eve.experience.discrete.5, to: 7}",
                 "the values and weights of touchpoints.eve.experience have no addresses");
  expect_refused("{set: touchpoints.wish.channels.dream.pains.wrong.probability, to: 0}",
                 "touchpoints.wish.channels.dream.pains is not written in this channel");
  expect_refused("{set: start.eve, to: 1}", "start has no 'eve'");
  expect_refused("{set: touchpoints.eve.duration, to: 4}", "touchpoints.eve.duration: the duration '4' has no unit");
  expect_refused("{set: outcomes.happy.success, to: yes}", "outcomes.happy.success must be true or false, not 'yes'");
  expect_refused("{set: format, to: sojourn/1}", "'format' is no address of the journey");
  expect_refused("{set: uncertain, to: {}}", "'uncertain' is no address of the journey");
  expect_refused("{set: personas.mia.overrides, to: []}", "'personas.mia.overrides' is no address of the journey");
  expect_refused("{set: touchpoints.wish.cost.per_visit, to: 1}", "touchpoints.wish.cost has nothing below it");
}

TEST(Set, ranges_are_looked_at_later) {
  expect_changed("{set: touchpoints.wish.pains.wrong.probability, to: 2}", "2");
  expect_changed("{set: touchpoints.wish.experience, to: {uniform: {low: 9, high: 1}}}",
                 "{uniform: {low: 9, high: 1}}");
}

TEST(Scale, numbers_and_durations) {
  expect_changed("{scale: touchpoints.wish.pains.wrong.probability, by: 0.5}", "0.015");
  expect_changed("{scale: touchpoints.wish.experience.normal.mean, by: 0.1}", "0.78");
  expect_changed("{scale: touchpoints.wish.duration.lognormal.median, by: 0.75}", "7.5 min");
  expect_changed("{scale: touchpoints.wish.duration.lognormal.sigma, by: 2}", "1");
  expect_changed("{scale: touchpoints.wish.pains.late.after, by: 0.5}", "12 d");
  expect_changed("{scale: touchpoints.eve.duration, by: 1.5}", "1.5 h");
  expect_changed("{scale: touchpoints.carol.experience, by: 1.5}", "9");
  expect_changed("{scale: start.wish, by: 3}", "3");
  expect_changed("{scale: limits.visits, by: 0.5}", "500");
  expect_changed("{scale: outcomes.happy.value, by: -1}", "-30");
}

TEST(Scale, an_edge_means_its_weight) {
  expect_changed("{scale: touchpoints.wish.next.give_up, by: 0.5}", "{weight: 0.1, mood: -0.4}");
  expect_changed("{scale: touchpoints.wish.next.eve, by: 2}", "{if: {pain: late}, unless: {goal: gift}, weight: 2}");
}

TEST(Scale, a_whole_distribution_but_not_its_sigma_and_weights) {
  expect_changed("{scale: touchpoints.wish.experience, by: 0.5}", "{normal: {mean: 3.9, sd: 0.6}}");
  expect_changed("{scale: touchpoints.wish.duration, by: 0.5}", "{lognormal: {median: 5 min, sigma: 0.5}}");
  expect_changed("{scale: personas.mia.patience, by: 2}", "{lognormal: {median: 40 d, sigma: 0.5}}");
  expect_changed("{scale: touchpoints.eve.experience, by: 0.5}", "{discrete: {2.5: 1, 3.5: 3}}");
  const Applied collapsed = on_christmas("{scale: touchpoints.eve.experience, by: 0}");
  EXPECT_EQ(collapsed.text, "{discrete: {0: 4}}");
}

TEST(Scale, a_default) {
  expect_changed("{scale: touchpoints.eve.importance, by: 1.5}", "3");           // a moment of truth
  expect_changed("{scale: touchpoints.wish.pains.wrong.severity, by: 2}", "6");  // the pain's own
  expect_changed("{scale: personas.otto.expectation, by: 1.2}", "6");            // the anchor
  expect_changed("{scale: personas.otto.recommendation.spread, by: 2}", "1.6");  // the journey's
  expect_changed("{scale: personas.otto.sensitivity.wrong, by: 1.5}", "1.5");
  expect_changed("{scale: personas.otto.loss_aversion, by: 2}", "2");
}

TEST(Scale, refuses_what_is_no_number) {
  expect_refused("{scale: outcomes.happy.label, by: 2}", "outcomes.happy.label cannot be scaled");
  expect_refused("{scale: touchpoints.wish.next, by: 2}", "touchpoints.wish.next cannot be scaled");
  expect_refused("{scale: touchpoints.wish.channels.dream.effort, by: 2}",
                 "touchpoints.wish.channels.dream.effort is not written in this channel, and cannot be scaled");
  expect_refused("{scale: personas.otto.patience, by: 2}",
                 "personas.otto.patience is not written and has no value that could be scaled");
  expect_refused("{scale: touchpoints.eve.duration, by: 2 h}", "by: '2 h' is not a number");
  expect_refused("{scale: outcomes.happy.value, by: 1e308}", "outcomes.happy.value becomes too large");
  expect_refused("{scale: touchpoints.eve.duration, by: 1e10}", "touchpoints.eve.duration becomes too large");
  expect_refused("{scale: touchpoints.wish.duration, by: 1e10}", "touchpoints.wish.duration becomes too large");
}

TEST(Scale, nothing) {
  for (const char* change :
       {"{scale: touchpoints.wish.cost, by: 1}", "{scale: touchpoints.carol.cost, by: 3}",
        "{scale: touchpoints.wish.experience, by: 1}", "{scale: touchpoints.wish.next.carol, by: 1.0}"}) {
    EXPECT_EQ(on_christmas(change).effect, Effect::nothing) << change;
  }
}

TEST(Shift, numbers_and_durations) {
  expect_changed("{shift: touchpoints.wish.experience.normal.mean, by: 0.8}", "8.6");
  expect_changed("{shift: touchpoints.wish.cost, by: -0.1}", "0.3");  // 0.30000000000000004 to a double
  expect_changed("{shift: touchpoints.wish.pains.late.after, by: -12 h}", "23.5 d");
  expect_changed("{shift: touchpoints.eve.duration, by: -20 min}", "40 min");
  expect_changed("{shift: touchpoints.carol.duration, by: 5 min}", "5 min");  // from 0
  expect_changed("{shift: touchpoints.carol.experience, by: 1}", "7");
  expect_changed("{shift: touchpoints.wish.next.give_up, by: 0.3}", "{weight: 0.5, mood: -0.4}");
  expect_changed("{shift: touchpoints.wish.next.carol.mood, by: 0.1}", "0.1");
}

TEST(Shift, a_third_keeps_its_last_bits) {
  const std::string journey = tests::with(tests::christmas, "cost: 0.4", "cost: 0.3333333333333333");
  EXPECT_EQ(apply_to(journey, "{scale: touchpoints.wish.cost, by: 2}").text, "0.6666666666666666");
}

TEST(Shift, refuses_what_is_no_number) {
  expect_refused("{shift: touchpoints.wish.experience, by: 1}", "touchpoints.wish.experience cannot be shifted");
  expect_refused("{shift: touchpoints.eve.duration, by: 5}", "by: the duration '5' has no unit");
  expect_refused("{shift: touchpoints.wish.cost, by: 5 min}", "by: '5 min' is not a number");
}

TEST(Add, whatever_is_an_entry) {
  expect_changed("{add: touchpoints.chat, as: {experience: 7, next: {eve: 1}}}",
                 "{experience: 7, next: {eve: {weight: 1}}}");
  expect_changed("{add: personas.anna, as: {share: 2}}", "{share: 2}");
  expect_changed("{add: pains.rain, as: {severity: 1}}", "{severity: 1}");
  expect_changed("{add: goals.calm, as: {}}", "{}");
  expect_changed("{add: outcomes.sad, as: {}}", "{}");
  expect_changed("{add: outcomes.abandoned, as: {value: -5}}", "{value: -5}");
  expect_changed("{add: touchpoints.wish.channels.email, as: {share: 2}}", "{share: 2}");
  expect_changed("{add: touchpoints.wish.next.happy, as: 0.3}", "{weight: 0.3}");
  expect_changed("{add: touchpoints.carol.pains.late, as: {probability: 0.1}}", "{probability: 0.1}");  // the map too
  expect_changed("{add: touchpoints.wish.channels.post.pains.late, as: {probability: 0.1}}", "{probability: 0.1}");
  expect_changed("{add: start.eve, as: 2}", "2");
  expect_changed("{add: personas.otto.goals.gift, as: {importance: 1}}", "{importance: 1}");
  expect_changed("{add: targets.success, as: 0.9}", "0.9");
  expect_changed("{add: targets.touchpoints.wish.reach, as: 0.9}", "0.9");
}

TEST(Add, refuses) {
  expect_refused("{add: touchpoints.wish, as: {experience: 7, next: {eve: 1}}}", "touchpoints.wish exists already");
  expect_refused("{add: touchpoints.wish.next.carol, as: 1}", "touchpoints.wish.next.carol exists already");
  expect_refused("{add: touchpoints.carol.effort, as: 1}", "'touchpoints.carol.effort' cannot be added");
  expect_refused("{add: touchpoints.wish.channels.dream.pains.late, as: {probability: 1}}",
                 "touchpoints.wish.channels.dream.pains is not written in this channel");
  expect_refused("{add: pains.Rain, as: {severity: 1}}", "'Rain' is not an id");
  expect_refused("{add: pains.rain, as: {}}", "pains.rain lacks 'severity'");
  expect_refused("{add: weather, as: {}}", "'weather' cannot be added");
  EXPECT_EQ(on_christmas("{add: personas.otto.sensitivity.late, as: 1}").effect, Effect::nothing);
}

TEST(Add, the_first_channel_is_warned_of) {
  const Applied first = on_christmas("{add: touchpoints.carol.channels.tv, as: {}}");
  EXPECT_EQ(first.effect, Effect::changed);
  EXPECT_EQ(first.problems, "the first channel of touchpoints.carol replaces its plain way\n");
}

TEST(Change, marks_stand_in_the_file_of_the_change) {
  Tree tree = tests::journey_of(tests::christmas).tree;
  Diagnostics problems;
  const ScenarioFile scenario =
      tests::scenario_of({"{scale: touchpoints.wish.experience, by: 0.5}", "{set: start, to: eve}"});
  for (const Change& change : scenario.changes) apply(change, tree, problems);
  const Tree& mean = *find(tree, "touchpoints.wish.experience.normal.mean").tree;
  EXPECT_EQ(mean.mark.source, scenario.changes[0].mark.source);
  EXPECT_EQ(mean.mark.line, 2u);
  EXPECT_EQ(mean.mark.column, 46u);  // of the factor
  EXPECT_EQ(tree.find("start")->mark.line, 3u);
  EXPECT_NE(find(tree, "touchpoints.wish.cost").tree->mark.source, scenario.changes[0].mark.source);
}

TEST(Change, of_edges_side_by_side) {
  const std::string journey =
      tests::with(tests::christmas, "next: {eve: 1}", "next: {eve: [{weight: 1}, {weight: 2, mood: 1}]}");
  EXPECT_EQ(apply_to(journey, "{scale: touchpoints.carol.next.eve, by: 3}").text,
            "[{weight: 3}, {weight: 2, mood: 1}]");
  EXPECT_EQ(apply_to(journey, "{set: touchpoints.carol.next.eve.1.weight, to: 5}", "touchpoints.carol.next.eve").text,
            "[{weight: 1}, {weight: 5, mood: 1}]");
  EXPECT_EQ(apply_to(journey, "{set: touchpoints.carol.next.eve.2.weight, to: 5}").problems,
            "touchpoints.carol.next.eve has no edge number 2\n");
  EXPECT_EQ(apply_to(journey, "{remove: touchpoints.carol.next.eve.1}", "touchpoints.carol.next.eve").text,
            "{weight: 1}");
  EXPECT_EQ(apply_to(journey, "{set: touchpoints.carol.next.eve, to: {weight: 5}}").text, "{weight: 5}");
  const Journey typed = typed_journey(tests::journey_of(journey).tree);
  EXPECT_EQ(typed.touchpoints.at(1).way.next.size(), 2u);
}

}  // namespace
}  // namespace sojourn::models
