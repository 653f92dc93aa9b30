#include "models/survey/transitions.h"

#include "engine/random/luck.h"
#include "tests/models/survey/small_journey.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace sojourn::models {
namespace {

/// Cases like "browse pay / bought" or "zoe: browse pay".
EventLog log_of(const std::vector<std::string>& cases) {
  EventCollector collector;
  std::int64_t time = 0;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    std::string text = cases[i], persona, outcome;
    if (const auto colon = text.find(": "); colon != std::string::npos) {
      persona = text.substr(0, colon);
      text = text.substr(colon + 2);
    }
    if (const auto slash = text.find(" / "); slash != std::string::npos) {
      outcome = text.substr(slash + 3);
      text = text.substr(0, slash);
    }
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      const std::string activity = text.substr(at, end - at), id = "case " + std::to_string(i);
      EventRow row;
      row.case_id = id;
      row.activity = activity;
      row.time_ms = ++time;
      row.persona = persona;
      row.outcome = outcome;
      collector.add(row);
      at = end + 1;
    }
  }
  return collector.finish();
}

const Source kLog = std::make_shared<const SourceText>(SourceText{"log.csv", {}});

Transitions count(const std::vector<std::string>& cases, const std::string& journey = tests::kSmallJourney,
                  const Mapping& mapping = {}) {
  return count_transitions(log_of(cases), kLog, tests::journey_file(journey), mapping);
}

/// "ask 1, pay 3, ends 2".
std::string text_of(const Choice& choice) {
  std::string text;
  for (const CountedWay& way : choice.ways) text += way.to + " " + std::to_string(static_cast<int>(way.count)) + ", ";
  return text + "ends " + std::to_string(static_cast<int>(choice.ends));
}

TEST(Transitions, are_counted_along_the_ways) {
  const Transitions to = count({"browse ask pay / bought", "Browse TILL / Left", "browse pay browse pay",
                                "browse pay / sold", "ask ask pay / bought", "browse"});
  ASSERT_EQ(to.choices.size(), 4U);
  EXPECT_EQ(to.choices[0].address, "start");
  EXPECT_EQ(text_of(to.choices[0]), "browse 5, ends 0");
  EXPECT_EQ(text_of(to.choices[1]), "ask 1, pay 4, ends 0");
  EXPECT_EQ(text_of(to.choices[2]), "pay 2, ends 0");
  EXPECT_EQ(text_of(to.choices[3]), "bought 2, left 1, browse 1, ends 2");
  EXPECT_EQ(to.choices[1].ways[0].address, "touchpoints.browse.next.ask.weight");
  EXPECT_DOUBLE_EQ(to.choices[1].ways[0].present, 0.25);
  ASSERT_EQ(to.strays.size(), 3U);
  EXPECT_EQ(to.strays[0].from + to.strays[0].to, "askask");
  EXPECT_FALSE(to.strays[0].may_be_given_up);
  EXPECT_EQ(to.strays[1].from + to.strays[1].to, "browseend");
  EXPECT_TRUE(to.strays[1].may_be_given_up);
  EXPECT_EQ(to.strays[2].from + to.strays[2].to, "startask");
  ASSERT_EQ(to.other_outcomes.size(), 1U);
  EXPECT_EQ(to.other_outcomes[0].first, "sold");
  EXPECT_EQ(to.steps, 15U + 6U);
  double counted = 0;
  for (const Choice& choice : to.choices) {
    counted += choice.ends;
    for (const CountedWay& way : choice.ways) counted += way.count;
  }
  for (const Stray& stray : to.strays) counted += static_cast<double>(stray.count);
  EXPECT_EQ(counted, static_cast<double>(to.steps));
}

TEST(Transitions, unknown_activities_are_told_once) {
  try {
    count({"browse paay", "brows pay", "browse paay"});
    FAIL();
  } catch (const InputError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("no touchpoint of the journey is called 'paay' (2 rows), 'brows' (1 row)"), std::string::npos)
        << text;
    EXPECT_NE(text.find("'paay' may be 'pay'"), std::string::npos) << text;
    EXPECT_EQ(error.diagnostics().error_count(), 1U);
  }
  Mapping mapping;
  mapping.values["touchpoint"] = {{"paay", "pay", {}}, {"brows", "browse", {}}};
  EXPECT_EQ(text_of(count({"browse paay", "brows pay"}, tests::kSmallJourney, mapping).choices[1]),
            "ask 0, pay 2, ends 0");
}

