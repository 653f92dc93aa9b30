#include "tools/terminal/analysis_page.h"

#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/table.h"
#include "tools/terminal/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace sojourn::tools {
namespace {

using namespace models;

constexpr std::size_t kShown = 12;  // rows of a table

class Page {
 public:
  Page(const StudyAnalysis& analysis, const StudyData& data, const std::string& money, const Look& look)
      : analysis_(analysis), data_(data), money_(money), look_(look) {}

  std::string text() const {
    std::string text;
    for (const MetricAnalysis& one : analysis_.metrics) {
      if (!one.factors.empty()) text += factors(one);
      if (one.ranking && tells_apart(one)) text += ranking(one);
    }
    if (analysis_.front) text += front(*analysis_.front);
    return text;
  }

 private:
  std::string label(std::size_t factor) const { return data_.labels[factor]; }
  std::string title(Metric metric) const { return label_of(info(metric), look_); }
  Style level(Metric metric) const { return {info(metric).unit, money_, Style::Kind::level}; }
  Style difference(Metric metric) const { return {info(metric).unit, money_, Style::Kind::difference}; }
  std::string scenario(std::size_t i) const { return i == 0 ? look_.say("As it is") : data_.scenarios[i]; }

  std::string interval(const engine::Bounded& one) const {
    return decimal(one.estimate, 2, look_) + " (" +
           look_.say("{0} to {1}", {decimal(one.lo, 2, look_), decimal(one.hi, 2, look_)}) + ")";
  }

  /// Points that are alike are in no order.
  static bool tells_apart(const MetricAnalysis& one) {
    return !one.ranking->options_are_points || one.factors.empty() ||
           std::ranges::any_of(one.factors, [](const FactorAnalysis& of_scenario) { return of_scenario.varies; });
  }

  std::string rest(std::size_t of) const {
    if (of <= kShown) return "";
    return painted(look_, Tone::plain,
                   look_.say("{0} more are in the JSON and on the page.", {whole(of - kShown, look_)}));
  }

  /// Columns by falling size.
  template <class Size>
  std::vector<std::size_t> order(const Size& size) const {
    std::vector<std::size_t> list(data_.factors.size());
    std::iota(list.begin(), list.end(), std::size_t{0});
    std::ranges::stable_sort(list, std::greater{}, size);
    if (list.size() > kShown) list.resize(kShown);
    return list;
  }

  std::string factors(const MetricAnalysis& one) const {
    const FactorAnalysis& base = one.factors.front();
    std::string text;
    if (!base.varies) {
      text = heading(look_, look_.say("What moves: {0}", {title(one.metric)})) +
             painted(look_, Tone::plain, look_.say("It does not vary over the points: no factor moves it."));
    } else if (base.sobol) {
      text = sobol(one.metric, *base.sobol);
    } else if (!base.effects.empty()) {
      text = morris(one.metric, base);
    } else if (!base.tornado.empty()) {
      text = tornado(one.metric, base);
    } else if (base.regression) {
      text = regression(one.metric, *base.regression);
    }
    if (base.left_out > 0) {
      text += painted(look_, Tone::worse,
                      look_.say("{0} points are left out, since they or what belongs to them failed.",
                                {whole(base.left_out, look_)}));
    }
    return text;
  }

  std::string sobol(Metric metric, const engine::SobolIndices& sobol) const {
    Table table({{"", Align::left, 20, 2}, {look_.say("Alone"), Align::left}, {look_.say("With others"), Align::left}});
    for (const std::size_t c : order([&](std::size_t i) { return sobol.factors[i].total.estimate; })) {
      table.row({label(c), interval(sobol.factors[c].first), interval(sobol.factors[c].total)});
    }
    constexpr double kWide = 0.5;  // half of all the variance
    const bool wide =
        std::ranges::any_of(sobol.factors, [](const auto& one) { return one.total.hi - one.total.lo > kWide; });
    return heading(look_, look_.say("What makes the variance of: {0}", {title(metric)}),
                   look_.say("Shares of the variance over all points (Sobol indices): by itself, and with all its "
                             "interactions. In brackets the 95 % interval (bootstrap).")) +
           table.text(look_) + rest(data_.factors.size()) +
           (wide ? painted(look_, Tone::plain,
                           look_.say("Wide intervals: the factors cannot be told apart yet, which takes more points."))
                 : "");
  }

  std::string morris(Metric metric, const FactorAnalysis& base) const {
    Table table({{"", Align::left, 20, 2}, {look_.say("Mean size")}, {look_.say("Mean")}, {look_.say("Spread")}});
    for (const std::size_t c : order([&](std::size_t i) { return base.effects[i].mu_star; })) {
      const engine::ElementaryEffects& one = base.effects[c];
      table.row({label(c), number(one.mu_star), number(one.mu), number(one.sigma)});
    }
    return heading(
               look_, look_.say("Elementary effects on: {0}", {title(metric)}),
               look_.say("The change per whole range (Morris): its mean size, its mean, and its standard deviation; "
                         "a large spread means that the effect is not linear, or hangs on other factors.")) +
           table.text(look_);
  }

