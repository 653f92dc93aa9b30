#include "models/calibrate/weak.h"

#include "models/replay/prior.h"

#include <fmt/format.h>
#include <Eigen/Eigenvalues>

#include <algorithm>
#include <cmath>

namespace sojourn::models {

std::vector<WeakDirection> weak_directions(const ParameterSpace& space, const Fit& fitted) {
  const auto n = static_cast<Eigen::Index>(space.size());
  Eigen::VectorXd sd(n);
  for (Eigen::Index i = 0; i < n; ++i) sd[i] = prior_sd(space.parameters()[static_cast<std::size_t>(i)].prior);
  const Eigen::MatrixXd information = sd.asDiagonal() * fitted.information * sd.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(information);
  std::vector<WeakDirection> list;
  for (Eigen::Index e = 0; e < n && eigen.eigenvalues()[e] < 1; ++e) {
    WeakDirection one;
    one.information = std::max(eigen.eigenvalues()[e], 0.0);
    for (Eigen::Index i = 0; i < n; ++i) {
      const double share = eigen.eigenvectors()(i, e);
      if (std::abs(share) >= std::min(0.2, eigen.eigenvectors().col(e).cwiseAbs().maxCoeff()))
        one.parts.push_back({static_cast<std::size_t>(i), share});
    }
    std::ranges::stable_sort(one.parts,
                             [](const auto& a, const auto& b) { return std::abs(a.share) > std::abs(b.share); });
    if (!one.parts.empty() && one.parts.front().share < 0) {
      for (WeakDirection::Part& part : one.parts) part.share = -part.share;
    }
    list.push_back(std::move(one));
  }
  return list;
}

Profile profile(const ParameterSpace& space, const Fit& fitted, std::size_t parameter,
                const std::function<std::optional<double>(const Eigen::VectorXd& start)>& log_likelihood_at) {
  constexpr int kPoints = 11;
  constexpr double kReach = 2.5;
  const auto at = static_cast<Eigen::Index>(parameter);
  const CalibrationParameter& one = space.parameters()[parameter];
  const double sd = prior_sd(one.prior);
  const double centre = space.at(fitted.x).values[at];
  const double low = std::max(centre - kReach * sd, one.prior.range.low);
  const double high = std::min(centre + kReach * sd, one.prior.range.high);
  Profile result;
  result.parameter = parameter;
  std::vector<double> likelihoods;
  for (int i = 0; i < kPoints; ++i) {
    // Half a step inside: at a bound itself the space has no place.
    const double value = low + (high - low) * (i + 0.5) / kPoints;
    Eigen::VectorXd values = space.at(fitted.x).values;
    values[at] = value;
    Eigen::VectorXd start = fitted.x;
    start[at] = space.coordinates(values)[at];
    const std::optional<double> there = log_likelihood_at(start);
    if (!there) continue;
    result.values.push_back(space.at(start).values[at]);
    likelihoods.push_back(*there);
  }
  if (likelihoods.empty()) return result;
  const double most = *std::ranges::max_element(likelihoods);
  for (const double value : likelihoods) result.drops.push_back(most - value);
  const auto best = static_cast<std::size_t>(std::ranges::max_element(likelihoods) - likelihoods.begin());
  const bool below =
      std::ranges::any_of(result.drops.begin(), result.drops.begin() + static_cast<std::ptrdiff_t>(best) + 1,
                          [](double drop) { return drop > Profile::kDrop; });
  const bool above = std::ranges::any_of(result.drops.begin() + static_cast<std::ptrdiff_t>(best), result.drops.end(),
                                         [](double drop) { return drop > Profile::kDrop; });
  result.shape = below && above ? Profile::Shape::closed
                 : below        ? Profile::Shape::open_above
                 : above        ? Profile::Shape::open_below
                                : Profile::Shape::flat;
  return result;
}

std::string words_of(const WeakDirection& direction, const ParameterSpace& space) {
  std::string text;
  for (const WeakDirection::Part& part : direction.parts) {
    const std::string& address = space.parameters()[part.parameter].address();
    const double size = std::abs(part.share);
    if (text.empty()) {
      text = direction.parts.size() == 1 ? address : fmt::format("{:.2f} {}", size, address);
    } else {
      text += fmt::format(" {} {:.2f} {}", part.share < 0 ? "-" : "+", size, address);
    }
  }
  return text;
}

}  // namespace sojourn::models
