#include "models/study/ranking.h"

#include "engine/base/contract.h"
#include "engine/study/selection.h"

#include <algorithm>
#include <cmath>

namespace sojourn::models {
namespace {

constexpr std::size_t wanted_first_stage = 10;  // Kim & Nelson 2001 found 10 to 20 good
constexpr std::size_t least_first_stage = 3;    // fewer promise nothing useful

using Rows = std::vector<std::vector<double>>;  // [observation][option]

double mean_of(const Rows& rows, std::size_t option) {
  double sum = 0;
  for (const std::vector<double>& row : rows) sum += row[option];
  return sum / static_cast<double>(rows.size());
}

/// Variance of option less other (or of option alone), n - 1.
double variance_of(const Rows& rows, std::size_t option, std::optional<std::size_t> other) {
  const double mean = mean_of(rows, option) - (other ? mean_of(rows, *other) : 0);
  double squares = 0;
  for (const std::vector<double>& row : rows) {
    const double off = row[option] - (other ? row[*other] : 0) - mean;
    squares += off * off;
  }
  return squares / static_cast<double>(rows.size() - 1);
}

void knock_out(const Rows& rows, Ranking& ranking, std::vector<Ranking::Option>& by_option) {
  const std::size_t first_stage = std::min(wanted_first_stage, rows.size());
  ranking.too_many_options = by_option.size() > Ranking::kMostOptions;
  if (first_stage < least_first_stage || ranking.too_many_options) return;
  engine::Knockout knockout(
      engine::Knockout::Plan{by_option.size(), first_stage, ranking.alpha, ranking.worth_knowing});
  for (const std::vector<double>& row : rows) knockout.add(row);
  ranking.decided = knockout.decided();
  ranking.most_observations = knockout.most_observations();
  for (std::size_t i = 0; i < by_option.size(); ++i) by_option[i].dropped_at = knockout.dropped_at(i);
  by_option[knockout.best()].selected = true;
}

}  // namespace

double worth_knowing(Metric metric, double size) {
  switch (info(metric).unit) {
    case Unit::nps_points: return 0.5;
    case Unit::points: return 0.05;
    case Unit::share: return 0.005;
    default: break;
  }
  return size != 0 ? 0.01 * std::abs(size) : 1e-9;
}

std::optional<Ranking> rank(const std::vector<RankedOption>& options, const Rows& observations, Metric metric,
                            double alpha) {
  Rows rows;
  for (const std::vector<double>& row : observations) {
    SOJOURN_EXPECT(row.size() == options.size(), "a value of every option");
    if (std::ranges::all_of(row, [](double one) { return std::isfinite(one); })) rows.push_back(row);
  }
  if (rows.empty()) return std::nullopt;
  Ranking ranking;
  ranking.alpha = alpha;
  ranking.observations = rows.size();
  ranking.left_out = observations.size() - rows.size();
  std::vector<Ranking::Option> by_option;
  std::vector<double> means;
  for (std::size_t i = 0; i < options.size(); ++i) {
    means.push_back(mean_of(rows, i));
    Ranking::Option& option = by_option.emplace_back();
    option.point = options[i].point;
    option.scenario = options[i].scenario;
    option.mean = means.back();
  }
  const auto best = static_cast<std::size_t>(std::ranges::max_element(means) - means.begin());
  ranking.worth_knowing = worth_knowing(metric, means[best]);
  knock_out(rows, ranking, by_option);

  std::vector<double> errors(options.size(), 0.0);
  std::vector<engine::OptionSample> sample;
  for (std::size_t i = 0; i < options.size(); ++i) {
    by_option[i].behind = means[best] - means[i];
    if (rows.size() < 2) continue;
    errors[i] = std::sqrt(variance_of(rows, i, best) / static_cast<double>(rows.size()));
    by_option[i].behind_se = errors[i];
    sample.push_back({means[i], variance_of(rows, i, std::nullopt), rows.size()});
  }
  if (rows.size() >= 2) {
    ranking.chance_of_best = engine::chance_of_correct_selection(means, errors);
    const std::vector<std::uint64_t> next = engine::ocba_allocation(sample, 2 * rows.size() * options.size());
    for (std::size_t i = 0; i < options.size(); ++i) by_option[i].next = next[i] - rows.size();
  }
  ranking.options = std::move(by_option);
  std::ranges::stable_sort(ranking.options, std::greater{}, &Ranking::Option::mean);
  return ranking;
}

}  // namespace sojourn::models
