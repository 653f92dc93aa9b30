// Law: a crowd's journeys are those of its agents one by one, to the last bit, whatever the lanes.

#include "models/behaviour/crowd.h"

#include "tests/support/cases.h"
#include "tests/support/environment.h"
#include "tests/support/figures.h"
#include "tests/support/property.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <variant>

namespace sojourn::tests {
namespace {

/// The first agents are units by themselves, and such are not for crowds.
constexpr std::uint64_t kFirst = 4'096;

class Crowds : public testing::Test {
 protected:
  ~Crowds() override { models::use_crowd_target(models::crowd_targets().front()); }
};

/// What comes of these agents, or who is stuck where.
std::variant<FiguresByAddress, std::string> walked(const models::Experiment& experiment, std::uint64_t agents,
                                                   const std::string& target) {
  models::use_crowd_target(target);
  const engine::Layout& layout = experiment.atlas().layout;
  const engine::PlaceKeys keys = experiment.keys(3, 0);
  const engine::Simulation<models::Customer> simulation(layout, {&experiment.customer(0)}, keys);
  engine::Tallies tallies(layout, 0);
  try {
    simulation.run({kFirst, kFirst + agents, 2, 0}, {}, tallies);
  } catch (const engine::StuckAgent& stuck) {
    return fmt::format("agent {} at {}", stuck.agent, stuck.where.node);
  }
  FiguresByAddress figures = all_figures(experiment, tallies);
  figures["visits"].estimate = static_cast<double>(tallies.visits);
  return figures;
}

std::string difference_by(const models::Experiment& experiment, std::uint64_t agents, const std::string& target) {
  const auto one_by_one = walked(experiment, agents, "");
  const auto crowd = walked(experiment, agents, target);
  if (one_by_one.index() != crowd.index()) return target + ": one is stuck, the other is not";
  if (const auto* stuck = std::get_if<std::string>(&one_by_one)) {
    return *stuck == std::get<std::string>(crowd) ? "" : target + ": " + *stuck;
  }
  const std::string broken = difference(std::get<FiguresByAddress>(one_by_one), std::get<FiguresByAddress>(crowd));
  return broken.empty() ? "" : target + ": " + broken;
}

/// Whether this is what crowds walk at all.
bool is_for_crowds(const models::Experiment& experiment) {
  const engine::PlaceKeys keys = experiment.keys(3, 0);
  engine::Tally tally(experiment.atlas().layout);
  const models::Crowd crowd(experiment.customer(0), experiment.atlas().layout, keys, tally);
  return crowd.is_for(kFirst, kFirst + 8);
}

TEST_F(Crowds, walk_as_agents_do_one_by_one) {
  int walked_by_crowds = 0;
  for_all(500, any_journey(), [&](const RandomJourney& journey) -> std::string {
    const models::Case one = case_of(journey.text);
    const models::Experiment experiment({&one}, models::Estimates::controlled);
    for (const std::string& target : models::crowd_targets()) {
      const std::string broken = difference_by(experiment, 600, target);
      if (!broken.empty()) return broken;
      if (!target.empty() && is_for_crowds(experiment)) ++walked_by_crowds;
    }
    return "";
  });
  EXPECT_GT(walked_by_crowds, 450 * (static_cast<int>(models::crowd_targets().size()) - 1));
}

TEST_F(Crowds, get_stuck_where_the_first_of_its_agents_does) {
  for_all(100, any_journey(WayOn::may_miss), [&](const RandomJourney& journey) -> std::string {
    const models::Case one = case_of(journey.text);
    const models::Experiment experiment({&one});
    return difference_by(experiment, 3'000, models::crowd_targets().front());
  });
}

/// Units grow, blocks follow one another, and threads share them.
TEST_F(Crowds, of_many_agents_are_the_same_on_any_threads) {
  std::ostringstream text;
  text << std::ifstream(source_dir() / "scenarios/airport/journey.yaml").rdbuf();
  const models::Case one = case_of(text.str());
  const models::Experiment experiment({&one});
  const auto run = [&](const std::string& target, int threads, std::uint64_t shuffle) {
    models::use_crowd_target(target);
    models::RunPlan plan;
    plan.agents = 140'001;
    plan.threads = threads;
    plan.shuffle = shuffle;
    return all_figures(experiment, plan);
  };
  const auto expected = run("", 1, 0);
  const std::string best = models::crowd_targets().front();
  EXPECT_EQ(difference(expected, run(best, 1, 0)), "");
  EXPECT_EQ(difference(expected, run(best, 3, 7)), "");
}

}  // namespace
}  // namespace sojourn::tests
