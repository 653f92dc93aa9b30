#include "models/change/differences.h"
#include "tests/models/journey/sample.h"

namespace sojourn::models {
namespace {

tests::Lines lines(const Tree& base, const Tree& changed) {
  tests::Lines result;
  for (const Difference& one : differences(base, changed)) {
    result.push_back(one.address + ": " + one.before + " -> " + one.after);
  }
  return result;
}

tests::Lines of_changes(const std::vector<std::string>& changes) {
  const JourneyFile journey = tests::journey_of(tests::christmas);
  const Case base = build_case(journey, {});
  const Case changed = tests::case_of(journey, changes);
  return lines(base.trees.back(), changed.trees.back());  // otto's, who has no overrides
}

TEST(Differences, none) { EXPECT_EQ(of_changes({}), tests::Lines{}); }

TEST(Differences, address_by_address_in_the_order_of_the_file) {
  EXPECT_EQ(
      of_changes({"{shift: touchpoints.wish.experience.normal.mean, by: 0.8}",
                  "{set: touchpoints.eve.duration, to: {lognormal: {median: 4 h, sigma: 0.5}}}",
                  "{set: touchpoints.carol.effort, to: 2}", "{add: pains.rain, as: {severity: 1}}",
                  "{scale: touchpoints.eve.importance, by: 2}", "{remove: touchpoints.wish.fulfils.gift}",
                  "{set: satisfaction.memory.end, to: 0.5}", "{set: personas.otto.sensitivity.late, to: 2}"}),
      (tests::Lines{"personas.otto.sensitivity.late: 1 -> 2", "pains.rain:  -> {severity: 1}",
                    "touchpoints.wish.experience.normal.mean: 7.8 -> 8.6", "touchpoints.wish.fulfils.gift: 0.1 -> ",
                    "touchpoints.carol.effort: 0 -> 2", "touchpoints.eve.importance: 2 -> 4",
                    "touchpoints.eve.duration: 1 h -> {lognormal: {median: 4 h, sigma: 0.5}}",
                    "satisfaction.memory.end: 0.25 -> 0.5"}));
}

TEST(Differences, what_means_the_same_does_not_differ) {
  const Tree base = tests::journey_of(tests::christmas).tree;
  std::string text(tests::christmas);
  text = tests::with(text, "duration: 1 h", "duration: 60 min");
  text = tests::with(text, "  otto: {}", "  otto: {share: 1.0, learning: 0, sensitivity: {late: 1}}");
  text = tests::with(text, "recommendation: {bias: 0, spread: 0.8}\n", "");
  text = tests::with(text, "carol: 0.8", "carol: {mood: 0, weight: 8e-1}");
  EXPECT_EQ(lines(base, tests::journey_of(text).tree), tests::Lines{});
}

TEST(Differences, what_channels_take_from_their_touchpoint) {
  EXPECT_EQ(
      of_changes({"{set: touchpoints.wish.channels.dream.cost, to: 2}", "{remove: touchpoints.wish.channels.social}"}),
      (tests::Lines{"personas.mia.channels.social: 0.2 -> 1", "touchpoints.wish.channels.dream.cost: 0.4 -> 2",
                    "touchpoints.wish.channels.social: {} -> "}));
}

}  // namespace
}  // namespace sojourn::models
