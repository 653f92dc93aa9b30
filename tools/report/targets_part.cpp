#include "tools/report/targets_part.h"

#include "models/score/target_gap.h"
#include "tools/report/figure_json.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace sojourn::tools {
namespace {

using namespace models;

std::vector<std::string> words(const std::string& address) {
  std::vector<std::string> list(1);
  for (const char c : address) {
    if (c == '.') {
      list.emplace_back();
    } else {
      list.back() += c;
    }
  }
  return list;
}

struct Known {
  Unit unit = Unit::share;  // of pains, goals and outcomes
  Better better = Better::more;
};

Known known(const std::vector<std::string>& path) {
  const bool pain = path.size() >= 2 && path[path.size() - 2] == "pains";
  if (pain || (path.size() >= 3 && path[path.size() - 3] == "pains")) return {Unit::share, Better::less};
  for (const MetricInfo& info : kMetricInfo) {
    if (info.name == path.back()) return {info.unit, info.better};
  }
  for (const MetricInfo& info : kSiteMetricInfo) {
    if (info.name == path.back()) return {info.unit, info.better};
  }
  return {};
}

std::string name_of(Unit unit) {
  switch (unit) {
    case Unit::nps_points: return "nps_points";
    case Unit::points: return "points";
    case Unit::share: return "share";
    case Unit::count: return "count";
    case Unit::hours: return "hours";
    case Unit::money: return "money";
  }
  return "";
}

/// A figure below `result`, which has overall, personas and touchpoints.
Figure figure_at(const Json& result, const std::vector<std::string>& path) {
  const bool below = path.front() == "personas" || path.front() == "touchpoints";
  const Json* at = below ? &result : &result.at("overall");
  for (const std::string& word : path) {
    const auto next = at->find(word);
    if (!at->is_object() || next == at->end()) return {};
    at = &*next;
  }
  Figure figure;
  if (!at->is_object() || !at->contains("estimate")) return figure;
  const auto number = [&](const char* key) {
    return at->value(key, Json()).is_number() ? (*at)[key].get<double>() : kNone;
  };
  figure.estimate = number("estimate");
  figure.se = number("se");
  figure.lo = number("lo");
  figure.hi = number("hi");
  return figure;
}

std::string name_of(TargetVerdict verdict) {
  switch (verdict) {
    case TargetVerdict::reached: return "reached";
    case TargetVerdict::short_of: return "short";
    case TargetVerdict::unclear: return "unclear";
  }
  return "";
}

Json case_json(const Figure& figure, double target, Better better) {
  const TargetGap gap = gap_to(figure, target, better);
  return {{"figure", short_figure(figure)}, {"gap", short_figure(gap.gap)}, {"verdict", name_of(gap.verdict)}};
}

void add_place(const std::vector<std::string>& path, Json& to) {
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    if (path[i] == "touchpoints") to["touchpoint"] = path[i + 1];
    if (path[i] == "channels") to["channel"] = path[i + 1];
    if (path[i] == "personas") to["persona"] = path[i + 1];
    if (path[i] == "pains") to["pain"] = path[i + 1];
    if (path[i] == "goals") to["goal"] = path[i + 1];
    if (path[i] == "outcomes") to["outcome"] = path[i + 1];
  }
}

}  // namespace

Json targets_part(const Json& targets, const Json& document) {
  const bool comparison = document.at("format") == "sojourn.compare/1";
  Json list = Json::array();
  for (const auto& [address, value] : targets.items()) {
    const std::vector<std::string> path = words(address);
    const double target = value.get<double>();
    const Known what = known(path);
    Json one = {{"address", address}, {"metric", path.back()}, {"unit", name_of(what.unit)}};
    add_place(path, one);
    one["less_is_better"] = what.better == Better::less;
    one["target"] = short_number(target);
    one["cases"] =
        Json::array({case_json(figure_at(comparison ? document.at("base") : document, path), target, what.better)});
    if (comparison) {
      for (const Json& scenario : document.at("scenarios")) {
        one["cases"].push_back(case_json(figure_at(scenario.at("result"), path), target, what.better));
      }
    }
    list.push_back(one);
  }
  return list;
}

}  // namespace sojourn::tools
