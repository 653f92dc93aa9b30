#include "engine/tally/ending_sums.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace sojourn::engine {
namespace {

Layout layout() {
  Layout l;
  l.groups = {"one", "two"};
  l.nodes = {{"a", {}, {}, {1}}};
  l.exits = {"end"};
  l.scores = 11;  // more than eight, and no multiple
  l.histogram_scores = {2};
  l.controls = {{Control::Kind::luck, 0}, {Control::Kind::first, 1}, {Control::Kind::score, 1}};
  l.controlled = {0, 2};
  l.finish();
  return l;
}

void expect_same(const Layout& l, const GroupTally& a, const GroupTally& b) {
  EXPECT_EQ(a.agents, b.agents);
  for (std::size_t i = 0; i < l.scores; ++i) {
    EXPECT_EQ(a.scores[i].sum, b.scores[i].sum) << i;
    EXPECT_EQ(a.scores[i].squares, b.scores[i].squares) << i;
  }
  EXPECT_EQ(a.histograms[0].counts(), b.histograms[0].counts());
  for (std::size_t c = 0; c < l.controls.size(); ++c) {
    EXPECT_EQ(a.controls.x(c), b.controls.x(c));
    for (std::size_t d = 0; d < l.controls.size(); ++d) EXPECT_EQ(a.controls.xx(c, d), b.controls.xx(c, d));
    for (std::size_t y = 0; y < l.controlled.size(); ++y) EXPECT_EQ(a.controls.xy(c, y), b.controls.xy(c, y));
  }
}

/// Scores of agent i, of which some are as large as `large`.
std::vector<std::int64_t> scores_of(const Layout& l, std::int64_t i, std::int64_t large) {
  std::vector<std::int64_t> row(in_eights(l.scores), 0);
  for (std::size_t s = 0; s < l.scores; ++s) row[s] = (i + 1) * static_cast<std::int64_t>(s * s) % 1'000'000'007;
  row[0] = large - i;
  row[1] = i % 3 == 0 ? -large : i;
  row[2] = i * 1'000;
  return row;
}

/// What many agents come to is what each does, more than wait at once and with numbers that are too large to wait.
TEST(EndingSums, are_those_of_each) {
  const Layout l = layout();
  for (const std::int64_t large : {std::int64_t{1'000}, kNarrow - 1, kNarrow, std::int64_t{1} << 62}) {
    Tally each(l), together(l), first(l), others(l), left(l);
    EndingSums sums(l);
    for (std::int64_t i = 0; i < 700; ++i) {
      Ending ending;
      ending.group = 1;
      ending.first = static_cast<std::uint32_t>(i % 2);
      ending.luck = static_cast<std::uint32_t>(i * 6'000'000);
      const std::vector<std::int64_t> row = scores_of(l, i, i % 5 == 0 ? large : 77);
      const auto scores = std::span(row).first(l.scores);
      each.add(ending, scores);
      (i < 200 ? first : others).add(ending, scores);
      sums.add(ending, row.data(), together.endings_of(1));
    }
    sums.move_to(together.endings_of(1));
    sums.move_to(together.endings_of(1));  // nothing is left
    expect_same(l, together.groups()[1], each.groups()[1]);
    EXPECT_EQ(together.groups()[0].agents, 0U);
    left.add_endings_of(together, first);  // all but some are the others
    expect_same(l, left.groups()[1], others.groups()[1]);
  }
}

}  // namespace
}  // namespace sojourn::engine
