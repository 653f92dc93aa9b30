#include "models/exact/explain.h"

#include "tests/support/cases.h"
#include "tests/support/exact.h"

#include <gtest/gtest.h>

namespace sojourn::tests {
namespace {

TEST(Explain, sums_up_to_the_visits) {
  const models::Case one = case_of(R"(
journey: J
personas:
  p: {name: P}
  q: {name: Q, overrides: [{set: touchpoints.a.next.b.weight, to: 3}]}
  r: {name: R}
touchpoints:
  a: {label: A, experience: 7, next: {b: 1, a: 2, out: 1}}
  b: {label: B, experience: 7, next: {a: 1, out: 3}}
start: {a: 3, b: 1}
outcomes: {out: {label: Out}}
limits: {visits: 4}
)");
  const models::Experiment experiment({&one});
  const Solved exact = solved(experiment);
  const auto equations = models::explain(exact.answer.figures, experiment.names(), experiment.customer(0).tables(), 1);
  ASSERT_EQ(equations.size(), 2U);
  EXPECT_EQ(equations[0].personas, (std::vector<std::string>{"p", "r"}));
  for (const models::ExplainedVisits& equation : equations) {
    EXPECT_DOUBLE_EQ(equation.start, 0.25);
    ASSERT_EQ(equation.from.size(), 1U);
    EXPECT_EQ(equation.from[0].end, 0U);
    EXPECT_DOUBLE_EQ(equation.from[0].probability, equation.personas[0] == "p" ? 0.25 : 0.5);
    EXPECT_GT(equation.cut_off, 0.001);
    EXPECT_NEAR(equation.start + equation.from[0].visits * equation.from[0].probability - equation.cut_off,
                equation.visits, 1e-14);
    double leaving = 0;
    for (const models::ExplainedFlow& to : equation.to) leaving += to.probability;
    EXPECT_NEAR(leaving, 1, 1e-14);
  }
}

}  // namespace
}  // namespace sojourn::tests
