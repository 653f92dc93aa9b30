#include "tests/support/random_journey.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace sojourn::tests {
namespace {

using Strings = std::vector<std::string>;

// '-' sorts before digits, digits before '_', and '_' before letters: file order, id order and natural order all differ.
const Strings kTouchpointIds = {"m", "b10", "b2", "a_b", "a-b", "ab", "no", "z"};
const Strings kOutcomeIds = {"done", "left", "aa"};
const Strings kPainIds = {"late", "wrong", "a-late", "a_late", "on"};
const Strings kGoalIds = {"gift", "a1", "yes"};
const Strings kChannelIds = {"web", "app", "a-p", "post"};
const Strings kPersonaIds = {"mia", "ben", "a2"};

std::string number(double x) { return fmt::format("{}", x); }

class Writer {
 public:
  Writer(Dice& dice, WayOn way_on) : dice_(dice), way_on_(way_on) {}

  RandomJourney write() {
    names();
    std::string text = "journey: Random\n";
    text += "personas:\n" + each(j_.personas, [&](auto& id) { return persona(id); });
    if (!j_.pains.empty()) text += "pains:\n" + each(j_.pains, [&](auto& id) { return pain(id); });
    if (!j_.goals.empty()) text += "goals:\n" + each(j_.goals, [&](auto&) { return std::string("{}"); });
    text += "touchpoints:\n" + each(j_.touchpoints, [&](auto& id) { return touchpoint(id); });
    text += "start: " + start() + "\n";
    text += "outcomes:\n" + each(j_.outcomes, [&](auto&) { return outcome(); });
    if (dice_.chance(20)) text += "  abandoned: " + outcome() + "\n";
    text += "satisfaction: " + satisfaction() + "\n";
    if (dice_.chance(40)) text += "recommendation: " + recommendation() + "\n";
    text += "limits: {visits: " + dice_.one_of({"40", "1", "2", "3", "9", "20"}) + "}\n";
    j_.text = std::move(text);
    return std::move(j_);
  }

  std::string points() {
    switch (dice_.below(10)) {
      default: return some_points();
      case 1: return fmt::format("{{normal: {{mean: {}, sd: {}}}}}", some_points(), some_width());
      case 2: {
        const double low = -1 + static_cast<double>(dice_.below(9));
        return fmt::format("{{uniform: {{low: {}, high: {}}}}}", low, low + 1 + static_cast<double>(dice_.below(5)));
      }
      case 3: {
        const double low = static_cast<double>(dice_.below(6));
        const double mode = low + static_cast<double>(dice_.below(3));
        return fmt::format("{{triangular: {{low: {}, mode: {}, high: {}}}}}", low, mode, mode + 1.5);
      }
      case 4: return "{discrete: {5: 1, 7: 2, 2.5: 0.5, 10: 0}}";
      case 5: {
        const double mean = 0.5 + static_cast<double>(dice_.below(19)) / 2;
        const double share = 0.05 + 0.1 * static_cast<double>(dice_.below(10));
        return fmt::format("{{beta: {{mean: {}, sd: {:.3f}}}}}", mean, share * std::sqrt(mean * (10 - mean)));
      }
      case 6:
        return fmt::format("{{gamma: {{mean: {}, sd: {}}}}}", dice_.one_of({"6", "1", "9"}),
                           dice_.one_of({"2", "0.3", "5"}));
      case 7:
        return fmt::format("{{lognormal: {{median: {}, sigma: {}}}}}", dice_.one_of({"6", "2"}),
                           dice_.one_of({"0.4", "2"}));
      case 8: return fmt::format("{{exponential: {{mean: {}}}}}", dice_.one_of({"6", "3"}));
      case 9:
        return fmt::format("{{lognormal: {{mean: {}, sd: {}}}}}", dice_.one_of({"6", "2"}), dice_.one_of({"1", "4"}));
    }
  }

