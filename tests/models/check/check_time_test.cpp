// Law: errors are real and nothing stuck is missed, by following every state and time of small journeys.

#include "tests/models/check/checked.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace sojourn::tests {
namespace {

constexpr int longest = 5;  // hours; `after` is at most 3, so that all later times are alike
constexpr int touchpoints = 4;
constexpr int exit_state = -1;

/// Flags: pains 'p0' and 'p1' (bits 0 and 1), goal 'g' (bit 2).
struct Place {
  struct Way {
    int to = exit_state;
    int if_flag = -1;
    int unless_flag = -1;
  };
  struct Risk {
    int chance = 0;  // 0: not at all, 1: perhaps, 2: surely, 3: by the time
    int after = 0;   // hours
    int resolved = 0;
  };
  std::set<int> hours;  // one or two equally likely durations
  Risk pains[2];
  int goal = 0;
  std::vector<Way> ways;
};
using Places = std::vector<Place>;

Places random_places(std::mt19937& chance) {
  const auto below = [&](unsigned n) { return static_cast<int>(chance() % n); };
  Places places(touchpoints);
  const bool by_time = below(2) == 0;  // most pains
  for (Place& place : places) {
    place.hours = {below(3), below(3)};
    for (Place::Risk& risk : place.pains) {
      risk.chance = below(by_time ? 6 : 3) != 1 && (by_time || below(2) == 0) ? 3 : below(3);
      risk.after = below(4);
      risk.resolved = below(2) * below(3);
    }
    place.goal = below(2) * below(3);
    for (int to = exit_state; to < touchpoints; ++to) {
      if (below(3) != 0) continue;
      Place::Way way{to};
      if (below(2) == 0) way.if_flag = below(3);
      if (below(3) == 0) way.unless_flag = below(3);
      place.ways.push_back(way);
    }
    if (place.ways.empty()) place.ways.push_back({});
  }
  return places;
}

std::string condition(int flag) { return flag == 2 ? "{goal: g}" : "{pain: p" + std::to_string(flag) + "}"; }

std::string text_of(const Places& places) {
  const std::vector<std::string> chances = {"0", "0.5", "1"};
  std::string text =
      "journey: x\npersonas: {anna: {}}\ngoals: {g: {}}\npains: {p0: {severity: 1, lasting: true}, p1: {severity: 1, "
      "lasting: true}}\nstart: t0\noutcomes: {out: {}}\ntouchpoints:\n";
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Place& place = places[i];
    std::string hours;
    for (const int each : place.hours) hours += std::to_string(each) + " h: 1, ";
    text += "  t" + std::to_string(i) + ": {experience: 5, duration: {discrete: {" + hours + "}}, pains: {";
    for (int p = 0; p < 2; ++p) {
      const Place::Risk& risk = place.pains[p];
      text += "p" + std::to_string(p) + ": " +
              (risk.chance == 3 ? "{after: " + std::to_string(risk.after) + " h}"
                                : "{probability: " + chances[static_cast<std::size_t>(risk.chance)] + "}") +
              ", ";
    }
    text += "}, resolves: {p0: {probability: " + chances[static_cast<std::size_t>(place.pains[0].resolved)] +
            "}, p1: {probability: " + chances[static_cast<std::size_t>(place.pains[1].resolved)] +
            "}}, fulfils: {g: " + chances[static_cast<std::size_t>(place.goal)] + "}, next: {";
    for (const Place::Way& way : place.ways) {
      text += (way.to == exit_state ? "out" : "t" + std::to_string(way.to)) + ": {weight: 1";
      if (way.if_flag >= 0) text += ", if: " + condition(way.if_flag);
      if (way.unless_flag >= 0) text += ", unless: " + condition(way.unless_flag);
      text += "}, ";
    }
    text += "}}\n";
  }
  return text;
}

/// Everything that can come about.
struct Truth {
  using State = std::tuple<int, unsigned, int>;  // touchpoint, flags, hours travelled
  std::set<State> states;
  std::map<State, std::set<State>> after;  // an exit is (-1, 0, 0)
  std::set<int> stuck;                     // touchpoints
  std::set<std::pair<int, int>> taken;     // edges
  bool no_way_out = false;                 // from some state
};

/// Flags after the visit that are possible, with exactly this time travelled.
std::set<unsigned> flags_after(const Place& place, unsigned flags, int hours) {
  std::set<unsigned> possible = {flags};
  const auto branch = [&](bool may_be, bool must_be, auto change) {
    std::set<unsigned> next;
    for (const unsigned each : possible) {
      if (may_be) next.insert(change(each));
      if (!must_be) next.insert(each);
    }
    possible = next;
  };
  for (unsigned p = 0; p < 2; ++p) {
    const Place::Risk& risk = place.pains[p];
    const bool late = hours > risk.after;
    const unsigned bit = 1U << p;
    branch(risk.chance == 3 ? late : risk.chance > 0, risk.chance == 3 ? late : risk.chance == 2,
           [&](unsigned each) { return each | bit; });
    branch(risk.resolved > 0, risk.resolved == 2, [&](unsigned each) { return each & ~bit; });
  }
  branch(place.goal > 0, place.goal == 2, [](unsigned each) { return each | 4U; });
  return possible;
}

