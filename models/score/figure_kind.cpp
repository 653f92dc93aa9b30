#include "models/score/figure_kind.h"

namespace sojourn::models {

FigureKind kind_of_figure(std::string_view address) {
  const std::vector<std::string> path = words_of(address);
  const auto from_end = [&](std::size_t n) { return path.size() >= n ? std::string_view(path[path.size() - n]) : ""; };
  if (from_end(2) == "pains") return {Unit::share, Better::less};
  if (from_end(3) == "pains") return {from_end(1) == "met" ? Unit::count : Unit::share, Better::less};
  if (from_end(2) == "flow") return {Unit::count, Better::neutral};
  if (from_end(2) == "goals" || from_end(2) == "outcomes") return {};
  for (const MetricInfo& info : kMetricInfo) {
    if (info.name == path.back()) return {info.unit, info.better};
  }
  for (const MetricInfo& info : kSiteMetricInfo) {
    if (info.name == path.back()) return {info.unit, info.better};
  }
  return {};
}

std::vector<std::string> words_of(std::string_view address) {
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

}  // namespace sojourn::models
