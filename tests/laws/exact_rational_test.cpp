// Law: what is solved exactly equals the sum over all that can happen, in rational arithmetic, for tiny random journeys in
// which everything is drawn from finitely many values. No chance is involved and nothing is rounded but the answer.

#include "tests/support/cases.h"
#include "tests/support/dice.h"
#include "tests/support/exact.h"
#include "tests/support/sweep.h"

#include <boost/multiprecision/cpp_int.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

namespace sojourn::tests {
namespace {

using Rational = boost::multiprecision::cpp_rational;
using models::Distribution;

/// A journey whose every number is a small binary fraction, so that the file's decimals are exact.
std::string tiny_journey(Dice& dice) {
  const std::size_t places = 1 + dice.below(3);
  const auto place = [&](std::size_t i) { return std::string(1, static_cast<char>('a' + i)); };
  const auto points = [&]() -> std::string {
    return dice.chance(50) ? dice.one_of({"7", "3.5", "9.5", "5"}) : "{discrete: {2.5: 1, 8: 3}}";
  };
  std::string text = "journey: Tiny\npersonas:\n";
  for (const char* id : {"p", "q"}) {
    if (*id == 'q' && dice.chance(50)) break;
    text += fmt::format(
        "  {}: {{name: P, share: {}, expectation: {}, learning: {}, loss_aversion: {}, goals: {{g: {{importance: "
        "{}}}}}",
        id, dice.one_of({"1", "3"}), dice.chance(60) ? "6" : "{discrete: {5: 1, 7: 1}}", dice.one_of({"0", "0.5", "1"}),
        dice.one_of({"1", "2"}), dice.one_of({"0", "2.5"}));
    if (dice.chance(50))
      text += ", patience: " + dice.one_of({"10 min", "20 min", "{discrete: {5 min: 1, 30 min: 3}}"});
    text += "}\n";
  }
  text += fmt::format(
      "pains:\n  late: {{severity: {}, lasting: true, lingering: {}}}\n  dirt: {{severity: 1.5}}\ngoals: {{g: {{}}}}\n",
      dice.one_of({"2", "0"}), dice.one_of({"1", "0"}));
  text += "touchpoints:\n";
  for (std::size_t i = 0; i < places; ++i) {
    text +=
        "  " + place(i) + ": {label: T, experience: " + points() + ", importance: " + dice.one_of({"1", "2", "0.5"});
    text += ", duration: " + (dice.chance(50) ? dice.one_of({"10 min", "0 ms"}) : "{discrete: {5 min: 1, 25 min: 1}}");
    text += ", effort: 0.5, cost: " + dice.one_of({"1", "-2"});
    text += ", pains: {";
    if (dice.chance(70))
      text += "late: " + (dice.chance(30) ? std::string("{after: 20 min}")
                                          : "{probability: " + dice.one_of({"0.5", "0.25"}) + "}");
    text += "}";
    if (dice.chance(40)) text += ", resolves: {late: {probability: 0.5, lift: 1.5}}";
    if (dice.chance(50)) text += ", fulfils: {g: " + dice.one_of({"0.5", "1"}) + "}";
    if (dice.chance(40)) text += ", if_given_up: " + place(dice.below(places));
    text += ", next: {out: " + dice.one_of({"1", "3"});
    text += ", " + place(dice.below(places)) + ": {weight: 2" +
            (dice.chance(40) ? ", if: {pain: late}" : (dice.chance(30) ? ", unless: {goal: g}" : "")) + "}}}\n";
  }
  text += "start: a\noutcomes: {out: {label: Out, success: true, value: 4}}\n";
  text += fmt::format(
      "satisfaction: {{anchor: 5, reactivity: 0.25, effort_weight: 0.5, memory: {{peak: 1, end: 1, mean: {}}}}}\n",
      dice.one_of({"2", "0"}));
  return text + "limits: {visits: " + dice.one_of({"3", "2", "1"}) + "}\n";
}

std::vector<std::pair<Rational, Rational>> values_of(const Distribution& d) {
  if (d.family == Distribution::Family::constant) return {{Rational(d.a), 1}};
  Rational total = 0;
  for (const auto& [value, weight] : d.points) total += Rational(weight);
  std::vector<std::pair<Rational, Rational>> values;
  for (const auto& [value, weight] : d.points) values.emplace_back(Rational(value), Rational(weight) / total);
  return values;
}

Rational clamped(const Rational& x) { return x < 0 ? Rational(0) : (x > 10 ? Rational(10) : x); }
Rational size(const Rational& x) { return x < 0 ? Rational(-x) : x; }

struct Agent {
  std::string at;
  Rational probability = 1, expectation = 0, mood = 0, weight = 0, weighted = 0, peak = 0, end = 0, effort = 0,
           cost = 0, elapsed = 0;
  std::set<std::string> goals, open, been;
  std::uint32_t visits = 0;
};

/// journey-model's "What happens to one agent", over everything that can happen.
class Enumeration {
 public:
  Enumeration(const models::Journey& journey, const models::Persona& persona, Rational share)
      : journey_(journey), persona_(persona), share_(std::move(share)) {}

