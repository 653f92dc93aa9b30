#include "engine/study/convergence.h"

#include "engine/base/contract.h"
#include "engine/random/normal.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace sojourn::engine {
namespace {

double mean_of(std::span<const double> x) {
  return std::accumulate(x.begin(), x.end(), 0.0) / static_cast<double>(x.size());
}

double variance_of(std::span<const double> x) {
  const double mean = mean_of(x);
  double sum = 0;
  for (const double one : x) sum += (one - mean) * (one - mean);
  return sum / static_cast<double>(x.size() - 1);
}

/// Each chain's first and second half; of an odd length the middle draw is left out.
Chains halves(const Chains& chains) {
  Chains result;
  for (const std::vector<double>& chain : chains) {
    SOJOURN_EXPECT(chain.size() >= 4 && chain.size() == chains.front().size(),
                   "chains of one length, of four draws or more");
    const auto half = static_cast<std::ptrdiff_t>(chain.size() / 2);
    result.emplace_back(chain.begin(), chain.begin() + half);
    result.emplace_back(chain.end() - half, chain.end());
  }
  return result;
}

/// Normal scores of the ranks over all chains; equal draws share their mean rank (Blom's offsets, as Vehtari et al. eq. 14).
Chains rank_normalised(const Chains& chains) {
  struct Draw {
    double value;
    std::size_t chain, at;
  };
  std::vector<Draw> all;
  for (std::size_t c = 0; c < chains.size(); ++c) {
    for (std::size_t i = 0; i < chains[c].size(); ++i) all.push_back({chains[c][i], c, i});
  }
  std::ranges::sort(all, {}, &Draw::value);
  Chains scores = chains;
  const auto n = static_cast<double>(all.size());
  for (std::size_t first = 0; first < all.size();) {
    std::size_t last = first;
    while (last < all.size() && all[last].value == all[first].value) ++last;
    const double rank = 0.5 * static_cast<double>(first + 1 + last);
    for (; first < last; ++first)
      scores[all[first].chain][all[first].at] = normal_quantile((rank - 0.375) / (n + 0.25));
  }
  return scores;
}

double median_of(const Chains& chains) {
  std::vector<double> all;
  for (const std::vector<double>& chain : chains) all.insert(all.end(), chain.begin(), chain.end());
  std::ranges::sort(all);
  return 0.5 * (all[(all.size() - 1) / 2] + all[all.size() / 2]);
}

struct Variances {
  double within, total;  // W, and var+ of eq. 3
};

Variances variances(const Chains& chains) {
  std::vector<double> means;
  double within = 0;
  for (const std::vector<double>& chain : chains) {
    means.push_back(mean_of(chain));
    within += variance_of(chain);
  }
  within /= static_cast<double>(chains.size());
  const auto n = static_cast<double>(chains.front().size());
  return {within, (n - 1) / n * within + variance_of(means)};
}

double rhat(const Chains& chains) {
  const Variances v = variances(chains);
  if (v.total == 0) return 1;
  return v.within > 0 ? std::sqrt(v.total / v.within) : std::numeric_limits<double>::infinity();
}

double size_of(const Chains& chains) {
  const std::size_t n = chains.front().size();
  const auto draws = static_cast<double>(n * chains.size());
  const Variances v = variances(chains);
  if (!(v.total > 0)) return draws;
  const auto correlation = [&](std::size_t lag) {  // eq. 10
    double sum = 0;
    for (const std::vector<double>& chain : chains) {
      const double mean = mean_of(chain);
      double covariance = 0;
      for (std::size_t i = 0; i + lag < n; ++i) covariance += (chain[i] - mean) * (chain[i + lag] - mean);
      sum += covariance / static_cast<double>(n - 1);
    }
    return 1 - (v.within - sum / static_cast<double>(chains.size())) / v.total;
  };
  double before = 1 + correlation(1);
  double tau = before;
  for (std::size_t lag = 2; lag + 1 < n; lag += 2) {
    const double pair = std::min(correlation(lag) + correlation(lag + 1), before);
    if (pair <= 0) break;
    tau += pair;
    before = pair;
  }
  tau = 2 * tau - 1;
  return std::min(draws / std::max(tau, 1 / std::log10(draws)), draws * std::log10(draws));
}

}  // namespace

double split_rhat(const Chains& chains) {
  const Chains split = halves(chains);
  Chains folded = split;
  const double median = median_of(split);
  for (std::vector<double>& chain : folded) {
    for (double& draw : chain) draw = std::abs(draw - median);
  }
  return std::max(rhat(rank_normalised(split)), rhat(rank_normalised(folded)));
}

double bulk_effective_size(const Chains& chains) { return size_of(rank_normalised(halves(chains))); }

double effective_size(const Chains& chains) { return size_of(halves(chains)); }

}  // namespace sojourn::engine