  std::string times() {
    switch (dice_.below(9)) {
      default: return some_time();
      case 1: return fmt::format("{{normal: {{mean: {}, sd: {}}}}}", some_time(), some_time());  // may be negative
      case 2: return fmt::format("{{uniform: {{low: {}, high: 31 min}}}}", dice_.one_of({"1 ms", "10 min", "30 min"}));
      case 3: return "{triangular: {low: 2 min, mode: 10 min, high: 45 min}}";
      case 4: return "{discrete: {5 min: 3, 30 min: 1, 0 ms: 1}}";
      case 5: return fmt::format("{{gamma: {{mean: 12 min, sd: {}}}}}", dice_.one_of({"4 min", "30 min", "5 s"}));
      case 6: return fmt::format("{{lognormal: {{median: 9 min, sigma: {}}}}}", dice_.one_of({"0.5", "3"}));
      case 7: return "{exponential: {mean: 15 min}}";
      case 8: return "{lognormal: {mean: 12 min, sd: 8 min}}";
    }
  }

  std::string some_points() { return number(static_cast<double>(dice_.below(24)) / 2 - 0.5); }
  std::string some_width() { return dice_.one_of({"1", "0", "0.3", "4"}); }
  /// With a tie of rounding, and a time of which two are beyond the end of time at 2^43 ms.
  std::string some_time() {
    return dice_.one_of({"10 min", "0 ms", "1 ms", "45 s", "20 min", "2.5 h", "1 w", "2.5 ms", "9000 w"});
  }
  std::string weight() { return dice_.one_of({"1", "0.5", "3", "0.1", "0.001", "70"}); }
  std::string probability() { return dice_.one_of({"0.5", "1", "0", "0.25", "0.05", "0.9"}); }
  std::string importance() { return dice_.one_of({"1", "0", "2", "0.3", "7"}); }
  std::string severity() { return dice_.one_of({"2", "0", "0.7", "4.5", "12"}); }
  std::string money() { return dice_.one_of({"0.4", "-2", "0", "30"}); }

  enum class Open { always, by_weight, perhaps };

  std::string edge(Open open) {
    if (open == Open::always)
      return dice_.chance(60) ? weight() : fmt::format("{{weight: {}, mood: {}}}", weight(), mood());
    std::string text = "{weight: " + (open == Open::perhaps && dice_.chance(15) ? "0" : weight());
    if (dice_.chance(50)) text += ", mood: " + mood();
    if (dice_.chance(50)) text += guard("if");
    if (dice_.chance(40)) text += guard("unless");
    return text + "}";
  }

  std::string new_touchpoint(const RandomJourney& j) {
    j_ = j;
    return touchpoint("fresh");
  }

 private:
  template <class Describe>
  static std::string each(const Strings& ids, Describe describe) {
    std::string text;
    for (const std::string& id : ids) text += "  " + id + ": " + describe(id) + "\n";
    return text;
  }

  void names() {
    j_.touchpoints = dice_.some(kTouchpointIds, 1, 6);
    j_.outcomes = dice_.some(kOutcomeIds, 1, 3);
    j_.pains = dice_.some(kPainIds, 0, 5);
    j_.goals = dice_.some(kGoalIds, 0, 3);
    j_.personas = dice_.some(kPersonaIds, 1, 3);
    for (const std::string& pain : j_.pains) {
      if (dice_.chance(60)) j_.lasting.push_back(pain);
    }
    for (const std::string& touchpoint : j_.touchpoints) {
      auto& channels = j_.channels[touchpoint];
      if (!dice_.chance(35)) continue;
      channels = dice_.some(kChannelIds, 1, 3);
      // Nobody has an affinity of 0 to the web, so there is always a way.
      if (way_on_ == WayOn::always && std::find(channels.begin(), channels.end(), "web") == channels.end()) {
        channels.push_back("web");
      }
    }
  }

  bool has_channel(const std::string& id) const {
    return std::any_of(j_.channels.begin(), j_.channels.end(), [&](const auto& of_one) {
      return std::find(of_one.second.begin(), of_one.second.end(), id) != of_one.second.end();
    });
  }

