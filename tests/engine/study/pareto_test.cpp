// The front holds what no other option dominates, and nothing else.

#include "engine/study/pareto.h"

#include "engine/random/luck.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <limits>

namespace sojourn::engine {
namespace {

using testing::ElementsAre;

TEST(ParetoFront, by_hand) {
  const double gain[] = {40, 42, 41, 45, 30, 42}, price[] = {1.0, 2.0, 2.5, 4.0, 0.5, 2.0};
  EXPECT_THAT(pareto_front(gain, price), ElementsAre(4, 0, 1, 5, 3));
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(pareto_front(std::vector<double>{nan, 1, 2}, std::vector<double>{0, 1, nan}), ElementsAre(1));
  EXPECT_TRUE(pareto_front({}, {}).empty());
}

TEST(ParetoFront, as_its_definition_says) {
  for (std::uint64_t study = 0; study < 200; ++study) {
    std::vector<double> gain, price;
    for (std::uint32_t i = 0; i < 30; ++i) {
      const Block block = luck_of(place_key(1, "options"), study, 0, i).block(0);
      gain.push_back(static_cast<double>(block[0] % 10));  // with ties
      price.push_back(static_cast<double>(block[1] % 10));
    }
    const std::vector<std::size_t> front = pareto_front(gain, price);
    for (std::size_t i = 0; i < 30; ++i) {
      bool dominated = false;
      for (std::size_t j = 0; j < 30; ++j) {
        dominated =
            dominated || (gain[j] >= gain[i] && price[j] <= price[i] && (gain[j] > gain[i] || price[j] < price[i]));
      }
      EXPECT_EQ(std::ranges::count(front, i), dominated ? 0 : 1) << study << " " << i;
    }
  }
}

}  // namespace
}  // namespace sojourn::engine
