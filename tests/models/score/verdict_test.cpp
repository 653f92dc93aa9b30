// Verdicts: the rule, each word of it at its border, and the sentence.

#include "models/score/verdict.h"

#include "tests/tools/hand_made.h"

#include <gtest/gtest.h>

namespace sojourn::models {
namespace {

Figure between(double lo, double hi) {
  Figure f;
  f.estimate = (lo + hi) / 2;
  f.se = (hi - lo) / 4;
  f.lo = f.adjusted_lo = lo;
  f.hi = f.adjusted_hi = hi;
  return f;
}

Comparison comparison(const Figure& nps) {
  Comparison c;
  c.scenario.title = "Warmer welcome";
  c.difference = tests::figures([](double x) { return tests::difference(x); });
  c.difference.overall[Metric::nps] = nps;
  for (Summary& persona : c.difference.personas) persona[Metric::nps] = between(-1, 1);
  c.result = tests::figures([](double x) { return tests::figure(x); });
  c.result.overall[Metric::nps] = tests::figure(35.25);
  c.agents_changed = tests::figure(0.18);
  return c;
}

TEST(Verdict, is_by_the_interval_for_all_scenarios) {
  EXPECT_EQ(verdict_of(comparison(between(0.6, 4)), 0.5), Verdict::better);
  EXPECT_EQ(verdict_of(comparison(between(-4, -0.6)), 0.5), Verdict::worse);
  EXPECT_EQ(verdict_of(comparison(between(-0.2, 3)), 0.5), Verdict::unclear);
  EXPECT_EQ(verdict_of(comparison(between(-0.5, 0.5)), 0.5), Verdict::no_matter);
  EXPECT_EQ(verdict_of(comparison(between(0.1, 0.4)), 0.5), Verdict::no_matter);  // sure, and too small
  EXPECT_EQ(verdict_of(comparison(between(0.1, 0.4)), 0.3), Verdict::better);
  EXPECT_EQ(verdict_of(comparison(between(0.1, 0.6)), 0.5), Verdict::better);
  Comparison plain_is_clear = comparison(between(0.1, 4));
  plain_is_clear.difference.overall[Metric::nps].adjusted_lo = -0.1;
  EXPECT_EQ(verdict_of(plain_is_clear, 0.05), Verdict::unclear);
}

TEST(Verdict, names_money_against_satisfaction) {
  Comparison better = comparison(between(1, 4));
  better.net_gain = between(-2, -1);
  EXPECT_EQ(verdict_of(better, 0.5), Verdict::better_at_a_price);
  better.net_gain = between(-2, 1);
  EXPECT_EQ(verdict_of(better, 0.5), Verdict::better);
  better.net_gain = between(1, 2);
  EXPECT_EQ(verdict_of(better, 0.5), Verdict::better);
  Comparison worse = comparison(between(-4, -1));
  worse.net_gain = between(1, 2);
  EXPECT_EQ(verdict_of(worse, 0.5), Verdict::worse_but_saves);
  worse.net_gain = between(-1, 2);
  EXPECT_EQ(verdict_of(worse, 0.5), Verdict::worse);
}

TEST(Verdict, says_when_personas_disagree) {
  Comparison c = comparison(between(-1, 2));
  c.difference.personas[0][Metric::nps] = between(1, 3);
  EXPECT_EQ(verdict_of(c, 0.5), Verdict::unclear);
  c.difference.personas[1][Metric::nps] = between(-3, -1);
  EXPECT_EQ(verdict_of(c, 0.5), Verdict::personas_disagree);
  c.difference.overall[Metric::nps] = between(1, 2);
  EXPECT_EQ(verdict_of(c, 0.5), Verdict::better);
}

std::string sentence(Comparison c, double matters = 0.5) {
  c.verdict = verdict_of(c, matters);
  return verdict_sentence(c, tests::figures([](double x) { return tests::figure(x); }), tests::names(), "EUR", matters);
}

TEST(VerdictSentence, holds_the_figures) {
  EXPECT_EQ(sentence(comparison(between(3.9, 4.5))),
            "Better. Warmer welcome lifts NPS by 4.2 (+3.9 to +4.5), from 31 to 35; 18 % of journeys change.");
  EXPECT_EQ(sentence(comparison(between(-4.5, -3.9))),
            "Worse. Warmer welcome costs 4.2 NPS points (−4.5 to −3.9), from 31 to 35; 18 % of journeys "
            "change.");
  EXPECT_EQ(sentence(comparison(between(-0.2, 0.4))),
            "No difference that matters. Warmer welcome moves NPS by +0.1 (−0.2 to +0.4), at most half a point "
            "either way; 18 % of journeys change.");
  EXPECT_EQ(sentence(comparison(between(-1, 3))),
            "No clear difference. The run cannot tell Warmer welcome from no effect: NPS +1.0 (−1.0 to +3.0); 18 % "
            "of journeys change.");
}

TEST(VerdictSentence, says_when_it_pays_back_only_if_that_is_sure) {
  Comparison c = comparison(between(3.9, 4.5));
  c.cost_once = 20'000;
  c.net_gain = between(0.4, 0.6);
  c.break_even_journeys = between(40'234, 42'234);
  EXPECT_NE(sentence(c).find("; pays back after 42,000 journeys."), std::string::npos) << sentence(c);
  c.break_even_journeys.estimate = 1e24;
  EXPECT_NE(sentence(c).find("; pays back after more than 1,000,000,000,000 journeys."), std::string::npos)
      << sentence(c);
  c.net_gain = between(-0.1, 0.6);
  EXPECT_EQ(sentence(c).find("pays back"), std::string::npos) << sentence(c);
  c.net_gain = between(-0.6, -0.4);
  EXPECT_NE(sentence(c).find("; costs 0.50 EUR a journey net and never pays back."), std::string::npos) << sentence(c);
}

}  // namespace
}  // namespace sojourn::models
