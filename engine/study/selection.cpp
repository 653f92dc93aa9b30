#include "engine/study/selection.h"

#include "engine/base/contract.h"

#include <boost/math/distributions/normal.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sojourn::engine {

double knockout_constant(std::size_t options, std::size_t first_stage, double alpha) {
  SOJOURN_EXPECT(options >= 2 && first_stage >= 2, "options to choose between, and observations to do it by");
  const auto freedom = static_cast<double>(first_stage - 1);
  const double eta = 0.5 * (std::pow(2 * alpha / static_cast<double>(options - 1), -2 / freedom) - 1);
  SOJOURN_EXPECT(eta > 0, "a chance to be wrong that is below that of guessing");
  return 2 * eta * freedom;
}

Knockout::Knockout(const Plan& plan) : Knockout(plan, knockout_constant(plan.options, plan.first_stage, plan.alpha)) {}

Knockout::Knockout(const Plan& plan, double h_squared)
    : plan_(plan),
      h_squared_(h_squared),
      sums_(plan.options, 0.0),
      stage_(plan.options),
      spread_(plan.options * plan.options, 0.0),
      dropped_at_(plan.options, 0) {
  SOJOURN_EXPECT(plan.options >= 2 && plan.first_stage >= 2 && plan.worth_knowing > 0, "a plan of a selection");
}

void Knockout::add(std::span<const double> observation) {
  SOJOURN_EXPECT(observation.size() == plan_.options, "an observation of every option");
  if (decided_) return;
  ++seen_;
  for (std::size_t i = 0; i < plan_.options; ++i) {
    sums_[i] += observation[i];
    if (seen_ <= plan_.first_stage) stage_[i].push_back(observation[i]);
  }
  if (seen_ < plan_.first_stage) return;
  if (seen_ == plan_.first_stage) first_stage();
  decide_if_possible();
}

void Knockout::first_stage() {
  const auto n = static_cast<double>(plan_.first_stage);
  for (std::size_t i = 0; i < plan_.options; ++i) {
    for (std::size_t l = 0; l < plan_.options; ++l) {
      const double mean = (sums_[i] - sums_[l]) / n;
      double squares = 0;
      for (std::size_t j = 0; j < plan_.first_stage; ++j) {
        const double off = stage_[i][j] - stage_[l][j] - mean;
        squares += off * off;
      }
      spread_[i * plan_.options + l] = squares / (n - 1);
    }
  }
}

std::size_t Knockout::most_observations() const {
  if (seen_ < plan_.first_stage) return 0;
  double most = 0;
  for (std::size_t i = 0; i < plan_.options; ++i) {
    for (std::size_t l = 0; l < plan_.options; ++l) {
      if (!is_left(i) || !is_left(l)) continue;
      most =
          std::max(most, std::floor(h_squared_ * squared_spread(i, l) / (plan_.worth_knowing * plan_.worth_knowing)));
    }
  }
  return std::max(plan_.first_stage, static_cast<std::size_t>(std::min(most, 1e15)) + 1);
}

void Knockout::decide_if_possible() {
  screen();
  const std::ptrdiff_t left = std::ranges::count(dropped_at_, std::size_t{0});
  decided_ = left == 1 || seen_ >= most_observations();
}

void Knockout::screen() {
  const auto r = static_cast<double>(seen_);
  const double delta = plan_.worth_knowing;
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < plan_.options; ++i) {
    if (!is_left(i)) continue;
    for (std::size_t l = 0; l < plan_.options; ++l) {
      if (l == i || !is_left(l)) continue;
      const double w = std::max(0.0, delta / (2 * r) * (h_squared_ * squared_spread(i, l) / (delta * delta) - r));
      if ((sums_[l] - sums_[i]) / r <= w) continue;
      out.push_back(i);
      break;
    }
  }
  for (const std::size_t i : out) dropped_at_[i] = seen_;
}

std::size_t Knockout::best() const {
  SOJOURN_EXPECT(seen_ > 0, "observations");
  std::size_t best = plan_.options;
  for (std::size_t i = 0; i < plan_.options; ++i) {
    if (is_left(i) && (best == plan_.options || sums_[i] > sums_[best])) best = i;
  }
  return best;
}

std::vector<std::uint64_t> ocba_allocation(std::span<const OptionSample> options, std::uint64_t budget) {
  SOJOURN_EXPECT(options.size() >= 2, "options to choose between");
  const std::size_t k = options.size();
  const auto best =
      static_cast<std::size_t>(std::ranges::max_element(options, {}, &OptionSample::mean) - options.begin());
  double farthest = 0;
  for (const OptionSample& one : options) farthest = std::max(farthest, options[best].mean - one.mean);
  std::vector<double> ratio(k, 0.0);
  if (farthest == 0) {
    for (std::size_t i = 0; i < k; ++i) ratio[i] = 1;
  } else {
    double of_best = 0;
    for (std::size_t i = 0; i < k; ++i) {
      if (i == best) continue;
      const double distance = std::max(options[best].mean - options[i].mean, 1e-3 * farthest);
      ratio[i] = options[i].variance / (distance * distance);
      if (options[i].variance > 0) of_best += ratio[i] * ratio[i] / options[i].variance;
    }
    ratio[best] = std::sqrt(options[best].variance * of_best);
  }
  if (std::accumulate(ratio.begin(), ratio.end(), 0.0) == 0) std::ranges::fill(ratio, 1.0);

  // Who has more than its part already keeps it, and the others share what is left.
  std::vector<std::uint64_t> result(k);
  std::vector<bool> fixed(k, false);
  for (bool again = true; again;) {
    again = false;
    double rest = static_cast<double>(budget), sum = 0;
    for (std::size_t i = 0; i < k; ++i) {
      if (fixed[i]) {
        rest -= static_cast<double>(options[i].count);
      } else {
        sum += ratio[i];
      }
    }
    for (std::size_t i = 0; i < k; ++i) {
      if (fixed[i]) continue;
      const double part = sum > 0 ? rest * ratio[i] / sum : 0;
      result[i] = static_cast<std::uint64_t>(std::max(part, 0.0));
      if (part < static_cast<double>(options[i].count)) {
        fixed[i] = again = true;
        result[i] = options[i].count;
      }
    }
  }
  std::uint64_t given = std::accumulate(result.begin(), result.end(), std::uint64_t{0});
  for (std::size_t i = best; given < budget; i = (i + 1) % k) {  // what rounding down left
    if (fixed[i] && std::ranges::count(fixed, false) > 0) continue;
    ++result[i];
    ++given;
  }
  return result;
}

double chance_of_correct_selection(std::span<const double> means, std::span<const double> se) {
  SOJOURN_EXPECT(means.size() >= 2 && means.size() == se.size(), "means and errors of several options");
  const auto best = static_cast<std::size_t>(std::ranges::max_element(means) - means.begin());
  double wrong = 0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    if (i == best) continue;
    const double difference = means[best] - means[i];
    if (se[i] > 0) {
      wrong += boost::math::cdf(boost::math::normal(), -difference / se[i]);
    } else if (difference == 0) {
      wrong += 0.5;
    }
  }
  return std::max(0.0, 1 - wrong);
}

}  // namespace sojourn::engine
