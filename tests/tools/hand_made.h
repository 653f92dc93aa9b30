#pragma once
// A small result made by hand: two personas, two touchpoints (one with channels), two outcomes beside `abandoned`.

#include "models/score/result.h"

namespace sojourn::tests {

inline models::Figure figure(double estimate, double half_width = 0.5) {
  models::Figure f;
  f.estimate = estimate;
  f.se = half_width / 2;
  f.lo = estimate - half_width;
  f.hi = estimate + half_width;
  return f;
}

inline models::Figure difference(double estimate, double half_width = 0.5) {
  models::Figure f = figure(estimate, half_width);
  f.p_better = 0.75;
  f.adjusted_lo = estimate - 2 * half_width;
  f.adjusted_hi = estimate + 2 * half_width;
  return f;
}

inline models::Names names() {
  models::Names names;
  names.personas = {{{"mia", "Mia, 6"}, "Is it Christmas yet?"}, {{"otto", "Otto"}, ""}};
  models::TouchpointName wish;
  wish.id = "wish";
  wish.label = "Send the wish list";
  wish.stage = "Wish";
  wish.channels = {{"post", "By post"}, {"dream", "In a dream"}};
  models::TouchpointName eve;
  eve.id = "eve";
  eve.label = "Santa at the door";
  eve.stage = "Christmas Eve";
  eve.importance = 2;
  eve.moment_of_truth = true;
  names.touchpoints = {wish, eve};
  names.outcomes = {{{"happy", "Delighted"}, true}, {{"gone", "Gave up"}, false}, {{"abandoned", "Abandoned"}, false}};
  names.goals = {{"gift", "The gift"}};
  names.pains = {{"late", "Gift comes late"}};
  return names;
}

template <class Make>
models::Summary summary(Make make) {
  models::Summary summary;
  summary.agents = 1000;
  summary.share = 0.5;
  for (models::Figure& f : summary.metrics) f = make(0.25);
  summary[models::Metric::nps] = make(31.25);
  for (models::Figure& f : summary.scores) f = make(0.0625);
  summary.outcomes = {make(0.5), make(0.375), make(0.125)};
  summary.goals = {make(0.75)};
  summary.pains = {{make(0.25), make(0.125)}};
  return summary;
}

template <class Make>
std::vector<models::SiteFigures> sites(Make make) {
  models::SiteFigures eve;
  for (models::Figure& f : eve.metrics) f = make(0.5);
  eve.pains = {{0, make(0.25)}};
  eve.flow = {{2, make(0.5)}, {3, make(0.375)}};
  models::SiteFigures wish;
  for (models::Figure& f : wish.metrics) f = make(1);
  wish.flow = {{1, make(0.875)}, {4, make(0.125)}};
  models::SiteFigures post = wish;
  models::SiteFigures dream;  // never used: nothing exists but the counts
  dream[models::SiteMetric::visits] = make(0);
  wish.channels = {{0, post}, {1, dream}};
  return {wish, eve};
}

template <class Make>
models::Figures figures(Make make) {
  models::Figures figures;
  figures.overall = summary(make);
  figures.personas = {summary(make), summary(make)};
  figures.touchpoints = sites(make);
  figures.by_persona = {sites(make), sites(make)};
  return figures;
}

inline models::Provenance provenance() {
  models::Provenance provenance;
  provenance.program = "sojourn 0.1.0";
  provenance.random_scheme = "philox4x32-10/v1";
  provenance.journey = {"Santa's service", "journey.yaml", std::string(64, 'a')};
  provenance.money = "EUR";
  provenance.agents = 2000;
  provenance.resolved_journey = "journey: Santa's service\n";
  return provenance;
}

inline models::RunResult run_result() {
  models::RunResult result;
  result.provenance = provenance();
  result.names = names();
  result.figures = figures([](double x) { return figure(x); });
  return result;
}

inline models::Comparison comparison(const std::string& title, double nps) {
  models::Comparison c;
  c.scenario = {title, "faster.yaml", std::string(64, 'b')};
  c.because = "It is slow.";
  c.result = figures([](double x) { return figure(x); });
  c.difference = figures([](double x) { return difference(x); });
  c.difference.overall[models::Metric::nps] = difference(nps);
  c.by_first_change = {figure(nps - 1), figure(1), figure(0, 0)};
  for (auto& row : c.flips) {
    for (models::Figure& f : row) f = figure(1.0 / 9, 0.01);
  }
  c.agents_changed = figure(0.31, 0.01);
  c.variance_ratio = 14.2;
  c.cost_once = 20000;
  c.cost_per_journey = 0.15;
  c.net_gain = difference(0.5);
  c.break_even_journeys = figure(40000, 1000);
  c.verdict = models::Verdict::better;
  c.sentence = "Better. " + title + " lifts NPS by 4.2.";
  return c;
}

/// Of a comparison with one scenario.
inline models::Uncertainty uncertainty() {
  models::Uncertainty uncertain;
  uncertain.draws = 200;
  uncertain.agents = 500;
  uncertain.base = {21.5, 20, 23, 0.25, 0.5};
  uncertain.differences = {{4.5, -1, 6, 0.75, 0.5}};
  uncertain.evpi_se = 0.125;
  uncertain.inputs = {{"touchpoints.wish.cost", "Send the wish list: cost", {"Santa's service"}, 0.375, 0.5, {0.25}}};
  uncertain.groups = {{"Santa's service", 0.375}};
  return uncertain;
}

inline models::CompareResult compare_result() {
  models::CompareResult result;
  result.provenance = provenance();
  result.provenance.scenarios = {{"Faster", "faster.yaml", std::string(64, 'b')}};
  result.provenance.resolved_scenarios = {"journey: Santa's service\n"};
  result.names = names();
  result.base = figures([](double x) { return figure(x); });
  result.scenarios = {comparison("Faster", 4.25)};
  return result;
}

}  // namespace sojourn::tests
