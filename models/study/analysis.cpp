#include "models/study/analysis.h"

#include "engine/base/contract.h"
#include "engine/study/pareto.h"
#include "models/study/ranking.h"

#include <algorithm>
#include <cmath>

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
  /// Over replications; NaN where one is missing.
  double mean(std::size_t point, std::size_t scenario) const {
    double sum = 0;
    for (std::size_t r = 0; r < data_.replications; ++r) sum += at(point, r, scenario);
    return sum / static_cast<double>(data_.replications);
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
  if (data.design == DesignKind::saltelli && rows.size() >= 2 * together) {
    result.sobol = engine::sobol_indices(whole, k, {.resamples = plan.resamples, .seed = plan.seed});
  }
  if (data.design == DesignKind::morris && rows.size() >= 2 * together) {
    result.effects = engine::elementary_effects(chosen(data.positions, rows), whole);
  }
  if (samples(data.design)) result.regression = engine::standardised_regression(chosen(data.values, rows), whole);
  if (data.design == DesignKind::one_at_a_time) result.tornado = tornado_of(data, response, scenario);
  return result;
}

/// Options as columns of observations.
std::optional<Ranking> rank_options(const StudyData& data, const Response& response, Metric metric,
                                    const AnalysisPlan& plan) {
  if (info(metric).better == Better::neutral) return std::nullopt;
  const bool points = !samples(data.design) && data.points() > 1;
  const std::size_t scenarios = data.scenarios.size();
  const std::size_t count = scenarios * (points ? data.points() : 1);
  if (count < 2) return std::nullopt;
  const double sign = info(metric).better == Better::more ? 1 : -1;
  std::vector<RankedOption> options;
  for (std::size_t i = 0; i < count; ++i) options.push_back({points ? i / scenarios : 0, i % scenarios});
  std::vector<std::vector<double>> observations;  // [observation][option] more is better
  const std::size_t rounds = points ? 1 : data.points();
  for (std::size_t r = 0; r < data.replications; ++r) {
    for (std::size_t p = 0; p < rounds; ++p) {
      std::vector<double>& row = observations.emplace_back();
      for (const RankedOption& option : options) {
        row.push_back(sign * response.at(points ? option.point : p, r, option.scenario));
      }
    }
  }
  std::optional<Ranking> ranking = rank(options, observations, metric, plan.alpha);
  if (!ranking) return ranking;
  ranking->options_are_points = points;
  for (Ranking::Option& option : ranking->options) option.mean *= sign;
  return ranking;
}

std::optional<Front> front_of(const StudyData& data) {
  const StudyResponses* nps = responses_of(data, Metric::nps);
  const StudyResponses* cost = responses_of(data, Metric::cost);
  if (!nps || !cost || data.points() * data.scenarios.size() < 2) return std::nullopt;
  std::vector<Front::Option> all;
  std::vector<double> gain, price;
  for (std::size_t p = 0; p < data.points(); ++p) {
    for (std::size_t s = 0; s < data.scenarios.size(); ++s) {
      const double own = data.cost_per_journey.empty() ? 0 : data.cost_per_journey[s];
      all.push_back({p, s, Response(data, *nps).mean(p, s), Response(data, *cost).mean(p, s) + own});
      gain.push_back(all.back().nps);
      price.push_back(all.back().cost);
    }
  }
  Front front;
  front.among = all.size();
  for (const std::size_t i : engine::pareto_front(gain, price)) front.options.push_back(all[i]);
  return front;
}

}  // namespace

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
