// Every target reads every file of its corpus: the seeds, and what fuzzing has found, which was mended.

#include "tests/fuzz/seeds.h"
#include "tests/fuzz/targets.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace sojourn::fuzz {

/// What GoogleTest calls one in the names of tests.
void PrintTo(const Target& target, std::ostream* out) { *out << target.name; }

namespace {

class Replay : public testing::TestWithParam<Target> {};

TEST_P(Replay, takes_whatever_was_found) {
  const std::vector<Seed> seeds = seeds_of(GetParam().name);
  ASSERT_FALSE(seeds.empty());
  for (const Seed& seed : seeds) {
    SCOPED_TRACE(seed.name);
    EXPECT_NO_THROW(GetParam().read(seed.bytes));
    for (const std::size_t part : {3, 2}) {
      EXPECT_NO_THROW(GetParam().read(std::string_view(seed.bytes).substr(0, seed.bytes.size() / part)));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Targets, Replay, testing::ValuesIn(targets().begin(), targets().end()),
                         [](const auto& target) { return std::string(target.param.name); });

}  // namespace
}  // namespace sojourn::fuzz
