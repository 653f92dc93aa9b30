#include "models/journey/address.h"
#include "models/journey/write.h"
#include "tests/models/journey/sample.h"

#include <cmath>

namespace sojourn::models {
namespace {

using State = Place::State;

Place on_christmas(std::string_view address) {
  static const JourneyFile journey = tests::journey_of(tests::christmas);  // which the place points into
  return find(journey.tree, address);
}

TEST(Address, leads_to_what_is_written) {
  const Place weight = on_christmas("touchpoints.wish.next.give_up.weight");
  EXPECT_EQ(weight.state, State::written);
  EXPECT_EQ(weight.tree->scalar, "0.2");
  EXPECT_EQ(weight.field->key, "weight");
  EXPECT_EQ(weight.type->kind, Kind::number);
  EXPECT_EQ(weight.type->range.low, 0);

  EXPECT_EQ(on_christmas("start.wish").tree->scalar, "1");
  EXPECT_EQ(on_christmas("targets.touchpoints.eve.satisfaction").tree->scalar, "7.5");
  EXPECT_EQ(on_christmas("touchpoints.eve.experience").type->kind, Kind::distribution);
  EXPECT_EQ(on_christmas("touchpoints.wish.duration.lognormal.median").type->kind, Kind::duration);
  EXPECT_EQ(on_christmas("touchpoints.wish.duration.lognormal.sigma").type->kind, Kind::number);
  EXPECT_EQ(on_christmas("touchpoints.wish.channels.dream.experience.normal.sd").tree->scalar, "0.5");
  EXPECT_EQ(on_christmas("personas.mia.empathy.thinks").tree->scalar, "Soon");
  EXPECT_EQ(on_christmas("touchpoints").tree->entries.size(), 3u);
}

TEST(Address, leads_to_defaults) {
  struct Standing {
    std::string_view address;
    std::string_view value;
  };
  for (const Standing& expected :
       std::initializer_list<Standing>{{"touchpoints.carol.effort", "0"},
                                       {"touchpoints.carol.duration", "0 ms"},
                                       {"touchpoints.eve.importance", "2"},
                                       {"touchpoints.carol.importance", "1"},
                                       {"touchpoints.carol.if_given_up", "abandoned"},
                                       {"touchpoints.wish.pains.wrong.severity", "3"},
                                       {"touchpoints.wish.next.carol.mood", "0"},
                                       {"personas.otto.expectation", "5"},
                                       {"personas.otto.recommendation.spread", "0.8"},
                                       {"personas.otto.sensitivity.late", "1"},
                                       {"personas.otto.channels.dream", "1"},
                                       {"outcomes.give_up.value", "0"},
                                       {"goals.gift.label", "The wished-for gift under the tree"}}) {
    const Place place = on_christmas(expected.address);
    EXPECT_EQ(place.tree ? place.tree->scalar : place.value.scalar, expected.value) << expected.address;
    EXPECT_NE(place.state, State::missing);
  }
  const Place in_channel = on_christmas("touchpoints.wish.channels.social.cost");
  EXPECT_EQ(in_channel.state, State::defaulted);
  EXPECT_TRUE(in_channel.in_channel);
  EXPECT_EQ(in_channel.value.scalar, "0.4");
  EXPECT_EQ(on_christmas("personas.otto.patience").state, State::unwritten);
  EXPECT_EQ(on_christmas("touchpoints.carol.stage").state, State::unwritten);
}

TEST(Address, missing_ones_say_what_is_near) {
  struct Miss {
    std::string_view address, problem, suggestion;
  };
  for (const Miss& miss : std::initializer_list<Miss>{
           {"touchpoint.wish", "the journey has no 'touchpoint'", "Did you mean 'touchpoints'?"},
           {"touchpoints.whish.cost", "there is no touchpoint 'whish'", "Did you mean 'wish'?"},
           {"touchpoints.wish.nxt", "touchpoints.wish has no 'nxt'", "Did you mean 'next'?"},
           {"touchpoints.wish.next.nowhere", "touchpoints.wish.next has no 'nowhere'",
            "There are carol, give_up and eve"},
           {"touchpoints.wish.experience.mean", "touchpoints.wish.experience is a normal, not a 'mean'",
            "Set touchpoints.wish.experience whole, or write touchpoints.wish.experience.normal"},
           {"touchpoints.wish.experience.normal", "'touchpoints.wish.experience.normal' ends before a parameter",
            "Set touchpoints.wish.experience whole"},
           {"personas.mia.channels.pst", "personas.mia.channels has no 'pst'", "Did you mean 'post'?"},
           {"targets.npsx", "targets has no 'npsx'", "Did you mean 'nps'?"},
           {"touchpoints.wish.pains.late.probability", "touchpoints.wish.pains.late.probability is not written",
            "Set touchpoints.wish.pains.late whole"},
           {"", "an address is empty", ""}}) {
    const Place place = on_christmas(miss.address);
    EXPECT_EQ(place.state, State::missing) << miss.address;
    EXPECT_EQ(place.problem, miss.problem);
    EXPECT_EQ(place.suggestion, miss.suggestion) << miss.address;
  }
}

TEST(Address, is_created_with_the_maps_above_it) {
  Tree tree = tests::journey_of(tests::least).tree;
  const Mark mark{nullptr, 7, 3, 1};
  create(tree, "satisfaction.memory.peak", mark).scalar = "1";
  EXPECT_EQ(tree.find("satisfaction")->find("memory")->mark.line, 7u);
  Tree& target = create(tree, "targets.touchpoints.shop.reach", mark);
  target.kind = Tree::Kind::scalar;
  target.scalar = "0.5";
  EXPECT_EQ(to_yaml_line(*tree.find("targets")), "{touchpoints.shop.reach: 0.5}");
  erase(tree, "targets.touchpoints.shop.reach");
  EXPECT_EQ(to_yaml_line(*tree.find("targets")), "{}");
  erase(tree, "touchpoints.nowhere.cost");
}

TEST(Numbers, every_one_of_a_journey) {
  const Tree tree = tests::journey_of(R"(personas:
  anna: {share: 2, expectation: {normal: {mean: 7, sd: 1}}, goals: {bread: {importance: 2}}, sensitivity: {queue: 3}}
pains: {queue: {severity: 1}}
goals: {bread: {}}
touchpoints:
  shop:
    experience: 7
    duration: {triangular: {low: 1 min, mode: 2 min, high: 1 h}}
    pains: {queue: {after: 1 h}}
    fulfils: {bread: 0.5}
    next: {done: {mood: 0.5}, shop: [{weight: 1}, {weight: 2}]}
start: shop
outcomes: {done: {value: 3}}
recommendation: {thresholds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}
limits: {visits: 10}
targets: {nps: 3}
uncertain: {outcomes.done.value: {uniform: {low: 0, high: 1}}}
)")
                        .tree;
  tests::Lines lines;
  for (const Number& number : every_number(tree)) {
    lines.push_back(number.address + " = " + std::to_string(std::lround(number.value * 10)));
  }
  EXPECT_EQ(lines, (tests::Lines{"personas.anna.share = 20",
                                 "personas.anna.expectation.normal.mean = 70",
                                 "personas.anna.expectation.normal.sd = 10",
                                 "personas.anna.goals.bread.importance = 20",
                                 "personas.anna.sensitivity.queue = 30",
                                 "pains.queue.severity = 10",
                                 "touchpoints.shop.experience = 70",
                                 "touchpoints.shop.duration.triangular.low = 600000",
                                 "touchpoints.shop.duration.triangular.mode = 1200000",
                                 "touchpoints.shop.duration.triangular.high = 36000000",
                                 "touchpoints.shop.pains.queue.after = 36000000",
                                 "touchpoints.shop.fulfils.bread = 5",
                                 "touchpoints.shop.next.done.mood = 5",
                                 "touchpoints.shop.next.shop.weight = 10",
                                 "touchpoints.shop.next.shop.1.weight = 20",
                                 "start.shop = 10",
                                 "outcomes.done.value = 30",
                                 "recommendation.thresholds.0 = 0",
                                 "recommendation.thresholds.1 = 10",
                                 "recommendation.thresholds.2 = 20",
                                 "recommendation.thresholds.3 = 30",
                                 "recommendation.thresholds.4 = 40",
                                 "recommendation.thresholds.5 = 50",
                                 "recommendation.thresholds.6 = 60",
                                 "recommendation.thresholds.7 = 70",
                                 "recommendation.thresholds.8 = 80",
                                 "recommendation.thresholds.9 = 90"}));
}

TEST(Numbers, each_is_found_and_set_by_its_address) {
  for (const std::string_view text : {tests::christmas, tests::least}) {
    const Tree tree = tests::journey_of(text).tree;
    const std::vector<Number> numbers = every_number(tree, Unwritten::include);
    EXPECT_GT(numbers.size(), 20u);
    for (const Number& number : numbers) {
      const Place place = find(tree, number.address);
      EXPECT_EQ(place.state, number.written ? State::written : State::defaulted) << number.address;
      Tree changed = tree;
      // Bits that no rounding may touch.
      set_number(changed, number.address, number.value / 3 + 0.1);
      const std::vector<Number> now = every_number(changed);
      const auto found = std::ranges::find(now, number.address, &Number::address);
      ASSERT_NE(found, now.end()) << number.address;
      EXPECT_EQ(found->value, number.value / 3 + 0.1) << number.address;
    }
  }
}

}  // namespace
}  // namespace sojourn::models
