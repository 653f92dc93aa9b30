#include "models/exact/explain.h"

#include <algorithm>
#include <cmath>

namespace sojourn::models {
namespace {

double start_share(const PersonaTables& persona, std::uint32_t touchpoint) {
  double below = 0;
  double share = 0;
  for (const auto& [cumulated, to] : persona.start) {
    if (to == touchpoint) share += (cumulated - below) / persona.start.back().first;
    below = cumulated;
  }
  return share;
}

ExplainedFlow flow_of(const SiteFigures& from, const Figure& flow, std::uint32_t end) {
  const double visits = from[SiteMetric::visits].estimate;
  return {end, visits, visits > 0 ? flow.estimate / visits : kNone, flow.estimate};
}

/// Nothing flows here, and that is certain.
bool is_empty(const ExplainedFlow& flow) { return flow.agents == 0; }

ExplainedVisits explain_persona(const std::vector<SiteFigures>& sites, const PersonaTables& persona,
                                std::uint32_t touchpoint) {
  ExplainedVisits one;
  one.visits = sites[touchpoint][SiteMetric::visits].estimate;
  one.given_up = sites[touchpoint][SiteMetric::given_up].estimate;
  one.start = start_share(persona, touchpoint);
  double arrivals = one.start;
  for (std::uint32_t t = 0; t < sites.size(); ++t) {
    for (const auto& [end, flow] : sites[t].flow) {
      if (end != touchpoint) continue;
      const ExplainedFlow from = flow_of(sites[t], flow, t);
      if (is_empty(from)) continue;
      one.from.push_back(from);
      arrivals += from.agents;
    }
  }
  one.cut_off = arrivals - one.visits;
  if (std::abs(one.cut_off) < 1e-12 * std::max(1.0, one.visits)) one.cut_off = 0;
  for (const auto& [end, flow] : sites[touchpoint].flow) {
    const ExplainedFlow to = flow_of(sites[touchpoint], flow, end);
    if (!is_empty(to)) one.to.push_back(to);
  }
  return one;
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool same(const std::vector<ExplainedFlow>& a, const std::vector<ExplainedFlow>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const ExplainedFlow& x, const ExplainedFlow& y) {
    return x.end == y.end && same(x.visits, y.visits) && same(x.agents, y.agents);
  });
}

bool same(const ExplainedVisits& a, const ExplainedVisits& b) {
  return same(a.visits, b.visits) && a.start == b.start && same(a.given_up, b.given_up) && same(a.from, b.from) &&
         same(a.to, b.to);
}

}  // namespace

std::vector<ExplainedVisits> explain(const Figures& figures, const Names& names, const JourneyTables& tables,
                                     std::uint32_t touchpoint) {
  std::vector<ExplainedVisits> equations;
  for (std::uint32_t p = 0; p < figures.by_persona.size(); ++p) {
    ExplainedVisits one = explain_persona(figures.by_persona[p], tables.personas[p], touchpoint);
    const auto twin = std::find_if(equations.begin(), equations.end(),
                                   [&](const ExplainedVisits& other) { return same(one, other); });
    if (twin == equations.end()) {
      one.personas = {names.personas[p].id};
      equations.push_back(std::move(one));
    } else {
      twin->personas.push_back(names.personas[p].id);
    }
  }
  return equations;
}

}  // namespace sojourn::models
