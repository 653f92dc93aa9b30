// Law: what the checks say cannot come about does not come about to agents, and what agents meet was said.

#include "tests/laws/reference_walker.h"
#include "tests/models/check/checked.h"
#include "tests/support/property.h"

#include <cmath>
#include <map>
#include <set>

namespace sojourn::tests {
namespace {

constexpr std::uint64_t agents = 100;

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

bool any(const Lines& lines, const std::string& part) {
  return std::ranges::any_of(lines, [&](const std::string& line) { return contains(line, part); });
}

/// Counts what the laws had something to say about, so that a test that looks at nothing fails.
struct Seen {
  int stuck = 0;
  int trapped = 0;
  int unreached = 0;
  int closed = 0;
  int lengths = 0;
};

struct Lengths {
  double sum = 0;
  double squares = 0;
  double count = 0;
  bool cut = false;
};

/// What one agent met that the lines exclude.
std::string of_agent(const ReferenceJourney& walked, const Lines& lines) {
  std::set<std::string> places;
  std::set<std::string> ways;  // as the lines name them
  for (const ReferenceVisit& visit : walked.visits) {
    places.insert(visit.touchpoint);
    // An edge of the touchpoint itself is not told from one of a channel where the line names no channel.
    const std::string through = visit.channel.empty() ? "" : " through channel '" + visit.channel + "'";
    if (!visit.given_up)
      ways.insert("the edge from '" + visit.touchpoint + "' to '" + visit.next + "'" + through + " never opens");
  }
  for (const std::string& line : lines) {
    const std::string what = line.substr(0, line.find('('));
    for (const std::string& place : places) {
      if (contains(what, "touchpoint '" + place + "' is never reached")) return place + " is reached";
      const bool trap =
          contains(what, "error: no outcome can be reached from touchpoint") && contains(what, "'" + place + "'");
      if (trap && !contains(what, " once ") && !contains(what, " for persona") && !walked.truncated) {
        return "an outcome is reached from " + place;
      }
    }
    for (const std::string& way : ways) {
      if (contains(what, way)) return "one took " + way;
    }
  }
  return "";
}

std::string law(const RandomJourney& journey, Seen& seen) {
  models::Case one = read_case(journey.text);
  for (models::Journey& view : one.views.views) view.visit_limit = 300;
  const Checked result = checked(one);
  if (any(result.lines, "never reached")) ++seen.unreached;
  if (any(result.lines, "never opens")) ++seen.closed;
  if (any(result.lines, "no outcome can be reached")) ++seen.trapped;
  ReferenceWalker walker(one.views);
  std::map<std::string, Lengths> lengths;
  std::set<std::string> not_whole;  // personas of whom some agent got stuck
  for (std::uint64_t agent = 0; agent < agents; ++agent) {
    ReferenceJourney walked;
    try {
      walked = walker.walk(agent);
    } catch (const ReferenceStuck& stuck) {
      ++seen.stuck;
      const bool said = any(result.lines, "no edge of touchpoint") || any(result.lines, "no channel of touchpoint") ||
                        any(result.lines, "may be without an open edge");
      if (!said) return std::string("an agent is stuck: ") + stuck.what();
      for (const models::Persona& persona : one.views.views.front().personas) not_whole.insert(persona.id);
      continue;
    }
    const std::string broken = of_agent(walked, result.lines);
    if (!broken.empty()) return broken;
    Lengths& length = lengths[walked.persona];
    const auto visits = static_cast<double>(walked.visits.size());
    length.sum += visits;
    length.squares += visits * visits;
    ++length.count;
    length.cut = length.cut || walked.truncated;
  }
  for (const models::ExpectedLength& expected : result.lengths) {
    if (!expected.visits || not_whole.contains(expected.persona)) continue;
    const Lengths& length = lengths[expected.persona];
    if (length.cut || length.count < 30 || std::isinf(*expected.visits)) continue;
    ++seen.lengths;
    // At |z| <= 7 with at least 30 skewed values per persona; the variance of a rare long journey is not known from them,
    // so that of a geometric length with this mean is added. Seeds are fixed: 7 only says what a failure would mean.
    const double mean = length.sum / length.count;
    const double variance = length.squares / length.count - mean * mean + *expected.visits * (1 + *expected.visits);
    if (std::abs(mean - *expected.visits) > 7 * std::sqrt(variance / length.count)) {
      return expected.persona + " makes " + std::to_string(mean) + " visits instead of " +
             std::to_string(*expected.visits);
    }
  }
  return "";
}

TEST(CheckLaw, agents_meet_nothing_that_the_checks_exclude) {
  Seen seen;
  for_all(300, any_journey(WayOn::may_miss), [&](const RandomJourney& journey) { return law(journey, seen); });
  EXPECT_GT(seen.stuck, 0);
  EXPECT_GT(seen.unreached, 0);
  EXPECT_GT(seen.closed, 0);
  EXPECT_GT(seen.lengths, 0);
}

}  // namespace
}  // namespace sojourn::tests
