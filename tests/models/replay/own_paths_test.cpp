#include "models/replay/own_paths.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace sojourn::models {
namespace {

constexpr double kNever = std::numeric_limits<double>::quiet_NaN();

Rating rated(double value) { return {Rating::Kind::rated, value}; }

TEST(OwnPaths, are_what_was_visited_in_the_usual_order) {
  Answers answers;
  answers.rated = {3, 0, 2, 1};
  const Rating blank, never{Rating::Kind::never_used, 0};
  Respondent one{.persona = 0, .score = 8, .weight = 2};
  one.ratings = {rated(5), blank, never, rated(10)};
  Respondent other{.persona = 1, .score = 3};
  other.ratings = {rated(1), rated(2), rated(3), rated(4)};
  Respondent nobody{.score = 5};
  nobody.ratings = {never, rated(2), never, never};
  answers.respondents = {one, other, nobody};
  const UsualOrder order = {{1, 3, 2, 2.5}, {2, kNever, 2, 0.5}, {1, 2, 3, 4}};
  const std::vector<OwnPath> paths = own_paths(answers, order);
  ASSERT_EQ(paths.size(), 3U);
  ASSERT_EQ(paths[0].stops.size(), 3U);
  EXPECT_EQ(paths[0].stops[0].touchpoint, 0U);
  EXPECT_TRUE(std::isnan(paths[0].stops[0].performance));
  EXPECT_EQ(paths[0].stops[1].touchpoint, 3U);
  EXPECT_EQ(paths[0].stops[1].performance, 5);
  EXPECT_EQ(paths[0].stops[2].touchpoint, 1U);
  EXPECT_EQ(std::tuple(paths[0].persona, paths[0].score, paths[0].weight), std::tuple(0U, 8, 2.0));
  // Nobody of persona 1 comes to touchpoint 1; 0 and 2 come at the same time.
  ASSERT_EQ(paths[1].stops.size(), 3U);
  EXPECT_EQ(paths[1].stops[0].touchpoint, 3U);
  EXPECT_EQ(paths[1].stops[1].touchpoint, 0U);
  EXPECT_EQ(paths[1].stops[2].touchpoint, 2U);
  EXPECT_EQ(paths[1].stops[2].performance, 3);
  ASSERT_EQ(paths[2].stops.size(), 1U);
  EXPECT_EQ(paths[2].stops[0].touchpoint, 0U);
}

TEST(OwnPaths, are_those_of_the_log_where_it_has_them) {
  Answers answers;
  answers.rated = {0, 1, 2, 3};
  Respondent one{.persona = 0, .of_case = 0, .score = 8};
  one.ratings = {rated(5), {}, rated(6), {}};
  Respondent other{.persona = 0, .of_case = 1, .score = 3};
  other.ratings = {rated(1), rated(2), rated(3), rated(4)};
  answers.respondents = {one, other};
  answers.paths = {{3, 0, 3, 0}, {}};
  const std::vector<OwnPath> paths = own_paths(answers, {{1, 2, 3, 4}, {1, 2, 3, 4}});
  // Touchpoint 1 was not rated and is not in the log; 2 was rated, and usually comes before 3.
  const std::vector<std::pair<std::uint32_t, double>> stops = {{2, 6}, {3, -1}, {0, 5}, {3, -1}, {0, 5}};
  ASSERT_EQ(paths[0].stops.size(), stops.size());
  for (std::size_t i = 0; i < stops.size(); ++i) {
    const Stop& stop = paths[0].stops[i];
    EXPECT_EQ(std::pair(stop.touchpoint, std::isnan(stop.performance) ? -1 : stop.performance), stops[i]);
  }
  EXPECT_EQ(paths[1].stops.size(), 4U);  // not in the log: as it was said
}

}  // namespace
}  // namespace sojourn::models
