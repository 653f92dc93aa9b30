#include "engine/study/hamiltonian.h"

#include "engine/base/contract.h"
#include "engine/base/math.h"
#include "engine/random/luck.h"
#include "engine/random/normal.h"
#include "engine/walk/chunks.h"

#include <Eigen/Cholesky>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <mutex>

namespace sojourn::engine {
namespace {

// Lengths of trajectories; a quarter of a turn forgets where it began.
constexpr double kShortest = 0.8, kLongest = 2.4;

/// The luck of one chain's n-th draw.
class DrawLuck {
 public:
  DrawLuck(std::uint64_t seed, int chain, int draw)
      : key_(place_key(seed, "hamiltonian")),
        chain_(static_cast<std::uint32_t>(chain)),
        draw_(static_cast<std::uint32_t>(draw)) {}

  double uniform_at(std::uint32_t i) const { return uniform(luck_of(key_, chain_, 0, draw_).block(i / 4)[i % 4]); }
  double normal_at(std::uint32_t i) const { return normal_quantile(uniform_at(i)); }

 private:
  PlaceKey key_;
  std::uint32_t chain_, draw_;
};

/// Nesterov's dual averaging of log(step) (Hoffman & Gelman 2014, eq. 6 and algorithm 5).
class StepTuner {
 public:
  explicit StepTuner(double step) : target_(log(10 * step)), log_step_(log(step)) {}
  double step() const { return exp(log_step_); }
  double tuned() const { return exp(averaged_); }
  void accept(double probability) {
    ++count_;
    constexpr double kWanted = 0.8, kShrink = 0.05, kEarly = 10, kForget = 0.75;
    const double share = 1 / (count_ + kEarly);
    error_ = (1 - share) * error_ + share * (kWanted - probability);
    log_step_ = std::clamp(target_ - std::sqrt(count_) / kShrink * error_, log(1e-4), log(kLongest));
    const double weight = exp(-kForget * log(count_));
    averaged_ = weight * log_step_ + (1 - weight) * averaged_;
  }

 private:
  double target_, log_step_;
  double averaged_ = 0, error_ = 0, count_ = 0;
};

/// Cosine and sine of an angle from 0 to 3 by their series: the same bits on every machine.
struct Turn {
  explicit Turn(double angle) {
    double term = 1;
    for (int k = 0; k < 40; ++k) {
      (k % 2 == 0 ? cosine : sine) += k % 4 < 2 ? term : -term;
      term *= angle / (k + 1);
    }
  }
  double cosine = 0, sine = 0;
};

class Chain {
 public:
  Chain(const LogDensityAt& density, const Eigen::VectorXd& centre, const Eigen::MatrixXd& root,
        const SamplerPlan& plan, int number)
      : density_(density), centre_(centre), root_(root), plan_(plan), number_(number) {}

  /// Empty if it was stopped.
  Eigen::MatrixXd run(const std::function<bool()>& go_on) {
    const Eigen::Index d = centre_.size();
    start(d);
    StepTuner tuner(0.5);
    Eigen::MatrixXd kept(plan_.draws, d);
    log_densities.resize(plan_.draws);
    for (int i = 0; i < plan_.warm_up + plan_.draws; ++i) {
      const bool warming = i < plan_.warm_up;
      const double probability = move(i, warming ? tuner.step() : tuner.tuned());
      if (warming) {
        tuner.accept(probability);
      } else {
        accepted += probability;
        kept.row(i - plan_.warm_up) = (centre_ + root_ * z_).transpose();
        log_densities[i - plan_.warm_up] = value_;
      }
      if (!go_on()) return {};
    }
    return kept;
  }

  Eigen::VectorXd log_densities;  // [draw]
  double accepted = 0;
  std::uint64_t slopes = 0;
  int divergent = 0;

 private:
  /// In the space without scale: x = centre + root z.
  double at(const Eigen::VectorXd& z, Eigen::VectorXd& slope) {
    ++slopes;
    Eigen::VectorXd by_x = Eigen::VectorXd::Zero(z.size());
    const double value = density_(centre_ + root_ * z, by_x);
    slope.noalias() = root_.transpose() * by_x;
    return std::isnan(value) ? -std::numeric_limits<double>::infinity() : value;
  }

