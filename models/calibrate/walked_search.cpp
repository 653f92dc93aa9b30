#include "models/calibrate/walked_search.h"

#include "engine/base/contract.h"
#include "models/replay/prior.h"
#include "models/text/diagnostic.h"
#include "models/text/utf8.h"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace sojourn::models {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double kReach = 4;         // prior standard deviations that are searched to either side
constexpr double kTolerance = 0.02;  // of one of them
constexpr double kDrop = 1.5;        // of the log posterior, at the edge of what the quadratic goes through
constexpr int kMostSearched = 40;    // walks, and as many more for each coordinate
constexpr int kMostMoves = 3;        // of the quadratic's middle
constexpr double kNowhere = -std::numeric_limits<double>::infinity();

struct Stopped {};

/// So many prior standard deviations to either side of its mean, inside of its bounds; where both lie beyond one of them, as far from
/// there.
std::pair<double, double> around(const Uncertain& prior, double deviations) {
  const double reach = deviations * prior_sd(prior);
  const double low = std::clamp(prior_mean(prior) - reach, prior.range.low, prior.range.high);
  const double high = std::clamp(prior_mean(prior) + reach, prior.range.low, prior.range.high);
  if (low < high) return {low, high};
  const double room = std::min(reach, prior.range.high - prior.range.low);
  return low <= prior.range.low ? std::pair(low, low + room) : std::pair(high - room, high);
}

}  // namespace

WalkedSearch::WalkedSearch(const ParameterSpace& space, const std::vector<bool>& walked, Record record, Ask ask,
                           int threads)
    : space_(space), is_walked_(walked), record_(std::move(record)), ask_(std::move(ask)), threads_(threads) {
  for (std::size_t i = 0; i < walked.size(); ++i) {
    if (walked[i]) walked_.push_back(static_cast<Index>(i));
  }
  SOJOURN_EXPECT(!walked_.empty(), "something to search");
}

VectorXd WalkedSearch::with(const VectorXd& walked) const {
  VectorXd x = start_.x;
  for (std::size_t w = 0; w < walked_.size(); ++w) x[walked_[w]] = walked[static_cast<Index>(w)];
  return x;
}

std::optional<Fit> WalkedSearch::at(const VectorXd& x) const {
  const SpacePoint point = space_.at(x);
  if (!std::isfinite(point.log_prior)) return std::nullopt;
  Bank bank;
  try {
    bank = record_(point.values);
  } catch (const InputError&) {
    return std::nullopt;  // values that are possible alone and not together
  }
  const BankLikelihood likelihood = ask_(bank, point.values);
  if (!std::isfinite(likelihood.at(point.values, BankLikelihood::Slope::no, threads_).value)) return std::nullopt;
  return fit_near(likelihood, space_, x, threads_, is_walked_, start_.information);
}

std::optional<Fit> WalkedSearch::walk_to(const VectorXd& walked) {
  const int about = 2 * kMostSearched * static_cast<int>(1 + walked_.size());  // for the display
  if (on_walk_ && !on_walk_(walks_, std::max(about, walks_))) throw Stopped();
  ++walks_;
  return at(with(walked));
}

double WalkedSearch::height(const VectorXd& walked) {
  const std::optional<Fit> there = walk_to(walked);
  return there ? there->log_posterior : kNowhere;
}

MaximumPlan WalkedSearch::bounds() const {
  const auto n = static_cast<Index>(walked_.size());
  MaximumPlan plan;
  plan.start = plan.low = plan.high = plan.step = VectorXd(n);
  const VectorXd values = space_.at(start_.x).values;
  for (Index w = 0; w < n; ++w) {
    const Index i = walked_[static_cast<std::size_t>(w)];
    const Uncertain& prior = space_.parameters()[static_cast<std::size_t>(i)].prior;
    const auto coordinate = [&](double value) {
      VectorXd moved = values;
      moved[i] = std::clamp(value, prior.range.low, prior.range.high);
      return space_.coordinates(moved)[i];
    };
    const auto [lowest, highest] = around(prior, kReach);
    const double ends[2] = {coordinate(lowest), coordinate(highest)};
    plan.low[w] = std::min(ends[0], ends[1]);
    plan.high[w] = std::max(ends[0], ends[1]);
    plan.start[w] = std::clamp(start_.x[i], plan.low[w], plan.high[w]);
    // One prior standard deviation where it is largest, in the space.
    plan.step[w] = std::min((plan.high[w] - plan.low[w]) / (2 * kReach), 1.0);
  }
  plan.tolerance = kTolerance;
  plan.most = kMostSearched * (1 + static_cast<int>(n));
  return plan;
}