  std::map<std::string, Rational> sums;
  std::map<Rational, Rational> answers;  // S and its probability

  void enumerate() {
    for (const auto& [value, probability] : values_of(persona_.expectation)) {
      Agent agent;
      agent.at = journey_.start.front().first;
      agent.probability = share_ * probability;
      agent.expectation = value;
      agent.mood = Rational(journey_.satisfaction.anchor);
      go(agent);
    }
  }

 private:
  void add(const std::string& name, const Rational& amount) { sums[name] += amount; }

  void go(Agent agent) {
    const auto place = std::find_if(journey_.touchpoints.begin(), journey_.touchpoints.end(),
                                    [&](const auto& t) { return t.id == agent.at; });
    if (place == journey_.touchpoints.end() || agent.visits == journey_.visit_limit) {
      finish(agent, place == journey_.touchpoints.end());
      return;
    }
    const std::string site = "touchpoints." + agent.at + ".";
    add(site + "visits", agent.probability);
    if (agent.been.insert(agent.at).second) add(site + "reach", agent.probability);
    add(site + "expectation", agent.probability * agent.expectation);
    ++agent.visits;
    const Distribution endless{.a = 1e15, .points = {}};
    for (const auto& [duration, pd] : values_of(place->way.duration_ms)) {
      for (const auto& [patience, pt] : values_of(persona_.patience_ms.value_or(endless))) {
        Agent next = agent;
        next.probability *= pd * pt;
        const bool given_up = duration > patience;
        next.elapsed += given_up ? patience : duration;
        if (given_up) {
          add(site + "given_up", next.probability);
          feel(next, *place, 0);
          next.at = place->way.if_given_up;
          go(next);
        } else {
          for (const auto& [value, probability] : values_of(place->way.experience)) {
            Agent here = next;
            here.probability *= probability;
            pains(here, *place, clamped(value), 0);
          }
        }
      }
    }
  }

  void pains(const Agent& agent, const models::Touchpoint& place, const Rational& q, std::size_t i) {
    if (i == place.way.pains.size()) {
      resolve(agent, place, q < 0 ? Rational(0) : q, 0);
      return;
    }
    const models::PainRisk& risk = place.way.pains[i];
    const Rational chance =
        risk.after_ms ? Rational(agent.elapsed > *risk.after_ms ? 1 : 0) : Rational(*risk.probability);
    for (const bool occurs : {false, true}) {
      Agent next = agent;
      next.probability *= occurs ? chance : Rational(1 - chance);
      if (next.probability == 0) continue;
      if (occurs) {
        add("overall.pains." + risk.pain + ".met", next.probability);
        if (risk.pain == "late") next.open.insert(risk.pain);
      }
      pains(next, place, occurs ? Rational(q - Rational(risk.severity)) : q, i + 1);
    }
  }

