#include "models/exact/detail/occupancy.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <cmath>

namespace sojourn::models::exact {
namespace {

using engine::AbsorbingChain;
using engine::Transition;

AbsorbingChain chain_of(const Product& product) {
  std::vector<Transition> transitions;
  transitions.reserve(product.steps.size());
  for (const ProductStep& step : product.steps) transitions.push_back({step.from, step.to, step.probability});
  return AbsorbingChain(product.size(), product.outcomes + 1, std::move(transitions));
}

/// [step of the chain] E[duration; this step].
std::vector<double> durations_of(const Product& product, const AbsorbingChain& chain) {
  std::vector<double> durations(chain.steps().size(), 0.0);
  for (const ProductStep& step : product.steps) {
    const auto row = chain.row(step.from);
    const auto found = std::lower_bound(row.begin(), row.end(), step.to,
                                        [](const AbsorbingChain::Step& s, std::uint32_t to) { return s.to < to; });
    if (found == row.end() || found->to != step.to) continue;  // of probability 0
    durations[chain.first(step.from) + static_cast<std::size_t>(found - row.begin())] += step.duration_ms;
  }
  return durations;
}

}  // namespace

Occupancy::Occupancy(const Product& product, std::uint32_t visit_limit, Reasons& reasons)
    : product_(product), limit_(visit_limit), chain_(chain_of(product)) {
  if (product.states.empty()) {
    horizon_.exact = true;
    return;
  }
  solver_ = std::make_unique<engine::ChainSolver>(chain_);
  if (solver_->state() == engine::ChainSolver::State::entangled) {
    why_ = reasons.add("the journey's loops are too large and too dense to be solved");
    return;
  }
  const std::vector<double> durations = durations_of(product, chain_);
  horizon_ = engine::horizon(*solver_, product.start, {.limit = visit_limit, .durations = durations});
  if (horizon_.exact) return;
  if (horizon_.truncated > 1e-12) {
    why_ = reasons.add("up to " + std::to_string(100 * horizon_.truncated) +
                       " % of the journeys are cut off at the visit limit, after too many visits to follow them "
                       "(limits.visits)");
    return;
  }
  horizon_.visits = solver_->visits(product.start);
  std::vector<double> passed(product.size(), 0.0);
  for (const ProductStep& step : product.steps) {
    if (step.to < product.size()) passed[step.to] += horizon_.visits[step.from] * step.duration_ms;
  }
  horizon_.time_visits = solver_->visits(passed);
  horizon_.at_limit.assign(product.size(), 0.0);
}

double Occupancy::eighth_moment_of_visits() const {
  std::vector<double> now = product_.start;
  std::vector<double> next(now.size());
  double moment = 0;
  for (std::uint32_t k = 1; k <= limit_; ++k) {
    double mass = 0;
    for (const double m : now) mass += m;
    if (mass < 1e-300) break;
    moment += mass * (std::pow(k, 8) - std::pow(k - 1.0, 8));
    std::fill(next.begin(), next.end(), 0.0);
    for (std::uint32_t state = 0; state < now.size(); ++state) {
      if (now[state] == 0) continue;
      for (const AbsorbingChain::Step& step : chain_.row(state)) {
        if (step.to < now.size()) next[step.to] += now[state] * step.probability;
      }
    }
    now.swap(next);
    if (mass * std::pow(limit_, 8) < 1e-30 * moment) break;
  }
  return moment;
}

std::vector<Known> Occupancy::reach(std::span<const std::uint32_t> group_of, std::uint32_t groups,
                                    Reasons& reasons) const {
  std::vector<Known> shares(groups);
  if (product_.states.empty()) return shares;
  if (!is_cut()) {
    const std::vector<double> reached = solver_->reach(product_.start, horizon_.visits, group_of, groups);
    for (std::uint32_t g = 0; g < groups && !reached.empty(); ++g) shares[g].value = reached[g];
    if (!reached.empty()) return shares;
  }
  // Whether a group is come to within the limit: its states become an exit, which must be entered before the last visit.
  const double cost = static_cast<double>(groups) * static_cast<double>(chain_.steps().size()) * limit_;
  if (!is_cut() || cost > 2e10) {
    const std::int32_t why = reasons.add(
        "who comes here at all is too costly to tell: the journey is too entangled, or "
        "too long until the visit limit (limits.visits)");
    for (Known& share : shares) share.spoil(why);
    return shares;
  }
  std::vector<double> now, next;
  for (std::uint32_t g = 0; g < groups; ++g) {
    now = product_.start;
    double reached = 0;
    const auto collect = [&](std::vector<double>& mass) {
      double left = 0;
      for (std::uint32_t state = 0; state < mass.size(); ++state) {
        if (group_of[state] == g) {
          reached += mass[state];
          mass[state] = 0;
        }
        left += mass[state];
      }
      return left;
    };
    double left = collect(now);
    for (std::uint32_t k = 1; k < limit_ && left > 1e-18; ++k) {
      next.assign(now.size(), 0.0);
      for (std::uint32_t state = 0; state < now.size(); ++state) {
        if (now[state] == 0) continue;
        for (const AbsorbingChain::Step& step : chain_.row(state)) {
          if (step.to < now.size()) next[step.to] += now[state] * step.probability;
        }
      }
      now.swap(next);
      left = collect(now);
    }
    shares[g].value = reached;
  }
  return shares;
}

std::vector<double> Occupancy::carried(double begins, std::span<const double> follow,
                                       const std::function<double(const ProductStep&)>& gain) const {
  const std::uint32_t n = product_.size();
  if (n == 0) return {};
  std::vector<double> gained(product_.steps.size());
  for (std::size_t i = 0; i < gained.size(); ++i) {
    const ProductStep& step = product_.steps[i];
    gained[i] = follow[step.from] * gain(step);
  }
  if (!is_cut()) {
    // Linear, with the same start and leaks: S = (begins + x gain) (I - (1 - follow) Q)^-1.
    std::vector<Transition> kept;
    std::vector<double> source(n, 0.0);
    std::vector<double> leak(n, 1.0);
    for (std::uint32_t state = 0; state < n; ++state) source[state] = begins * product_.start[state];
    for (std::size_t i = 0; i < gained.size(); ++i) {
      const ProductStep& step = product_.steps[i];
      if (step.to >= n) continue;
      source[step.to] += horizon_.visits[step.from] * gained[i];
      const double probability = (1 - follow[step.from]) * step.probability;
      kept.push_back({step.from, step.to, probability});
      leak[step.from] -= probability;
    }
    for (std::uint32_t state = 0; state < n; ++state) kept.push_back({state, n, std::max(leak[state], 0.0)});
    const AbsorbingChain chain(n, 1, std::move(kept));
    const engine::ChainSolver solver(chain);
    if (solver.state() != engine::ChainSolver::State::entangled) return solver.visits(source);
  }
  std::vector<double> mass = product_.start;
  std::vector<double> amount(n), next_mass(n), next_amount(n), sum(n, 0.0);
  for (std::uint32_t state = 0; state < n; ++state) amount[state] = begins * mass[state];
  for (std::uint32_t k = 0; k < limit_; ++k) {
    double left = 0;
    for (std::uint32_t state = 0; state < n; ++state) {
      sum[state] += amount[state];
      left += mass[state];
    }
    if (left < 1e-18) break;
    std::fill(next_mass.begin(), next_mass.end(), 0.0);
    std::fill(next_amount.begin(), next_amount.end(), 0.0);
    for (std::size_t i = 0; i < gained.size(); ++i) {
      const ProductStep& step = product_.steps[i];
      if (step.to >= n || mass[step.from] == 0) continue;
      next_mass[step.to] += mass[step.from] * step.probability;
      next_amount[step.to] +=
          amount[step.from] * (1 - follow[step.from]) * step.probability + mass[step.from] * gained[i];
    }
    mass.swap(next_mass);
    amount.swap(next_amount);
  }
  return sum;
}

}  // namespace sojourn::models::exact