  std::string persona(const std::string& id) {
    std::string text = "{name: Someone";
    if (dice_.chance(60)) text += ", share: " + (id != j_.personas.front() && dice_.chance(10) ? "0" : weight());
    if (dice_.chance(60)) text += ", expectation: " + points();
    if (dice_.chance(50)) text += ", learning: " + dice_.one_of({"0.2", "0", "1"});
    if (dice_.chance(50)) text += ", loss_aversion: " + dice_.one_of({"2", "1", "2.25"});
    if (dice_.chance(50)) text += ", patience: " + times();
    text += map(", goals", j_.goals, [&] { return "{importance: " + dice_.one_of({"2.5", "0", "0.1", "0.3"}) + "}"; });
    text += map(", sensitivity", j_.pains, [&] { return dice_.one_of({"1.5", "0", "0.3"}); });
    Strings channels;
    for (const std::string& channel : kChannelIds) {
      if (channel != "web" && has_channel(channel)) channels.push_back(channel);
    }
    text += map(", channels", channels, [&] { return dice_.one_of({"2", "0", "0.3"}); });
    if (dice_.chance(30)) text += ", recommendation: " + recommendation();
    if (dice_.chance(30)) text += ", overrides: [" + override_of() + "]";
    return text + "}";
  }

  template <class Value>
  std::string map(const std::string& key, const Strings& ids, Value value) {
    if (ids.empty() || dice_.chance(35)) return "";
    std::string text;
    for (const std::string& id : dice_.some(ids, 0, ids.size()))
      text += (text.empty() ? "" : ", ") + id + ": " + value();
    return key + ": {" + text + "}";
  }

  /// Overrides come before scenarios and may touch touchpoints, pains, outcomes, start and satisfaction.
  std::string override_of() {
    const std::string at = "touchpoints." + dice_.pick(j_.touchpoints);
    switch (dice_.below(7)) {
      default: return fmt::format("{{set: {}.experience, to: {}}}", at, points());
      case 1: return fmt::format("{{set: {}.duration, to: {}}}", at, times());
      case 2: return fmt::format("{{set: satisfaction.reactivity, to: {}}}", dice_.one_of({"0.9", "0.1"}));
      case 3: return fmt::format("{{set: start, to: {}}}", dice_.pick(j_.touchpoints));
      case 4: return fmt::format("{{shift: outcomes.{}.value, by: {}}}", dice_.pick(j_.outcomes), money());
      case 5:
        return j_.pains.empty() ? override_of_nothing()
                                : fmt::format("{{set: pains.{}.lasting, to: true}}", dice_.pick(j_.pains));
      case 6:
        return j_.pains.empty() ? override_of_nothing()
                                : fmt::format("{{scale: pains.{}.severity, by: 0.5}}", dice_.pick(j_.pains));
    }
  }
  static std::string override_of_nothing() { return "{set: satisfaction.effort_weight, to: 0.2}"; }

  std::string pain(const std::string& id) {
    const bool lasts = std::find(j_.lasting.begin(), j_.lasting.end(), id) != j_.lasting.end();
    std::string text = "{severity: " + severity();
    if (lasts) text += ", lasting: true";
    if (lasts && dice_.chance(60)) text += ", lingering: " + dice_.one_of({"1", "0.1", "0.3"});
    return text + "}";
  }

  std::string outcome() {
    std::string text = "{label: Out";
    if (dice_.chance(50)) text += ", success: true";
    if (dice_.chance(50)) text += ", value: " + money();
    return text + "}";
  }

  std::string touchpoint(const std::string& id) {
    std::string text = "{label: Somewhere, experience: " + points();
    if (dice_.chance(50)) text += ", importance: " + importance();
    if (dice_.chance(20)) text += ", moment_of_truth: true";
    text += ", " + way(&j_.risks[id]) + ", next: " + next(&j_.next[id]);
    std::string channels;
    for (const std::string& one : j_.channels[id])
      channels += (channels.empty() ? "" : ", ") + channel(one, channels.empty());
    if (!channels.empty()) text += ", channels: {" + channels + "}";
    return text + "}";
  }