  std::string tornado(Metric metric, const FactorAnalysis& base) const {
    Table table({{look_.say("From and to"), Align::left}, {look_.say("Changes by"), Align::left}});
    for (std::size_t i = 0; i < std::min(kShown, base.tornado.size()); ++i) {
      const TornadoBar& bar = base.tornado[i];
      const TornadoBar::End &low = bar.ends.front(), &high = bar.ends.back();
      table.section(printable(label(bar.factor)));
      const auto change = [&](const TornadoBar::End& end) { return value(end.change, difference(metric), look_); };
      table.row({look_.say("{0} to {1}", {number(low.value), number(high.value)}),
                 look_.say("{0} to {1}", {change(low), change(high)})});
    }
    return heading(look_, look_.say("One at a time, what changes: {0}", {title(metric)}),
                   look_.say(
                       "Each factor at its least and at its greatest value, the others as they are; times in hours.")) +
           table.text(look_);
  }

  std::string regression(Metric metric, const engine::StandardisedRegression& regression) const {
    Table table({{"", Align::left, 20, 2}, {look_.say("Coefficient"), Align::left}});
    for (const std::size_t c : order([&](std::size_t i) { return std::abs(regression.coefficients[i].estimate); })) {
      const auto& one = regression.coefficients[c];
      table.row({label(c), interval({one.estimate, one.lo, one.hi})});
    }
    return heading(look_, look_.say("What moves: {0}", {title(metric)}),
                   look_.say("Standard deviations per standard deviation of the factor; together they explain {0} of "
                             "the variance.",
                             {percent(regression.r2, look_)})) +
           table.text(look_);
  }

  std::string ranking(const MetricAnalysis& of) const {
    const Ranking& ranking = *of.ranking;
    Table table({{"", Align::left, 20, 2}, {look_.say("Mean")}, {look_.say("Behind")}, {look_.say("Out after")}});
    for (std::size_t i = 0; i < std::min(kShown, ranking.options.size()); ++i) {
      const Ranking::Option& one = ranking.options[i];
      std::string name = scenario(one.scenario);
      if (ranking.options_are_points) name = look_.say("Point {0}", {std::to_string(one.point)}) + ", " + name;
      table.row({Cell(name, one.selected && ranking.decided ? Tone::strong : Tone::plain),
                 value(one.mean, level(of.metric), look_), value(one.behind, level(of.metric), look_),
                 one.dropped_at > 0 ? whole(one.dropped_at, look_) : std::string(look_.none())});
    }
    std::string how = look_.say("{0} observations, each of all options with the same people and luck. ",
                                {whole(ranking.observations, look_)});
    if (ranking.options_left_out > 0) {
      how += look_.say("{0} options are left out, since none of their runs came through. ",
                       {whole(ranking.options_left_out, look_)});
    }
    if (!ranking.options_are_points && data_.points() > 1)
      how += look_.say("Means are over the points of the design. ");
    if (ranking.decided) {
      how += look_.say("Decided (KN): with 95 % probability the best, as far as {0} and more matter.",
                       {value(ranking.worth_knowing, level(of.metric), look_)});
    } else if (ranking.most_observations > 0) {
      how += look_.say("Not decided yet (KN): {0} observations are enough for sure.",
                       {whole(ranking.most_observations, look_)});
    } else if (ranking.too_many_options) {
      how += look_.say("Not decided: these are more options than the {0} between which KN decides.",
                       {whole(Ranking::kMostOptions, look_)});
    } else {
      how += look_.say("Too few to decide: more replications are needed.");
    }
    return heading(look_, look_.say("Which is best: {0}", {title(of.metric)}), how) + table.text(look_) +
           rest(ranking.options.size());
  }

  std::string front(const Front& front) const {
    Table table({{"", Align::left, 20, 2}, {look_.say("Cost")}, {"NPS"}});
    for (std::size_t i = 0; i < std::min(kShown, front.options.size()); ++i) {
      const Front::Option& one = front.options[i];
      std::string name = scenario(one.scenario);
      if (front.options_are_points) name = look_.say("Point {0}", {std::to_string(one.point)}) + ", " + name;
      table.row({name, value(one.cost, level(Metric::cost), look_), value(one.nps, level(Metric::nps), look_)});
    }
    return heading(look_, look_.say("NPS for its price"),
                   look_.say("{0} of {1} for which none has more NPS at the same cost per journey or less (Pareto).",
                             {whole(front.options.size(), look_), whole(front.among, look_)})) +
           table.text(look_);
  }

  /// Three digits that count, with the language's decimal sign.
  std::string number(double value) const {
    if (!std::isfinite(value)) return std::string(look_.none());
    std::string text = fmt::format("{:.3g}", std::abs(value));
    if (look_.language == Language::german) std::ranges::replace(text, '.', ',');
    return (value < 0 ? std::string(look_.minus()) : "") + text;
  }

  const StudyAnalysis& analysis_;
  const StudyData& data_;
  const std::string& money_;
  const Look& look_;
};

}  // namespace

std::string analysis_page(const StudyAnalysis& analysis, const StudyData& data, const std::string& money,
                          const Look& look) {
  return Page(analysis, data, money, look).text();
}

}  // namespace sojourn::tools
