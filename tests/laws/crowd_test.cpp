// Law: a crowd's journeys are those of its agents one by one, to the last bit, whatever the lanes.

#include "models/crowd/crowd.h"

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

/// The first agents are units by themselves, and such are not for crowds. Among those from here on, units become larger.
constexpr std::uint64_t kFirst = 1'536;

class Crowds : public testing::Test {
 protected:
  ~Crowds() override { models::use_crowd_target(models::crowd_targets().front()); }
};

std::vector<const models::Customer*> customers(const models::Experiment& experiment) {
  std::vector<const models::Customer*> cases;
  for (std::size_t i = 0; i < experiment.case_count(); ++i) cases.push_back(&experiment.customer(i));
  return cases;
}

/// What comes of these agents, or who is stuck where.
std::variant<FiguresByAddress, std::string> walked(const models::Experiment& experiment, std::uint64_t agents,
                                                   const std::string& target) {
  models::use_crowd_target(target);
  const engine::Layout& layout = experiment.atlas().layout;
  const engine::PlaceKeys keys = experiment.keys(3, 0);
  const std::vector<const models::Customer*> cases = customers(experiment);
  const engine::Simulation<models::Customer> simulation(layout, cases, keys);
  engine::Tallies tallies(layout, cases.size() - 1);
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
  const models::Crowd crowd(customers(experiment), experiment.atlas().layout, keys);
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

/// Base and scenarios together, whose journeys part where they differ first.
class WhatIfs : public Crowds {
 protected:
  /// Holds two scenarios of each what-if, all of its changes and the first alone, against agents one by one; returns how many of the
  /// comparisons crowds made.
  static int hold(int times, const rc::Gen<WhatIf>& any) {
    int walked_by_crowds = 0;
    for_all(times, any, [&](const WhatIf& what_if) -> std::string {
      const std::vector<std::string> changes = possible(what_if.journey.text, what_if.changes);
      if (changes.empty()) return "";
      const models::Case base = case_of(what_if.journey.text);
      const models::Case all = changed_case(what_if.journey.text, changes);
      const models::Case one = changed_case(what_if.journey.text, {changes.front()});
      const models::Experiment experiment({&base, &all, &one}, models::Estimates::controlled);
      for (const std::string& target : models::crowd_targets()) {
        const std::string broken = difference_by(experiment, 600, target);
        if (!broken.empty()) return broken;
        if (!target.empty() && is_for_crowds(experiment)) ++walked_by_crowds;
      }
      return "";
    });
    return walked_by_crowds;
  }
};

TEST_F(WhatIfs, of_one_touchpoint_are_as_agents_walk_them_one_by_one) {
  EXPECT_GT(hold(300, any_touchpoint_what_if()), 150 * (static_cast<int>(models::crowd_targets().size()) - 1));
}

TEST_F(WhatIfs, of_any_kind_are_as_agents_walk_them_one_by_one) { hold(300, any_what_if()); }

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