  std::string channel(const std::string& id, bool is_first) {
    std::string text = id + ": {share: " + (is_first || id == "web" || !dice_.chance(10) ? weight() : "0");
    if (dice_.chance(40)) text += ", experience: " + points();
    if (dice_.chance(40)) text += ", " + way(nullptr);
    if (dice_.chance(30)) text += ", next: " + next(nullptr);
    return text + "}";
  }

  /// What a touchpoint and a channel have in common, beside experience and next.
  std::string way(Strings* risks) {
    std::string text = "cost: " + money();
    if (dice_.chance(50)) text += ", effort: " + dice_.one_of({"1", "0", "0.3"});
    if (dice_.chance(60)) text += ", duration: " + times();
    if (dice_.chance(60) && !j_.pains.empty()) {
      const Strings here = dice_.some(j_.pains, 0, j_.pains.size());
      std::string list;
      for (const std::string& pain : here) list += (list.empty() ? "" : ", ") + pain + ": " + risk();
      text += ", pains: {" + list + "}";
      if (risks != nullptr) *risks = here;
    }
    text += map(", resolves", j_.pains, [&] {
      return fmt::format("{{probability: {}, lift: {}}}", probability(), dice_.one_of({"1", "0", "0.3", "9"}));
    });
    text += map(", fulfils", j_.goals, [&] { return probability(); });
    if (dice_.chance(40)) text += ", if_given_up: " + anywhere();
    return text;
  }

  std::string risk() {
    std::string text =
        dice_.chance(35) ? "{after: " + dice_.one_of({"20 min", "1 h", "0 ms"}) : "{probability: " + probability();
    if (dice_.chance(25)) text += ", severity: " + severity();
    return text + "}";
  }

  std::string next(Strings* targets) {
    Strings all = j_.touchpoints;
    all.insert(all.end(), j_.outcomes.begin(), j_.outcomes.end());
    const Strings chosen = dice_.some(all, 1, 4);
    std::string text;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      const Open first = way_on_ == WayOn::always ? Open::always : Open::by_weight;
      text += (text.empty() ? "" : ", ") + chosen[i] + ": " + edge(i == 0 ? first : Open::perhaps);
    }
    // Without this most random graphs would only end by their limit.
    if (dice_.chance(60) && std::find(chosen.begin(), chosen.end(), j_.outcomes.front()) == chosen.end()) {
      text += ", " + j_.outcomes.front() + ": " + weight();
    }
    if (targets != nullptr) *targets = chosen;
    return "{" + text + "}";
  }

  std::string mood() { return dice_.one_of({"-0.4", "0.4", "2", "-2", "1000", "-1000", "0"}); }

  std::string guard(const std::string& word) {
    if (!j_.goals.empty() && (j_.lasting.empty() || dice_.chance(50)))
      return ", " + word + ": {goal: " + dice_.pick(j_.goals) + "}";
    return j_.lasting.empty() ? "" : ", " + word + ": {pain: " + dice_.pick(j_.lasting) + "}";
  }

  std::string anywhere() {
    Strings all = j_.outcomes;
    all.push_back("abandoned");
    all.insert(all.end(), j_.touchpoints.begin(), j_.touchpoints.end());
    return dice_.pick(all);
  }

  std::string start() {
    if (!dice_.chance(50)) return j_.touchpoints.front();
    Strings all = j_.touchpoints;
    all.insert(all.end(), j_.outcomes.begin(), j_.outcomes.end());
    std::string text;
    for (const std::string& place : dice_.some(all, 1, 3)) text += (text.empty() ? "" : ", ") + place + ": " + weight();
    return "{" + text + "}";
  }

