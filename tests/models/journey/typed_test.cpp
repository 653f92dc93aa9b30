// The typed journey of a file: every field of the design with the value that it says, and every default.

#include "models/journey/defaults.h"
#include "models/journey/fields.h"
#include "models/journey/values.h"
#include "tests/models/journey/sample.h"

#include <cmath>

namespace sojourn::models {
namespace {

using Family = Distribution::Family;

Distribution shape(Family family, double a, double b = 0, double c = 0) { return {family, a, b, c, {}}; }

constexpr double minute = 60e3;
constexpr double hour = 3600e3;
constexpr double day = 86400e3;

Journey christmas() { return typed_journey(tests::journey_of(tests::christmas).tree); }

TEST(Typed, a_persona) {
  const Journey journey = christmas();
  ASSERT_EQ(journey.personas.size(), 2u);
  const Persona& mia = journey.personas[0];
  EXPECT_EQ(mia.id, "mia");
  EXPECT_EQ(mia.name, "Mia, 6");
  EXPECT_EQ(mia.quote, "Is it Christmas yet?");
  EXPECT_EQ(mia.empathy, (std::map<std::string, std::string>{{"thinks", "Soon"},
                                                             {"feels", "Joy"},
                                                             {"says", "Hi"},
                                                             {"does", "Waits"},
                                                             {"pains", "Nothing"},
                                                             {"gains", "Gifts"}}));
  EXPECT_EQ(mia.share, 0.55);
  EXPECT_EQ(mia.goals, (std::vector<std::pair<std::string, double>>{{"gift", 2.5}}));
  EXPECT_EQ(mia.expectation, shape(Family::normal, 7.5, 1));
  EXPECT_EQ(mia.learning, 0.2);
  EXPECT_EQ(mia.loss_aversion, 2);
  EXPECT_EQ(mia.patience_ms, shape(Family::lognormal, 20 * day, 0.5));
  EXPECT_EQ(mia.sensitivity, (std::map<std::string, double>{{"late", 1.5}}));
  EXPECT_EQ(mia.channels, (std::map<std::string, double>{{"post", 1}, {"dream", 2}, {"social", 0.2}}));
  EXPECT_EQ(mia.recommendation.bias, 0.2);
  EXPECT_EQ(mia.recommendation.spread, 0.8);  // the journey's
}

TEST(Typed, defaults_of_a_persona) {
  Persona expected;
  expected.id = expected.name = "otto";
  expected.share = 1;
  expected.expectation = shape(Family::constant, 5);
  EXPECT_EQ(christmas().personas[1], expected);
  EXPECT_EQ(typed_journey(tests::journey_of(tests::with(tests::christmas, "anchor: 5", "anchor: 6")).tree)
                .personas[1]
                .expectation,
            shape(Family::constant, 6));
}

TEST(Typed, a_touchpoint_and_what_its_channels_take_from_it) {
  const Touchpoint wish = christmas().touchpoints.at(0);
  EXPECT_EQ(wish.id, "wish");
  EXPECT_EQ(wish.label, "Send the wish list");
  EXPECT_EQ(wish.stage, "Wish");
  EXPECT_EQ(wish.importance, 1);
  EXPECT_FALSE(wish.moment_of_truth);

  Way way;
  way.experience = shape(Family::normal, 7.8, 1.2);
  way.duration_ms = shape(Family::lognormal, 10 * minute, 0.5);
  way.effort = 1;
  way.cost = 0.4;
  way.pains = {{.pain = "wrong", .probability = 0.03, .after_ms = {}, .severity = 3},
               {.pain = "late", .probability = {}, .after_ms = 24 * 86400000LL, .severity = 5}};
  way.resolves = {{.pain = "late", .probability = 0.5, .lift = 1}};
  way.fulfils = {{.goal = "gift", .probability = 0.1}};
  way.if_given_up = "abandoned";
  way.next = {{.to = "carol", .weight = 0.8, .mood = 0, .if_ = {}, .unless = {}},
              {.to = "give_up", .weight = 0.2, .mood = -0.4, .if_ = {}, .unless = {}},
              {.to = "eve",
               .weight = 1,
               .mood = 0,
               .if_ = Guard{Guard::Kind::pain, "late"},
               .unless = Guard{Guard::Kind::goal, "gift"}}};
  EXPECT_EQ(wish.way, way);

  ASSERT_EQ(wish.channels.size(), 3u);
  Way post = way;
  post.duration_ms = shape(Family::lognormal, 3 * day, 0.4);
  post.pains.clear();  // written as {}
  EXPECT_EQ(wish.channels[0], (Channel{"post", "post", 3, post}));
  Way dream = way;
  dream.experience = shape(Family::normal, 9, 0.5);
  EXPECT_EQ(wish.channels[1], (Channel{"dream", "dream", 1, dream}));
  EXPECT_EQ(wish.channels[2], (Channel{"social", "social", 1, way}));
}

TEST(Typed, defaults_of_a_touchpoint) {
  const Journey journey = christmas();
  Touchpoint carol;
  carol.id = carol.label = "carol";
  carol.way.experience = shape(Family::constant, 6);
  carol.way.next = {{.to = "eve", .weight = 1, .mood = 0, .if_ = {}, .unless = {}}};
  EXPECT_EQ(journey.touchpoints.at(1), carol);
  EXPECT_EQ(carol.importance, 1);
  EXPECT_EQ(carol.way.duration_ms, shape(Family::constant, 0));
}

TEST(Typed, a_moment_of_truth_has_importance_2_unless_it_says_otherwise) {
  EXPECT_EQ(christmas().touchpoints.at(2).importance, 2);
  EXPECT_TRUE(christmas().touchpoints.at(2).moment_of_truth);
  const std::string text =
      tests::with(tests::christmas, "moment_of_truth: true", "moment_of_truth: true\n    importance: 1.5");
  EXPECT_EQ(typed_journey(tests::journey_of(text).tree).touchpoints.at(2).importance, 1.5);
}

TEST(Typed, the_rest_of_the_file) {
  const Journey journey = christmas();
  EXPECT_EQ(journey.title, "Santa's Christmas service");
  EXPECT_EQ(journey.about, "From the wish list to the exchange of a jumper that does not fit.");
  EXPECT_EQ(journey.money, "EUR");
  EXPECT_EQ(journey.pains,
            (std::vector<Pain>{{"late", "Gift comes late", 4, true, 1.5}, {"wrong", "Wrong gift", 3, true, 1}}));
  EXPECT_EQ(journey.goals, (std::vector<Goal>{{"gift", "The wished-for gift under the tree"}}));
  EXPECT_EQ(journey.start, (std::vector<std::pair<std::string, double>>{{"wish", 1}}));
  EXPECT_EQ(journey.outcomes, (std::vector<Outcome>{{"happy", "Delighted", true, 30},
                                                    {"give_up", "Gave up", false, 0},
                                                    {"abandoned", "abandoned", false, 0}}));
  EXPECT_EQ(journey.satisfaction, Satisfaction{});
  EXPECT_EQ(journey.recommendation, Recommendation{});
  EXPECT_EQ(journey.targets, (std::map<std::string, double>{{"nps", 60}, {"touchpoints.eve.satisfaction", 7.5}}));
  EXPECT_EQ(journey.visit_limit, 1000u);
}

TEST(Typed, abandoned_may_be_written) {
  const Journey journey = typed_journey(
      tests::journey_of(tests::with(tests::least, "{done: {}}", "{done: {}, abandoned: {value: -4}}")).tree);
  EXPECT_EQ(journey.outcomes,
            (std::vector<Outcome>{{"done", "done", false, 0}, {"abandoned", "abandoned", false, -4}}));
}

TEST(Typed, thresholds_and_a_persona_without_the_journeys) {
  const std::string text =
      tests::with(tests::with(tests::least, "anna: {}", "anna: {recommendation: {spread: 2}}"),
                  "start:", "recommendation: {bias: 1, thresholds: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]}\nstart:");
  const Journey journey = typed_journey(tests::journey_of(text).tree);
  EXPECT_EQ(journey.personas[0].recommendation, (Recommendation{1, 2, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}}));
  EXPECT_EQ(journey.recommendation, (Recommendation{1, 0.8, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}}));
}

