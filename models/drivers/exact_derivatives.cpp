#include "models/drivers/exact_derivatives.h"

#include <limits>

namespace sojourn::models {
namespace {

constexpr std::size_t kCost = static_cast<std::size_t>(WorthPart::cost);
constexpr std::size_t kValue = static_cast<std::size_t>(WorthPart::value);

Worth one_part(std::size_t part, double value) {
  Worth worth{};
  worth[part] = value;
  return worth;
}

/// Slopes of the tables of one persona, brought to the levers that those come from.
class Chaining {
 public:
  Chaining(std::vector<Worth>& levers, const PersonaOrigins& origins, const PersonaSlopes& slopes, double share)
      : levers_(levers), origins_(origins), slopes_(slopes), share_(share) {}

  void chain() {
    rows(origins_.start, slopes_.start);
    rows(origins_.fulfilments, slopes_.fulfilments);
    for (std::size_t i = 0; i < origins_.pains.size(); ++i) add(origins_.pains[i].probability, slopes_.pains[i]);
    for (std::size_t i = 0; i < origins_.resolutions.size(); ++i) {
      add(origins_.resolutions[i].probability, slopes_.resolutions[i]);
    }
    for (std::size_t i = 0; i < origins_.edges.size(); ++i) {
      add(origins_.edges[i].weight, slopes_.edges[i]);
      // A pull of mood on a choice that heeds none yet: what it does hangs on the mood there.
      if (origins_.edges[i].mood != kNoLever)
        levers_[origins_.edges[i].mood].fill(std::numeric_limits<double>::quiet_NaN());
    }
    for (std::size_t w = 0; w < origins_.ways.size(); ++w) way(w);
    for (std::size_t exit = 0; exit < origins_.exit_value.size(); ++exit) {
      add(origins_.exit_value[exit], one_part(kValue, slopes_.outcomes[exit]));
    }
  }

 private:
  void add(std::uint32_t lever, const Worth& slope, double factor = 1) {
    if (lever == kNoLever || factor == 0) return;
    for (std::size_t m = 0; m < slope.size(); ++m) levers_[lever][m] += share_ * factor * slope[m];
  }

  void rows(const std::vector<std::uint32_t>& levers, const std::vector<Worth>& slopes) {
    for (std::size_t i = 0; i < levers.size(); ++i) add(levers[i], slopes[i]);
  }

  void way(std::size_t w) {
    const WayOrigin& from = origins_.ways[w];
    add(from.cost, one_part(kCost, slopes_.visits[w]));
    if (from.share_value > 0) add(from.share, slopes_.share[w], 1 / from.share_value);
    if (from.affinity_value > 0) add(from.affinity, slopes_.share[w], 1 / from.affinity_value);
    for (const auto& [lever, slope] : from.given_up_slopes) add(lever, slopes_.given_up[w], slope);
  }

  std::vector<Worth>& levers_;
  const PersonaOrigins& origins_;
  const PersonaSlopes& slopes_;
  double share_;
};

}  // namespace

ExactDerivatives exact_derivatives(const Case& one, const Atlas& atlas, const JourneyTables& tables,
                                   const Origins& origins, std::size_t levers) {
  ExactDerivatives to;
  const ExactSlopes slopes = exact_slopes(one, atlas, tables);
  to.why_not = slopes.why_not;
  if (!to.why_not.empty()) return to;
  to.levers.assign(levers, Worth{});
  const double total = tables.shares.back().first;
  Worth& mean = to.mean;
  bool all_shared = true;
  double below = 0;
  for (const auto& [cumulated, group] : tables.shares) {
    const double share = (cumulated - below) / total;
    below = cumulated;
    const PersonaSlopes& persona = slopes.personas[group];
    Chaining(to.levers, origins.personas[group], persona, share).chain();
    for (std::size_t m = 0; m < mean.size(); ++m) mean[m] += share * persona.mean[m];
    all_shared = all_shared && !persona.shapley_success.empty();
  }
  below = 0;
  for (const auto& [cumulated, group] : tables.shares) {
    const double share = (cumulated - below) / total;
    below = cumulated;
    const PersonaSlopes& persona = slopes.personas[group];
    if (const std::uint32_t lever = origins.personas[group].share; lever != kNoLever && tables.shares.size() > 1) {
      for (std::size_t m = 0; m < mean.size(); ++m) to.levers[lever][m] += (persona.mean[m] - mean[m]) / total;
    }
    if (!all_shared) continue;
    to.shapley_success.resize(persona.shapley_success.size());
    to.success_through.resize(persona.success_through.size());
    for (std::size_t t = 0; t < persona.shapley_success.size(); ++t) {
      to.shapley_success[t] += share * persona.shapley_success[t];
      to.success_through[t] += share * persona.success_through[t];
    }
  }
  return to;
}

}  // namespace sojourn::models