  std::string satisfaction() {
    std::string text = "{anchor: " + dice_.one_of({"5", "4", "6.5", "0", "10"});
    if (dice_.chance(40)) text += ", performance_weight: " + dice_.one_of({"0.8", "0", "3"});
    if (dice_.chance(40)) text += ", disconfirmation_weight: " + dice_.one_of({"0", "1", "0.7"});
    if (dice_.chance(40)) text += ", reactivity: " + dice_.one_of({"0", "0.1", "1", "5"});
    if (dice_.chance(40)) text += ", memory: {peak: " + weight() + ", end: " + weight() + ", mean: " + weight() + "}";
    if (dice_.chance(40)) text += ", effort_weight: " + dice_.one_of({"0", "0.3", "0.1"});
    return text + "}";
  }

  std::string recommendation() {
    std::string text =
        "{bias: " + dice_.one_of({"0.2", "0", "-1.5"}) + ", spread: " + dice_.one_of({"0.8", "0.01", "3"});
    if (dice_.chance(30)) text += ", thresholds: [0.1, 1, 2.5, 3, 4, 5.5, 6, 7.25, 8, 9.9]";
    return text + "}";
  }

  Dice& dice_;
  WayOn way_on_;
  RandomJourney j_;
};

/// Of `map`, the entry of a touchpoint that has one; an empty string where there is none.
std::string entry_of(Dice& dice, const std::map<std::string, Strings>& map, const std::string& touchpoint) {
  const auto found = map.find(touchpoint);
  return found == map.end() || found->second.empty() ? "" : dice.pick(found->second);
}

std::string change_of_touchpoint(Dice& dice, const RandomJourney& j, Writer& writer, const std::string& only_for) {
  const std::string id = dice.pick(j.touchpoints);
  const std::string at = "touchpoints." + id;
  const std::string to = entry_of(dice, j.next, id);
  const std::string pain = entry_of(dice, j.risks, id);
  switch (dice.below(10)) {
    default: return fmt::format("{{set: {}.experience, to: {}{}}}", at, writer.points(), only_for);
    case 1: return fmt::format("{{set: {}.duration, to: {}{}}}", at, writer.times(), only_for);
    case 2: return fmt::format("{{scale: {}.next.{}, by: {}{}}}", at, to, dice.one_of({"2", "0.1"}), only_for);
    case 3: return fmt::format("{{set: {}.next.{}.mood, to: {}{}}}", at, to, dice.one_of({"0.7", "-3"}), only_for);
    case 4: return fmt::format("{{set: {}.importance, to: {}{}}}", at, writer.importance(), only_for);
    case 5: return fmt::format("{{shift: {}.cost, by: {}{}}}", at, dice.one_of({"1", "-0.7"}), only_for);
    case 6: return fmt::format("{{shift: {}.effort, by: {}{}}}", at, dice.one_of({"0.5", "2"}), only_for);
    case 7: return fmt::format("{{remove: {}.next.{}{}}}", at, to, only_for);
    case 8:
      if (pain.empty()) return fmt::format("{{set: {}.if_given_up, to: {}{}}}", at, j.outcomes.front(), only_for);
      return fmt::format("{{set: {}.pains.{}, to: {{probability: {}}}{}}}", at, pain, writer.probability(), only_for);
    case 9:
      if (j.goals.empty()) return fmt::format("{{set: {}.moment_of_truth, to: true{}}}", at, only_for);
      return fmt::format("{{set: {}.fulfils, to: {{{}: {}}}{}}}", at, dice.pick(j.goals), writer.probability(),
                         only_for);
  }
}

std::string for_some(Dice& dice, const RandomJourney& j) {
  return dice.chance(25) ? ", for: [" + dice.pick(j.personas) + "]" : "";
}

