#include "models/survey/ordered_logit.h"

#include "engine/base/contract.h"
#include "models/text/utf8.h"

#include <fmt/format.h>
#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <limits>

namespace sojourn::models {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double endless = std::numeric_limits<double>::infinity();
constexpr unsigned most_iterations = 100;
constexpr double small_gain = 1e-18, flat = 1e-8;  // of the log likelihood
constexpr double endless_variance = 1e6;           // of a slope, from one row, in sd of its column, where 3 is usual

double logistic(double x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : 1 - 1 / (1 + std::exp(x)); }

/// logistic(b) - logistic(a), a < b, without cancellation: for a > 0 on the other side of 0.
double between(double a, double b) {
  if (a > 0) return between(-b, -a);
  return logistic(b) - logistic(a);
}

class Fit {
 public:
  Fit(const OrderedRows& rows, Index categories)
      : rows_(rows), cuts_(categories - 1), slopes_(static_cast<Index>(rows.columns.size())) {}

  Reading<OrderedLogit> run() {
    if (const Refusal no = start(); !no.what.empty()) return no;
    double value = likelihood(at_);
    OrderedLogit to;
    for (double left = 1; left > small_gain && to.iterations < most_iterations;) {
      ++to.iterations;
      derivatives();
      const VectorXd step = information_.ldlt().solve(gradient_);
      left = gradient_.dot(step);  // twice what is to be gained
      VectorXd next = at_ + step;
      double better = likelihood(next);
      // Close to the top the likelihood is too flat to compare.
      for (double share = 1; left > flat && !(better > value) && share > 1e-10;) {
        share /= 2;
        next = at_ + share * step;
        better = likelihood(next);
      }
      if (better == -endless) break;
      at_ = next, value = better;
    }
    derivatives();
    const MatrixXd relative = relative_covariance();
    if (const Refusal no = separated(relative); !no.what.empty()) return no;
    const MatrixXd covariance = relative.cwiseProduct(unit_ * unit_.transpose()) / weights_;
    for (Index j = 0; j < cuts_; ++j) to.cuts.push_back(at_(j));
    for (Index k = 0; k < slopes_; ++k) to.slopes.push_back(at_(cuts_ + k));
    to.covariance.assign(covariance.data(), covariance.data() + covariance.size());  // symmetric
    to.deviance = -2 * value;
    return to;
  }

 private:
  Index size() const { return cuts_ + slopes_; }

  double x(std::size_t row, Index column) const { return rows_.at(row)[static_cast<std::size_t>(column)]; }

  /// The cuts of all rows together, no slopes; or why there is no fit.
  Refusal start() {
    VectorXd share = VectorXd::Zero(cuts_ + 1);
    for (std::size_t i = 0; i < rows_.size(); ++i) share(rows_.category[i]) += rows_.weight[i];
    const double all = share.sum();
    for (Index j = 0; j <= cuts_; ++j) {
      if (!(share(j) > 0)) {
        return {fmt::format("no row is in category {}", j), "nothing can be said about where it begins and ends",
                "Put it together with the one beside it"};
      }
    }
    at_ = VectorXd::Zero(size());
    double below = 0;
    for (Index j = 0; j < cuts_; ++j) {
      below += share(j) / all;
      at_(j) = std::log(below / (1 - below));
    }
    return dependent(all);
  }

  /// Columns that are constant, or follow from those before them (Gram-Schmidt).
  Refusal dependent(double all) {
    weights_ = all;
    unit_ = VectorXd::Ones(size());
    MatrixXd columns(static_cast<Index>(rows_.size()), slopes_);
    for (Index k = 0; k < slopes_; ++k) {
      double mean = 0;
      for (std::size_t i = 0; i < rows_.size(); ++i) mean += rows_.weight[i] * x(i, k) / all;
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        columns(static_cast<Index>(i), k) = std::sqrt(rows_.weight[i] / all) * (x(i, k) - mean);
      }
      const std::string name = quoted(rows_.columns[static_cast<std::size_t>(k)]);
      const double spread = columns.col(k).norm();
      if (!(spread > 1e-12 * (1 + std::abs(mean)))) {
        return {name + " is the same in all rows", "it cannot tell the categories apart", "Leave it out"};
      }
      unit_(cuts_ + k) = 1 / spread;
      VectorXd left = columns.col(k) / spread;
      for (int twice = 0; twice < 2; ++twice) {
        for (Index before = 0; before < k; ++before) left -= columns.col(before).dot(left) * columns.col(before);
      }
      if (left.norm() < 1e-8) {
        return {name + " follows from the columns before it", "their parts in the answer cannot be told apart",
                "Leave it out"};
      }
      columns.col(k) = left.normalized();
    }
    return {};
  }

  /// Of parameters in their units and for one row: what belongs to no information at all becomes large, not undefined.
  MatrixXd relative_covariance() const {
    constexpr double none = 1e-18;
    const MatrixXd information = information_.cwiseProduct(unit_ * unit_.transpose()) / weights_;
    const Eigen::SelfAdjointEigenSolver<MatrixXd> parts(information);
    const VectorXd variances = parts.eigenvalues().cwiseMax(none).cwiseInverse();
    return parts.eigenvectors() * variances.asDiagonal() * parts.eigenvectors().transpose();
  }