  void resolve(const Agent& agent, const models::Touchpoint& place, const Rational& q, std::size_t i) {
    if (i == place.way.resolves.size()) {
      const Rational final_q = q > 10 ? Rational(10) : q;
      Agent next = agent;
      feel(next, place, final_q);
      fulfil(next, place, 0);
      return;
    }
    const models::Resolution& resolution = place.way.resolves[i];
    const Rational chance = agent.open.contains(resolution.pain) ? Rational(resolution.probability) : Rational(0);
    for (const bool closes : {false, true}) {
      Agent next = agent;
      next.probability *= closes ? chance : Rational(1 - chance);
      if (next.probability == 0) continue;
      if (closes) next.open.erase(resolution.pain);
      resolve(next, place, closes ? Rational(q + Rational(resolution.lift)) : q, i + 1);
    }
  }

  void feel(Agent& agent, const models::Touchpoint& place, const Rational& q) {
    const models::Satisfaction& s = journey_.satisfaction;
    const Rational anchor(s.anchor);
    const Rational d = q - agent.expectation;
    const Rational g = d < 0 ? Rational(Rational(persona_.loss_aversion) * d) : d;
    const Rational m =
        clamped(anchor + Rational(s.performance_weight) * (q - anchor) + Rational(s.disconfirmation_weight) * g);
    agent.expectation += Rational(persona_.learning) * d;
    const Rational follow = Rational(s.reactivity) * Rational(place.importance);
    agent.mood += (follow > 1 ? Rational(1) : follow) * (m - agent.mood);
    if (agent.visits == 1 || size(m - anchor) > size(agent.peak - anchor)) agent.peak = m;
    agent.end = m;
    agent.weight += Rational(place.importance);
    agent.weighted += Rational(place.importance) * m;
    agent.effort += Rational(place.way.effort);
    agent.cost += Rational(place.way.cost);
    const std::string site = "touchpoints." + place.id + ".";
    add(site + "experience", agent.probability * q);
    add(site + "satisfaction", agent.probability * m);
    add(site + "mood", agent.probability * agent.mood);
  }

  void fulfil(const Agent& agent, const models::Touchpoint& place, std::size_t i) {
    if (i == place.way.fulfils.size()) {
      leave(agent, place);
      return;
    }
    const models::Fulfilment& fulfilment = place.way.fulfils[i];
    for (const bool achieved : {false, true}) {
      Agent next = agent;
      next.probability *= achieved ? Rational(fulfilment.probability) : Rational(1 - Rational(fulfilment.probability));
      if (next.probability == 0) continue;
      if (achieved) next.goals.insert(fulfilment.goal);
      fulfil(next, place, i + 1);
    }
  }

  void leave(const Agent& agent, const models::Touchpoint& place) {
    std::map<std::string, Rational> open;
    Rational total = 0;
    for (const models::Edge& edge : place.way.next) {
      if (edge.if_ && !agent.open.contains(edge.if_->id) && !agent.goals.contains(edge.if_->id)) continue;
      if (edge.unless && (agent.open.contains(edge.unless->id) || agent.goals.contains(edge.unless->id))) continue;
      open[edge.to] += Rational(edge.weight);
      total += Rational(edge.weight);
    }
    for (const auto& [to, weight] : open) {
      Agent next = agent;
      next.at = to;
      next.probability *= weight / total;
      go(next);
    }
  }

