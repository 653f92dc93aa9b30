// From a normalised and valid tree to the typed journey. Defaults stand in journey.h; a test holds them equal to the
// field table's.

#include "models/journey/families.h"
#include "models/journey/read.h"
#include "models/journey/values.h"
#include "models/text/duration.h"
#include "models/text/number.h"

#include <algorithm>
#include <unordered_map>

namespace sojourn::models {
namespace {

using Entries = std::vector<Tree::Entry>;

const Entries& entries_of(const Tree& tree, std::string_view key) {
  static const Entries none;
  const Tree* map = tree.find(key);
  return map ? map->entries : none;
}

double number(const Tree& tree) { return read_number(tree.scalar).value.value(); }

void take(const Tree& record, std::string_view key, double& value) {
  if (const Tree* tree = record.find(key)) value = number(*tree);
}

void take(const Tree& record, std::string_view key, bool& value) {
  if (const Tree* tree = record.find(key)) value = tree->scalar == "true";
}

void take(const Tree& record, std::string_view key, std::string& value) {
  if (const Tree* tree = record.find(key)) value = tree->scalar;
}

void take(const Tree& record, std::string_view key, Quantity quantity, Distribution& value) {
  if (const Tree* tree = record.find(key)) value = typed_distribution(*tree, quantity);
}

Recommendation recommendation(const Tree* record, Recommendation standing) {
  if (!record) return standing;
  take(*record, "bias", standing.bias);
  take(*record, "spread", standing.spread);
  if (const Tree* thresholds = record->find("thresholds")) {
    std::ranges::transform(thresholds->items, standing.thresholds.begin(), number);
  }
  return standing;
}

Satisfaction satisfaction(const Tree* record) {
  Satisfaction result;
  if (!record) return result;
  take(*record, "anchor", result.anchor);
  take(*record, "performance_weight", result.performance_weight);
  take(*record, "disconfirmation_weight", result.disconfirmation_weight);
  take(*record, "reactivity", result.reactivity);
  take(*record, "effort_weight", result.effort_weight);
  if (const Tree* memory = record->find("memory")) {
    take(*memory, "peak", result.memory_peak);
    take(*memory, "end", result.memory_end);
    take(*memory, "mean", result.memory_mean);
  }
  return result;
}

Persona persona(const Tree::Entry& entry, const Journey& journey) {
  const Tree& record = entry.value;
  Persona result;
  result.id = result.name = entry.key;
  take(record, "name", result.name);
  take(record, "quote", result.quote);
  for (const Tree::Entry& line : entries_of(record, "empathy")) result.empathy[line.key] = line.value.scalar;
  take(record, "share", result.share);
  for (const Tree::Entry& goal : entries_of(record, "goals")) {
    result.goals.emplace_back(goal.key, number(*goal.value.find("importance")));
  }
  result.expectation.a = journey.satisfaction.anchor;
  take(record, "expectation", Quantity::points, result.expectation);
  take(record, "learning", result.learning);
  take(record, "loss_aversion", result.loss_aversion);
  if (const Tree* patience = record.find("patience")) {
    result.patience_ms = typed_distribution(*patience, Quantity::time);
  }
  for (const Tree::Entry& pain : entries_of(record, "sensitivity")) result.sensitivity[pain.key] = number(pain.value);
  for (const Tree::Entry& channel : entries_of(record, "channels"))
    result.channels[channel.key] = number(channel.value);
  result.recommendation = recommendation(record.find("recommendation"), journey.recommendation);
  return result;
}

std::optional<Guard> guard(const Tree& edge, std::string_view key) {
  const Tree* record = edge.find(key);
  if (!record) return std::nullopt;
  const Tree* goal = record->find("goal");
  if (goal) return Guard{Guard::Kind::goal, goal->scalar};
  return Guard{Guard::Kind::pain, record->find("pain")->scalar};
}

Edge edge(const std::string& to, const Tree& record) {
  Edge result;
  result.to = to;
  take(record, "weight", result.weight);
  take(record, "mood", result.mood);
  result.if_ = guard(record, "if");
  result.unless = guard(record, "unless");
  return result;
}

class Ways {
 public:
  explicit Ways(const std::vector<Pain>& pains) {
    for (const Pain& pain : pains) severity_[pain.id] = pain.severity;
  }

  /// What the tree carries, and the standing way where it carries nothing.
  Way way(const Tree& record, Way result) const {
    take(record, "experience", Quantity::points, result.experience);
    take(record, "duration", Quantity::time, result.duration_ms);
    take(record, "effort", result.effort);
    take(record, "cost", result.cost);
    take(record, "if_given_up", result.if_given_up);
    if (const Tree* pains = record.find("pains")) result.pains = risks(*pains);
    if (const Tree* resolves = record.find("resolves")) result.resolves = resolutions(*resolves);
    if (const Tree* fulfils = record.find("fulfils")) {
      result.fulfils.clear();
      for (const Tree::Entry& goal : fulfils->entries) result.fulfils.push_back({goal.key, number(goal.value)});
    }
    if (const Tree* next = record.find("next")) result.next = edges(*next);
    return result;
  }

