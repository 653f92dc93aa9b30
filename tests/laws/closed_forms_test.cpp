// Law: where a journey has a closed form, the simulation comes to it. Some 50 statistics at |z| <= 6: false alarms in 1e-7
// of all seeds (Bonferroni). Each states the error that it would see, and would fail if the exact value were off by it.

#include "tests/support/cases.h"
#include "tests/support/figures.h"
#include "tests/support/statistics.h"

#include <fmt/format.h>

#include <cmath>

namespace sojourn::tests {
namespace {

using std::exp;  // the exact side may use libm: it does not walk

FiguresByAddress run(const std::string& journey, std::uint64_t agents) {
  const models::Case one = case_of(journey);
  const models::Experiment experiment({&one});
  return all_figures(experiment, agents);
}

/// One touchpoint, from which everybody leaves.
std::string one_stop(const std::string& touchpoint, const std::string& persona = "{}", const std::string& rest = "") {
  return "personas: {p: " + persona + "}\ntouchpoints: {t: {" + touchpoint + ", next: {done: 1}}}\nstart: t\n" +
         "outcomes: {done: {}}\n" + rest;
}

TEST(ClosedForms, ordered_logit_at_a_fixed_satisfaction) {
  // S is the constant experience, so there is no chance left: P(Y <= k) = 1 / (1 + exp(-(k + 1/2 - S - bias)/spread)).
  // McCullagh 1980. To 1e-9, the unit of the sums, times 100 for NPS.
  for (const double s : {0.0, 3.3, 6.5, 7.0, 8.4, 10.0}) {
    for (const auto& [bias, spread] : {std::pair(0.0, 0.8), std::pair(-1.5, 0.3), std::pair(0.4, 2.5)}) {
      const auto figures = run(one_stop(fmt::format("experience: {}", s), "{}",
                                        fmt::format("satisfaction: {{disconfirmation_weight: 0}}\n"
                                                    "recommendation: {{bias: {}, spread: {}}}\n",
                                                    bias, spread)),
                               10);
      const auto at_most = [&](int k) { return 1 / (1 + exp(-(k + 0.5 - s - bias) / spread)); };
      EXPECT_NEAR(figures.at("0.overall.promoters").estimate, 1 - at_most(8), 1.1e-9);
      EXPECT_NEAR(figures.at("0.overall.detractors").estimate, at_most(6), 1.1e-9);
      EXPECT_NEAR(figures.at("0.overall.passives").estimate, at_most(8) - at_most(6), 2.1e-9);
      EXPECT_NEAR(figures.at("0.overall.nps").estimate, 100 * (1 - at_most(8) - at_most(6)), 2.1e-7);
      EXPECT_EQ(figures.at("0.overall.nps").se, 0);
      double mean = 0;
      for (int k = 0; k < 10; ++k) mean += 1 - at_most(k);
      EXPECT_NEAR(figures.at("0.overall.score").estimate, mean, 1e-8);
      EXPECT_NEAR(figures.at("0.overall.satisfaction").estimate, s, 1e-9);
    }
  }
}

TEST(ClosedForms, clamped_normal) {
  // E clamp(X, 0, 10) = m (F(b) - F(a)) + sd (f(a) - f(b)) + 10 (1 - F(b)), a = -m/sd, b = (10 - m)/sd, F and f of the
  // standard normal.
  const auto f = [](double x) { return exp(-x * x / 2) / std::sqrt(2 * M_PI); };
  const auto F = [](double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); };
  for (const auto& [mean, sd] :
       {std::pair(7.8, 1.2), std::pair(9.0, 3.0), std::pair(1.0, 2.0), std::pair(5.0, 6.0), std::pair(10.5, 1.0)}) {
    const double a = -mean / sd;
    const double b = (10 - mean) / sd;
    const double exact = mean * (F(b) - F(a)) + sd * (f(a) - f(b)) + 10 * (1 - F(b));
    const auto figures = run(one_stop(fmt::format("experience: {{normal: {{mean: {}, sd: {}}}}}", mean, sd)), 200'000);
    expect_exact(fmt::format("normal({}, {})", mean, sd), figures.at("0.touchpoints.t.experience"), exact, 0.03 * sd);
  }
}

TEST(ClosedForms, exponential_patience_against_exponential_duration) {
  // The visit is given up if the patience ends first: P = mean_d / (mean_d + mean_p), and what passes is the minimum, with
  // mean 1 / (1/mean_d + 1/mean_p). Whole milliseconds move that by less than 1e-5.
  for (const auto& [d, p] : {std::pair(10.0, 20.0), std::pair(30.0, 5.0), std::pair(7.0, 7.0)}) {
    const auto figures = run(one_stop(fmt::format("experience: 6, duration: {{exponential: {{mean: {} min}}}}", d),
                                      fmt::format("{{patience: {{exponential: {{mean: {} min}}}}}}", p)),
                             200'000);
    const std::string what = fmt::format("duration {} min, patience {} min", d, p);
    expect_exact(what, figures.at("0.touchpoints.t.given_up"), d / (d + p), 0.028);
    expect_exact(what, figures.at("0.overall.abandoned"), d / (d + p), 0.028);
    expect_exact(what, figures.at("0.touchpoints.t.duration_hours"), 1 / (1 / d + 1 / p) / 60,
                 0.06 / (1 / d + 1 / p) / 60);
    expect_exact(what, figures.at("0.touchpoints.t.experience"), 6 * p / (d + p), 0.18);
  }
}

TEST(ClosedForms, gamblers_ruin) {
  // 10 coins, 20 to win, p = 18/38 a game. With r = q/p, P(win) = (r^10 - 1)/(r^20 - 1) = 0.258533412957, and the expected
  // number of games is (10 - 20 P(win))/(q - p) (Feller 1968, vol. I, ch. XIV, eq. 2.4 and 3.4).
  std::string touchpoints;
  for (int i = 1; i < 20; ++i) {
    const std::string up = i == 19 ? "won" : fmt::format("c{}", i + 1);
    const std::string down = i == 1 ? "ruined" : fmt::format("c{}", i - 1);
    touchpoints += fmt::format("  c{}: {{experience: 5, next: {{{}: 18, {}: 20}}}}\n", i, up, down);
  }
  const auto figures = run("personas: {p: {}}\ntouchpoints:\n" + touchpoints +
                               "start: c10\noutcomes: {won: {success: true}, ruined: {}}\nlimits: {visits: 100000}\n",
                           50'000);
  const double p = 18.0 / 38;
  const double r = (1 - p) / p;
  const double wins = (std::pow(r, 10) - 1) / (std::pow(r, 20) - 1);
  EXPECT_NEAR(wins, 0.258533412957, 5e-13);
  expect_exact("reaching 20", figures.at("0.overall.success"), wins, 0.05);
  expect_exact("ruin", figures.at("0.overall.outcomes.ruined"), 1 - wins, 0.05);
  expect_exact("games", figures.at("0.overall.visits"), (10 - 20 * wins) / (1 - 2 * p), 9);
  EXPECT_EQ(figures.at("0.overall.truncated").estimate, 0);
  // Games with 10 coins: 1/(1 - p a - q b), where a and b are the chances to come back to 10 from 11 and from 9.
  const double back_from_11 = 1 - (r - 1) / (std::pow(r, 10) - 1);          // from 11, 10 before 20
  const double back_from_9 = (std::pow(r, 9) - 1) / (std::pow(r, 10) - 1);  // from 9, 10 before 0
  expect_exact("games with 10 coins", figures.at("0.touchpoints.c10.visits"),
               1 / (1 - p * back_from_11 - (1 - p) * back_from_9), 0.5);
}

TEST(ClosedForms, geometric_loop) {
  // Coming back with probability x: visits N have mean 1/(1 - x) and variance x/(1 - x)^2; with a constant duration d the
  // time is N d, and effort and cost are N times theirs.
  for (const double x : {0.2, 0.5, 0.9}) {
    const auto figures = run(fmt::format("personas: {{p: {{}}}}\n"
                                         "touchpoints: {{t: {{experience: 5, duration: 30 min, effort: 2, cost: 0.1,\n"
                                         "                    next: {{t: {}, done: {}}}}}}}\n"
                                         "start: t\noutcomes: {{done: {{}}}}\n",
                                         x, 1 - x),
                             200'000);
    const double mean = 1 / (1 - x);
    const double sd = std::sqrt(x) / (1 - x);
    expect_exact("visits", figures.at("0.overall.visits"), mean, 0.03 * sd);
    expect_exact("hours", figures.at("0.overall.elapsed_hours"), mean / 2, 0.03 * sd / 2);
    expect_exact("spread of hours", figures.at("0.overall.elapsed_hours_sd"), sd / 2, 0.08 * sd / 2);
    expect_exact("effort", figures.at("0.overall.effort"), 2 * mean, 0.06 * sd);
    expect_exact("cost", figures.at("0.overall.cost"), 0.1 * mean, 0.003 * sd);
    expect_exact("flow back", figures.at("0.touchpoints.t.flow.t"), mean - 1, 0.03 * sd);
    expect_exact("drop-off", figures.at("0.touchpoints.t.drop_off"), 1 - x, 0.03 * std::sqrt(1 - x));
  }
}

TEST(ClosedForms, truncated_loop) {
  // Cut after 5 visits with probability x^5 (the 5th leads back to t).
  const double x = 0.6;
  const auto figures =
      run(fmt::format("personas: {{p: {{}}}}\ntouchpoints: {{t: {{experience: 5, next: {{t: {}, done: {}}}}}}}\n"
                      "start: t\noutcomes: {{done: {{success: true}}}}\nlimits: {{visits: 5}}\n",
                      x, 1 - x),
          200'000);
  expect_exact("truncated", figures.at("0.overall.truncated"), std::pow(x, 5), 0.009);
  expect_exact("success", figures.at("0.overall.success"), 1 - std::pow(x, 5), 0.009);
  expect_exact("visits", figures.at("0.overall.visits"), (1 - std::pow(x, 5)) / (1 - x), 0.05);
}

TEST(ClosedForms, discrete_experience) {
  const auto figures =
      run(one_stop("experience: {discrete: {2: 1, 7: 3, 9: 4}}", "{expectation: 8, loss_aversion: 2}"), 200'000);
  // m = clamp(5 + (q - 5) + 0.5 g, 0, 10): q = 2 gives -4, so 0; 7 gives 6; 9 gives 9.5.
  expect_exact("experience", figures.at("0.touchpoints.t.experience"), (2 + 21 + 36) / 8.0, 0.07);
  expect_exact("disconfirmation", figures.at("0.touchpoints.t.disconfirmation"), (2 + 21 + 36) / 8.0 - 8, 0.07);
  expect_exact("satisfaction", figures.at("0.touchpoints.t.satisfaction"), (0 + 18 + 38) / 8.0, 0.09);
  expect_exact("satisfied", figures.at("0.overall.satisfied"), 0.5, 0.016);  // 9.5 is, 6 is not
  expect_exact("mood", figures.at("0.touchpoints.t.mood"), 5 + 0.3 * (56 / 8.0 - 5), 0.028);
}

TEST(ClosedForms, means_of_the_families) {
  // The mean duration of each family; its sd is what decides what is seen.
  struct Family {
    const char* text;
    double mean;  // minutes
    double sd;
  };
  const double e = exp(0.5 * 0.4 * 0.4);
  for (const Family& family :
       {Family{"{gamma: {mean: 12 min, sd: 4 min}}", 12, 4}, Family{"{gamma: {mean: 5 min, sd: 15 min}}", 5, 15},
        Family{"{lognormal: {median: 10 min, sigma: 0.4}}", 10 * e, 10 * e * std::sqrt(e * e - 1)},
        Family{"{lognormal: {mean: 10 min, sd: 8 min}}", 10, 8}, Family{"{exponential: {mean: 9 min}}", 9, 9},
        Family{"{uniform: {low: 2 min, high: 18 min}}", 10, 16 / std::sqrt(12.0)},
        Family{"{triangular: {low: 1 min, mode: 3 min, high: 11 min}}", 5,
               std::sqrt((1 + 9 + 121 - 3 - 11 - 33) / 18.0)},
        Family{"{discrete: {4 min: 1, 10 min: 2}}", 8, std::sqrt(8.0)}}) {
    const auto figures = run(one_stop(std::string("experience: 6, duration: ") + family.text), 200'000);
    expect_exact(family.text, figures.at("0.overall.elapsed_hours"), family.mean / 60, 0.03 * family.sd / 60);
    expect_exact(family.text, figures.at("0.overall.elapsed_hours_sd"), family.sd / 60, 0.3 * family.sd / 60);
  }
  // beta {mean, sd} on 0..10, which is never clamped.
  const auto figures = run(
      one_stop("experience: {beta: {mean: 7, sd: 2}}", "{}", "satisfaction: {disconfirmation_weight: 0}\n"), 200'000);
  expect_exact("beta", figures.at("0.touchpoints.t.experience"), 7, 0.06);
  expect_exact("spread of beta", figures.at("0.overall.satisfaction_sd"), 2, 0.04);
}

TEST(ClosedForms, shares_of_channels_and_personas) {
  const auto figures =
      run("personas: {a: {share: 3, channels: {app: 2}}, b: {share: 1, channels: {web: 0}}}\n"
          "touchpoints: {t: {experience: 6, channels: {app: {share: 1}, web: {share: 3}, post: {share: 1}}, next: "
          "{done: 1}}}\n"
          "start: t\noutcomes: {done: {}}\n",
          200'000);
  expect_exact("app for a", figures.at("0.personas.a.touchpoints.t.channels.app.visits"), 2 / 6.0, 0.018);
  expect_exact("web for a", figures.at("0.personas.a.touchpoints.t.channels.web.visits"), 3 / 6.0, 0.018);
  expect_exact("app for b", figures.at("0.personas.b.touchpoints.t.channels.app.visits"), 0.5, 0.03);
  EXPECT_EQ(figures.at("0.personas.b.touchpoints.t.channels.web.visits").estimate, 0);
  expect_exact("app", figures.at("0.touchpoints.t.channels.app.visits"), 0.75 * 2 / 6 + 0.25 * 0.5, 0.016);
}

TEST(ClosedForms, mood_decides_the_way_by_the_logit) {
  // s after the visit is 5 + 0.3 (8 - 5) = 5.9; odds of `stay` against `go` are exp(0.7 * 0.9).
  const auto figures = run(
      "personas: {p: {}}\ntouchpoints: {t: {experience: 8, next: {stay: {weight: 1, mood: 0.7}, go: 1}}}\nstart: t\n"
      "outcomes: {stay: {}, go: {}}\nsatisfaction: {disconfirmation_weight: 0}\n",
      200'000);
  expect_exact("stay", figures.at("0.overall.outcomes.stay"), 1 / (1 + exp(-0.7 * 0.9)), 0.016);
}

TEST(ClosedForms, pains_occur_and_close_independently) {
  // Lasting with 0.4, closed at the next stop with 0.3; a second pain is independent of it.
  const auto figures =
      run("personas: {p: {}}\n"
          "pains: {late: {severity: 1, lasting: true}, wrong: {severity: 2}}\n"
          "touchpoints:\n"
          "  a: {experience: 8, pains: {late: {probability: 0.4}, wrong: {probability: 0.25}}, next: {b: 1}}\n"
          "  b: {experience: 6, resolves: {late: {probability: 0.3, lift: 2}}, next: {x: {weight: 1, if: {pain: "
          "late}}, y: {weight: 1, unless: {pain: late}}}}\n"
          "start: a\noutcomes: {x: {}, y: {}}\n",
          200'000);
  expect_exact("late", figures.at("0.overall.pains.late.met"), 0.4, 0.016);
  expect_exact("late open", figures.at("0.overall.pains.late.open"), 0.4 * 0.7, 0.014);
  expect_exact("guard", figures.at("0.overall.outcomes.x"), 0.4 * 0.7, 0.014);
  expect_exact("loss", figures.at("0.touchpoints.a.pain_loss"), 0.4 + 0.5, 0.03);
  expect_exact("lift", figures.at("0.touchpoints.b.experience"), 6 + 0.4 * 0.3 * 2, 0.02);
}

}  // namespace
}  // namespace sojourn::tests
