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
    return "gave up after " + time_words(visit.duration_ms, look) + "; it would have taken " +
           time_words(traced.drawn_duration_ms, look);
  }
  std::string text = visit.duration_ms == 0 ? "took no time" : "took " + time_words(visit.duration_ms, look);
  // A patience of ages says nothing.
  if (traced.patience_ms && *traced.patience_ms < kLongestMs)
    text += ", patience " + time_words(*traced.patience_ms, look);
  return text;
}

/// "experience 5.1: 9.1 less Gift comes late 4.0, recovery +1.5".
std::string experience(const TracedVisit& traced, const Names& names, const Look& look) {
  const double final_value = traced.visit.measures[measure::experience];
  std::string text = "experience " + points(final_value, look);
  const double lift = final_value - (traced.drawn_experience - traced.visit.measures[measure::pain_loss]);
  std::string why, unfelt;
  for (const auto& [pain, severity] : traced.pains) {
    const std::string label = printable(label_of(names.pains[pain]));
    if (severity > 0) {
      why += ", " + label + " " + signed_decimal(-severity, 1, look);
    } else {
      unfelt += (unfelt.empty() ? "; unnoticed: " : ", ") + label;
    }
  }
  if (std::abs(lift) >= 0.05) why += ", recovery " + signed_decimal(lift, 1, look);
  if (!why.empty()) text += ": " + points(traced.drawn_experience, look) + why;
  return text + unfelt;
}

std::string feeling(const TracedVisit& traced, const Look& look) {
  const auto& measures = traced.visit.measures;
  std::string text = "expected " + points(measures[measure::expectation], look) + ", satisfaction " +
                     points(measures[measure::satisfaction], look) + ", mood " + points(measures[measure::mood], look);
  if (std::abs(traced.expects_next - measures[measure::expectation]) >= 0.05) {
    text += ", expects " + points(traced.expects_next, look) + " next";
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
  return "would answer " + std::to_string(likeliest) + " most likely (" + percent(journey.scores[likeliest], look) +
         "); promoter " + percent(classes[2], look) + ", passive " + percent(classes[1], look) + ", detractor " +
         percent(classes[0], look);
}

}  // namespace

std::vector<Line> visit_words(const TracedVisit& traced, const Names& names, const Look& look) {
  const engine::Visit& visit = traced.visit;
  const TouchpointName& touchpoint = names.touchpoints[visit.node];
  std::string title = (visit.arrived_ms == 0 ? "start" : time_words(visit.arrived_ms, look)) + "  " +
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
  if (!traced.opened.empty()) lines.push_back({"stays open: " + labels(traced.opened, names.pains), Tone::worse});
  if (!traced.closed.empty()) lines.push_back({"settled: " + labels(traced.closed, names.pains), Tone::better});
  if (!traced.achieved.empty()) lines.push_back({"achieved: " + labels(traced.achieved, names.goals), Tone::better});
  return lines;
}

std::vector<Line> ending_words(const TracedJourney& journey, const Names& names, const Look& look) {
  if (journey.stuck) {
    const bool edge = journey.stuck->what == engine::NoWayOn::What::edge;
    return {{"Stuck", Tone::strong},
            {std::string(edge ? "every edge" : "every channel") + " is closed at " +
                 printable(label_of(names.touchpoints[journey.stuck->node])),
             Tone::worse}};
  }
  std::vector<Line> lines;
  const std::string count = std::to_string(journey.ending.visits) + (journey.ending.visits == 1 ? " visit" : " visits");
  const std::string after = journey.ending.elapsed_ms == 0
                                ? " at once, after " + count
                                : " after " + time_words(journey.ending.elapsed_ms, look) + ", " + count;
  if (journey.ending.truncated) {
    lines.push_back({"Cut off at the limit of visits" + after, Tone::strong});
  } else {
    const OutcomeName& outcome = names.outcomes[journey.end() - names.touchpoints.size()];
    lines.push_back({printable(label_of(outcome)) + (outcome.success ? " (success)" : "") + after, Tone::strong});
  }
  std::string overall = "overall satisfaction " + points(journey.satisfaction, look);
  if (journey.memory.any) {
    overall += ": peak " + points(journey.memory.peak, look) + ", end " + points(journey.memory.end, look);
    if (journey.memory.weight > 0) overall += ", mean " + points(journey.memory.weighted / journey.memory.weight, look);
  }
  lines.push_back({overall});
  std::string less;
  const auto take_off = [&](const std::string& what, double value) {
    less += (less.empty() ? "less " : ", ") + points(value, look) + " " + what;
  };
  for (const auto& [goal, value] : journey.missed)
    take_off("for missing " + printable(label_of(names.goals[goal])), value);
  for (const auto& [pain, value] : journey.open) {
    if (value > 0) take_off("for " + printable(label_of(names.pains[pain])), value);
  }
  if (journey.effort_loss >= 0.05) take_off("for effort", journey.effort_loss);
  if (!less.empty()) lines.push_back({less, Tone::worse});
  lines.push_back({answers(journey, look)});
  return lines;
}

}  // namespace sojourn::tools
