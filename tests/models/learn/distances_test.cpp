#include "models/learn/distances.h"

#include <gtest/gtest.h>

#include <string>

namespace sojourn::models {
namespace {

constexpr std::int64_t hour = 3'600'000;

/// Events of an hour each, from the first on.
CaseEvents events(const std::string& letters, std::int64_t origin_ms = 0) {
  CaseEvents list;
  for (const char letter : letters) {
    const std::int64_t at = origin_ms + static_cast<std::int64_t>(list.size()) * hour;
    list.push_back({static_cast<std::uint32_t>(letter), at, at + hour});
  }
  return list;
}

TEST(Distances, are_0_to_oneself_wherever_the_clock_begins) {
  const std::vector<CaseEvents> one = {events("abc"), events("ab")};
  const Distances d = distances(one, {events("ab", 7 * hour), events("abc", -3 * hour)});
  EXPECT_EQ(d.ngram, 0);
  EXPECT_EQ(d.relative_event_hours, 0);
  EXPECT_EQ(d.cycle_time_hours, 0);
}

TEST(Distances, trigrams_by_hand) {
  // ^^a ^ab ab$ b$$ against ^^a ^ac ac$ c$$: one of four is shared, so 6 of 8 differ.
  EXPECT_DOUBLE_EQ(distances({events("ab")}, {events("ac")}).ngram, 6.0 / 8);
  EXPECT_DOUBLE_EQ(distances({events("a")}, {events("b")}).ngram, 1);
}

TEST(Distances, hours_by_hand) {
  // Starts and ends at 0, 1 and at 0, 1, 1, 2: shares (1/2, 1/2, 0) and (1/4, 1/2, 1/4), so 1/4 + 1/4.
  const Distances d = distances({events("a")}, {events("ab")});
  EXPECT_DOUBLE_EQ(d.relative_event_hours, 0.5);
  EXPECT_DOUBLE_EQ(d.cycle_time_hours, 1);
  // One long event counts where it ends, also beyond the start of the next.
  const CaseEvents overlapping = {{1, 0, 10 * hour}, {2, hour, 2 * hour}};
  EXPECT_DOUBLE_EQ(distances({overlapping}, {events("ab")}).cycle_time_hours, 8);
}

TEST(Distances, whole_hours_are_compared) {
  const CaseEvents a = {{1, 0, 2 * hour + 59 * 60'000}}, b = {{1, 0, 2 * hour}};
  EXPECT_DOUBLE_EQ(distances({a}, {b}).relative_event_hours, 0);
  const CaseEvents c = {{1, 0, 3 * hour}};
  EXPECT_DOUBLE_EQ(distances({c}, {b}).relative_event_hours, 0.5);
}

}  // namespace
}  // namespace sojourn::models