  /// Somewhat wider than the density, so that chains that agree have found each other.
  void start(Eigen::Index d) {
    z_.resize(d);
    for (double wide = 1.5; wide > 1e-3; wide *= 0.5) {
      const DrawLuck luck(plan_.seed, number_, -1);
      for (Eigen::Index i = 0; i < d; ++i) z_[i] = wide * luck.normal_at(static_cast<std::uint32_t>(i));
      value_ = at(z_, slope_);
      if (std::isfinite(value_)) return;
    }
    z_.setZero();
    value_ = at(z_, slope_);
    SOJOURN_EXPECT(std::isfinite(value_), "the centre has a density");
  }

  double move(int draw, double step) {
    const Eigen::Index d = z_.size();
    const DrawLuck luck(plan_.seed, number_, draw);
    Eigen::VectorXd momentum(d);
    for (Eigen::Index i = 0; i < d; ++i) momentum[i] = luck.normal_at(static_cast<std::uint32_t>(i));
    const double length = kShortest + (kLongest - kShortest) * luck.uniform_at(static_cast<std::uint32_t>(d));
    const int steps = std::clamp(static_cast<int>(std::ceil(length / step)), 1, 256);
    const double angle = length / steps;
    const Turn turn(angle);
    const double energy = value_ - 0.5 * momentum.squaredNorm();
    Eigen::VectorXd z = z_;
    Eigen::VectorXd slope = slope_;
    double value = value_;
    for (int s = 0; s < steps; ++s) {  // what is left of the slope beside the normal's, -z, pushes; the rest is a turn
      momentum += 0.5 * angle * (slope + z);
      const Eigen::VectorXd turned = turn.cosine * z + turn.sine * momentum;
      momentum = turn.cosine * momentum - turn.sine * z;
      z = turned;
      value = at(z, slope);
      if (!std::isfinite(value)) break;
      momentum += 0.5 * angle * (slope + z);
    }
    const double gain =
        std::isfinite(value) ? value - 0.5 * momentum.squaredNorm() - energy : -std::numeric_limits<double>::infinity();
    if (gain < -1000) ++divergent;
    const double probability = gain >= 0 ? 1 : gain < -700 ? 0 : exp(gain);
    if (luck.uniform_at(static_cast<std::uint32_t>(d) + 1) < probability) {
      z_ = std::move(z);
      slope_ = std::move(slope);
      value_ = value;
    }
    return probability;
  }

  const LogDensityAt& density_;
  const Eigen::VectorXd& centre_;
  const Eigen::MatrixXd& root_;
  const SamplerPlan& plan_;
  int number_;
  Eigen::VectorXd z_, slope_;
  double value_ = 0;
};

}  // namespace

Sample sample(const LogDensityAt& density, const Eigen::VectorXd& centre, const Eigen::MatrixXd& precision,
              const SamplerPlan& plan, const std::function<bool(int)>& on_draw) {
  const Eigen::LLT<Eigen::MatrixXd> factor(precision);
  SOJOURN_EXPECT(factor.info() == Eigen::Success, "a positive definite precision");
  const Eigen::MatrixXd root = factor.matrixU().solve(Eigen::MatrixXd::Identity(centre.size(), centre.size()));
  Sample result;
  result.chains.resize(static_cast<std::size_t>(plan.chains));
  std::vector<Chain> chains;
  for (int c = 0; c < plan.chains; ++c) chains.emplace_back(density, centre, root, plan, c);
  std::atomic<bool> stopped = false;
  std::mutex mutex;
  int done = 0;
  const auto go_on = [&] {
    const std::lock_guard lock(mutex);
    if (!stopped && on_draw && !on_draw(++done)) stopped = true;
    return !stopped;
  };
  ParallelPlan parallel;
  parallel.last_agent = static_cast<std::uint64_t>(plan.chains);  // here, what is worked through one by one are chains
  parallel.threads = plan.threads;
  parallel.chunk = 1;
  for_each_chunk(parallel, {}, [&](int, ChunkRange range) {
    result.chains[range.first_agent] = chains[range.first_agent].run(go_on);
  });
  if (stopped) return {};
  for (Chain& chain : chains) {
    result.log_densities.push_back(std::move(chain.log_densities));
    result.accepted += chain.accepted / (plan.draws * plan.chains);
    result.slopes += chain.slopes;
    result.divergent += chain.divergent;
  }
  return result;
}

}  // namespace sojourn::engine