/// How far to go along each axis until the profile has fallen by about kDrop, within the bounds.
VectorXd WalkedSearch::steps_down(const VectorXd& centre, double top) {
  constexpr int kTries = 5;
  VectorXd steps = 0.3 * plan_.step;
  for (Index w = 0; w < steps.size(); ++w) {
    for (int i = 0; i < kTries; ++i) {
      double drop = 0;
      for (const double side : {1.0, -1.0}) {
        VectorXd place = centre;
        place[w] += side * steps[w];
        drop += 0.5 * (top - height(place));
      }
      if (drop > 0.5 * kDrop && drop < 2 * kDrop) break;
      const double factor = std::isfinite(drop) ? std::sqrt(kDrop / std::max(drop, 0.05)) : 0.3;
      steps[w] *= std::clamp(factor, 0.15, 4.0);
      steps[w] = std::min(steps[w], 2 * plan_.step[w]);
    }
  }
  return steps;
}

/// The profile at the points of a design, and where the other coordinates are best there: (point, log posterior and x).
WalkedSearch::View WalkedSearch::look_around(const VectorXd& centre, const VectorXd& steps) {
  const MatrixXd design = surface_design(centre.size());
  View view{MatrixXd(design.rows(), design.cols()), MatrixXd(design.rows(), 1 + start_.x.size())};
  Index points = 0;
  for (Index point = 0; point < design.rows(); ++point) {
    const VectorXd place = design.row(point).transpose();
    const std::optional<Fit> there = walk_to(centre + steps.cwiseProduct(place));
    if (!there) continue;
    view.places.row(points) = place.transpose();
    view.values.row(points++) << there->log_posterior, there->x.transpose();
  }
  view.places.conservativeResize(points, Eigen::NoChange);
  view.values.conservativeResize(points, Eigen::NoChange);
  return view;
}

/// Minus the curvature, no flatter than the prior alone: less is the jumps' doing.
MatrixXd WalkedSearch::fall_of(const Surface& profile, const VectorXd& centre, const VectorXd& steps) const {
  constexpr double kLeast = 1e-6;
  const VectorXd prior = space_.prior_precision(with(centre)).diagonal()(walked_);
  const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(-profile.curvature);
  VectorXd falls = eigen.eigenvalues();
  for (Index i = 0; i < falls.size(); ++i) {
    const VectorXd direction = steps.cwiseProduct(eigen.eigenvectors().col(i));
    falls[i] = std::max({falls[i], direction.cwiseAbs2().dot(prior), kLeast});
  }
  return eigen.eigenvectors() * falls.asDiagonal() * eigen.eigenvectors().transpose();
}

/// The quadratic around `centre`, which is moved to where it is highest, as often as that is outside of what was looked at.
bool WalkedSearch::settle(VectorXd& centre, const VectorXd& steps, WalkedFit& found) {
  const auto n = static_cast<Index>(walked_.size());
  for (int move = 0; move < kMostMoves; ++move) {
    const View view = look_around(centre, steps);
    if (view.places.rows() < 1 + n + n * (n + 1) / 2) return false;
    const std::vector<Surface> surfaces = surfaces_through(view.places, view.values);
    const MatrixXd fall = fall_of(surfaces.front(), centre, steps);
    const VectorXd top = fall.llt().solve(surfaces.front().slope);
    const VectorXd off = top.cwiseMax(-1.0).cwiseMin(1.0);
    found.precision = steps.cwiseInverse().asDiagonal() * fall * steps.cwiseInverse().asDiagonal();
    found.follow = MatrixXd::Zero(start_.x.size(), n);
    for (Index i = 0; i < start_.x.size(); ++i) {
      if (is_walked_[static_cast<std::size_t>(i)]) continue;
      const Surface& of = surfaces[static_cast<std::size_t>(1 + i)];
      found.follow.row(i) = (of.slope + of.curvature * off).cwiseQuotient(steps).transpose();
    }
    centre = (centre + steps.cwiseProduct(off)).cwiseMax(plan_.low).cwiseMin(plan_.high);
    if (top.cwiseAbs().maxCoeff() <= 1) return true;
  }
  return false;
}

