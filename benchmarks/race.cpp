// Which way on is better picked by inversion, as the format has it, or by a race of exponential times keyed by edge, in which a raised
// weight only pulls agents in? Measured by the variance of the paired difference of NPS, and by time.
//
//   race JOURNEY SCENARIO... AGENTS    prints a line of JSON for each scenario

#include "engine/compare/simulation.h"
#include "models/change/scenario.h"
#include "models/change/views.h"
#include "models/journey/read.h"
#include "models/score/experiment.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <string>

using namespace sojourn;  // NOLINT: a program of its own

namespace {

/// Customer, one by one.
struct Inverting {
  using State = models::Traveller;
  const models::Customer& customer;
  State begin(const engine::Luck& luck) const { return customer.begin(luck); }
  void visit(State& state, const engine::Luck& luck, engine::Visit& visit) const { customer.visit(state, luck, visit); }
  void score(const State& state, const engine::Ending& ending, std::span<std::int64_t> scores) const {
    customer.score(state, ending, scores);
  }
  std::uint32_t node_count() const { return customer.node_count(); }
  std::uint32_t visit_limit(const State& state) const { return customer.visit_limit(state); }
  static std::int64_t pair_score(std::uint32_t i, std::span<const std::int64_t> base,
                                 std::span<const std::int64_t> scenario) {
    return models::Customer::pair_score(i, base, scenario);
  }
};

/// The same, but that the edge is the one whose exponential time, of rate its weight, is the shortest (Efraimidis & Spirakis 2006).
struct Racing : Inverting {
  void visit(State& state, const engine::Luck& luck, engine::Visit& visit) const {
    const std::uint32_t node = state.node;
    customer.visit(state, luck, visit);
    if (visit.given_up) return;
    const models::PersonaTables& persona = customer.tables().personas[state.group];
    const models::Slice& ways = persona.stops[node].ways;
    const models::WayRow* way = &persona.ways[ways.first];
    for (std::uint32_t w = ways.first; w < ways.first + ways.count; ++w) {
      if (persona.ways[w].way == visit.way) way = &persona.ways[w];
    }
    const std::uint32_t word = luck.block(models::purpose::visit)[2];
    double shortest = 0;
    const models::EdgeRow* chosen = nullptr;
    for (std::uint32_t e = way->edges.first; e < way->edges.first + way->edges.count; ++e) {
      const models::EdgeRow& edge = persona.edges[e];
      if ((edge.if_goals & ~state.goals) != 0 || (edge.if_pains & ~state.open) != 0 ||
          (edge.unless_goals & state.goals) != 0 || (edge.unless_pains & state.open) != 0) {
        continue;
      }
      std::uint64_t z = (std::uint64_t{edge.to} << 32 | word) + 0x9e3779b97f4a7c15;  // SplitMix64 of edge and luck
      z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
      z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
      const double u = engine::uniform(static_cast<std::uint32_t>((z ^ (z >> 31)) >> 32));
      const double time = -engine::log(u) / (edge.weight * engine::exp(edge.mood * (state.mood - persona.anchor)));
      if (chosen == nullptr || time < shortest) {
        chosen = &edge;
        shortest = time;
      }
    }
    state.node = visit.next = chosen->to;
    visit.flow = chosen->flow;
    visit.drop_off = chosen->drop_off;
  }
};

struct Measured {
  double difference = 0, variance = 0, seconds = 0, changed = 0;
};

template <class B>
Measured measure(const models::Experiment& experiment, std::uint64_t agents) {
  const B base{experiment.customer(0)};
  const B scenario{experiment.customer(1)};
  const engine::Layout& layout = experiment.atlas().layout;
  const engine::PlaceKeys keys = experiment.keys(1, 0);
  engine::Tallies tallies(layout, 1);
  const std::clock_t start = std::clock();
  engine::Simulation<B>(layout, {&base, &scenario}, keys).run({0, agents, 1}, {}, tallies);
  Measured result;
  result.seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  const auto n = static_cast<double>(agents);
  result.difference = static_cast<double>(tallies.headline_changes[0]) * 1e-9 / n;
  const engine::WideSum& squares = tallies.headline_products[0];
  const double sum = static_cast<double>(squares.low) + static_cast<double>(squares.middle) * 0x1p64;
  result.variance = sum * 1e-18 / n - result.difference * result.difference;
  result.changed = static_cast<double>(tallies.pairs[0].changed()) / n;
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "Usage: race JOURNEY SCENARIO... AGENTS\n");
    return 2;
  }
  const std::uint64_t agents = std::strtoull(argv[argc - 1], nullptr, 10);
  const models::JourneyFile journey = models::read_journey(models::read_source(argv[1]));
  const models::Case base = models::build_case(journey, {});
  for (int i = 2; i + 1 < argc; ++i) {
    const std::filesystem::path path(argv[i]);
    const models::ScenarioFile file =
        models::read_scenario(models::read_source(path.string()), path.parent_path().string());
    const models::Case changed = models::build_case(journey, {&file, 1});
    const models::Experiment experiment({&base, &changed});
    const Measured by_inversion = measure<Inverting>(experiment, agents);
    const Measured by_race = measure<Racing>(experiment, agents);
    std::printf(
        "{\"scenario\": \"%s\", \"inversion\": [%.4f, %.6g, %.3f, %.4f], \"race\": [%.4f, %.6g, %.3f, %.4f], "
        "\"race_wins_by\": %.3f}\n",
        path.stem().c_str(), by_inversion.difference, by_inversion.variance, by_inversion.seconds, by_inversion.changed,
        by_race.difference, by_race.variance, by_race.seconds, by_race.changed,
        by_inversion.variance * by_inversion.seconds / (by_race.variance * by_race.seconds));
  }
}
