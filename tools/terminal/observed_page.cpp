#include "tools/terminal/observed_page.h"

#include "models/score/figure_kind.h"
#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/table.h"
#include "tools/terminal/text.h"

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

std::string metric_label(const std::string& name, const Look& look) {
  for (const MetricInfo& info : kMetricInfo) {
    if (info.name == name) return label_of(info, look);
  }
  for (const MetricInfo& info : kSiteMetricInfo) {
    if (info.name == name) return label_of(info, look);
  }
  return name;
}

/// "Mia, Wish list"; a metric is named where it is not the satisfaction at a touchpoint.
std::string name_of(const std::string& address, const Names& names, const Look& look) {
  const std::vector<std::string> path = words_of(address);
  std::string text, metric = metric_label(path.back(), look);
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

Cell verdict_cell(Agreement verdict, const Look& look) {
  switch (verdict) {
    case Agreement::agrees: return {look.say("agrees")};
    case Agreement::model_higher: return {look.say("higher"), Tone::worse};
    case Agreement::model_lower: return {look.say("lower"), Tone::worse};
    case Agreement::unclear: return {look.say("cannot tell"), Tone::dim};
  }
  return {""};
}

/// What the rows are made from.
struct Content {
  const std::vector<ObservedFigure>& list;
  const Names& names;
  const std::string& money;
  std::vector<Lettered> order;
  std::vector<std::size_t> which;  // of ObservedFigure::forecasts, in that order
};

/// With the first `forecasts` what-ifs.
std::string rows(const Content& content, std::size_t forecasts, const Look& look) {
  const bool targets = std::ranges::any_of(content.list, [](const auto& one) { return std::isfinite(one.target); });
  std::vector<Column> columns = {{"", Align::left, 14, 2}};
  if (targets) columns.push_back({look.say("Target")});
  columns.push_back({look.say("Observed")});
  columns.push_back({look.say("Simu-\nlated")});
  for (std::size_t i = 0; i < forecasts; ++i) columns.push_back({look.say("What if\n{0}", {content.order[i].letter})});
  columns.push_back({look.say("Gap"), Align::left});
  columns.push_back({look.say("Model"), Align::left});
  Table table(columns);
  for (const ObservedFigure& one : content.list) {
    const Style level{kind_of_figure(one.address).unit, content.money};
    const Style gap{level.unit, content.money, Style::Kind::difference};
    std::vector<Cell> cells = {name_of(one.address, content.names, look)};
    if (targets) cells.emplace_back(value(one.target, level, look));
    cells.emplace_back(value(one.observed.estimate, level, look));
    cells.emplace_back(value(one.simulated.estimate, level, look));
    for (std::size_t i = 0; i < forecasts; ++i) {
      cells.emplace_back(value(one.forecasts[content.which[i]].estimate, level, look));
    }
    cells.emplace_back(with_interval(one.gap, gap, look));
    cells.push_back(verdict_cell(one.verdict, look));
    table.row(std::move(cells));
  }
  return table.text(look);
}

/// Whether no line of it, without colours, is wider than the page.
bool fits(const std::string& text, const Look& look) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (width_of(text.substr(at, end - at)) > look.width) return false;
    at = end + 1;
  }
  return true;
}

std::string table(const Content& content, const Look& look) {
  if (content.list.empty()) return "";
  Look plain = look;
  plain.colour = false;
  std::size_t forecasts = std::min(content.order.size(), most_forecasts);
  while (forecasts > 0 && !fits(rows(content, forecasts, plain), look)) --forecasts;
  std::size_t apart = 0, judged = 0;
  for (const ObservedFigure& one : content.list) {
    judged += one.verdict == Agreement::unclear ? 0 : 1;
    apart += one.verdict == Agreement::unclear || one.verdict == Agreement::agrees ? 0 : 1;
  }
  const std::string how = look.say(
      "Gap: simulated less observed, as it is, with the 95 % interval of both. {0} of {1} that can be judged lie "
      "apart; where model and data agree, 1 in 20 does so by chance.",
      {whole(apart, look), whole(judged, look)});
  return heading(look, look.say("Target, observed, simulated"), how) + rows(content, forecasts, look);
}

}  // namespace

std::string observed_figures(const RunResult& result, const Look& look) {
  return table({result.observed, result.names, result.provenance.money, {}, {}}, look);
}

std::string observed_figures(const CompareResult& result, const std::vector<Lettered>& order, const Look& look) {
  std::vector<std::size_t> which;
  for (const Lettered& one : order) {
    which.push_back(static_cast<std::size_t>(one.comparison - result.scenarios.data()));
  }
  return table({result.observed, result.names, result.provenance.money, order, which}, look);
}

}  // namespace sojourn::tools
