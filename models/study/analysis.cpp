#include "models/study/analysis.h"

#include "engine/base/contract.h"
#include "engine/study/pareto.h"
#include "models/study/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sojourn::models {
namespace {

using DesignKind = DesignChoice::Kind;

constexpr Metric kUsual[] = {Metric::nps, Metric::satisfaction, Metric::success, Metric::cost, Metric::net};

bool samples(DesignKind kind) {
  using enum DesignChoice::Kind;
  return kind == latin_hypercube || kind == sobol || kind == saltelli || kind == morris || kind == list;
}

const StudyResponses* responses_of(const StudyData& data, Metric metric) {
  const auto found = std::ranges::find(data.responses, metric, &StudyResponses::metric);
  return found == data.responses.end() ? nullptr : &*found;
}

/// The rows that are whole: of each `together` that follow each other, all or none.
std::vector<std::size_t> whole_rows(const std::vector<double>& y, std::size_t together) {
  std::vector<std::size_t> rows;
  for (std::size_t first = 0; first + together <= y.size(); first += together) {
    const bool whole = std::ranges::all_of(y.begin() + static_cast<std::ptrdiff_t>(first),
                                           y.begin() + static_cast<std::ptrdiff_t>(first + together),
                                           [](double one) { return std::isfinite(one); });
    for (std::size_t i = 0; whole && i < together; ++i) rows.push_back(first + i);
  }
  return rows;
}

engine::Design chosen(const engine::Design& from, const std::vector<std::size_t>& rows) {
  engine::Design to(rows.size(), from.columns());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t c = 0; c < from.columns(); ++c) to.at(i, c) = from.at(rows[i], c);
  }
  return to;
}

/// One figure of a study.
class Response {
 public:
  Response(const StudyData& data, const StudyResponses& responses) : data_(data), responses_(responses) {}

  double at(std::size_t point, std::size_t replication, std::size_t scenario) const {
    return responses_.estimates[(point * data_.replications + replication) * data_.scenarios.size() + scenario];
  }
  double mean(std::size_t point, std::size_t scenario) const {
    return mean_response(data_, responses_, point, scenario);
  }
  std::vector<double> means(std::size_t scenario) const {
    std::vector<double> list;
    for (std::size_t p = 0; p < data_.points(); ++p) list.push_back(mean(p, scenario));
    return list;
  }

 private:
  const StudyData& data_;
  const StudyResponses& responses_;
};

/// The row in which the first `n` columns other than `column` are at their base and it is not; or where all are.
bool moves_only(const engine::Design& positions, std::size_t row, std::size_t column) {
  for (std::size_t c = 0; c < positions.columns(); ++c) {
    if ((positions.at(row, c) != engine::kAtBase) != (c == column)) return false;
  }
  return true;
}

std::vector<TornadoBar> tornado_of(const StudyData& data, const Response& response, std::size_t scenario) {
  std::vector<TornadoBar> bars;
  const double base = response.mean(0, scenario);  // the first row of such a design
  for (std::size_t c = 0; c < data.factors.size(); ++c) {
    TornadoBar bar;
    bar.factor = c;
    double least = base, most = base;
    for (std::size_t p = 1; p < data.points(); ++p) {
      if (!moves_only(data.positions, p, c) || !std::isfinite(response.mean(p, scenario))) continue;
      TornadoBar::End end{data.values.at(p, c), response.mean(p, scenario), response.mean(p, scenario) - base};
      const auto n = static_cast<double>(data.replications);
      double squares = 0;
      for (std::size_t r = 0; r < data.replications; ++r) {
        const double change = response.at(p, r, scenario) - response.at(0, r, scenario) - end.change;
        squares += change * change;
      }
      if (data.replications > 1) end.se = std::sqrt(squares / (n - 1) / n);
      least = std::min(least, end.response);
      most = std::max(most, end.response);
      bar.ends.push_back(end);
    }
    if (bar.ends.empty() || !std::isfinite(base)) continue;
    std::ranges::stable_sort(bar.ends, {}, &TornadoBar::End::value);
    bar.swing = most - least;
    bars.push_back(std::move(bar));
  }
  std::ranges::stable_sort(bars, std::greater{}, &TornadoBar::swing);
  return bars;
}