std::string change_of_anything(Dice& dice, const RandomJourney& j, Writer& writer) {
  const std::string touchpoint = dice.pick(j.touchpoints);
  const std::string persona = "personas." + dice.pick(j.personas);
  const std::string only_for = for_some(dice, j);
  switch (dice.below(19)) {
    default: return change_of_touchpoint(dice, j, writer, only_for);
    case 1: return fmt::format("{{remove: touchpoints.{}{}}}", touchpoint, only_for);
    case 2:
      return fmt::format("{{remove: touchpoints.{}, reroute: {}{}}}", touchpoint, dice.pick(j.outcomes), only_for);
    case 3:
      return fmt::format("{{remove: touchpoints.{}, reroute: {}{}}}", touchpoint, dice.pick(j.touchpoints), only_for);
    case 4: return j.pains.empty() ? "" : fmt::format("{{remove: pains.{}{}}}", dice.pick(j.pains), only_for);
    case 5: return j.goals.empty() ? "" : fmt::format("{{remove: goals.{}{}}}", dice.pick(j.goals), only_for);
    case 6: return fmt::format("{{remove: outcomes.{}, reroute: {}{}}}", dice.pick(j.outcomes), touchpoint, only_for);
    case 7: {
      const std::string channel = entry_of(dice, j.channels, touchpoint);
      return channel.empty() ? ""
                             : fmt::format("{{remove: touchpoints.{}.channels.{}{}}}", touchpoint, channel, only_for);
    }
    case 8: return "{remove: " + persona + "}";
    case 9: return fmt::format("{{set: {}.loss_aversion, to: {}}}", persona, dice.one_of({"3", "1.5"}));
    case 10: return fmt::format("{{set: {}.patience, to: {}}}", persona, writer.times());
    case 11: return fmt::format("{{scale: {}.share, by: 2}}", persona);
    case 12:
      return j.pains.empty() ? ""
                             : fmt::format("{{shift: pains.{}.severity, by: 0.5{}}}", dice.pick(j.pains), only_for);
    case 13: return fmt::format("{{set: satisfaction.reactivity, to: {}{}}}", dice.one_of({"0.2", "0.7"}), only_for);
    case 14:
      return fmt::format("{{set: touchpoints.{}.next.{}, to: {}{}}}", touchpoint, dice.pick(j.outcomes),
                         writer.edge(Writer::Open::always), only_for);
    case 15:
      return "{add: personas.zoe, as: {share: 0.7, expectation: 6, overrides: [{set: touchpoints." + touchpoint +
             ".effort, to: 3}]}}";
    case 16:
      return "{add: pains.fresh, as: {severity: 2, lasting: true, lingering: 0.5}}, {add: touchpoints." + touchpoint +
             ".pains.fresh, as: {probability: 0.4}}";
    case 17:
      return fmt::format("{{add: touchpoints.{}.channels.robot, as: {{share: 1, experience: 4}}{}}}", touchpoint,
                         only_for);
    case 18: {
      const std::string made = writer.new_touchpoint(j);
      return fmt::format("{{add: touchpoints.fresh, as: {}}}, {{add: touchpoints.{}.next.fresh, as: {{weight: 0.5}}}}",
                         made, touchpoint);
    }
  }
}

}  // namespace

RandomJourney random_journey(Dice& dice, WayOn way_on) { return Writer(dice, way_on).write(); }

std::vector<std::string> random_changes(Dice& dice, const RandomJourney& journey) {
  Strings changes;
  const std::size_t count = 1 + dice.below(5);
  for (std::size_t i = 0; i < count; ++i) {
    Writer writer(dice, WayOn::always);
    const std::string change = change_of_anything(dice, journey, writer);
    if (!change.empty()) changes.push_back(change);
  }
  return changes;
}

std::string random_touchpoint_change(Dice& dice, const RandomJourney& journey) {
  Writer writer(dice, WayOn::always);
  return change_of_touchpoint(dice, journey, writer, for_some(dice, journey));
}

std::string scenario_text(const std::vector<std::string>& changes) {
  std::string text = "scenario: What if\njourney: journey.yaml\ncost: {once: 100, per_journey: 0.1}\nchanges: [";
  for (std::size_t i = 0; i < changes.size(); ++i) text += (i == 0 ? "" : ", ") + changes[i];
  return text + "]\n";
}

}  // namespace sojourn::tests
