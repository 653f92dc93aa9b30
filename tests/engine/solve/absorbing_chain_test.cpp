#include "engine/solve/absorbing_chain.h"

#include "engine/base/contract.h"

#include <gtest/gtest.h>

#include <limits>

namespace sojourn::engine {
namespace {

TEST(AbsorbingChain, rows_are_in_order_and_without_duplicates) {
  const AbsorbingChain chain(2, 1, {{1, 2, 0.5}, {0, 1, 0.25}, {1, 0, 0.5}, {0, 0, 0.5}, {0, 2, 0}, {0, 1, 0.25}});
  EXPECT_EQ(chain.states(), 2U);
  EXPECT_EQ(chain.exits(), 1U);
  EXPECT_EQ(chain.ends(), 3U);
  ASSERT_EQ(chain.row(0).size(), 2U);
  EXPECT_EQ(chain.row(0)[0].to, 0U);
  EXPECT_EQ(chain.row(0)[1].to, 1U);
  EXPECT_EQ(chain.row(0)[1].probability, 0.5);
  EXPECT_EQ(chain.first(1), 2U);
  EXPECT_EQ(chain.steps().size(), 4U);
  EXPECT_EQ(chain.network().links.size(), 4U);
}

TEST(AbsorbingChain, refuses_what_is_no_distribution) {
  const auto chain = [](std::vector<Transition> transitions) { return AbsorbingChain(1, 1, std::move(transitions)); };
  EXPECT_NO_THROW(chain({{0, 0, 0.1}, {0, 0, 0.2}, {0, 1, 0.7}}));  // within rounding
  EXPECT_THROW(chain({}), ContractViolation);
  EXPECT_THROW(chain({{0, 1, 1 - 2e-12}}), ContractViolation);
  EXPECT_THROW(chain({{0, 1, 1 + 2e-12}}), ContractViolation);
  EXPECT_THROW(chain({{0, 1, 1.5}, {0, 0, -0.5}}), ContractViolation);
  EXPECT_THROW(chain({{0, 1, std::numeric_limits<double>::quiet_NaN()}}), ContractViolation);
  EXPECT_THROW(chain({{0, 2, 1}}), ContractViolation);
  EXPECT_THROW(chain({{1, 0, 1}}), ContractViolation);
}

}  // namespace
}  // namespace sojourn::engine
