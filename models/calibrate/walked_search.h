#pragma once
// Numbers that no replay follows (times above all): journeys are walked anew under each of their values, by the same customers with the same
// luck, and the other numbers make the best of it.

#include "models/calibrate/fit.h"
#include "models/calibrate/maximum.h"
#include "models/calibrate/surface.h"

#include <functional>
#include <optional>
#include <vector>

namespace sojourn::models {

/// What is known of the walked coordinates (w), in the unbounded space.
struct WalkedFit {
  std::vector<Eigen::Index> walked;  // [w] coordinate
  Eigen::VectorXd x;                 // [coordinate] the most likely place, all together
  Eigen::MatrixXd precision;         // (w, w) minus the curvature of the log posterior's profile
  Eigen::MatrixXd follow;            // (coordinate, w) how the best of the others moves; of the walked ones 0
  Eigen::MatrixXd influence;         // (w, batch) what each batch of the bank alone would have made of the slope
  int walks = 0;                     // of a whole bank
  bool settled = true;               // false: the number of walks came first
};

class WalkedSearch {
 public:
  using Record = std::function<Bank(const Eigen::VectorXd& values)>;
  using Ask = std::function<BankLikelihood(const Bank& bank, const Eigen::VectorXd& values)>;

  /// `record`: journeys under values of all parameters, always of the same customers; InputError where the values make no journey. `walked`
  /// [parameter], at least one.
  WalkedSearch(const ParameterSpace& space, const std::vector<bool>& walked, Record record, Ask ask, int threads);

  /// The profile of the log posterior over the walked coordinates (the others at their best) is searched by subplex from `start`, within four
  /// prior standard deviations of the prior mean; then a quadratic through 1 + 4 w + 2 w (w - 1) places, as far away as the profile falls by 1.5,
  /// says where it is highest and how it falls. `on_walk(walks done, most)` false stops it (nothing).
  std::optional<WalkedFit> run(const Fit& start, const std::function<bool(int, int)>& on_walk = {});

  /// The best of the others at the walked coordinates of `x`, whose others are where journeys are recorded and the search begins. Nothing where
  /// there is no journey or the answers are impossible.
  std::optional<Fit> at(const Eigen::VectorXd& x) const;
  /// The same where one walked coordinate is as in `x`, and the other walked ones go along with it as the quadratic of `found` has it.
  std::optional<Fit> along(const WalkedFit& found, const Eigen::VectorXd& x, Eigen::Index coordinate) const;

 private:
  struct View {
    Eigen::MatrixXd places, values;
  };
  Eigen::VectorXd with(const Eigen::VectorXd& walked) const;
  std::optional<Fit> walk_to(const Eigen::VectorXd& walked);
  double height(const Eigen::VectorXd& walked);
  MaximumPlan bounds() const;
  Eigen::VectorXd steps_down(const Eigen::VectorXd& centre, double top);
  View look_around(const Eigen::VectorXd& centre, const Eigen::VectorXd& steps);
  Eigen::MatrixXd fall_of(const Surface& profile, const Eigen::VectorXd& centre, const Eigen::VectorXd& steps) const;
  bool settle(Eigen::VectorXd& centre, const Eigen::VectorXd& steps, WalkedFit& found);
  std::optional<Eigen::MatrixXd> batches(const WalkedFit& found, const Eigen::VectorXd& steps) const;
  std::optional<Eigen::VectorXd> influence_at(const Eigen::VectorXd& x) const;

  const ParameterSpace& space_;
  std::vector<bool> is_walked_;
  std::vector<Eigen::Index> walked_;
  Record record_;
  Ask ask_;
  int threads_;
  Fit start_;
  MaximumPlan plan_;
  int walks_ = 0;
  std::function<bool(int, int)> on_walk_;
};

/// A number that no replay follows may be one that no answer hangs on: nobody's patience ends there, no pain comes by the clock. Throws InputError
/// for those that change no journey between a prior standard deviation below the prior mean and one above it, inside of the bounds, all else as in
/// `values`.
void refuse_what_moves_nothing(const ParameterSpace& space, const std::vector<bool>& walked,
                               const Eigen::VectorXd& values, const WalkedSearch::Record& record);

}  // namespace sojourn::models