/// Whether more than rounding moves them: a billionth of the largest. What is not finite does not count.
bool vary(const std::vector<double>& y) {
  constexpr double rounding = 1e-9;
  double least = std::numeric_limits<double>::infinity(), most = -least;
  for (const double one : y) {
    if (!std::isfinite(one)) continue;
    least = std::min(least, one);
    most = std::max(most, one);
  }
  return most - least > rounding * std::max(std::abs(least), std::abs(most));
}

FactorAnalysis analyse_factors(const StudyData& data, const Response& response, std::size_t scenario,
                               const AnalysisPlan& plan) {
  const std::size_t k = data.factors.size();
  FactorAnalysis result;
  result.scenario = scenario;
  const std::vector<double> y = response.means(scenario);
  const std::size_t together = data.design == DesignKind::saltelli ? k + 2
                               : data.design == DesignKind::morris ? k + 1
                                                                   : 1;
  const std::vector<std::size_t> rows = whole_rows(y, together);
  result.left_out = y.size() - rows.size();
  std::vector<double> whole;
  for (const std::size_t row : rows) whole.push_back(y[row]);
  result.varies = whole.size() < 2 || vary(whole);
  if (!result.varies) return result;
  if (data.design == DesignKind::saltelli && rows.size() >= 2 * together) {
    result.sobol = engine::sobol_indices(whole, k, {.resamples = plan.resamples, .seed = plan.seed});
  }
  if (data.design == DesignKind::morris && rows.size() >= 2 * together) {
    result.effects = engine::elementary_effects(chosen(data.positions, rows), whole);
  }
  if (samples(data.design)) {
    // Of points that share coordinates (a base point's, a trajectory's) those that do not: else the errors would be too small.
    std::vector<std::size_t> independent;
    std::vector<double> of_those;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::size_t at = i % together;
      if (at != 0 && !(data.design == DesignKind::saltelli && at == k + 1)) continue;
      independent.push_back(rows[i]);
      of_those.push_back(whole[i]);
    }
    result.regression = engine::standardised_regression(chosen(data.values, independent), of_those);
  }
  if (data.design == DesignKind::one_at_a_time) result.tornado = tornado_of(data, response, scenario);
  return result;
}

/// What is chosen between: scenarios, each with the mean over the points of a design that samples, for nobody chooses those; else scenarios at
/// each point.
class Options {
 public:
  explicit Options(const StudyData& data) : data_(data), points_(!samples(data.design) && data.points() > 1) {
    const std::size_t scenarios = data.scenarios.size();
    for (std::size_t i = 0; i < scenarios * (points_ ? data.points() : 1); ++i)
      list_.push_back({points_ ? i / scenarios : 0, i % scenarios});
  }

  bool are_points() const { return points_; }
  const std::vector<RankedOption>& list() const { return list_; }

  /// [replication][option] with what the scenario itself costs; NaN where there is no response. Points of a sampling design count where all
  /// scenarios have a response in all replications, so that the same are averaged.
  std::vector<std::vector<double>> observations(const Response& response, Metric metric) const {
    std::vector<std::size_t> whole;
    for (std::size_t p = 0; p < data_.points() && !points_; ++p) {
      bool all = true;
      for (std::size_t s = 0; s < data_.scenarios.size(); ++s) all = all && std::isfinite(response.mean(p, s));
      if (all) whole.push_back(p);
    }
    std::vector<std::vector<double>> rows;
    for (std::size_t r = 0; r < data_.replications; ++r) {
      std::vector<double>& row = rows.emplace_back();
      for (const RankedOption& option : list_) {
        double value = points_ ? response.at(option.point, r, option.scenario) : 0;
        for (const std::size_t p : whole)
          value += response.at(p, r, option.scenario) / static_cast<double>(whole.size());
        if (!points_ && whole.empty()) value = std::numeric_limits<double>::quiet_NaN();
        row.push_back(value + own_cost(option.scenario, metric));
      }
    }
    return rows;
  }

 private:
  double own_cost(std::size_t scenario, Metric metric) const {
    const double own = data_.cost_per_journey.empty() ? 0 : data_.cost_per_journey[scenario];
    return metric == Metric::cost ? own : metric == Metric::net ? -own : 0;
  }