constexpr const char* kGuarded = R"(journey: Guards
personas: {mia: {}}
pains: {late: {severity: 1, lasting: true}}
touchpoints:
  a: {experience: 6, pains: {late: {probability: 0.1}}, next: {b: {weight: 1, if: {pain: late}}, c: {weight: 1, unless: {pain: late}}}}
  b: {experience: 6, next: {c: {weight: 1, mood: 0.5}, done: 1}}
  c: {experience: 6, channels: {x: {}, y: {next: {b: 1}}}, next: {done: 1, b: 0, a: 1}}
start: a
outcomes: {done: {}}
)";

TEST(Transitions, choices_that_a_log_does_not_show_are_not_used) {
  const Transitions to = count({"a b c a c b / done"}, kGuarded);
  EXPECT_EQ(to.choices[0].not_used, NotUsed::no);
  EXPECT_EQ(to.choices[1].not_used, NotUsed::mood_or_guard);
  EXPECT_EQ(to.choices[2].not_used, NotUsed::mood_or_guard);
  EXPECT_EQ(to.choices[3].not_used, NotUsed::channels);
  EXPECT_EQ(text_of(to.choices[1]), "b 1, c 1, ends 0");
  EXPECT_EQ(text_of(to.choices[3]), "done 0, a 1, ends 0");  // b is closed
  EXPECT_EQ(to.strays.size(), 1U);
  EXPECT_EQ(reason_of(NotUsed::mood_or_guard), "this choice depends on the mood or a guard");
}

TEST(Transitions, personas_with_ways_of_their_own_count_apart) {
  std::string journey = tests::kSmallJourney;
  journey.replace(journey.find("share: 1}"), 9,
                  "share: 1, overrides: [{set: touchpoints.browse.next.ask.weight, to: 9}]}");
  const Transitions to =
      count({"mia: browse ask pay / bought", "zoe: browse ask pay / left", "browse pay / left"}, journey);
  EXPECT_EQ(text_of(to.choices[1]), "ask 1, pay 0, ends 0");
  EXPECT_EQ(to.choices[1].own_ways, 2);
  EXPECT_EQ(text_of(to.choices[3]), "bought 1, left 2, browse 0, ends 0");
  EXPECT_THROW(count({"anna: browse pay"}, journey), InputError);
  EXPECT_NO_THROW(count({"anna: browse pay"}));  // it does not matter whose step it is
}

Choice choice_of(std::vector<CountedWay> ways, double ends) {
  Choice choice;
  choice.address = "touchpoints.x.next";
  choice.ways = std::move(ways);
  choice.ends = ends;
  return choice;
}

TEST(Transitions, the_mean_is_a_dirichlets) {
  // (2 p + n) / (2 + 8)
  const Choice choice =
      choice_of({{"a", "a", false, 0.5, 3}, {"b", "b", false, 0.25, 5}, {"c", "c", true, 0.25, 0}}, 0);
  const std::vector<double> mean = posterior_mean(choice, 2);
  EXPECT_NEAR(mean[0], 0.4, 1e-15);
  EXPECT_NEAR(mean[1], 0.55, 1e-15);
  EXPECT_NEAR(mean[2], 0.05, 1e-15);
}

TEST(Transitions, ends_nobody_says_how_are_shared_as_is_known) {
  // Outcomes: (2 0.5 + 3) + 6 of 2 + 2 + 3 + 6 together, shared as 2 0.375 + 3 and 2 0.125.
  const Choice choice =
      choice_of({{"a", "a", false, 0.5, 2}, {"b", "b", true, 0.375, 3}, {"c", "c", true, 0.125, 0}}, 6);
  const std::vector<double> mean = posterior_mean(choice, 2);
  EXPECT_NEAR(mean[0], 3.0 / 13, 1e-15);
  EXPECT_NEAR(mean[1], 10.0 / 13 * 3.75 / 4, 1e-15);
  EXPECT_NEAR(mean[2], 10.0 / 13 * 0.25 / 4, 1e-15);
}

struct Moments {
  std::vector<double> mean, variance;
};

Moments moments_of(const Choice& choice, double concentration, int draws) {
  Moments to{std::vector<double>(choice.ways.size()), std::vector<double>(choice.ways.size())};
  std::vector<double> squares(choice.ways.size());
  for (int draw = 0; draw < draws; ++draw) {
    const std::vector<double> one = posterior_draw(choice, concentration, [&](std::string_view address) {
      return engine::uniform(
          engine::luck_of(engine::place_key(5, address), static_cast<std::uint64_t>(draw), 0, 0).block(0)[0]);
    });
    EXPECT_NEAR(std::accumulate(one.begin(), one.end(), 0.0), 1, 1e-12);
    for (std::size_t i = 0; i < one.size(); ++i) {
      to.mean[i] += one[i] / draws;
      squares[i] += one[i] * one[i] / draws;
    }
  }
  for (std::size_t i = 0; i < squares.size(); ++i) to.variance[i] = squares[i] - to.mean[i] * to.mean[i];
  return to;
}

