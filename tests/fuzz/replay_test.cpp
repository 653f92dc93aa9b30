// Every target reads every file of its corpus: the seeds, and what fuzzing has found, which was mended.

#include "tests/fuzz/seeds.h"
#include "tests/fuzz/targets.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
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

/// SOJOURN_WRITE_SEEDS=FOLDER puts them where libFuzzer takes them: FOLDER/TARGET/.
TEST(Seeds, are_written_where_asked_to) {
  const char* where = std::getenv("SOJOURN_WRITE_SEEDS");
  if (where == nullptr) GTEST_SKIP() << "SOJOURN_WRITE_SEEDS is not set";
  for (const Target& target : targets()) {
    const std::filesystem::path folder = std::filesystem::path(where) / target.name;
    std::filesystem::create_directories(folder);
    for (const Seed& seed : seeds_of(target.name)) std::ofstream(folder / seed.name, std::ios::binary) << seed.bytes;
  }
}

}  // namespace
}  // namespace sojourn::fuzz
