#include "models/score/detail/known_parts.h"

#include <algorithm>
#include <numeric>

namespace sojourn::models::detail {
namespace {

using engine::Control;

constexpr double fewest = 20;  // agents of a part that are to be expected

/// Where each persona lies on (0, 1), from which agents are drawn; from 0 to 0 for one that nobody is of.
struct Stretch {
  double from = 0;
  double to = 0;
  double share() const { return to - from; }
};

std::vector<Stretch> stretches(const JourneyTables& tables) {
  std::vector<Stretch> list(tables.personas.size());
  double from = 0;
  for (const auto& [cumulated, persona] : tables.shares) {
    const double to = cumulated / tables.shares.back().first;
    list[persona] = {from, to};
    from = to;
  }
  return list;
}

std::vector<std::uint32_t> by_id(const IdList& list) {
  std::vector<std::uint32_t> order(list.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return list.ids()[i]; });
  return order;
}

double overlap(const Stretch& a, const Stretch& b) {
  return std::max(0.0, std::min(a.to, b.to) - std::max(a.from, b.from));
}

/// Probability of beginning at a node or exit.
double start_share(const PersonaTables& persona, std::uint32_t where) {
  double below = 0;
  double share = 0;
  for (const auto& [cumulated, at] : persona.start) {
    if (at == where) share += cumulated - below;
    below = cumulated;
  }
  return below > 0 ? share / below : 0;
}

/// The expectation of a control for a persona's agents in one case.
double expected(const Experiment& experiment, std::size_t one_case, std::uint32_t persona, const Control& control) {
  switch (control.kind) {
    case Control::Kind::first:
      return start_share(experiment.customer(one_case).tables().personas[persona], control.which);
    case Control::Kind::luck: return -0.5;
    case Control::Kind::score: return experiment.exact_mean(one_case, persona, control.which);
  }
  return kNone;
}

/// The controls that base and scenario begin with alike.
std::vector<std::size_t> begun_with(const engine::Layout& layout) {
  std::vector<std::size_t> list;
  for (std::size_t c = 0; c < layout.controls.size(); ++c) {
    if (layout.controls[c].kind != Control::Kind::score) list.push_back(c);
  }
  return list;
}

/// Moments of the differences between two scores of the same agents.
engine::Moments difference(const engine::Moments& base, const engine::Moments& scenario,
                           const engine::WideSum& product) {
  engine::Moments result;
  result.sum = scenario.sum - base.sum;
  result.squares = scenario.squares;
  result.squares.add(base.squares);
  result.squares.subtract(product);
  result.squares.subtract(product);
  return result;
}

Part pair_part(const engine::GroupTally& base, const engine::GroupTally& scenario, const engine::GroupCross& cross,
               const engine::Layout& layout) {
  Part part{Part::nobody, cross.agents, 0, {}, cross.controls, {}, cross.first_change, cross.first_change_x};
  part.sums.take(begun_with(layout), base.controls);
  for (std::size_t s = 0; s < base.scores.size(); ++s) {
    part.scores.push_back(difference(base.scores[s], scenario.scores[s], cross.scores[s]));
  }
  return part;
}

/// What a group's agents come to without those who are of another group in the other case.
engine::GroupTally stayers(const engine::GroupTally& all, const engine::Tally* movers, std::size_t group) {
  engine::GroupTally left = all;
  if (movers == nullptr) return left;
  const engine::GroupTally& gone = movers->groups()[group];
  left.agents -= gone.agents;
  for (std::size_t s = 0; s < left.scores.size(); ++s) left.scores[s].subtract(gone.scores[s]);
  left.controls.subtract(gone.controls);
  return left;
}

void join(Part& to, const Part& part) {
  const double together = to.share + part.share;
  for (std::size_t c = 0; c < to.expected.size(); ++c) {
    if (together > 0) to.expected[c] = (to.share * to.expected[c] + part.share * part.expected[c]) / together;
  }
  to.persona = Part::nobody;
  to.agents += part.agents;
  to.share = together;
  to.sums.add(part.sums);
  for (std::size_t s = 0; s < to.scores.size(); ++s) to.scores[s].add(part.scores[s]);
  for (std::size_t i = 0; i < to.first_change.size(); ++i) to.first_change[i].add(part.first_change[i]);
  for (std::size_t i = 0; i < to.first_change_x.size(); ++i) to.first_change_x[i].add(part.first_change_x[i]);
}

}  // namespace