  const StudyData& data_;
  bool points_;
  std::vector<RankedOption> list_;
};

std::optional<Ranking> rank_options(const StudyData& data, const Response& response, Metric metric,
                                    const AnalysisPlan& plan) {
  if (info(metric).better == Better::neutral) return std::nullopt;
  const Options all(data);
  std::vector<std::vector<double>> observations = all.observations(response, metric);
  // An option that never has a response is no option.
  std::vector<RankedOption> options;
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < all.list().size(); ++i) {
    if (std::ranges::none_of(observations, [&](const auto& row) { return std::isfinite(row[i]); })) continue;
    options.push_back(all.list()[i]);
    columns.push_back(i);
  }
  if (options.size() < 2) return std::nullopt;
  const double sign = info(metric).better == Better::more ? 1 : -1;
  for (std::vector<double>& row : observations) {
    std::vector<double> kept;
    for (const std::size_t i : columns) kept.push_back(sign * row[i]);
    row = std::move(kept);
  }
  std::optional<Ranking> ranking = rank(options, observations, metric, plan.alpha);
  if (!ranking) return ranking;
  ranking->options_are_points = all.are_points();
  ranking->options_left_out = all.list().size() - options.size();
  for (Ranking::Option& option : ranking->options) option.mean *= sign;
  return ranking;
}

std::optional<Front> front_of(const StudyData& data) {
  const StudyResponses* nps = responses_of(data, Metric::nps);
  const StudyResponses* cost = responses_of(data, Metric::cost);
  const Options options(data);
  if (!nps || !cost || options.list().size() < 2) return std::nullopt;
  const auto means = [&](const StudyResponses& of) {
    std::vector<double> list(options.list().size(), 0.0);
    for (const std::vector<double>& row : options.observations(Response(data, of), of.metric)) {
      for (std::size_t i = 0; i < list.size(); ++i) list[i] += row[i] / static_cast<double>(data.replications);
    }
    return list;
  };
  const std::vector<double> gain = means(*nps), price = means(*cost);
  Front front;
  front.options_are_points = options.are_points();
  front.among = gain.size();
  const auto option = [&](std::size_t i) {
    return Front::Option{options.list()[i].point, options.list()[i].scenario, gain[i], price[i]};
  };
  std::vector<std::uint8_t> unbeaten(gain.size(), 0);
  for (const std::size_t i : engine::pareto_front(gain, price)) {
    front.options.push_back(option(i));
    unbeaten[i] = 1;
  }
  for (std::size_t i = 0; i < gain.size(); ++i) {
    if (unbeaten[i] == 0 && std::isfinite(gain[i]) && std::isfinite(price[i])) front.beaten.push_back(option(i));
  }
  return front;
}

}  // namespace

double mean_response(const StudyData& data, const StudyResponses& responses, std::size_t point, std::size_t scenario) {
  double sum = 0;
  for (std::size_t r = 0; r < data.replications; ++r)
    sum += responses.estimates[(point * data.replications + r) * data.scenarios.size() + scenario];
  return sum / static_cast<double>(data.replications);
}

StudyAnalysis analyse(const StudyData& data, const AnalysisPlan& plan) {
  const std::size_t runs = data.points() * data.replications * data.scenarios.size();
  SOJOURN_EXPECT(data.positions.rows() == data.points() && data.values.columns() == data.factors.size(),
                 "values and positions of every factor at every point");
  std::vector<Metric> metrics = plan.metrics;
  if (metrics.empty()) metrics.assign(std::begin(kUsual), std::end(kUsual));
  StudyAnalysis analysis;
  for (const Metric metric : metrics) {
    const StudyResponses* responses = responses_of(data, metric);
    if (!responses) continue;
    SOJOURN_EXPECT(responses->estimates.size() == runs, "a response of every run");
    const Response response(data, *responses);
    MetricAnalysis& one = analysis.metrics.emplace_back();
    one.metric = metric;
    for (std::size_t s = 0; s < data.scenarios.size() && !data.factors.empty(); ++s) {
      one.factors.push_back(analyse_factors(data, response, s, plan));
    }
    one.ranking = rank_options(data, response, metric, plan);
  }
  analysis.front = front_of(data);
  return analysis;
}

}  // namespace sojourn::models
