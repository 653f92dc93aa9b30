// Law: what is solved exactly is what the walk comes to.
//
// A figure agrees if |estimate - exact| <= 7.5 se + 30 R / n, R being the largest that one agent (or one visit) can add and n
// the number of agents (visits). The second term is for what is rare: an event that is expected 30 times is missed with
// probability e^-30 = 1e-13, and a count is off by more than 7.5 of its roots and 30 with less than that (Chernoff). The first
// comes by chance in 6e-14 of all cases, more by a factor below 30 where a figure is skewed (Cramer's factor e^(x^3 skewness
// / (6 root n)) at x = 7.5). All comparisons below are fewer than 1,000,000: a false alarm in less than 1e-5 of all seeds.

#include "tests/support/exact.h"
#include "tests/support/cases.h"
#include "tests/support/environment.h"
#include "tests/support/random_journey.h"
#include "tests/support/sweep.h"

#include "models/text/diagnostic.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <random>
#include <regex>
#include <set>

namespace sojourn::tests {
namespace {

constexpr double kAlarmAt = 7.5;

std::string last_part(const std::string& address) { return address.substr(address.rfind('.') + 1); }

/// Whether the errors of its estimates are far from normal: spreads have an eighth moment in them.
bool is_spread(const std::string& address) { return address.ends_with("_sd"); }

struct Agreement {
  int compared = 0;
  std::vector<std::string> broken;
  std::map<std::string, int> by_name;
};

/// How much one agent or one visit can add to a figure.
double range_of(const std::string& address, const FiguresByAddress& exact, std::uint32_t visit_limit) {
  const std::string name = last_part(address);
  const double visits = std::min<double>(visit_limit, 60);  // more are unheard of
  if (name == "nps") return 200;
  if (name == "visits" || name == "effort" || name == "met" || address.find(".flow.") != std::string::npos)
    return visits;
  if (name == "cost" || name == "net" || name == "value") return 30 * visits;
  if (name == "experience" || name == "satisfaction" || name == "mood" || name == "pain_loss" || name == "score" ||
      name == "satisfaction_sd") {
    return 10;
  }
  if (name == "expectation" || name == "disconfirmation") return 40;
  if (name.find("hours") != std::string::npos) {
    const auto sd = exact.find("overall.elapsed_hours_sd");
    return sd != exact.end() && std::isfinite(sd->second.estimate) ? 30 * sd->second.estimate : 1e300;
  }
  return 1;
}

/// Visits behind a figure of a touchpoint, else agents.
double number_behind(const std::string& address, const FiguresByAddress& simulated, double agents) {
  const auto persona = address.rfind("personas.", 0);
  if (persona == 0) {
    const std::string prefix = address.substr(0, address.find('.', 9));
    const auto share = simulated.find(prefix + ".share");
    if (share != simulated.end()) agents *= share->second.estimate;
  }
  const std::string name = last_part(address);
  std::string site = address.substr(0, address.rfind('.'));
  if (site.ends_with(".pains")) site = site.substr(0, site.size() - 6);
  const auto visits = simulated.find(site + ".visits");
  const bool per_visit = name != "visits" && name != "reach" && address.find(".flow.") == std::string::npos &&
                         site.find("touchpoints.") != std::string::npos && visits != simulated.end();
  return per_visit ? agents * visits->second.estimate : agents;
}

void compare(const models::Experiment& experiment, std::uint64_t agents, bool heavy_tails, Agreement& agreement,
             const FiguresByAddress* planted = nullptr) {
  const Solved exact = solved(experiment);
  const auto simulated = all_figures(experiment, agents);
  std::map<std::string, models::Figure> plain;
  for (const auto& [address, figure] : simulated) {
    if (address.starts_with("0.")) plain.emplace(address.substr(2), figure);
  }
  const std::uint32_t limit = experiment.case_of(0).views.views.front().visit_limit;
  const FiguresByAddress& answers = planted != nullptr ? *planted : exact.figures;
  for (const auto& [address, answer] : answers) {
    const auto found = plain.find(address);
    if (last_part(address) == "agents" || last_part(address) == "share") continue;
    if (found == plain.end() || !std::isfinite(answer.estimate) || !std::isfinite(found->second.estimate)) continue;
    if (heavy_tails && address.find("hours") != std::string::npos) continue;
    const models::Figure& estimate = found->second;
    const double n = number_behind(address, plain, static_cast<double>(agents));
    const double missed = 30 / n;  // share of what may never be drawn; of a spread, it is under the root
    const double rare = range_of(address, exact.figures, limit) * (is_spread(address) ? std::sqrt(missed) : missed);
    const double se = std::isfinite(estimate.se) ? estimate.se : 0;
    const double spread = is_spread(address) ? 2 * kAlarmAt : kAlarmAt;
    const double low = answer.lo - spread * se - rare - 1e-7 * (1 + std::abs(answer.estimate));
    const double high = answer.hi + spread * se + rare + 1e-7 * (1 + std::abs(answer.estimate));
    ++agreement.compared;
    ++agreement.by_name[last_part(address)];
    if (estimate.estimate >= low && estimate.estimate <= high) continue;
    agreement.broken.push_back(address + ": simulated " + std::to_string(estimate.estimate) + " +- " +
                               std::to_string(estimate.se) + ", exactly " + std::to_string(answer.estimate));
  }
}

std::vector<std::uint32_t> tape(unsigned seed) {
  std::mt19937 twister(seed + sweep_offset());
  std::vector<std::uint32_t> numbers(4000);
  for (std::uint32_t& number : numbers) number = static_cast<std::uint32_t>(twister());
  return numbers;
}

std::string first_few(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size() && i < 12; ++i) text += lines[i] + "\n";
  return text;
}

TEST(Exact, agrees_with_the_walk_of_every_random_journey) {
  Agreement all;
  int journeys = 0;
  for (unsigned seed = 1; journeys < 300; ++seed) {
    Dice dice(tape(seed));
    RandomJourney journey = random_journey(dice);
    // Half of them calm: no choice depends on mood, so that all of the chain is compared.
    if (seed % 2 == 0) journey.text = std::regex_replace(journey.text, std::regex("mood: [-0-9.]+"), "mood: 0");
    const models::Case one = case_of(journey.text);
    const models::Experiment experiment({&one});
    // A lognormal of sigma 3 has 37 % of its second moment beyond what 32-bit uniforms draw.
    const bool heavy_tails = journey.text.find("sigma: 3") != std::string::npos;
    Agreement agreement;
    compare(experiment, 16'384, heavy_tails, agreement);
    EXPECT_TRUE(agreement.broken.empty()) << "seed " << seed << "\n" << first_few(agreement.broken) << journey.text;
    ++journeys;
    all.compared += agreement.compared;
    for (const auto& [name, count] : agreement.by_name) all.by_name[name] += count;
    if (HasFailure() && journeys > 40) break;
  }
  EXPECT_GT(all.compared, 50'000);
  EXPECT_LT(all.compared, 1'000'000);
  for (const auto& [name, count] : all.by_name) RecordProperty(name, count);
}

TEST(Exact, agrees_with_the_walk_of_every_journey_and_scenario) {
  for (const auto& folder : std::filesystem::directory_iterator(source_dir() / "scenarios")) {
    const auto file = folder.path() / "journey.yaml";
    if (!std::filesystem::exists(file)) continue;
    const models::JourneyFile journey = models::read_journey_file(file.string());
    std::vector<std::vector<models::ScenarioFile>> what_ifs(1);
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
      if (entry.path().extension() != ".yaml") continue;
      if (models::kind_of(models::read_source(entry.path().string())) != models::FileKind::scenario) continue;
      what_ifs.push_back({models::read_scenario_file(entry.path().string())});
    }
    for (const auto& scenarios : what_ifs) {
      const models::Case one = models::build_case(journey, scenarios);
      const models::Experiment experiment({&one});
      Agreement agreement;
      compare(experiment, 200'000, false, agreement);
      EXPECT_TRUE(agreement.broken.empty()) << one.title << "\n" << first_few(agreement.broken);
      EXPECT_GT(agreement.compared, 20) << one.title;
    }
  }
}

TEST(Exact, agreement_would_miss_hardly_an_error) {
  // Planted: each of these is a little off, in a journey where most mechanisms are at work.
  const std::string journey = R"(
journey: Planted
personas:
  a: {name: A, patience: {lognormal: {median: 30 min, sigma: 0.5}}, expectation: {normal: {mean: 6, sd: 1}}}
pains:
  late: {severity: 2, lasting: true, lingering: 1}
goals: {gift: {}}
touchpoints:
  ask:
    label: Ask
    experience: {normal: {mean: 7, sd: 1}}
    duration: {exponential: {mean: 12 min}}
    pains: {late: {probability: 0.3}}
    next: {fix: {weight: 1, if: {pain: late}}, done: 2, ask: 0.5}
  fix:
    label: Fix
    experience: {beta: {mean: 6, sd: 2}}
    duration: {gamma: {mean: 20 min, sd: 8 min}}
    resolves: {late: {probability: 0.5, lift: 2}}
    fulfils: {gift: 0.4}
    next: {done: 1, left: {weight: 1, if: {pain: late}}}
start: ask
outcomes: {done: {label: Done, success: true, value: 3}, left: {label: Left}}
)";
  const models::Case right = case_of(journey);
  const models::Experiment experiment({&right});
  Agreement clean;
  compare(experiment, 1'000'000, false, clean);
  EXPECT_TRUE(clean.broken.empty()) << first_few(clean.broken);
  for (const char* error :
       {"{set: touchpoints.fix.resolves.late.probability, to: 0.54}",
        "{set: touchpoints.fix.resolves.late.lift, to: 2.4}",
        "{set: touchpoints.ask.pains.late.probability, to: 0.306}", "{set: touchpoints.ask.next.fix.weight, to: 1.04}",
        "{set: touchpoints.ask.experience.normal.mean, to: 7.03}", "{set: touchpoints.fix.fulfils.gift, to: 0.42}",
        "{set: personas.a.patience.lognormal.median, to: 30.5 min}",
        "{set: personas.a.expectation.normal.mean, to: 6.05}", "{set: satisfaction.reactivity, to: 0.31}",
        "{set: outcomes.done.value, to: 3.1}"}) {
    const models::Case wrong = changed_case(journey, {error});
    const models::Experiment off({&wrong});
    const FiguresByAddress planted = solved(off).figures;
    Agreement agreement;
    compare(experiment, 1'000'000, false, agreement, &planted);
    EXPECT_FALSE(agreement.broken.empty()) << error;
  }
}

/// `overall.nps` and so on, and its number; an array's are numbered.
std::map<std::string, double> flat(const nlohmann::json& json, const std::string& at = "") {
  if (json.is_number()) return {{at, json.get<double>()}};
  std::map<std::string, double> all;
  for (const auto& [key, value] : json.items()) all.merge(flat(value, at.empty() ? key : at + "." + key));
  return all;
}

TEST(Exact, solves_two_stop_as_it_was_solved_by_hand) {
  const auto folder = source_dir() / "scenarios/two_stop";
  const models::JourneyFile journey = models::read_journey_file((folder / "journey.yaml").string());
  const models::ScenarioFile scenario = models::read_scenario_file((folder / "faster.yaml").string());
  std::ifstream file(folder / "expected.json");
  const auto expected = nlohmann::json::parse(file);
  int compared = 0;
  for (const bool changed : {false, true}) {
    const models::Case one = models::build_case(journey, std::span(&scenario, changed ? 1 : 0));
    const models::Experiment experiment({&one});
    const Solved exact = solved(experiment);
    for (const auto& [address, value] : flat(changed ? expected["scenarios"]["faster"]["result"] : expected)) {
      if (address.starts_with("scenarios.")) continue;
      const auto found = exact.figures.find(address);
      ASSERT_NE(found, exact.figures.end()) << address;
      if (address.ends_with("_p50") || address.ends_with("_p90")) {
        EXPECT_TRUE(std::isnan(found->second.estimate)) << address;
        continue;
      }
      if (address.ends_with(".share")) continue;
      // The file has twelve digits.
      EXPECT_NEAR(found->second.estimate, value, 5e-11 * std::max(1.0, std::abs(value))) << address;
      ++compared;
    }
  }
  EXPECT_GT(compared, 350);
}

TEST(Exact, every_figure_that_is_missing_has_a_reason) {
  for (unsigned seed = 1; seed <= 60; ++seed) {
    Dice dice(tape(seed));
    const RandomJourney journey = random_journey(dice);
    const models::Case one = case_of(journey.text);
    const models::Experiment experiment({&one});
    const Solved exact = solved(experiment);
    std::set<std::string> reasons;
    for (const auto& [address, why] : exact.answer.not_exact) {
      EXPECT_FALSE(why.empty()) << address;
      reasons.insert(address.starts_with("personas.") || address.starts_with("touchpoints") ? address
                                                                                            : "overall." + address);
    }
    for (const auto& [address, figure] : exact.figures) {
      if (std::isfinite(figure.estimate) || last_part(address) == "share") continue;
      bool explained = false;
      for (std::string at = address; !at.empty();
           at = at.find('.') == std::string::npos ? "" : at.substr(0, at.rfind('.')))
        explained = explained || reasons.contains(at);
      // A mean over no visits does not exist.
      std::string site = address.substr(0, address.rfind('.'));
      if (site.ends_with(".pains")) site = site.substr(0, site.size() - 6);
      const auto none = exact.figures.find(site + ".visits");
      const bool does_not_exist = none != exact.figures.end() && none->second.estimate == 0;
      EXPECT_TRUE(explained || does_not_exist) << seed << ": " << address;
    }
  }
}

}  // namespace
}  // namespace sojourn::tests
