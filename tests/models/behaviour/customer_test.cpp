// One visit, step by step, on journeys without chance, so that every expected number is worked out by hand.

#include "models/behaviour/customer.h"

#include "models/behaviour/scores.h"
#include "tests/support/cases.h"
#include "tests/support/walked.h"

#include <gtest/gtest.h>

#include <string>

namespace sojourn::tests {
namespace {

using models::Experiment;
namespace measure = models::measure;
namespace score = models::score;

/// A journey of one persona whose text the test completes.
std::string journey(const std::string& persona, const std::string& rest) {
  return "journey: Hand\npersonas:\n  p: {" + persona + "}\n" + rest;
}

Walked walk(const std::string& text, std::uint64_t agent = 0) {
  const models::Case one = case_of(text);
  const Experiment experiment({&one});
  return AgentWalker(experiment, 0).walk(agent);
}

TEST(Customer, satisfaction_follows_performance_and_disconfirmation) {
  // q = 8, e = 6: d = 2, m = 5 + 1 (8 - 5) + 0.5 * 2 = 9; mood 5 + 0.3 (9 - 5) = 6.2; e' = 6 + 0.25 * 2 = 6.5.
  // Then q = 3: d = -3.5, g = 2 d = -7, m = 5 - 2 - 3.5 = -0.5 -> 0; mood 6.2 + 0.3 (0 - 6.2) = 4.34.
  const Walked w = walk(journey("expectation: 6, learning: 0.25, loss_aversion: 2",
                                "touchpoints:\n"
                                "  a: {experience: 8, next: {b: 1}}\n"
                                "  b: {experience: 3, next: {out: 1}}\n"
                                "start: a\noutcomes: {out: {}}\n"));
  ASSERT_EQ(w.visits.size(), 2U);
  EXPECT_DOUBLE_EQ(w.visits[0].measures[measure::satisfaction], 9.0);
  EXPECT_DOUBLE_EQ(w.visits[0].measures[measure::mood], 6.2);
  EXPECT_DOUBLE_EQ(w.visits[1].measures[measure::expectation], 6.5);
  EXPECT_DOUBLE_EQ(w.visits[1].measures[measure::disconfirmation], -3.5);
  EXPECT_DOUBLE_EQ(w.visits[1].measures[measure::satisfaction], 0.0);
  EXPECT_DOUBLE_EQ(w.visits[1].measures[measure::mood], 4.34);
  // Memory: peak is the farthest from 5, which is 0 (distance 5 > 4); end 0; mean 4.5. S = 0.25*0 + 0.25*0 + 0.5*4.5.
  EXPECT_DOUBLE_EQ(w.satisfaction, 2.25);
}

TEST(Customer, the_first_of_two_equally_far_moments_is_the_peak) {
  // m = 7 and then 3: both 2 from the anchor, so the peak stays 7. S = 0.25*7 + 0.25*3 + 0.5*5 = 5.
  const Walked w = walk(journey("expectation: 7",
                                "satisfaction: {disconfirmation_weight: 0}\n"
                                "touchpoints:\n"
                                "  a: {experience: 7, next: {b: 1}}\n"
                                "  b: {experience: 3, next: {out: 1}}\n"
                                "start: a\noutcomes: {out: {}}\n"));
  EXPECT_DOUBLE_EQ(w.satisfaction, 5.0);
}

TEST(Customer, a_duration_of_exactly_the_patience_is_endured) {
  const std::string rest =
      "touchpoints:\n"
      "  a: {experience: 8, duration: 10 min, fulfils: {g: 1}, effort: 2, cost: 3, next: {out: 1}}\n"
      "goals: {g: {}}\nstart: a\noutcomes: {out: {success: true}}\n";
  const Walked endured = walk(journey("patience: 10 min", rest));
  EXPECT_FALSE(endured.visits[0].given_up);
  EXPECT_EQ(endured.visits[0].duration_ms, 600'000);
  EXPECT_EQ(endured.scores[score::success], models::kOne);
  // A millisecond less: given up. Time grows by the patience, q = 0, no goal; effort and cost are spent all the same.
  const Walked left = walk(journey("patience: 599999 ms", rest));
  EXPECT_TRUE(left.visits[0].given_up);
  EXPECT_EQ(left.visits[0].duration_ms, 599'999);
  EXPECT_DOUBLE_EQ(left.visits[0].measures[measure::experience], 0.0);
  EXPECT_EQ(left.visits[0].states, 0U);
  EXPECT_EQ(left.scores[score::abandoned], models::kOne);
  EXPECT_EQ(left.scores[score::effort], 2 * models::kOne);
  EXPECT_EQ(left.scores[score::cost], 3 * models::kOne);
  // m = 5 - 5 + 0.5 (0 - 5) = -2.5 -> 0.
  EXPECT_DOUBLE_EQ(left.visits[0].measures[measure::satisfaction], 0.0);
}

TEST(Customer, a_deadline_is_met_at_the_very_moment_and_missed_after_it) {
  const auto at = [](const std::string& duration) {
    return walk(journey("",
                        "pains: {late: {severity: 4, lasting: true, lingering: 1.5}}\n"
                        "touchpoints:\n"
                        "  a: {experience: 9, duration: " +
                            duration +
                            ", pains: {late: {after: 24 d}}, next: {out: 1}}\n"
                            "start: a\noutcomes: {out: {}}\n"));
  };
  const Walked in_time = at("24 d");
  EXPECT_EQ(in_time.visits[0].marks, 0U);
  EXPECT_DOUBLE_EQ(in_time.visits[0].measures[measure::experience], 9.0);
  const Walked late = at("2073600001 ms");  // 24 d and a millisecond
  EXPECT_EQ(late.visits[0].marks, 1U);
  EXPECT_EQ(late.visits[0].more_states, 1U);
  EXPECT_DOUBLE_EQ(late.visits[0].measures[measure::experience], 5.0);
  EXPECT_DOUBLE_EQ(late.visits[0].measures[measure::pain_loss], 4.0);
  EXPECT_DOUBLE_EQ(late.satisfaction, 5.0 - 1.5);  // m = 5, less the lingering
}

TEST(Customer, a_pain_of_this_visit_can_be_made_good_at_once) {
  // 9 - 12 -> 0 (9 lost), then the lift of 2.5; closed, so nothing lingers.
  const Walked w = walk(journey("expectation: 2.5, sensitivity: {wrong: 3}",
                                "pains: {wrong: {severity: 4, lasting: true, lingering: 2}}\n"
                                "touchpoints:\n"
                                "  a: {experience: 9, pains: {wrong: {probability: 1}},\n"
                                "      resolves: {wrong: {probability: 1, lift: 2.5}}, next: {out: 1}}\n"
                                "start: a\noutcomes: {out: {}}\n"));
  EXPECT_DOUBLE_EQ(w.visits[0].measures[measure::experience], 2.5);
  EXPECT_DOUBLE_EQ(w.visits[0].measures[measure::pain_loss], 9.0);
  EXPECT_EQ(w.visits[0].more_states, 0U);
  EXPECT_DOUBLE_EQ(w.satisfaction, 2.5);
}

TEST(Customer, a_lift_stops_at_ten_and_needs_an_open_pain) {
  const auto with = [](const std::string& probability) {
    return walk(journey("",
                        "pains: {wrong: {severity: 1, lasting: true}}\n"
                        "touchpoints:\n"
                        "  a: {experience: 9, pains: {wrong: {probability: " +
                            probability +
                            "}},\n"
                            "      resolves: {wrong: {probability: 1, lift: 5}}, next: {out: 1}}\n"
                            "start: a\noutcomes: {out: {}}\n"));
  };
  EXPECT_DOUBLE_EQ(with("1").visits[0].measures[measure::experience], 10.0);
  EXPECT_DOUBLE_EQ(with("0").visits[0].measures[measure::experience], 9.0);
}

TEST(Customer, guards_see_goals_and_pains_of_this_very_visit) {
  const Walked w = walk(journey("",
                                "goals: {g: {}}\npains: {h: {severity: 0, lasting: true}}\n"
                                "touchpoints:\n"
                                "  a:\n"
                                "    experience: 5\n"
                                "    fulfils: {g: 1}\n"
                                "    pains: {h: {probability: 1}}\n"
                                "    next:\n"
                                "      both: {if: {goal: g}, unless: {pain: h}}\n"
                                "      neither: {unless: {goal: g}}\n"
                                "      right: {if: {pain: h}}\n"
                                "start: a\noutcomes: {both: {}, neither: {}, right: {success: true}}\n"));
  EXPECT_EQ(w.scores[score::success], models::kOne);
}

TEST(Customer, who_never_visits_anything_stays_at_the_anchor_without_deductions) {
  const Walked w = walk(journey("goals: {g: {importance: 3}}",
                                "goals: {g: {}}\nsatisfaction: {anchor: 6}\n"
                                "touchpoints: {a: {experience: 1, next: {out: 1}}}\n"
                                "start: out\noutcomes: {out: {value: 7}}\n"));
  EXPECT_TRUE(w.visits.empty());
  EXPECT_DOUBLE_EQ(w.satisfaction, 6.0);
  EXPECT_EQ(w.scores[score::value], 7 * models::kOne);
}

TEST(Customer, what_weighs_nothing_leaves_the_mean_at_the_anchor) {
  // Importance 0: W = 0, so M/W is the anchor; peak and end are remembered. S = 0.25*10 + 0.25*10 + 0.5*5 = 7.5.
  const Walked w = walk(journey("expectation: 10",
                                "touchpoints: {a: {experience: 10, importance: 0, next: {out: 1}}}\n"
                                "start: a\noutcomes: {out: {}}\n"));
  EXPECT_DOUBLE_EQ(w.visits[0].measures[measure::mood], 5.0);
  EXPECT_DOUBLE_EQ(w.satisfaction, 7.5);
}

TEST(Customer, the_visit_limit_truncates_but_an_exit_in_time_does_not) {
  const std::string loop =
      "touchpoints: {a: {experience: 5, next: {a: 1, out: 0}}}\nstart: a\n"
      "outcomes: {out: {success: true, value: 9}}\n";
  const std::string leave =
      "touchpoints: {a: {experience: 5, next: {b: 1}}, b: {experience: 5, next: {out: 1}}}\n"
      "start: a\noutcomes: {out: {success: true, value: 9}}\n";
  const Walked cut = walk(journey("", loop + "limits: {visits: 3}\n"));
  EXPECT_EQ(cut.visits.size(), 3U);
  EXPECT_EQ(cut.scores[score::truncated], models::kOne);
  EXPECT_EQ(cut.scores[score::value], 0);
  const Walked whole = walk(journey("", leave + "limits: {visits: 2}\n"));
  EXPECT_EQ(whole.scores[score::truncated], 0);
  EXPECT_EQ(whole.scores[score::success], models::kOne);
}

TEST(Customer, overall_satisfaction_loses_goals_effort_and_lingering) {
  // m = 8 throughout: 8 - 2 (goal g missed) - 0.05 * 4 (effort) - 1 (h open) = 4.8.
  const Walked w =
      walk(journey("expectation: 8, goals: {g: {importance: 2}, k: {importance: 1}}",
                   "goals: {g: {}, k: {}}\npains: {h: {severity: 0, lasting: true, lingering: 1}}\n"
                   "touchpoints: {a: {experience: 8, effort: 4, fulfils: {k: 1}, pains: {h: {probability: 1}},\n"
                   "                  next: {out: 1}}}\n"
                   "start: a\noutcomes: {out: {}}\n"));
  EXPECT_DOUBLE_EQ(w.satisfaction, 4.8);
}

TEST(Customer, the_classes_of_one_answer_overlap_by_one_uniform) {
  // Base: detractor .5, passive .3, promoter .2; scenario: .4, .3, .3.
  std::vector<std::int64_t> base(score::fixed_count, 0);
  std::vector<std::int64_t> scenario(score::fixed_count, 0);
  base[score::detractors] = 500'000'000;
  base[score::passives] = 300'000'000;
  base[score::promoters] = 200'000'000;
  scenario[score::detractors] = 400'000'000;
  scenario[score::passives] = 300'000'000;
  scenario[score::promoters] = 300'000'000;
  const std::vector<std::int64_t> expected = {400'000'000, 100'000'000, 0, 0,          200'000'000,
                                              100'000'000, 0,           0, 200'000'000};
  for (std::uint32_t i = 0; i < 9; ++i) EXPECT_EQ(models::Customer::pair_score(i, base, scenario), expected[i]) << i;
}

}  // namespace
}  // namespace sojourn::tests
