// A model of one's own: parcels that are tried at the door, up to three times, and else wait in a shop. What does a message
// before the first try do?

#include "engine/compare/means.h"
#include "engine/compare/simulation.h"

#include <cstdio>

namespace engine = sojourn::engine;

constexpr std::uint32_t kDoor = 0;                    // the one node
constexpr std::uint32_t kDelivered = 1, kInShop = 2;  // exits: numbers from node_count() on
enum Score : std::uint32_t { kTries, kHandedOver, kDays, kScores };

struct Parcel {
  struct State {
    std::uint32_t node = kDoor;
    std::uint32_t group = 0;
    std::int64_t elapsed_ms = 0;
    int tries = 0;
  };
  double at_home = 0.6;  // probability, at each try

  State begin(const engine::Luck&) const { return {}; }

  void visit(State& state, const engine::Luck& luck, engine::Visit& visit) const {
    constexpr std::int64_t kDay = 24 * 3'600'000;  // ms
    static const std::uint32_t kMeeting = engine::purpose_of("meeting");
    visit = {};
    visit.node = kDoor;
    visit.arrived_ms = state.elapsed_ms;
    visit.duration_ms = kDay;
    state.elapsed_ms += kDay;
    ++state.tries;
    const bool met = engine::uniform(luck.block(kMeeting)[0]) < at_home;
    visit.flow = met ? 0 : state.tries == 3 ? 1 : 2;  // into the targets of the layout
    state.node = met ? kDelivered : state.tries == 3 ? kInShop : kDoor;
    visit.next = state.node;
  }

  void score(const State& state, const engine::Ending& ending, std::span<std::int64_t> scores) const {
    scores[kTries] = state.tries;
    scores[kHandedOver] = ending.exit == kDelivered ? 1 : 0;
    scores[kDays] = state.elapsed_ms;
  }

  // Of two journeys of one agent, where a layout has pair_scores. This one has none, and it is never called; Simulation names it all the same.
  static std::int64_t pair_score(std::uint32_t, std::span<const std::int64_t>, std::span<const std::int64_t>) {
    return 0;
  }
  std::uint32_t node_count() const { return 1; }
  std::uint32_t visit_limit(const State&) const { return 10; }
};
static_assert(engine::Behaviour<Parcel>);

void print(const char* what, const engine::Estimate& estimate) {
  std::printf("%-22s %6.4f  (%.4f to %.4f)\n", what, estimate.value, estimate.lo, estimate.hi);
}

int main() {
  engine::Layout layout;
  layout.groups = {"everybody"};
  layout.exits = {"delivered", "in the shop"};
  layout.nodes = {{.name = "door", .ways = {}, .marks = {}, .targets = {kDelivered, kInShop, kDoor}}};
  layout.scores = kScores;
  layout.finish();

  const Parcel as_it_is, with_message{.at_home = 0.75};
  const engine::PlaceKeys keys = engine::place_keys({.seed = 1}, {"door"});  // luck hangs on names, not on numbers
  const engine::Simulation<Parcel> simulation(layout, {&as_it_is, &with_message}, keys);
  engine::Tallies tallies(layout, 1);
  simulation.run({.first_agent = 0, .last_agent = 100'000}, {}, tallies);

  constexpr double kDaysPerMs = 1 / 86'400'000.0;
  print("tries", engine::mean_of(tallies, 0, kTries, 1, engine::Shape::real));
  print("handed over", engine::mean_of(tallies, 0, kHandedOver, 1, engine::Shape::binary_share));
  print("days", engine::mean_of(tallies, 0, kDays, kDaysPerMs, engine::Shape::real));
  print("a message: tries", engine::mean_difference(tallies, 1, kTries, 1));
  print("a message: handed over", engine::mean_difference(tallies, 1, kHandedOver, 1));
  std::printf("parcels that it changes %.4f\n",
              static_cast<double>(tallies.pairs[0].changed()) / static_cast<double>(tallies.agents));
}