std::vector<Part> parts_of_case(const Experiment& experiment, const engine::Tallies& tallies, std::size_t i) {
  const std::vector<Stretch> personas = stretches(experiment.customer(i).tables());
  const engine::Layout& layout = experiment.atlas().layout;
  std::vector<Part> parts;
  for (const std::uint32_t p : by_id(experiment.atlas().personas)) {
    if (!(personas[p].share() > 0)) continue;
    const engine::GroupTally& group = tallies.cases[i].groups()[p];
    Part part{p, group.agents, personas[p].share(), {}, group.controls, group.scores, {}, {}};
    for (const Control& control : layout.controls) part.expected.push_back(expected(experiment, i, p, control));
    parts.push_back(std::move(part));
  }
  return parts;
}

std::vector<Part> parts_of_pair(const Experiment& experiment, const engine::Tallies& tallies, std::size_t i) {
  const std::vector<Stretch> base = stretches(experiment.customer(0).tables());
  const std::vector<Stretch> scenario = stretches(experiment.customer(i + 1).tables());
  const engine::Layout& layout = experiment.atlas().layout;
  const engine::PairTally& pair = tallies.pairs[i];
  std::vector<Part> parts;
  double staying = 0;
  std::vector<double> first_of_movers(layout.controls.size(), 0.0);  // for Kind::first, times the movers' share
  for (const std::uint32_t p : by_id(experiment.atlas().personas)) {
    const double both = overlap(base[p], scenario[p]);
    staying += both;
    for (std::size_t c = 0; c < layout.controls.size(); ++c) {
      if (layout.controls[c].kind != Control::Kind::first || !(base[p].share() > 0)) continue;
      first_of_movers[c] += (base[p].share() - both) * expected(experiment, 0, p, layout.controls[c]);
    }
    if (!(both > 0)) continue;
    Part part =
        pair_part(stayers(tallies.cases[0].groups()[p], pair.movers_in_base(), p),
                  stayers(tallies.cases[i + 1].groups()[p], pair.movers_in_scenario(), p), pair.groups()[p], layout);
    part.persona = p;
    part.share = both;
    for (const Control& control : layout.controls) {
      double mean = expected(experiment, 0, p, control);
      if (control.kind == Control::Kind::score) mean = expected(experiment, i + 1, p, control) - mean;
      part.expected.push_back(mean);
    }
    parts.push_back(std::move(part));
  }
  if (nobody_moves(experiment, i)) return parts;
  const double moving = std::max(0.0, 1 - staying);
  const engine::GroupTally none(layout);
  const engine::GroupTally in_base = pair.movers_in_base() ? pair.movers_in_base()->pooled() : none;
  const engine::GroupTally in_scenario = pair.movers_in_scenario() ? pair.movers_in_scenario()->pooled() : none;
  Part movers = pair_part(in_base, in_scenario, pair.groups().back(), layout);
  movers.share = moving;
  for (std::size_t c = 0; c < layout.controls.size(); ++c) {
    switch (layout.controls[c].kind) {
      case Control::Kind::first: movers.expected.push_back(moving > 0 ? first_of_movers[c] / moving : 0); break;
      case Control::Kind::luck: movers.expected.push_back(-0.5); break;
      case Control::Kind::score: movers.expected.push_back(kNone); break;
    }
  }
  parts.push_back(std::move(movers));
  return parts;
}

bool nobody_moves(const Experiment& experiment, std::size_t i) {
  return experiment.customer(0).tables().shares == experiment.customer(i + 1).tables().shares;
}

std::vector<Part> merged(std::vector<Part> parts, std::uint64_t agents) {
  if (parts.empty()) return parts;
  const auto largest = std::ranges::max_element(parts, {}, &Part::share);
  std::swap(*largest, parts.front());  // where parts stand means nothing
  std::vector<Part> kept = {std::move(parts.front())};
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (parts[i].share * static_cast<double>(agents) < fewest || parts[i].agents < 2) {
      join(kept.front(), parts[i]);
    } else {
      kept.push_back(std::move(parts[i]));
    }
  }
  if (kept.front().agents < 2) kept.clear();
  return kept;
}

}  // namespace sojourn::models::detail