/// The two places where defaults stand, the field table and journey.h, say the same.
TEST(Typed, defaults_written_out_change_nothing) {
  for (const std::string_view text : {tests::christmas, tests::least}) {
    const Tree tree = tests::journey_of(text).tree;
    EXPECT_EQ(typed_journey(with_defaults(tree)), typed_journey(tree));
  }
}

Distribution points(std::string_view text) {
  return typed_distribution(*tests::tree_of("d: " + std::string(text)).find("d"), Quantity::points);
}

Distribution times(std::string_view text) {
  return typed_distribution(*tests::tree_of("d: " + std::string(text)).find("d"), Quantity::time);
}

TEST(TypedDistribution, every_family) {
  EXPECT_EQ(points("7"), shape(Family::constant, 7));
  EXPECT_EQ(points("{normal: {mean: 7, sd: 1}}"), shape(Family::normal, 7, 1));
  EXPECT_EQ(points("{lognormal: {median: 7, sigma: 0.5}}"), shape(Family::lognormal, 7, 0.5));
  EXPECT_EQ(times("{exponential: {mean: 2 h}}"), shape(Family::exponential, 2 * hour));
  EXPECT_EQ(times("{gamma: {mean: 2 h, sd: 30 min}}"), shape(Family::gamma, 2 * hour, hour / 2));
  EXPECT_EQ(times("{uniform: {low: 0, high: 1 d}}"), shape(Family::uniform, 0, day));
  EXPECT_EQ(times("{triangular: {low: 1 min, mode: 2 min, high: 5 min}}"),
            shape(Family::triangular, minute, 2 * minute, 5 * minute));
  EXPECT_EQ(points("{beta: {mean: 8, sd: 1}}"), shape(Family::beta, 8, 1));
}