/// (hours travelled, flags) after the visit that are possible.
std::set<std::pair<int, unsigned>> after_visit(const Place& place, unsigned flags, int before) {
  std::set<std::pair<int, unsigned>> possible;
  for (const int duration : place.hours) {
    const int hours = std::min(before + duration, longest);
    for (const unsigned left : flags_after(place, flags, hours)) possible.emplace(hours, left);
  }
  return possible;
}

Truth truth_of(const Places& places) {
  const auto set = [](unsigned flags, int flag) { return (flags >> static_cast<unsigned>(flag) & 1U) != 0; };
  const Truth::State exit{exit_state, 0, 0};
  Truth truth;
  std::vector<Truth::State> work = {{0, 0, 0}};
  std::set<Truth::State> stuck;
  truth.states.insert(work.front());
  while (!work.empty()) {
    const Truth::State state = work.back();
    work.pop_back();
    const auto [at, flags, before] = state;
    const Place& place = places[static_cast<std::size_t>(at)];
    for (const auto& [hours, left] : after_visit(place, flags, before)) {
      bool open = false;
      for (const Place::Way& way : place.ways) {
        if (way.if_flag >= 0 && !set(left, way.if_flag)) continue;
        if (way.unless_flag >= 0 && set(left, way.unless_flag)) continue;
        open = true;
        truth.taken.emplace(at, way.to);
        const Truth::State next = way.to == exit_state ? exit : Truth::State{way.to, left, hours};
        truth.after[state].insert(next);
        if (way.to != exit_state && truth.states.insert(next).second) work.push_back(next);
      }
      if (!open) {
        truth.stuck.insert(at);
        stuck.insert(state);
      }
    }
  }
  // Backwards from the exit.
  std::set<Truth::State> leaves = {exit};
  for (std::size_t before = 0; before != leaves.size();) {
    before = leaves.size();
    for (const auto& [state, next] : truth.after) {
      if (std::ranges::any_of(next, [&](const Truth::State& each) { return leaves.contains(each); }))
        leaves.insert(state);
    }
  }
  for (const Truth::State& state : truth.states) {
    if (!leaves.contains(state) && !stuck.contains(state)) truth.no_way_out = true;
  }
  return truth;
}

TEST(CheckLaw, is_right_about_what_the_time_decides) {
  std::mt19937 chance(20250101);
  std::map<std::string, int> seen;
  for (int round = 0; round < 4000; ++round) {
    const Places places = random_places(chance);
    const std::string text = text_of(places);
    const Lines lines = checked(text).lines;
    const Truth truth = truth_of(places);
    const auto any = [&](const std::string& part) {
      const bool found =
          std::ranges::any_of(lines, [&](const std::string& line) { return line.find(part) != std::string::npos; });
      if (found) ++seen[part.substr(0, part.find('\''))];
      return found;
    };
    std::set<int> reached;
    for (const auto& [at, flags, hours] : truth.states) reached.insert(at);
    for (int i = 0; i < touchpoints; ++i) {
      const std::string id = "'t" + std::to_string(i) + "'";
      if (any("error: no edge of touchpoint " + id)) {
        EXPECT_TRUE(truth.stuck.contains(i)) << id << " is never stuck\n" << text;
      }
      if (truth.stuck.contains(i)) {
        EXPECT_TRUE(any("no edge of touchpoint " + id)) << id << " can be stuck\n" << text;
      }
      if (any("touchpoint " + id + " is never reached")) {
        EXPECT_FALSE(reached.contains(i)) << id << " is reached\n" << text;
      }
      for (int to = exit_state; to < touchpoints; ++to) {
        const std::string target = to == exit_state ? "'out'" : "'t" + std::to_string(to) + "'";
        if (any("the edge from " + id + " to " + target + " never opens")) {
          EXPECT_FALSE(truth.taken.contains({i, to})) << id << " to " << target << " is taken\n" << text;
        }
      }
    }
    if (any("error: no outcome can be reached")) {
      EXPECT_TRUE(truth.no_way_out) << "there is a way out\n" << text;
    }
    if (lines.empty()) {
      EXPECT_TRUE(truth.stuck.empty()) << text;
    }
    if (HasFailure()) {
      for (const std::string& line : lines) ADD_FAILURE() << line;
      return;
    }
  }
  for (const char* part : {"error: no edge of touchpoint ", "no edge of touchpoint ", "touchpoint ", "the edge from ",
                           "error: no outcome can be reached"}) {
    EXPECT_GT(seen[part], 20) << part;
  }
}

}  // namespace
}  // namespace sojourn::tests
