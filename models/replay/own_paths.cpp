#include "models/replay/own_paths.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <tuple>

namespace sojourn::models {

namespace {

/// `said` in the usual order, `at` [touchpoint] what that order is made of.
std::vector<Stop> with_logged(const std::vector<std::uint32_t>& logged, const std::vector<Stop>& said,
                              const std::vector<double>& at) {
  std::vector<Stop> stops;
  for (const std::uint32_t touchpoint : logged) {
    const auto rated = std::ranges::find(said, touchpoint, &Stop::touchpoint);
    stops.push_back(rated == said.end() ? Stop{touchpoint, std::numeric_limits<double>::quiet_NaN()} : *rated);
  }
  for (const Stop& one : said) {
    // What was not rated and is not in the log was not visited.
    if (std::isnan(one.performance) || std::ranges::find(logged, one.touchpoint) != logged.end()) continue;
    const auto later =
        std::ranges::find_if(stops, [&](const Stop& other) { return at[other.touchpoint] > at[one.touchpoint]; });
    stops.insert(later, one);
  }
  return stops;
}

}  // namespace

std::vector<OwnPath> own_paths(const Answers& answers, const UsualOrder& order) {
  std::vector<OwnPath> paths;
  for (const Respondent& one : answers.respondents) {
    SOJOURN_EXPECT(one.persona == kNotSaid ? !order.empty() : one.persona + 1 < order.size(),
                   "an order for each persona, and one for those not said");
    const std::vector<double>& at = one.persona == kNotSaid ? order.back() : order[one.persona];
    OwnPath path{one.persona, {}, one.score, one.weight};
    for (std::size_t item = 0; item < one.ratings.size(); ++item) {
      const std::uint32_t touchpoint = answers.rated[item];
      const Rating& rating = one.ratings[item];
      SOJOURN_EXPECT(touchpoint < at.size(), "a place for each touchpoint");
      if (rating.kind == Rating::Kind::never_used || std::isnan(at[touchpoint])) continue;
      path.stops.push_back(
          {touchpoint, rating.kind == Rating::Kind::rated ? rating.value : std::numeric_limits<double>::quiet_NaN()});
    }
    std::ranges::sort(path.stops, [&](const Stop& a, const Stop& b) {
      return std::tie(at[a.touchpoint], a.touchpoint) < std::tie(at[b.touchpoint], b.touchpoint);
    });
    if (one.of_case != kNotSaid && !answers.paths.empty() && !answers.paths[one.of_case].empty())
      path.stops = with_logged(answers.paths[one.of_case], path.stops, at);
    paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace sojourn::models
