#include "engine/solve/horizon.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace sojourn::engine {
namespace {

constexpr double negligible = 1e-17;    // of all visits
constexpr double too_small = 1e-250;    // a mass; smaller ones would soon be slow to compute with
constexpr int most_powers = 8;          // of (I - Q)^-1 in a bound
constexpr double solved_within = 1e-9;  // relative error allowed to the solver in a bound

/// Mass and E[t; there], sent on step by step.
class Travellers {
 public:
  Travellers(const AbsorbingChain& chain, std::span<const double> start, std::span<const double> durations)
      : chain_(chain), durations_(durations), mass_(start.begin(), start.end()), next_mass_(start.size(), 0.0) {
    if (!durations.empty()) time_.assign(start.size(), 0.0);
    next_time_ = time_;
    end_ = chain.states();
  }

  double total() const { return total_; }
  double work() const { return work_; }
  double dropped() const { return dropped_; }
  std::vector<double>& mass() { return mass_; }
  std::vector<double>& time() { return time_; }

  /// Counts where they are, as visits.
  void count(std::vector<double>& visits, std::vector<double>& time_visits) {
    total_ = 0;
    for (std::uint32_t i = begin_; i < end_; ++i) {
      total_ += mass_[i];
      visits[i] += mass_[i];
    }
    if (!time_.empty()) {
      for (std::uint32_t i = begin_; i < end_; ++i) time_visits[i] += time_[i];
    }
  }

  void clear() {
    std::fill(mass_.begin(), mass_.end(), 0.0);
    std::fill(time_.begin(), time_.end(), 0.0);
  }

  void step() {
    std::uint32_t begin = chain_.states();  // of what is reached
    std::uint32_t end = 0;
    const auto steps = chain_.steps();
    for (std::uint32_t i = begin_; i < end_; ++i) {
      const double mass = mass_[i];
      if (mass == 0) continue;
      mass_[i] = 0;
      double time = 0;
      if (!time_.empty()) std::swap(time, time_[i]);
      if (mass < too_small) {
        dropped_ += mass;
        continue;
      }
      for (std::size_t k = chain_.first(i); k < chain_.first(i + 1); ++k) {
        const AbsorbingChain::Step& step = steps[k];
        if (step.to >= chain_.states()) break;  // exits come last
        next_mass_[step.to] += mass * step.probability;
        if (!time_.empty()) next_time_[step.to] += time * step.probability + mass * durations_[k];
        begin = std::min(begin, step.to);
        end = std::max(end, step.to + 1);
      }
      work_ += double(chain_.first(i + 1) - chain_.first(i));
    }
    work_ += double(end_ - begin_);
    mass_.swap(next_mass_);
    time_.swap(next_time_);
    begin_ = std::min(begin, end);
    end_ = end;
  }

 private:
  const AbsorbingChain& chain_;
  std::span<const double> durations_;
  std::vector<double> mass_, next_mass_;  // [state]; the next are 0
  std::vector<double> time_, next_time_;  // [state], or empty
  std::uint32_t begin_ = 0;               // all others are 0
  std::uint32_t end_ = 0;
  double total_ = 0;
  double work_ = 0;
  double dropped_ = 0;
};

/// At least the part of `mass` [state] that is not at an exit after `visits` more.
double bound(const ChainSolver& solver, std::span<const double> mass, std::uint64_t visits) {
  const AbsorbingChain& chain = solver.chain();
  const double all = std::accumulate(mass.begin(), mass.end(), 0.0);
  if (solver.state() == ChainSolver::State::entangled) return all;
  const std::vector<double> reached = solver.visits(mass);
  double trapped = 0;
  std::vector<double> w(chain.states(), 0.0);
  for (std::uint32_t i = 0; i < chain.states(); ++i) {
    if (solver.in_trap(i)) {
      trapped += mass[i];
      continue;
    }
    w[i] = 1;
    for (const AbsorbingChain::Step& step : chain.row(i)) {
      if (step.to < chain.states() && solver.in_trap(step.to)) trapped += reached[i] * step.probability;
    }
  }
  double least = all;
  for (int power = 1; power <= most_powers; ++power) {
    const std::vector<double> next = solver.values(w);
    // Q next = next - w <= (1 - decay) next, where next >= w >= some positive number.
    double decay = 1;
    double smallest = std::numeric_limits<double>::infinity();
    double sum = 0;
    for (std::uint32_t i = 0; i < chain.states(); ++i) {
      if (solver.in_trap(i) || !(reached[i] > 0)) continue;
      decay = std::min(decay, w[i] / next[i] * (1 - solved_within));
      smallest = std::min(smallest, next[i]);
      sum += mass[i] * next[i];
    }
    const double left = std::exp(double(visits) * std::log1p(-decay)) * sum / smallest * (1 + solved_within);
    if (std::isfinite(left)) least = std::min(least, left);
    const double largest = *std::max_element(next.begin(), next.end());
    if (!std::isfinite(largest)) break;
    for (std::uint32_t i = 0; i < chain.states(); ++i) w[i] = solver.in_trap(i) ? 0 : next[i] / largest;
  }
  return std::min(all, trapped * (1 + solved_within) + least);
}

}  // namespace

Horizon horizon(const ChainSolver& solver, std::span<const double> start, const HorizonQuestion& question) {
  const AbsorbingChain& chain = solver.chain();
  SOJOURN_EXPECT(start.size() == chain.states(), "the start is by state");
  SOJOURN_EXPECT(question.durations.empty() || question.durations.size() == chain.steps().size(),
                 "durations are by step");
  Horizon result;
  result.visits.assign(chain.states(), 0.0);
  if (!question.durations.empty()) result.time_visits.assign(chain.states(), 0.0);
  Travellers travellers(chain, start, question.durations);
  double all_visits = 0;
  for (std::uint64_t visit = 0; visit < question.limit; ++visit) {
    travellers.count(result.visits, result.time_visits);
    all_visits += travellers.total();
    travellers.step();
    const std::uint64_t left = question.limit - visit - 1;
    if (left > 0 && travellers.total() * double(left) <= negligible * all_visits) {
      result.neglected += travellers.total() * double(left);
      travellers.clear();
      break;
    }
    if (left > 0 && travellers.work() > question.multiplications) {
      Horizon bounded;
      bounded.truncated = std::min(1.0, bound(solver, travellers.mass(), left) + travellers.dropped());
      return bounded;
    }
  }
  result.exact = true;
  result.truncated = std::accumulate(travellers.mass().begin(), travellers.mass().end(), 0.0);
  result.at_limit = std::move(travellers.mass());
  result.time_at_limit = std::move(travellers.time());
  result.neglected += travellers.dropped() * double(question.limit);
  return result;
}

}  // namespace sojourn::engine
