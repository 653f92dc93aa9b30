// Derivatives that are known in closed form. |z| > 6 comes by chance in 2e-9 of all cases; there are some 40.

#include "models/drivers/gradient.h"

#include "tests/support/derivatives.h"
#include "tests/support/statistics.h"

#include <gtest/gtest.h>

#include <cmath>

namespace sojourn::tests {
namespace {

using models::DriverMetric;

constexpr std::size_t kNps = static_cast<std::size_t>(DriverMetric::nps);
constexpr std::size_t kSatisfaction = static_cast<std::size_t>(DriverMetric::satisfaction);
constexpr std::size_t kSuccess = static_cast<std::size_t>(DriverMetric::success);
constexpr std::size_t kCost = static_cast<std::size_t>(DriverMetric::cost);

/// The derivatives of a journey by address; what has none is not there.
class Known {
 public:
  explicit Known(const std::string& journey, std::uint64_t agents = 50'000) : all_(derivatives(journey, agents)) {}
  const Derivative& at(const std::string& address) const {
    for (const Derivative& one : all_) {
      if (one.address == address) return one;
    }
    throw std::out_of_range("no lever " + address);
  }
  models::Figure figure(const std::string& address, std::size_t metric) const {
    EXPECT_EQ(at(address).left_out, "") << address;
    return at(address).row[metric];
  }

 private:
  std::vector<Derivative> all_;
};

const std::string kOneStop =
    "personas: {p: {expectation: {normal: {mean: 6, sd: 0.2}}}}\n"
    "touchpoints: {t: {experience: {normal: {mean: 6.5, sd: 0.2}}, effort: 2, cost: 3, next: {done: 1}}}\n"
    "start: t\noutcomes: {done: {success: true, value: 4}}\n"
    "satisfaction: {performance_weight: 1, disconfirmation_weight: 0.5, effort_weight: 0.1}\n";

TEST(Gradient, of_one_moment_is_the_formula_itself) {
  // S = m - 0.1 f, m = 5 + (q - 5) + 0.5 (q - e) without clamps and with loss aversion 1.
  const Known known(kOneStop);
  const auto exactly = [&](const std::string& address, double value) {
    const models::Figure figure = known.figure(address, kSatisfaction);
    EXPECT_NEAR(figure.estimate, value, 1e-6) << address;
    EXPECT_LT(figure.se, 1e-6) << address;
  };
  exactly("touchpoints.t.experience.normal.mean", 1.5);
  exactly("personas.p.expectation.normal.mean", -0.5);
  exactly("touchpoints.t.effort", -0.1);
  exactly("satisfaction.effort_weight", -2);
  EXPECT_NEAR(known.figure("touchpoints.t.cost", kCost).estimate, 1, 1e-12);
  EXPECT_NEAR(known.figure("outcomes.done.value", static_cast<std::size_t>(DriverMetric::value)).estimate, 1, 1e-12);
  expect_exact("sd", known.figure("touchpoints.t.experience.normal.sd", kSatisfaction), 0, 0.1);
  expect_exact("b", known.figure("satisfaction.disconfirmation_weight", kSatisfaction), 0.5, 0.02);
  expect_exact("a", known.figure("satisfaction.performance_weight", kSatisfaction), 1.5, 0.02);
  // The share of one persona alone changes nothing.
  EXPECT_EQ(known.figure("personas.p.share", kNps).estimate, 0);
}

TEST(Gradient, of_the_answer_is_that_of_the_ordered_logit) {
  const Known known(
      "personas: {p: {}}\ntouchpoints: {t: {experience: 7, next: {done: 1}}}\nstart: t\noutcomes: {done: {}}\n"
      "satisfaction: {disconfirmation_weight: 0}\nrecommendation: {bias: 0.3, spread: 0.9}\n",
      100);
  const auto density = [](double t) {
    const double f = 1 / (1 + std::exp(-(t - 7 - 0.3) / 0.9));
    return 100 * f * (1 - f) / 0.9;
  };
  EXPECT_NEAR(known.figure("touchpoints.t.experience", kNps).estimate, density(6.5) + density(8.5), 1e-9);
  EXPECT_NEAR(known.figure("recommendation.bias", kNps).estimate, density(6.5) + density(8.5), 1e-9);
  EXPECT_NEAR(known.figure("recommendation.spread", kNps).estimate,
              density(6.5) * (6.5 - 7.3) / 0.9 + density(8.5) * (8.5 - 7.3) / 0.9, 1e-9);
}

TEST(Gradient, of_the_small_marketing_journey) {
  // A -> B .6, C .3, lost .1; B -> A .2, C .5, won .2, lost .1; C -> B .1, won .6, lost .3.
  const Known known(
      "personas: {p: {}}\n"
      "touchpoints:\n"
      "  a: {experience: 7, next: {b: 0.6, c: 0.3, lost: 0.1}}\n"
      "  b: {experience: 7, next: {a: 0.2, c: 0.5, won: 0.2, lost: 0.1}}\n"
      "  c: {experience: 7, next: {b: 0.1, won: 0.6, lost: 0.3}}\n"
      "start: a\noutcomes: {won: {success: true}, lost: {}}\n",
      200'000);
  const models::Figure to_b = known.figure("touchpoints.a.next.b.weight", kSuccess);
  const models::Figure to_lost = known.figure("touchpoints.a.next.lost.weight", kSuccess);
  models::Figure moved = to_b;
  moved.estimate -= to_lost.estimate;
  moved.se += to_lost.se;  // at most
  expect_exact("from lost to b", moved, 0.749952870205, 0.1);
}

TEST(Gradient, hands_the_score_of_a_choice_to_the_mood) {
  // s = 5 + 0.3 (q - 5); P(stay) = logistic(0.7 (s - 5)). Pathwise derivatives alone would give 0.
  const Known known(
      "personas: {p: {}}\ntouchpoints: {t: {experience: 8, next: {stay: {weight: 1, mood: 0.7}, go: 1}}}\nstart: t\n"
      "outcomes: {stay: {success: true}, go: {}}\nsatisfaction: {disconfirmation_weight: 0}\n");
  const double p = 1 / (1 + std::exp(-0.7 * 0.9));
  expect_exact("experience", known.figure("touchpoints.t.experience", kSuccess), 0.21 * p * (1 - p), 0.007);
  expect_exact("coefficient", known.figure("touchpoints.t.next.stay.mood", kSuccess), 0.9 * p * (1 - p), 0.03);
  expect_exact("reactivity", known.figure("satisfaction.reactivity", kSuccess), 0.7 * 3 * p * (1 - p), 0.07);
}

TEST(Gradient, of_giving_up) {
  // Exponential wait and patience: P(wait > patience) = w / (w + p).
  const Known known(
      "personas: {p: {patience: {exponential: {mean: 2 h}}}}\n"
      "touchpoints: {t: {experience: 7, duration: {exponential: {mean: 1 h}}, next: {done: 1}}}\n"
      "start: t\noutcomes: {done: {success: true}}\n",
      100'000);
  constexpr double kHour = 3.6e6;
  const auto per_hour = [&](const std::string& address) {
    models::Figure figure = known.figure(address, kSuccess);
    figure.estimate *= kHour;
    figure.se *= kHour;
    return figure;
  };
  expect_exact("wait", per_hour("touchpoints.t.duration.exponential.mean"), -2.0 / 9, 0.02);
  expect_exact("patience", per_hour("personas.p.patience.exponential.mean"), 1.0 / 9, 0.02);
}

TEST(Gradient, of_a_deadline) {
  // In time if the wait is at most 10 h: P = Phi(ln(10 / median) / sigma).
  const Known known(
      "personas: {p: {}}\npains: {late: {severity: 0, lasting: true}}\n"
      "touchpoints:\n"
      "  wait: {experience: 7, duration: {lognormal: {median: 9 h, sigma: 0.5}}, next: {door: 1}}\n"
      "  door: {experience: 7, duration: 30 min, pains: {late: {after: 10.5 h}}, next: {good: {weight: 1, unless: "
      "{pain: late}}, bad: {weight: 1, if: {pain: late}}}}\n"
      "start: wait\noutcomes: {good: {success: true}, bad: {}}\n",
      400'000);
  const double z = std::log(10 / 9.0) / 0.5;
  const double density = std::exp(-0.5 * z * z) / std::sqrt(2 * M_PI) / 0.5;  // of the logarithm
  constexpr double kHour = 3.6e6;
  const auto per_hour = [&](const std::string& address) {
    models::Figure figure = known.figure(address, kSuccess);
    figure.estimate *= kHour;
    figure.se *= kHour;
    return figure;
  };
  expect_exact("deadline", per_hour("touchpoints.door.pains.late.after"), density / 10, 0.01);
  expect_exact("median", per_hour("touchpoints.wait.duration.lognormal.median"), -density / 9, 0.01);
  expect_exact("constant", per_hour("touchpoints.door.duration"), -density / 10, 0.01);
  expect_exact("sigma", known.figure("touchpoints.wait.duration.lognormal.sigma", kSuccess), -density * z, 0.02);
}

TEST(Gradient, of_what_is_certain_tries_the_other_branch) {
  const Known known(
      "personas: {p: {goals: {gift: {importance: 2}}}}\ngoals: {gift: {}}\n"
      "touchpoints: {t: {experience: 7, fulfils: {gift: 1}, next: {done: 1}}}\nstart: t\noutcomes: {done: {}}\n",
      100);
  EXPECT_NEAR(known.figure("touchpoints.t.fulfils.gift", kSatisfaction).estimate, 2, 1e-9);
}

TEST(Gradient, of_a_peak_that_changes_sides) {
  // One moment of 8 (3 above the anchor), one of N(2, 0.5); loss aversion and disconfirmation are off. S = peak.
  // Either is the peak
  // with 1/2. A lower moment that rises moves the peak if it is the peak, and lets it jump by 6 where both are equally far.
  const Known known(
      "personas: {p: {}}\ntouchpoints:\n"
      "  a: {experience: 8, next: {b: 1}}\n  b: {experience: {normal: {mean: 2, sd: 0.5}}, next: {done: 1}}\n"
      "start: a\noutcomes: {done: {}}\n"
      "satisfaction: {disconfirmation_weight: 0, memory: {peak: 1, end: 0, mean: 0}}\n",
      400'000);
  const double density = 1 / (0.5 * std::sqrt(2 * M_PI));
  expect_exact("below", known.figure("touchpoints.b.experience.normal.mean", kSatisfaction), 0.5 + 6 * density, 0.3);
  expect_exact("above", known.figure("touchpoints.a.experience", kSatisfaction), 0.5 + 6 * density, 0.3);
}

TEST(Gradient, a_number_without_a_derivative_is_left_out_with_the_reason) {
  const Known known(
      "personas: {p: {}}\npains: {x: {severity: 1}}\n"
      "touchpoints: {t: {experience: {normal: {mean: 6, sd: 0}}, pains: {x: {probability: 0}}, next: {done: 1, go: "
      "0}}}\n"
      "start: t\noutcomes: {done: {}, go: {}}\n",
      10);
  EXPECT_EQ(known.at("touchpoints.t.experience.normal.sd").left_out,
            "its distribution has no width, and is a constant");
  const std::string never = "it is 0: nobody meets it in this run, which therefore says nothing about more of it";
  EXPECT_EQ(known.at("touchpoints.t.pains.x.probability").left_out, never);
  EXPECT_EQ(known.at("touchpoints.t.next.go.weight").left_out, never);
  const Known carried(
      "personas: {p: {}}\ntouchpoints: {t: {experience: 5, channels: {app: {experience: 6}}, next: {done: 1}}}\n"
      "start: t\noutcomes: {done: {}}\n",
      10);
  EXPECT_EQ(carried.at("touchpoints.t.experience").left_out,
            "nobody looks at it: everyone below it carries an own one");
  EXPECT_EQ(carried.at("touchpoints.t.channels.app.experience").left_out, "");
  // Two moments that are equally far above and below the anchor, by numbers without any chance.
  const Known tied(
      "personas: {p: {}}\ntouchpoints:\n  a: {experience: 8, next: {b: 1}}\n  b: {experience: 2, next: {done: 1}}\n"
      "start: a\noutcomes: {done: {}}\nsatisfaction: {disconfirmation_weight: 0}\n",
      10);
  EXPECT_NE(tied.at("touchpoints.a.experience").left_out.find("the peak jumps"), std::string::npos);
  EXPECT_EQ(tied.at("satisfaction.memory.end").left_out, "");
}

}  // namespace
}  // namespace sojourn::tests
