#include "tools/terminal/observed_page.h"

#include "models/score/figure_kind.h"
#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/table.h"

#include <algorithm>
#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

constexpr std::size_t most_forecasts = 3;

template <class List>
std::string label_in(const List& list, const std::string& id) {
  const auto found = std::ranges::find_if(list, [&](const Named& one) { return one.id == id; });
  return found == list.end() || found->label.empty() ? id : found->label;
}

std::string metric_label(const std::string& name) {
  for (const MetricInfo& info : kMetricInfo) {
    if (info.name == name) return std::string(info.label);
  }
  for (const MetricInfo& info : kSiteMetricInfo) {
    if (info.name == name) return std::string(info.label);
  }
  return name;
}

/// "Mia, Wish list"; a metric is named where it is not the satisfaction at a touchpoint.
std::string name_of(const std::string& address, const Names& names) {
  const std::vector<std::string> path = words_of(address);
  std::string text, metric = metric_label(path.back());
  const auto add = [&](const std::string& part) { text += (text.empty() ? "" : ", ") + part; };
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    const std::string& id = path[i + 1];
    const bool own = i + 2 == path.size();  // the id is the figure's name
    if (path[i] == "personas") {
      add(label_in(names.personas, id));
    } else if (path[i] == "touchpoints") {
      add(label_in(names.touchpoints, id));
      if (path.back() == "satisfaction") metric.clear();
    } else if (path[i] == "channels") {
      add(id);
    } else if (path[i] == "pains") {
      add(label_in(names.pains, id));
      if (own) metric.clear();
    } else if (path[i] == "goals" || path[i] == "outcomes" || path[i] == "flow") {
      add(path[i] == "goals" ? label_in(names.goals, id) : label_in(names.outcomes, id));
      if (own) metric.clear();
    }
  }
  if (!metric.empty()) add(metric);
  return text;
}

Cell verdict_cell(Agreement verdict) {
  switch (verdict) {
    case Agreement::agrees: return {"agree"};
    case Agreement::model_higher: return {"model higher", Tone::worse};
    case Agreement::model_lower: return {"model lower", Tone::worse};
    case Agreement::unclear: return {"cannot tell", Tone::dim};
  }
  return {""};
}

std::string table(const std::vector<ObservedFigure>& list, const Names& names, const std::string& money,
                  const std::vector<Lettered>& order, const std::vector<std::size_t>& which, const Look& look) {
  if (list.empty()) return "";
  std::vector<Column> columns = {{"", Align::left, 14, 2}, {"Target"}, {"Observed"}, {"Simu-\nlated"}};
  const std::size_t shown = std::min(order.size(), most_forecasts);
  for (std::size_t i = 0; i < shown; ++i) columns.push_back({"What if\n" + order[i].letter});
  columns.push_back({"Gap", Align::left});
  columns.push_back({"", Align::left});
  Table table(columns);
  std::size_t apart = 0, judged = 0;
  for (const ObservedFigure& one : list) {
    const Style level{kind_of_figure(one.address).unit, money};
    const Style gap{level.unit, money, Style::Kind::difference};
    std::vector<Cell> cells = {name_of(one.address, names), value(one.target, level, look),
                               value(one.observed.estimate, level, look), value(one.simulated.estimate, level, look)};
    for (std::size_t i = 0; i < shown; ++i) cells.emplace_back(value(one.forecasts[which[i]].estimate, level, look));
    cells.emplace_back(with_interval(one.gap, gap, look));
    cells.push_back(verdict_cell(one.verdict));
    table.row(std::move(cells));
    judged += one.verdict == Agreement::unclear ? 0 : 1;
    apart += one.verdict == Agreement::unclear || one.verdict == Agreement::agrees ? 0 : 1;
  }
  const std::string how = "Gap: simulated less observed, as it is, with the 95 % interval of both. " + whole(apart) +
                          " of " + whole(judged) +
                          " that can be judged lie apart; where model and data agree, 1 in 20 does so by chance.";
  return heading(look, "Target, observed, simulated", how) + table.text(look);
}

}  // namespace

std::string observed_figures(const RunResult& result, const Look& look) {
  return table(result.observed, result.names, result.provenance.money, {}, {}, look);
}

std::string observed_figures(const CompareResult& result, const std::vector<Lettered>& order, const Look& look) {
  std::vector<std::size_t> which;
  for (const Lettered& one : order) {
    which.push_back(static_cast<std::size_t>(one.comparison - result.scenarios.data()));
  }
  return table(result.observed, result.names, result.provenance.money, order, which, look);
}

}  // namespace sojourn::tools
