#include "models/exact/solve.h"

#include "tests/support/cases.h"
#include "tests/support/exact.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::tests {
namespace {

/// One persona, touchpoints a and b, outcome out; `at_a` and `more` are put in.
std::string journey(const std::string& at_a, const std::string& next_of_a, const std::string& more = "") {
  return "journey: J\npersonas:\n  p: {name: P}\npains:\n  late: {severity: 1, lasting: true}\ntouchpoints:\n"
         "  a: {label: A, experience: 7, " +
         at_a + "next: {" + next_of_a + "}}\n  b: {label: B, experience: 5, next: {out: 1}}\nstart: a\n" +
         "outcomes: {out: {label: Out, success: true}, lost: {label: Lost}}\n" + more;
}

Solved solved_text(const std::string& text) {
  const models::Case one = case_of(text);
  return solved(models::Experiment({&one}));
}

std::string why(const Solved& exact, const std::string& address) {
  for (const auto& [at, sentence] : exact.answer.not_exact) {
    if (at == address) return sentence;
  }
  return "";
}

TEST(Solve, gives_every_figure_of_a_plain_journey) {
  const Solved exact = solved_text(journey("", "b: 3, lost: 1"));
  EXPECT_DOUBLE_EQ(exact.figures.at("overall.visits").estimate, 1.75);
  EXPECT_DOUBLE_EQ(exact.figures.at("overall.success").estimate, 0.75);
  EXPECT_DOUBLE_EQ(exact.figures.at("touchpoints.a.flow.b").estimate, 0.75);
  EXPECT_TRUE(std::isfinite(exact.figures.at("overall.nps").estimate));
  EXPECT_EQ(why(exact, "nps"), "");
  EXPECT_NE(why(exact, "elapsed_hours_p50"), "");
}

TEST(Solve, names_the_choice_that_heeds_mood_where_memories_are_endless) {
  const Solved exact = solved_text(journey("duration: {normal: {mean: 5 min, sd: 1 min}}, ",
                                           "b: 3, lost: {weight: 1, mood: -0.5}", "satisfaction: {anchor: 5}\n"));
  // All performances are constant here: what is remembered is finite, and so are the choices by mood.
  EXPECT_TRUE(std::isfinite(exact.figures.at("overall.success").estimate));
  std::string continuous = journey("", "b: 3, lost: {weight: 1, mood: -0.5}");
  continuous.replace(continuous.find("experience: 7"), 13, "experience: {normal: {mean: 7, sd: 1}}");
  const Solved refused = solved_text(continuous);
  EXPECT_EQ(why(refused, "success"), "the choice at touchpoints.a depends on mood (touchpoints.a.next.lost.mood)");
  EXPECT_TRUE(std::isnan(refused.figures.at("overall.success").estimate));
  EXPECT_DOUBLE_EQ(refused.figures.at("touchpoints.a.reach").estimate, 1);
  EXPECT_DOUBLE_EQ(refused.figures.at("touchpoints.b.experience").estimate, 5);  // alike at every visit
  EXPECT_EQ(
      why(refused, "nps"),
      "satisfaction depends on all visits together, and the experience at touchpoints.a is drawn from a continuous "
      "distribution (touchpoints.a.experience)");
}

TEST(Solve, carries_a_pain_that_opens_by_the_clock_to_the_choice_that_asks_for_it) {
  const std::string wait = "duration: {exponential: {mean: 10 min}}, pains: {late: {after: 5 min}}, ";
  const Solved unasked = solved_text(journey(wait, "b: 3, lost: 1"));
  EXPECT_DOUBLE_EQ(unasked.figures.at("overall.success").estimate, 0.75);
  EXPECT_EQ(why(unasked, "pains.late"),
            "the pain 'late' at touchpoints.a depends on the time passed (touchpoints.a.pains.late.after)");
  const Solved asked = solved_text(journey(wait, "b: {weight: 3, unless: {pain: late}}, lost: 1"));
  EXPECT_EQ(
      why(asked, "success"),
      "the choice at touchpoints.a asks for a pain, and the pain 'late' at touchpoints.a depends on the time passed "
      "(touchpoints.a.pains.late.after)");
}

TEST(Solve, refuses_a_journey_in_which_somebody_is_stuck) {
  const models::Case one = case_of(journey("pains: {late: {probability: 0.5}}, ", "b: {weight: 1, if: {pain: late}}"));
  const models::Experiment experiment({&one});
  try {
    solved(experiment);
    FAIL() << "it should be refused";
  } catch (const models::InputError& error) {
    EXPECT_NE(std::string(error.what()).find("stuck at touchpoint 'a'"), std::string::npos) << error.what();
  }
}

TEST(Solve, counts_who_is_cut_off_at_the_visit_limit) {
  const Solved exact = solved_text(journey("", "a: 1, out: 1", "limits: {visits: 3}\n"));
  EXPECT_DOUBLE_EQ(exact.figures.at("overall.truncated").estimate, 0.125);
  EXPECT_DOUBLE_EQ(exact.figures.at("overall.visits").estimate, 1.75);
  EXPECT_DOUBLE_EQ(exact.figures.at("overall.success").estimate, 0.875);
}

}  // namespace
}  // namespace sojourn::tests