  void finish(const Agent& agent, bool at_an_outcome) {
    const models::Satisfaction& s = journey_.satisfaction;
    const Rational all = Rational(s.memory_peak) + Rational(s.memory_end) + Rational(s.memory_mean);
    Rational overall = (Rational(s.memory_peak) * agent.peak + Rational(s.memory_end) * agent.end +
                        Rational(s.memory_mean) * (agent.weighted / agent.weight)) /
                       all;
    for (const auto& [goal, importance] : persona_.goals) {
      if (!agent.goals.contains(goal)) overall -= Rational(importance);
    }
    for (const models::Pain& pain : journey_.pains) {
      if (agent.open.contains(pain.id)) overall -= Rational(pain.lingering);
    }
    overall = clamped(overall - Rational(s.effort_weight) * agent.effort);
    answers[overall] += agent.probability;
    const Rational& p = agent.probability;
    add("overall.satisfaction", p * overall);
    add("overall.visits", p * agent.visits);
    add("overall.effort", p * agent.effort);
    add("overall.cost", p * agent.cost);
    add("overall.elapsed_hours", p * agent.elapsed / 3'600'000);
    add("elapsed^2", p * agent.elapsed * agent.elapsed / 3'600'000 / 3'600'000);
    add("overall.goals.g", agent.goals.contains("g") ? p : Rational(0));
    add("overall.pains.late.open", agent.open.contains("late") ? p : Rational(0));
    add("overall.truncated", at_an_outcome ? Rational(0) : p);
    if (at_an_outcome) add("overall.outcomes." + agent.at, p);
  }

  const models::Journey& journey_;
  const models::Persona& persona_;
  Rational share_;
};

double number(const Rational& r) { return r.convert_to<double>(); }

/// 100 (P(Y >= 9) - P(Y <= 6)) over the distribution of S.
double nps_of(const std::map<Rational, Rational>& answers) {
  double nps = 0;
  for (const auto& [s, p] : answers) {
    const auto at_most = [&](double k) { return 1 / (1 + std::exp(-(k + 0.5 - number(s)) / 0.8)); };
    nps += 100 * number(p) * (1 - at_most(8) - at_most(6));
  }
  return nps;
}

TEST(ExactRational, equals_the_sum_over_everything_that_can_happen) {
  int compared = 0;
  int with_nps = 0;
  for (unsigned seed = 1; seed <= 120; ++seed) {
    std::mt19937 twister(seed + sweep_offset());
    std::vector<std::uint32_t> tape(400);
    for (std::uint32_t& one : tape) one = static_cast<std::uint32_t>(twister());
    Dice dice(tape);
    const std::string text = tiny_journey(dice);
    const models::Case one = case_of(text);
    const models::Experiment experiment({&one});
    const FiguresByAddress exact = solved(experiment).figures;
    const models::Journey& journey = one.views.views.front();
    Rational shares = 0;
    for (const models::Persona& persona : journey.personas) shares += Rational(persona.share);
    std::map<std::string, Rational> sums;
    std::map<Rational, Rational> answers;
    for (const models::Persona& persona : journey.personas) {
      Enumeration all(journey, persona, Rational(persona.share) / shares);
      all.enumerate();
      for (const auto& [name, amount] : all.sums) sums[name] += amount;
      for (const auto& [s, p] : all.answers) answers[s] += p;
    }
    const Rational mean = sums["overall.elapsed_hours"];
    std::map<std::string, double> expected = {
        {"overall.nps", nps_of(answers)},
        {"overall.elapsed_hours_sd", std::sqrt(number(sums["elapsed^2"] - mean * mean))}};
    sums.erase("elapsed^2");
    for (const auto& [name, amount] : sums) {
      const std::string visits = name.substr(0, name.rfind('.')) + ".visits";
      const bool per_agent = name == visits || name.ends_with(".reach") || !name.starts_with("touchpoints.");
      expected[name] = number(per_agent ? amount : Rational(amount / sums[visits]));
    }
    for (const auto& [name, value] : expected) {
      const auto found = exact.find(name);
      ASSERT_NE(found, exact.end()) << name;
      if (std::isnan(found->second.estimate)) continue;
      ++compared;
      with_nps += name == "overall.nps";
      EXPECT_NEAR(found->second.estimate, value, 1e-11 * std::max(1.0, std::abs(value)))
          << "seed " << seed << ", " << name << "\n"
          << text;
    }
    if (HasFailure()) break;
  }
  EXPECT_GT(compared, 2000);
  EXPECT_GT(with_nps, 100);
}

}  // namespace
}  // namespace sojourn::tests