TEST(TypedDistribution, a_lognormal_by_mean_and_sd) {
  const Distribution found = times("{lognormal: {mean: 40 min, sd: 30 min}}");
  EXPECT_EQ(found.family, Family::lognormal);
  EXPECT_DOUBLE_EQ(found.b * found.b, std::log(1 + 0.75 * 0.75));
  EXPECT_DOUBLE_EQ(found.a * std::exp(found.b * found.b / 2), 40 * minute);  // the mean of a lognormal
  const Distribution slight = points("{lognormal: {mean: 8, sd: 0.0001}}");
  EXPECT_DOUBLE_EQ(slight.b, 0.0001 / 8 * std::sqrt(std::log1p(1.5625e-10) / 1.5625e-10));
}

TEST(TypedDistribution, a_width_of_0_is_a_constant) {
  for (const char* text :
       {"{normal: {mean: 7, sd: 0}}", "{lognormal: {median: 7, sigma: 0}}", "{lognormal: {mean: 7, sd: 0}}",
        "{gamma: {mean: 7, sd: 0}}", "{uniform: {low: 7, high: 7}}", "{beta: {mean: 7, sd: 0}}",
        "{triangular: {low: 7, mode: 7, high: 7}}", "{discrete: {7: 2}}", "{discrete: {6: 0, 7: 2}}"}) {
    EXPECT_EQ(points(text), shape(Family::constant, 7)) << text;
  }
  EXPECT_EQ(times("{exponential: {mean: 0}}"), shape(Family::constant, 0));
  EXPECT_EQ(times("{gamma: {mean: 0, sd: 0}}"), shape(Family::constant, 0));
}

TEST(TypedDistribution, discrete_values_rise) {
  Distribution expected;
  expected.family = Family::discrete;
  expected.points = {{-2, 0.5}, {5, 1}, {30, 2}};
  EXPECT_EQ(points("{discrete: {30: 2, 5: 1, -2: 0.5}}"), expected);
  expected.points = {{5 * minute, 3}, {hour, 1}};
  EXPECT_EQ(times("{discrete: {1 h: 1, 5 min: 3}}"), expected);
}

}  // namespace
}  // namespace sojourn::models