std::optional<WalkedFit> WalkedSearch::run(const Fit& start, const std::function<bool(int, int)>& on_walk) {
  start_ = start;
  on_walk_ = on_walk;
  walks_ = 0;
  plan_ = bounds();
  WalkedFit found;
  found.walked = walked_;
  try {
    const Maximum best = maximum([&](const VectorXd& walked) { return height(walked); }, plan_);
    if (!std::isfinite(best.value)) {
      Diagnostics problem;
      problem.error(space_.parameters()[static_cast<std::size_t>(walked_.front())].prior.mark,
                    "calibrate: nothing near its prior makes a journey that gives these answers",
                    "the search has nowhere to begin", "Look at the bounds, and at the value in the file");
      throw InputError(std::move(problem));
    }
    VectorXd centre = best.x;
    const VectorXd steps = steps_down(centre, best.value);
    found.settled = settle(centre, steps, found) && best.settled;
    std::optional<Fit> there = found.precision.size() > 0 ? walk_to(centre) : std::nullopt;
    if (!there) {
      // A peak so narrow or so near to where there are no journeys that nothing can be said about how it falls: the prior alone is.
      found.settled = false;
      there = walk_to(best.x);
      SOJOURN_ENSURE(there.has_value(), "the search was there before");
      const VectorXd prior = space_.prior_precision(there->x).diagonal()(walked_);
      found.precision = prior.cwiseMax(1e-6).asDiagonal();
      found.follow = MatrixXd::Zero(start_.x.size(), prior.size());
    }
    found.x = there->x;
    if (const std::optional<MatrixXd> influence = batches(found, steps)) {
      found.influence = *influence;
    } else {
      found.influence = MatrixXd::Zero(static_cast<Index>(walked_.size()), kBankBatches);
      found.settled = false;
    }
  } catch (const Stopped&) {
    return std::nullopt;
  }
  found.walks = walks_ + 2 * static_cast<int>(walked_.size());
  return found;
}

std::optional<Fit> WalkedSearch::along(const WalkedFit& found, const VectorXd& x, Index coordinate) const {
  const Index own = std::ranges::find(found.walked, coordinate) - found.walked.begin();
  const VectorXd covariance = found.precision.inverse().col(own);
  VectorXd to = x;
  for (Index w = 0; w < covariance.size(); ++w) {
    if (w == own) continue;
    to[found.walked[static_cast<std::size_t>(w)]] +=
        covariance[w] / covariance[own] * (x[coordinate] - found.x[coordinate]);
  }
  return at(to);
}

void refuse_what_moves_nothing(const ParameterSpace& space, const std::vector<bool>& walked, const VectorXd& values,
                               const WalkedSearch::Record& record) {
  Diagnostics problems;
  for (std::size_t i = 0; i < space.size(); ++i) {
    if (!walked[i]) continue;
    const CalibrationParameter& one = space.parameters()[i];
    const auto under = [&](double value) {
      VectorXd moved = values;
      moved[static_cast<Index>(i)] = value;
      return record(space.at(space.coordinates(moved)).values);
    };
    try {
      const auto [low, high] = around(one.prior, 1);
      const Bank less = under(low);
      const Bank more = under(high);
      if (less.visits != more.visits || less.journeys != more.journeys) continue;
    } catch (const InputError&) {
      continue;  // there it does not go with the others' values: it matters
    }
    problems.error(one.prior.mark, "calibrate: " + quoted(one.address()) + " cannot be calibrated to answers",
                   "no recorded journey goes otherwise when it moves",
                   one.is_time ? "Learn times from a log (sojourn learn EVENTS), or take it out of `calibrate`"
                               : "Take it out of `calibrate`");
  }
  problems.refuse_if_errors();
}

/// By differences between banks of the same customers, batch by batch, the other numbers at their best.
std::optional<MatrixXd> WalkedSearch::batches(const WalkedFit& found, const VectorXd& steps) const {
  constexpr int kTries = 6;
  const auto n = static_cast<Index>(walked_.size());
  const std::optional<VectorXd> centre = influence_at(found.x);
  if (!centre) return std::nullopt;
  MatrixXd influence = MatrixXd::Zero(n, kBankBatches);
  for (Index w = 0; w < n; ++w) {
    const Index i = walked_[static_cast<std::size_t>(w)];
    const auto at = [&](double step) {
      VectorXd x = found.x;
      x[i] += step;
      return influence_at(x);
    };
    double step = steps[w];
    bool known = false;
    for (int tries = 0; tries < kTries && !known; ++tries, step /= 2) {
      const std::optional<VectorXd> above = at(step), below = at(-step);
      known = above || below;
      if (!known) continue;
      // On one side there may be no journey.
      const double apart = above && below ? 2 * step : step;
      influence.row(w) = (above.value_or(*centre) - below.value_or(*centre)).transpose() / apart;
    }
    if (!known) return std::nullopt;
  }
  return influence;
}

/// What each batch of the bank there makes of the log-likelihood; nothing where there is no journey or the answers are impossible.
std::optional<VectorXd> WalkedSearch::influence_at(const VectorXd& x) const {
  const VectorXd values = space_.at(x).values;
  Bank bank;
  try {
    bank = record_(values);
  } catch (const InputError&) {
    return std::nullopt;
  }
  const BankLikelihood likelihood = ask_(bank, values);
  if (!std::isfinite(likelihood.at(values, BankLikelihood::Slope::no, threads_).value)) return std::nullopt;
  VectorXd influence = likelihood.influence(values, threads_);
  if (!influence.allFinite()) return std::nullopt;
  return influence;
}

}  // namespace sojourn::models
