#pragma once
// A comparison with one of everything that a result can hold, in which no two figures are equal.

#include "models/score/result.h"

#include <algorithm>
#include <string>

namespace sojourn::models {

/// Gives figures that nothing else has: 1.25, 2.25, ...
class Numbers {
 public:
  Figure operator()() {
    const double x = next_++;
    return {x + 0.25, x + 0.5, x + 0.125, x + 0.375};
  }
  Figure difference() {
    Figure figure = (*this)();
    figure.p_better = figure.estimate + 0.01;
    figure.adjusted_lo = figure.estimate - 0.3;
    figure.adjusted_hi = figure.estimate + 0.3;
    return figure;
  }

 private:
  double next_ = 1;
};

inline Names sample_names() {
  Names names;
  const auto persona = [](std::string id, std::string label, std::string quote) {
    PersonaName name;
    name.id = std::move(id), name.label = std::move(label), name.quote = std::move(quote);
    return name;
  };
  names.personas = {persona("mia", "Mia, 6", "Is it Christmas yet? 🎄"), persona("gran", "Großmutter", "")};
  const auto touchpoint = [](std::string id, std::string label, std::string stage, std::vector<Named> channels) {
    TouchpointName name;
    name.id = std::move(id), name.label = std::move(label), name.stage = std::move(stage);
    name.channels = std::move(channels);
    return name;
  };
  names.touchpoints = {touchpoint("wish", "Send the wish list", "Wish", {{"post", "By post"}, {"dream", "In a dream"}}),
                       touchpoint("bake", "Biscuits", "", {}),
                       touchpoint("exchange", "Exchange the jumper", "After", {{"post", "By post"}})};
  names.touchpoints[1].importance = 0.5;
  names.touchpoints[2].importance = 2;
  names.touchpoints[2].moment_of_truth = true;
  names.outcomes.resize(2);
  names.outcomes[0].id = "happy", names.outcomes[0].label = "Delighted", names.outcomes[0].success = true;
  names.outcomes[1].id = "abandoned", names.outcomes[1].label = "Abandoned";
  names.goals = {{"gift", "The wished-for gift"}};
  names.pains = {{"late", "Gift comes late"}, {"wrong", "Wrong gift"}};
  return names;
}

/// Which flows a case has: a what-if may open an edge that others lack.
inline Figures sample_figures(const Names& names, Numbers& numbers, bool difference, bool shortcut) {
  const auto figure = [&] { return difference ? numbers.difference() : numbers(); };
  const auto summary = [&](std::uint64_t agents, double share) {
    Summary one;
    one.agents = agents;
    one.share = share;
    for (Figure& metric : one.metrics) metric = figure();
    for (Figure& score : one.scores) score = figure();
    for (std::size_t i = 0; i < names.outcomes.size(); ++i) one.outcomes.push_back(figure());
    for (std::size_t i = 0; i < names.goals.size(); ++i) one.goals.push_back(figure());
    for (std::size_t i = 0; i < names.pains.size(); ++i) {
      const Figure met = figure();
      one.pains.push_back({met, figure()});
    }
    return one;
  };
  const auto sites = [&] {
    std::vector<SiteFigures> list(names.touchpoints.size());
    const auto fill = [&](SiteFigures& site, std::uint32_t t) {
      for (Figure& metric : site.metrics) metric = figure();
      if (t != 1) site.pains.push_back({t == 0 ? 1u : 0u, figure()});
      if (t == 0 && shortcut) site.flow.push_back({2, figure()});
      if (t < 2) site.flow.push_back({t + 1, figure()});
      site.flow.push_back({3, figure()});
      site.flow.push_back({4, figure()});
    };
    for (std::uint32_t t = 0; t < list.size(); ++t) {
      fill(list[t], t);
      for (std::uint32_t c = 0; c < names.touchpoints[t].channels.size(); ++c) {
        list[t].channels.push_back({c, {}});
        fill(list[t].channels.back().figures, t);
      }
      // In the order of the other cases: an edge of its own comes last.
      const auto by_target = [](const auto& a, const auto& b) { return (a.first == 2) < (b.first == 2); };
      if (t == 0) {
        std::stable_sort(list[t].flow.begin(), list[t].flow.end(), by_target);
        for (auto& [c, channel] : list[t].channels)
          std::stable_sort(channel.flow.begin(), channel.flow.end(), by_target);
      }
    }
    return list;
  };
  Figures figures;
  figures.overall = summary(100'000, kNone);
  figures.personas = {summary(55'013, 0.55), summary(44'987, 0.45)};
  figures.touchpoints = sites();
  figures.by_persona = {sites(), sites()};
  // Nobody of this persona came: the figure is there, its number is not.
  figures.by_persona[1][1].metrics[static_cast<std::size_t>(SiteMetric::experience)] = Figure{};
  return figures;
}

inline CompareResult sample_comparison() {
  Numbers numbers;
  CompareResult result;
  result.names = sample_names();
  Provenance& provenance = result.provenance;
  provenance.program = "sojourn 0.1.0";
  provenance.random_scheme = "philox4x32-10/1";
  provenance.journey = {"Santa's Christmas service", "scenarios/santa/journey.yaml", std::string(64, 'a')};
  provenance.scenarios = {{"Warm bench", "scenarios/santa/warm-bench.yaml", std::string(64, 'b')},
                          {"Grüße", "/home/someone/other/warm-bench.yaml", std::string(64, 'c')}};
  provenance.money = "EUR";
  provenance.controls = {"personas", "expectation"};
  provenance.seed = 18446744073709551615u;
  provenance.replicate = 3;
  provenance.agents = 100'000;
  provenance.precision = 0.5;
  provenance.resolved_journey = "journey: Santa's Christmas service\nmoney: EUR\n";
  provenance.resolved_scenarios = {"journey: with a bench\n", "journey: mit Grüßen\n"};
  result.base = sample_figures(result.names, numbers, false, false);
  result.base.control_ratio = 1.25;
  for (std::size_t i = 0; i < 2; ++i) {
    Comparison one;
    one.scenario = provenance.scenarios[i];
    one.because = i == 0 ? "It is cold." : "";
    one.result = sample_figures(result.names, numbers, false, i == 1);
    one.difference = sample_figures(result.names, numbers, true, i == 1);
    one.result.control_ratio = 1.5 + static_cast<double>(i);
    one.difference.control_ratio = 3.5 + static_cast<double>(i);
    for (int t = 0; t < 4; ++t) one.by_first_change.push_back(numbers.difference());
    for (auto& row : one.flips) {
      for (Figure& cell : row) cell = numbers();
    }
    one.agents_changed = numbers();
    one.variance_ratio = 14.25 + static_cast<double>(i);
    one.cost_once = i == 0 ? 20'000 : 0;
    one.cost_per_journey = 0.15;
    one.net_gain = numbers.difference();
    if (i == 0) one.break_even_journeys = numbers();
    one.verdict = i == 0 ? Verdict::better : Verdict::personas_disagree;
    one.sentence = i == 0 ? "Warm bench lifts NPS by 4.2 (3.9 to 4.5)." : "It depends.";
    result.scenarios.push_back(std::move(one));
  }
  Uncertainty uncertain;
  uncertain.draws = 197;
  uncertain.left_out = 3;
  uncertain.agents = 500;
  uncertain.base = {21.25, 18.5, 23.5, 0.125, 0.0625};
  uncertain.differences = {{3.25, 2.5, 3.75, 0.75, 0.0625}, {-1.25, -2.5, 0.75, 0.125, 0.0625}};
  uncertain.evpi_se = 0.03125;
  uncertain.inputs = {{"touchpoints.wish.pains.late.probability",
                       "Send the wish list, Gift comes late: probability",
                       {"Santa's Christmas service", "Grüße"},
                       0.05,
                       0.5,
                       {0.25, 0.75}},
                      {"touchpoints.bake.cost", "Biscuits: cost", {"Warm bench"}, 0, 0, {0.125, 0}}};
  uncertain.groups = {{"Santa's Christmas service", 0.05}, {"Grüße", 0.05}, {"Warm bench", 0}};
  result.uncertain = uncertain;
  return result;
}

inline RunResult sample_run() {
  CompareResult comparison = sample_comparison();
  RunResult result{comparison.provenance, comparison.names, comparison.base, comparison.uncertain, {}};
  result.uncertain->base.p_best = result.uncertain->base.evpi = result.uncertain->evpi_se = kNone;
  result.uncertain->differences.clear();
  result.uncertain->groups.clear();
  for (UncertainInput& input : result.uncertain->inputs) input.evppi = kNone, input.difference_shares.clear();
  result.provenance.scenarios.clear();
  result.provenance.resolved_scenarios.clear();
  result.provenance.precision = kNone;
  return result;
}

}  // namespace sojourn::models