// 20,000 draws: means within 5 standard errors (false alarm 6e-7 each), variances within 8 % (5 standard errors of a beta's that is near
// the normal).
TEST(Transitions, draws_have_the_posteriors_moments) {
  constexpr int draws = 20000;
  const Choice plain =
      choice_of({{"a", "a", false, 0.5, 30}, {"b", "b", false, 0.25, 50}, {"c", "c", true, 0.25, 10}}, 0);
  const std::vector<double> mean = posterior_mean(plain, 2);
  const Moments moments = moments_of(plain, 2, draws);
  for (std::size_t i = 0; i < 3; ++i) {
    const double variance = mean[i] * (1 - mean[i]) / (92 + 1);
    EXPECT_NEAR(moments.mean[i], mean[i], 5 * std::sqrt(variance / draws));
    EXPECT_NEAR(moments.variance[i] / variance, 1, 0.08);
  }
  // Ends say nothing of which outcome it was: b's share of the outcomes stays as uncertain as 40 cases leave it.
  const Choice ends =
      choice_of({{"a", "a", false, 0.5, 30}, {"b", "b", true, 0.25, 20}, {"c", "c", true, 0.25, 18}}, 400);
  const std::vector<double> with_ends = posterior_mean(ends, 4);
  const Moments spread = moments_of(ends, 4, draws);
  const double outcomes = (40.0 + 400) / (72 + 400), b = 21.0 / 40;
  const double squares = (outcomes * outcomes + outcomes * (1 - outcomes) / 473) * (b * b + b * (1 - b) / 41);
  const double variance = squares - std::pow(outcomes * b, 2);
  EXPECT_NEAR(with_ends[1], outcomes * b, 1e-12);
  EXPECT_NEAR(spread.mean[1], outcomes * b, 5 * std::sqrt(variance / draws));
  EXPECT_NEAR(spread.variance[1] / variance, 1, 0.08);
  EXPECT_GT(variance,
            5 * outcomes * b * (1 - outcomes * b) / 473);  // what would come of ends that are spread as counts
}

TEST(Transitions, the_same_luck_moves_with_the_counts) {
  const auto half = [](std::string_view) { return 0.3; };
  const std::vector<double> few =
      posterior_draw(choice_of({{"a", "a", false, 0.5, 30}, {"b", "b", false, 0.5, 30}}, 0), 1, half);
  const std::vector<double> more =
      posterior_draw(choice_of({{"a", "a", false, 0.5, 31}, {"b", "b", false, 0.5, 30}}, 0), 1, half);
  EXPECT_DOUBLE_EQ(few[0], 0.5);
  EXPECT_GT(more[0], few[0]);
  EXPECT_LT(more[0], few[0] + 0.02);
}

TEST(Transitions, almost_no_weight_is_still_a_probability) {
  const Choice thin = choice_of({{"a", "a", false, 0.5, 0}, {"b", "b", true, 0.3, 0}, {"c", "c", true, 0.2, 0}}, 1);
  for (const double u : {1e-9, 0.2, 0.999}) {
    for (const double c : {1e-9, 1e-3, 1.0}) {
      const std::vector<double> odds = posterior_draw(thin, c, [&](std::string_view) { return u; });
      EXPECT_NEAR(std::accumulate(odds.begin(), odds.end(), 0.0), 1, 1e-12);
      for (const double p : odds) EXPECT_GE(p, 0);
    }
  }
}

TEST(Transitions, keep_the_paths_of_cases_that_are_asked_about_and_of_no_other) {
  const std::vector<std::string> asked = {"nobody", "b"};
  EventCollector collector(asked);
  std::int64_t time = 0;
  for (const auto& [id, activity] : std::vector<std::pair<std::string, std::string>>{
           {"b", "browse"}, {"a", "browse"}, {"b", "Till"}, {"b", "browse"}}) {
    EventRow row;
    row.case_id = id;
    row.activity = activity;
    row.time_ms = ++time;
    collector.add(row);
  }
  const Transitions to = count_transitions(collector.finish(), kLog, tests::journey_file(), {});
  ASSERT_EQ(to.paths.size(), 2U);
  EXPECT_TRUE(to.paths[0].empty());
  EXPECT_EQ(to.paths[1], (std::vector<std::uint32_t>{0, 2, 0}));
}

}  // namespace
}  // namespace sojourn::models
