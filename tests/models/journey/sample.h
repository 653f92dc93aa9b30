#pragma once
// Journeys in memory for the tests of the reader and of changes.

#include "models/change/views.h"
#include "models/journey/read.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tests {

/// Every mechanism of the format once, as in the design.
inline constexpr std::string_view christmas = R"(format: sojourn/1
journey: Santa's Christmas service
about: From the wish list to the exchange of a jumper that does not fit.
money: EUR
personas:
  mia:
    name: Mia, 6
    share: 0.55
    quote: Is it Christmas yet?
    empathy: {thinks: Soon, feels: Joy, says: Hi, does: Waits, pains: Nothing, gains: Gifts}
    goals: {gift: {importance: 2.5}}
    expectation: {normal: {mean: 7.5, sd: 1}}
    learning: 0.2
    loss_aversion: 2
    patience: {lognormal: {median: 20 d, sigma: 0.5}}
    sensitivity: {late: 1.5}
    channels: {post: 1, dream: 2, social: 0.2}
    recommendation: {bias: 0.2}
    overrides:
      - set: touchpoints.wish.next.carol.weight
        to: 0.5
  otto: {}
pains:
  late: {label: Gift comes late, severity: 4, lasting: true, lingering: 1.5}
  wrong: {label: Wrong gift, severity: 3, lasting: true, lingering: 1}
goals:
  gift: {label: The wished-for gift under the tree}
touchpoints:
  wish:
    label: Send the wish list
    stage: Wish
    importance: 1
    moment_of_truth: false
    channels:
      post: {share: 3, duration: {lognormal: {median: 3 d, sigma: 0.4}}, pains: {}}
      dream: {share: 1, experience: {normal: {mean: 9, sd: 0.5}}}
      social: {}
    experience: {normal: {mean: 7.8, sd: 1.2}}
    duration: {lognormal: {median: 10 min, sigma: 0.5}}
    effort: 1
    cost: 0.4
    pains: {wrong: {probability: 0.03}, late: {after: 24 d, severity: 5}}
    resolves: {late: {probability: 0.5, lift: 1}}
    fulfils: {gift: 0.1}
    if_given_up: abandoned
    next:
      carol: 0.8
      give_up: {weight: 0.2, mood: -0.4}
      eve: {if: {pain: late}, unless: {goal: gift}}
  carol:
    experience: 6
    next: {eve: 1}
  eve:
    moment_of_truth: true
    experience: {discrete: {5: 1, 7: 3}}
    duration: 1 h
    next: {happy: 3, give_up: 1}
start: wish
outcomes:
  happy: {label: Delighted, success: true, value: 30}
  give_up: {label: Gave up}
satisfaction:
  anchor: 5
  performance_weight: 1
  disconfirmation_weight: 0.5
  reactivity: 0.3
  memory: {peak: 0.25, end: 0.25, mean: 0.5}
  effort_weight: 0.05
recommendation: {bias: 0, spread: 0.8}
targets: {nps: 60, touchpoints.eve.satisfaction: 7.5}
limits: {visits: 1000}
uncertain:
  touchpoints.wish.pains.wrong.probability: {beta: {mean: 0.03, sd: 0.01}}
  touchpoints.wish.experience.normal.mean: {normal: {mean: 7.8, sd: 0.3}}
calibrate:
  parameters: {touchpoints.wish.experience.normal.mean: {prior: {normal: {mean: 7.5, sd: 1}}, low: 0, high: 10}}
  transitions: {concentration: 2}
)";

/// The least that a journey needs.
inline constexpr std::string_view least = R"(personas: {anna: {}}
touchpoints:
  shop: {experience: 7, next: {done: 1}}
start: shop
outcomes: {done: {}}
)";

/// The text with the first `what` replaced.
inline std::string with(std::string_view text, std::string_view what, std::string_view instead) {
  std::string result(text);
  const std::size_t at = result.find(what);
  if (at == std::string::npos) throw std::invalid_argument("not in the text: " + std::string(what));
  return result.replace(at, what.size(), instead);
}

inline models::Source source_of(std::string_view text, std::string name = "test.yaml") {
  return std::make_shared<models::SourceText>(models::SourceText{std::move(name), std::string(text)});
}

inline models::JourneyFile journey_of(std::string_view text) { return models::read_journey(source_of(text)); }

/// A tree that must parse.
inline models::Tree tree_of(std::string_view text) {
  models::Diagnostics problems;
  models::Tree tree = models::parse_tree(source_of(text), problems);
  problems.refuse_if_errors();
  return tree;
}

/// A scenario with these changes, one a line, on a journey in memory.
inline models::ScenarioFile scenario_of(const std::vector<std::string>& changes,
                                        const std::string& title = "A change") {
  models::ScenarioFile scenario;
  scenario.title = title;
  scenario.uncertain.kind = models::Tree::Kind::map;
  std::string text = "changes:\n";
  for (const std::string& change : changes) text += "  - " + change + "\n";
  if (changes.empty()) text = "changes: []\n";
  scenario.changes = models::read_changes(*tree_of(text).find("changes"));
  return scenario;
}

inline models::Case case_of(const models::JourneyFile& journey, const std::vector<std::string>& changes) {
  const models::ScenarioFile scenario = scenario_of(changes);
  return models::build_case(journey, {&scenario, 1});
}

/// "line:column what" of every problem of that severity, in the order of the file.
inline std::vector<std::string> told(const models::Diagnostics& problems, models::Diagnostic::Severity severity) {
  std::vector<models::Diagnostic> list = problems.list();
  std::stable_sort(list.begin(), list.end(), [](const models::Diagnostic& a, const models::Diagnostic& b) {
    return std::pair(a.mark.line, a.mark.column) < std::pair(b.mark.line, b.mark.column);
  });
  std::vector<std::string> lines;
  for (const models::Diagnostic& one : list) {
    if (one.severity != severity) continue;
    lines.push_back(std::to_string(one.mark.line) + ":" + std::to_string(one.mark.column) + " " + one.what);
  }
  return lines;
}

inline std::vector<std::string> warnings_of(const models::Diagnostics& problems) {
  return told(problems, models::Diagnostic::Severity::warning);
}

/// The errors that an action throws, told as above; empty if it throws none.
template <class Action>
std::vector<std::string> errors_of(Action action) {
  try {
    action();
  } catch (const models::InputError& error) {
    return told(error.diagnostics(), models::Diagnostic::Severity::error);
  }
  return {};
}

using Lines = std::vector<std::string>;

}  // namespace sojourn::tests
