#include "tools/terminal/visit_words.h"

#include "models/behaviour/scores.h"
#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"

#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

std::string time_words(std::int64_t ms, const Look& look) {
  return duration(static_cast<double>(ms) / 3'600'000.0, look);
}

std::string points(double value, const Look& look) { return decimal(value, 1, look); }

std::string labels(const std::vector<std::uint32_t>& which, const std::vector<Named>& named) {
  std::string list;
  for (const std::uint32_t one : which) list += (list.empty() ? "" : ", ") + printable(label_of(named[one]));
  return list;
}

std::string waiting(const TracedVisit& traced, const Look& look) {
  const engine::Visit& visit = traced.visit;
  if (visit.given_up) {
    return look.say("gave up after {0}; it would have taken {1}",
                    {time_words(visit.duration_ms, look), time_words(traced.drawn_duration_ms, look)});
  }
  std::string text =
      visit.duration_ms == 0 ? look.say("took no time") : look.say("took {0}", {time_words(visit.duration_ms, look)});
  // A patience of ages says nothing.
  if (traced.patience_ms && *traced.patience_ms < kLongestMs)
    text += look.say(", patience {0}", {time_words(*traced.patience_ms, look)});
  return text;
}

/// "experience 5.1: 9.1 less Gift comes late 4.0, recovery +1.5".
std::string experience(const TracedVisit& traced, const Names& names, const Look& look) {
  const double final_value = traced.visit.measures[measure::experience];
  std::string text = look.say("experience {0}", {points(final_value, look)});
  const double lift = final_value - (traced.drawn_experience - traced.visit.measures[measure::pain_loss]);
  std::string why, unfelt;
  for (const auto& [pain, severity] : traced.pains) {
    const std::string label = printable(label_of(names.pains[pain]));
    if (severity > 0) {
      why += ", " + label + " " + signed_decimal(-severity, 1, look);
    } else {
      unfelt += (unfelt.empty() ? look.say("; unnoticed: ") : std::string(", ")) + label;
    }
  }
  if (std::abs(lift) >= 0.05) why += look.say(", recovery {0}", {signed_decimal(lift, 1, look)});
  if (!why.empty()) text += ": " + points(traced.drawn_experience, look) + why;
  return text + unfelt;
}

std::string feeling(const TracedVisit& traced, const Look& look) {
  const auto& measures = traced.visit.measures;
  std::string text = look.say("expected {0}, satisfaction {1}, mood {2}",
                              {points(measures[measure::expectation], look),
                               points(measures[measure::satisfaction], look), points(measures[measure::mood], look)});
  if (std::abs(traced.expects_next - measures[measure::expectation]) >= 0.05) {
    text += look.say(", expects {0} next", {points(traced.expects_next, look)});
  }
  return text;
}

std::string answers(const TracedJourney& journey, const Look& look) {
  const std::array<double, 3> classes = [&] {
    std::array<double, 3> sums{};
    for (std::size_t k = 0; k < journey.scores.size(); ++k) sums[k <= 6 ? 0 : k <= 8 ? 1 : 2] += journey.scores[k];
    return sums;
  }();
  std::size_t likeliest = 0;
  for (std::size_t k = 0; k < journey.scores.size(); ++k) {
    if (journey.scores[k] > journey.scores[likeliest]) likeliest = k;
  }
  return look.say("would answer {0} most likely ({1}); promoter {2}, passive {3}, detractor {4}",
                  {std::to_string(likeliest), percent(journey.scores[likeliest], look), percent(classes[2], look),
                   percent(classes[1], look), percent(classes[0], look)});
}

}  // namespace

std::vector<Line> visit_words(const TracedVisit& traced, const Names& names, const Look& look) {
  const engine::Visit& visit = traced.visit;
  const TouchpointName& touchpoint = names.touchpoints[visit.node];
  std::string title = (visit.arrived_ms == 0 ? look.say("start") : time_words(visit.arrived_ms, look)) + "  " +
                      (touchpoint.moment_of_truth ? std::string(look.star()) + " " : "") +
                      printable(label_of(touchpoint));
  if (visit.way >= 0) title += ", " + printable(label_of(touchpoint.channels[static_cast<std::size_t>(visit.way)]));
  std::vector<Line> lines = {{title, Tone::strong},
                             {waiting(traced, look), visit.given_up ? Tone::worse : Tone::plain}};
  if (!visit.given_up) {
    const bool hurt = traced.visit.measures[measure::pain_loss] > 0;
    lines.push_back({experience(traced, names, look), hurt ? Tone::worse : Tone::plain});
  }
  lines.push_back({feeling(traced, look)});
  if (!traced.opened.empty())
    lines.push_back({look.say("stays open: {0}", {labels(traced.opened, names.pains)}), Tone::worse});
  if (!traced.closed.empty())
    lines.push_back({look.say("settled: {0}", {labels(traced.closed, names.pains)}), Tone::better});
  if (!traced.achieved.empty())
    lines.push_back({look.say("achieved: {0}", {labels(traced.achieved, names.goals)}), Tone::better});
  return lines;
}

std::vector<Line> ending_words(const TracedJourney& journey, const Names& names, const Look& look) {
  if (journey.stuck) {
    const bool edge = journey.stuck->what == engine::NoWayOn::What::edge;
    return {{look.say("Stuck"), Tone::strong},
            {look.say(edge ? Phrase("every edge is closed at {0}") : Phrase("every channel is closed at {0}"),
                      {printable(label_of(names.touchpoints[journey.stuck->node]))}),
             Tone::worse}};
  }
  std::vector<Line> lines;
  const std::string count = look.say(journey.ending.visits == 1 ? Phrase("1 visit") : Phrase("{0} visits"),
                                     {std::to_string(journey.ending.visits)});
  const std::string after = journey.ending.elapsed_ms == 0
                                ? look.say(" at once, after {0}", {count})
                                : look.say(" after {0}, {1}", {time_words(journey.ending.elapsed_ms, look), count});
  if (journey.ending.truncated) {
    lines.push_back({look.say("Cut off at the limit of visits") + after, Tone::strong});
  } else {
    const OutcomeName& outcome = names.outcomes[journey.end() - names.touchpoints.size()];
    lines.push_back(
        {printable(label_of(outcome)) + (outcome.success ? look.say(" (success)") : "") + after, Tone::strong});
  }
  std::string overall = look.say("overall satisfaction {0}", {points(journey.satisfaction, look)});
  if (journey.memory.any) {
    overall += look.say(": peak {0}, end {1}", {points(journey.memory.peak, look), points(journey.memory.end, look)});
    if (journey.memory.weight > 0)
      overall += look.say(", mean {0}", {points(journey.memory.weighted / journey.memory.weight, look)});
  }
  lines.push_back({overall});
  std::string less;
  const auto take_off = [&](const std::string& what, double value) {
    less +=
        less.empty() ? look.say("less {0} {1}", {points(value, look), what}) : ", " + points(value, look) + " " + what;
  };
  for (const auto& [goal, value] : journey.missed)
    take_off(look.say("for missing {0}", {printable(label_of(names.goals[goal]))}), value);
  for (const auto& [pain, value] : journey.open) {
    if (value > 0) take_off(look.say("for {0}", {printable(label_of(names.pains[pain]))}), value);
  }
  if (journey.effort_loss >= 0.05) take_off(look.say("for effort"), journey.effort_loss);
  if (!less.empty()) lines.push_back({less, Tone::worse});
  lines.push_back({answers(journey, look)});
  return lines;
}

}  // namespace sojourn::tools