 private:
  std::vector<PainRisk> risks(const Tree& pains) const {
    std::vector<PainRisk> result;
    for (const Tree::Entry& entry : pains.entries) {
      PainRisk risk;
      risk.pain = entry.key;
      risk.severity = severity_.at(entry.key);
      take(entry.value, "severity", risk.severity);
      if (const Tree* probability = entry.value.find("probability")) risk.probability = number(*probability);
      if (const Tree* after = entry.value.find("after")) {
        risk.after_ms = whole_milliseconds(read_duration(after->scalar).value.value());
      }
      result.push_back(std::move(risk));
    }
    return result;
  }

  static std::vector<Resolution> resolutions(const Tree& resolves) {
    std::vector<Resolution> result;
    for (const Tree::Entry& entry : resolves.entries) {
      Resolution resolution;
      resolution.pain = entry.key;
      take(entry.value, "probability", resolution.probability);
      take(entry.value, "lift", resolution.lift);
      result.push_back(std::move(resolution));
    }
    return result;
  }

  static std::vector<Edge> edges(const Tree& next) {
    std::vector<Edge> result;
    for (const Tree::Entry& entry : next.entries) {
      if (entry.value.kind == Tree::Kind::list) {
        for (const Tree& item : entry.value.items) result.push_back(edge(entry.key, item));
      } else {
        result.push_back(edge(entry.key, entry.value));
      }
    }
    return result;
  }

  std::unordered_map<std::string, double> severity_;
};

Touchpoint touchpoint(const Tree::Entry& entry, const Ways& ways) {
  const Tree& record = entry.value;
  Touchpoint result;
  result.id = result.label = entry.key;
  take(record, "label", result.label);
  take(record, "stage", result.stage);
  take(record, "moment_of_truth", result.moment_of_truth);
  if (result.moment_of_truth) result.importance = 2;
  take(record, "importance", result.importance);
  result.way = ways.way(record, {});
  for (const Tree::Entry& one : entries_of(record, "channels")) {
    Channel channel;
    channel.id = channel.label = one.key;
    take(one.value, "label", channel.label);
    take(one.value, "share", channel.share);
    channel.way = ways.way(one.value, result.way);
    result.channels.push_back(std::move(channel));
  }
  return result;
}

std::vector<Outcome> outcomes(const Tree& journey) {
  std::vector<Outcome> result;
  for (const Tree::Entry& entry : entries_of(journey, "outcomes")) {
    Outcome outcome;
    outcome.id = outcome.label = entry.key;
    take(entry.value, "label", outcome.label);
    take(entry.value, "success", outcome.success);
    take(entry.value, "value", outcome.value);
    result.push_back(std::move(outcome));
  }
  if (std::ranges::find(result, "abandoned", &Outcome::id) == result.end()) {
    result.push_back({.id = "abandoned", .label = "abandoned"});
  }
  return result;
}

Pain pain(const Tree::Entry& entry) {
  Pain result;
  result.id = result.label = entry.key;
  take(entry.value, "label", result.label);
  take(entry.value, "severity", result.severity);
  take(entry.value, "lasting", result.lasting);
  take(entry.value, "lingering", result.lingering);
  return result;
}

}  // namespace

Journey typed_journey(const Tree& tree) {
  Journey journey;
  take(tree, "journey", journey.title);
  take(tree, "about", journey.about);
  take(tree, "money", journey.money);
  journey.satisfaction = satisfaction(tree.find("satisfaction"));
  journey.recommendation = recommendation(tree.find("recommendation"), {});
  for (const Tree::Entry& entry : entries_of(tree, "personas")) journey.personas.push_back(persona(entry, journey));
  for (const Tree::Entry& entry : entries_of(tree, "pains")) journey.pains.push_back(pain(entry));
  for (const Tree::Entry& entry : entries_of(tree, "goals")) {
    Goal& goal = journey.goals.emplace_back(Goal{.id = entry.key, .label = entry.key});
    take(entry.value, "label", goal.label);
  }
  const Ways ways(journey.pains);
  journey.touchpoints.reserve(entries_of(tree, "touchpoints").size());
  for (const Tree::Entry& entry : entries_of(tree, "touchpoints"))
    journey.touchpoints.push_back(touchpoint(entry, ways));
  for (const Tree::Entry& entry : entries_of(tree, "start")) journey.start.emplace_back(entry.key, number(entry.value));
  journey.outcomes = outcomes(tree);
  for (const Tree::Entry& entry : entries_of(tree, "targets")) journey.targets[entry.key] = number(entry.value);
  if (const Tree* limits = tree.find("limits")) {
    double visits = journey.visit_limit;
    take(*limits, "visits", visits);
    journey.visit_limit = static_cast<std::uint32_t>(visits);
  }
  return journey;
}

}  // namespace sojourn::models
