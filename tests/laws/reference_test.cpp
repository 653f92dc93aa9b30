// Law: the engine does to every agent what the reference walker does, bit for bit, whatever the journey.

#include "tests/laws/reference_walker.h"
#include "tests/support/cases.h"
#include "tests/support/property.h"
#include "tests/support/walked.h"

#include "models/behaviour/scores.h"

#include <fmt/format.h>

namespace sojourn::tests {
namespace {

using Ids = std::set<std::string>;

Ids ids_of_bits(std::uint64_t bits, const std::vector<std::string>& ids) {
  Ids set;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if ((bits >> i & 1) != 0) set.insert(ids[i]);
  }
  return set;
}

/// The engine's numbers as the reference's ids.
ReferenceVisit in_words(const engine::Visit& visit, const models::Atlas& atlas) {
  const engine::NodeLayout& node = atlas.layout.nodes[visit.node];
  const auto place = [&](std::uint32_t i) {
    return i < atlas.touchpoints.size() ? atlas.touchpoints.ids()[i]
                                        : atlas.outcomes.ids()[i - atlas.touchpoints.size()];
  };
  std::vector<std::string> marks;
  for (const std::uint32_t pain : node.marks) marks.push_back(atlas.pains.ids()[pain]);
  std::vector<std::string> lasting;
  for (const std::uint32_t pain : atlas.lasting_pains) lasting.push_back(atlas.pains.ids()[pain]);
  ReferenceVisit words;
  words.touchpoint = place(visit.node);
  if (visit.way >= 0) words.channel = node.ways[static_cast<std::size_t>(visit.way)];
  words.next = place(visit.next);
  EXPECT_EQ(node.targets[visit.flow], visit.next);
  words.given_up = visit.given_up;
  words.drop_off = visit.drop_off;
  words.arrived_ms = visit.arrived_ms;
  words.duration_ms = visit.duration_ms;
  words.experience = visit.measures[models::measure::experience];
  words.expectation = visit.measures[models::measure::expectation];
  words.disconfirmation = visit.measures[models::measure::disconfirmation];
  words.satisfaction = visit.measures[models::measure::satisfaction];
  words.mood = visit.measures[models::measure::mood];
  words.pain_loss = visit.measures[models::measure::pain_loss];
  words.effort = visit.effort;
  words.cost = visit.cost;
  words.pains = ids_of_bits(visit.marks, marks);
  words.open_pains = ids_of_bits(visit.more_states, lasting);
  words.goals = ids_of_bits(visit.states, atlas.goals.ids());
  return words;
}

std::string listed(const Ids& ids) { return fmt::format("{}", fmt::join(ids, " ")); }

/// What differs between the engine's visit and the reference's.
std::string difference(const ReferenceVisit& engine, const ReferenceVisit& reference) {
  std::string text;
  const auto same = [&](const char* what, const auto& a, const auto& b) {
    if (!(a == b)) text += fmt::format("{} is {} and should be {}. ", what, a, b);
  };
  const auto same_number = [&](const char* what, double a, double b) {
    if (!same_bits(a, b)) text += fmt::format("{} is {} and should be {}. ", what, a, b);
  };
  same("touchpoint", engine.touchpoint, reference.touchpoint);
  same("channel", engine.channel, reference.channel);
  same("given_up", engine.given_up, reference.given_up);
  same("arrived_ms", engine.arrived_ms, reference.arrived_ms);
  same("duration_ms", engine.duration_ms, reference.duration_ms);
  same("pains", listed(engine.pains), listed(reference.pains));
  same_number("pain_loss", engine.pain_loss, reference.pain_loss);
  same_number("experience", engine.experience, reference.experience);
  same_number("expectation", engine.expectation, reference.expectation);
  same_number("disconfirmation", engine.disconfirmation, reference.disconfirmation);
  same_number("satisfaction", engine.satisfaction, reference.satisfaction);
  same_number("mood", engine.mood, reference.mood);
  same_number("effort", engine.effort, reference.effort);
  same_number("cost", engine.cost, reference.cost);
  same("open pains", listed(engine.open_pains), listed(reference.open_pains));
  same("goals", listed(engine.goals), listed(reference.goals));
  same("next", engine.next, reference.next);
  same("drop_off", engine.drop_off, reference.drop_off);
  return text;
}

/// What differs at the journey's end.
std::string end_difference(const Walked& walked, const ReferenceJourney& reference, const models::Atlas& atlas) {
  namespace score = models::score;
  std::string text;
  const auto same = [&](const std::string& what, const auto& a, const auto& b) {
    if (!(a == b)) text += fmt::format("{} is {} and should be {}. ", what, a, b);
  };
  const auto yes = [](bool holds) { return holds ? models::kOne : 0; };
  const auto& s = walked.scores;
  same("persona", atlas.personas.ids()[walked.ending.group], reference.persona);
  same("truncated", walked.ending.truncated, reference.truncated);
  same("elapsed_ms", s[score::elapsed_ms], reference.elapsed_ms);
  if (!same_bits(walked.satisfaction, reference.satisfaction)) {
    text += fmt::format("S is {} and should be {}. ", walked.satisfaction, reference.satisfaction);
  }
  same("satisfied", s[score::satisfied], yes(reference.satisfaction >= 7));
  same("success", s[score::success], yes(reference.success));
  same("abandoned", s[score::abandoned], yes(reference.outcome == "abandoned"));
  same("visits", s[score::visits], models::kOne * static_cast<std::int64_t>(reference.visits.size()));
  same("effort", s[score::effort], engine::to_nano(reference.effort));
  same("cost", s[score::cost], engine::to_nano(reference.cost));
  same("value", s[score::value], engine::to_nano(reference.value));
  same("net", s[score::net], engine::to_nano(reference.value) - engine::to_nano(reference.cost));
  std::int64_t below = 0;
  for (std::size_t k = 0; k < 10; ++k) {  // the answers' shares are differences of rounded cumulative ones
    below += s[score::answer_0 + k];
    const std::int64_t expected = engine::to_nano(reference.at_most[k]);
    if (std::abs(below - expected) > 1) text += fmt::format("P(Y <= {}) is {} and should be {}. ", k, below, expected);
  }
  same("all answers", below + s[score::answer_0 + 10], models::kOne);
  std::size_t at = score::fixed_count;
  for (const std::string& id : atlas.outcomes.ids()) same("outcome " + id, s[at++], yes(reference.outcome == id));
  for (const std::string& id : atlas.goals.ids()) same("goal " + id, s[at++], yes(reference.goals.contains(id)));
  for (const std::string& id : atlas.pains.ids()) same("open " + id, s[at++], yes(reference.open_pains.contains(id)));
  for (const std::string& id : atlas.pains.ids()) {
    std::int64_t met = 0;
    for (const ReferenceVisit& visit : reference.visits) met += visit.pains.contains(id) ? 1 : 0;
    same("met " + id, s[at++], met);
  }
  return text;
}

/// How often which mechanism was exercised, so that the law is not kept by idle journeys.
struct Exercised {
  int journeys = 0, visits = 0, given_up = 0, pains = 0, open = 0, goals = 0, channels = 0, truncated = 0, stuck = 0,
      without_visits = 0;
};

std::string compare(const models::Case& one, std::uint64_t seed, std::uint64_t agents, Exercised& exercised) {
  const models::Experiment experiment({&one});
  AgentWalker engine(experiment, 0, seed);
  ReferenceWalker reference(one.views, seed);
  for (std::uint64_t agent = 0; agent < agents; ++agent) {
    const Walked walked = engine.walk(agent);
    ReferenceJourney expected;
    bool stuck = false;
    try {
      expected = reference.walk(agent);
    } catch (const ReferenceStuck&) {
      stuck = true;
    }
    if (stuck != walked.stuck.has_value()) return fmt::format("agent {}: one is stuck, and the other is not", agent);
    exercised.stuck += stuck;
    if (stuck) continue;
    if (walked.visits.size() != expected.visits.size()) {
      return fmt::format("agent {}: {} visits, should be {}", agent, walked.visits.size(), expected.visits.size());
    }
    for (std::size_t i = 0; i < expected.visits.size(); ++i) {
      const std::string broken = difference(in_words(walked.visits[i], experiment.atlas()), expected.visits[i]);
      if (!broken.empty()) return fmt::format("agent {}, visit {}: {}", agent, i, broken);
      exercised.given_up += expected.visits[i].given_up;
      exercised.pains += !expected.visits[i].pains.empty();
      exercised.open += !expected.visits[i].open_pains.empty();
      exercised.goals += !expected.visits[i].goals.empty();
      exercised.channels += !expected.visits[i].channel.empty();
    }
    const std::string broken = end_difference(walked, expected, experiment.atlas());
    if (!broken.empty()) return fmt::format("agent {} at the end: {}", agent, broken);
    ++exercised.journeys;
    exercised.visits += static_cast<int>(expected.visits.size());
    exercised.truncated += expected.truncated;
    exercised.without_visits += expected.visits.empty();
  }
  return "";
}

TEST(Reference, five_hundred_random_journeys_have_the_same_bits) {
  Exercised exercised;
  std::uint64_t seed = 0;
  for_all(500, any_journey(WayOn::may_miss),
          [&](const RandomJourney& journey) { return compare(case_of(journey.text), ++seed, 50, exercised); });
  EXPECT_GT(exercised.journeys, 20'000);
  EXPECT_GT(exercised.visits, 50'000);
  EXPECT_GT(exercised.given_up, 5'000);
  EXPECT_GT(exercised.pains, 5'000);
  EXPECT_GT(exercised.open, 10'000);
  EXPECT_GT(exercised.goals, 5'000);
  EXPECT_GT(exercised.channels, 5'000);
  EXPECT_GT(exercised.truncated, 1'000);
  EXPECT_GT(exercised.stuck, 100);
  EXPECT_GT(exercised.without_visits, 500);
}

TEST(Reference, changed_journeys_have_the_same_bits_too) {
  Exercised exercised;
  for_all(150, any_what_if(), [&](const WhatIf& what_if) {
    return compare(changed_case(what_if.journey.text, what_if.changes), 7, 50, exercised);
  });
  EXPECT_GT(exercised.visits, 10'000);
}

TEST(Reference, a_wrong_step_is_found) {
  // The same agents under another seed, and under another reactivity, are not the same.
  const std::string journey =
      "personas: {p: {}}\n"
      "touchpoints: {a: {experience: {normal: {mean: 6, sd: 2}}, next: {a: {weight: 1, mood: 0.3}, done: 1}}}\n"
      "start: a\n"
      "outcomes: {done: {}}\n";
  const models::Case one = case_of(journey);
  models::Case other = case_of(journey);
  other.views.views[0].satisfaction.reactivity = 0.3000001;
  const models::Experiment experiment({&other});
  AgentWalker engine(experiment, 0, 1);
  ReferenceWalker reference(one.views, 1);
  const Walked walked = engine.walk(0);
  EXPECT_NE(difference(in_words(walked.visits[0], experiment.atlas()), reference.walk(0).visits[0]), "");
}

}  // namespace
}  // namespace sojourn::tests