  Refusal separated(const MatrixXd& relative) const {
    Index worst = 0;
    if (slopes_ == 0 || relative.diagonal().tail(slopes_).maxCoeff(&worst) < endless_variance) return {};
    return {quoted(rows_.columns[static_cast<std::size_t>(worst)]) + " separates the categories",
            "any larger slope fits better, so that there is no best one", "Leave it out, or put categories together"};
  }

  double probability(const VectorXd& at, std::size_t row) const {
    double predicted = 0;
    for (Index k = 0; k < slopes_; ++k) predicted += at(cuts_ + k) * x(row, k);
    const Index j = rows_.category[row];
    return between(j == 0 ? -endless : at(j - 1) - predicted, j == cuts_ ? endless : at(j) - predicted);
  }

  /// Minus infinity where the cuts do not rise.
  double likelihood(const VectorXd& at) const {
    for (Index j = 1; j < cuts_; ++j) {
      if (!(at(j) > at(j - 1))) return -endless;
    }
    double sum = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (rows_.weight[i] == 0) continue;
      const double p = probability(at, i);
      if (!(p > 0)) return -endless;
      sum += rows_.weight[i] * std::log(p);
    }
    return sum;
  }

  /// Gradient, and Fisher's expected information: over all categories of each row, sum of (dp)(dp)' / p (McCullagh 1980, section 2.5).
  void derivatives() {
    gradient_ = VectorXd::Zero(size());
    information_ = MatrixXd::Zero(size(), size());
    VectorXd density(cuts_ + 2), category(cuts_ + 1);
    VectorXd x_row(slopes_);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const double w = rows_.weight[i];
      if (w == 0) continue;
      double predicted = 0;
      for (Index k = 0; k < slopes_; ++k) x_row(k) = x(i, k), predicted += at_(cuts_ + k) * x_row(k);
      density(0) = density(cuts_ + 1) = 0;
      for (Index j = 0; j < cuts_; ++j) {
        density(j + 1) = logistic(at_(j) - predicted) * logistic(predicted - at_(j));
      }
      for (Index j = 0; j <= cuts_; ++j) {
        category(j) = between(j == 0 ? -endless : at_(j - 1) - predicted, j == cuts_ ? endless : at_(j) - predicted);
      }
      const Index own = rows_.category[i];
      // dp_j = f(cut_j) dcut_j - f(cut_(j-1)) dcut_(j-1) - (f(cut_j) - f(cut_(j-1))) x . dslopes
      if (own < cuts_) gradient_(own) += w * density(own + 1) / category(own);
      if (own > 0) gradient_(own - 1) -= w * density(own) / category(own);
      gradient_.tail(slopes_) -= w * (density(own + 1) - density(own)) / category(own) * x_row;
      VectorXd cross = VectorXd::Zero(cuts_);  // cuts with the slope of a regressor of 1
      double own_slope = 0;
      for (Index j = 0; j <= cuts_; ++j) {
        if (!(category(j) > 0)) continue;
        const double upper = density(j + 1), lower = density(j), difference = upper - lower;
        const double by = w / category(j);
        if (j < cuts_) {
          information_(j, j) += by * upper * upper;
          cross(j) -= by * upper * difference;
        }
        if (j > 0) {
          information_(j - 1, j - 1) += by * lower * lower;
          cross(j - 1) += by * lower * difference;
        }
        if (j > 0 && j < cuts_) {
          information_(j, j - 1) -= by * upper * lower;
          information_(j - 1, j) -= by * upper * lower;
        }
        own_slope += by * difference * difference;
      }
      information_.bottomLeftCorner(slopes_, cuts_) += x_row * cross.transpose();
      information_.bottomRightCorner(slopes_, slopes_) += own_slope * x_row * x_row.transpose();
    }
    information_.topRightCorner(cuts_, slopes_) = information_.bottomLeftCorner(slopes_, cuts_).transpose();
  }

  const OrderedRows& rows_;
  Index cuts_, slopes_;
  double weights_ = 0;  // sum
  VectorXd at_;         // cuts, then slopes
  VectorXd unit_;       // as at_: 1, and 1 / standard deviation of the column
  VectorXd gradient_;
  MatrixXd information_;
};

}  // namespace

std::vector<double> OrderedLogit::probabilities(std::span<const double> x) const {
  SOJOURN_EXPECT(x.size() == slopes.size(), "a value for each column");
  double predicted = 0;
  for (std::size_t k = 0; k < x.size(); ++k) predicted += slopes[k] * x[k];
  std::vector<double> to;
  for (std::size_t j = 0; j < categories(); ++j) {
    to.push_back(
        between(j == 0 ? -endless : cuts[j - 1] - predicted, j == cuts.size() ? endless : cuts[j] - predicted));
  }
  return to;
}

double OrderedLogit::standard_error(std::size_t parameter) const {
  const std::size_t n = cuts.size() + slopes.size();
  SOJOURN_EXPECT(parameter < n, "cuts, then slopes");
  return std::sqrt(covariance[parameter * n + parameter]);
}

Reading<OrderedLogit> fit_ordered_logit(const OrderedRows& rows, int categories) {
  SOJOURN_EXPECT(categories >= 2, "something to choose between");
  SOJOURN_EXPECT(rows.x.size() == rows.size() * rows.columns.size() && rows.weight.size() == rows.size(),
                 "as many of each as rows");
  SOJOURN_EXPECT(std::ranges::all_of(rows.category, [&](int c) { return c >= 0 && c < categories; }),
                 "categories from 0 on");
  return Fit(rows, categories).run();
}

}  // namespace sojourn::models
