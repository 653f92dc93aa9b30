#include "tools/report/targets_part.h"

#include "models/score/figure_kind.h"
#include "models/score/target_gap.h"
#include "tools/json/figure_at.h"
#include "tools/report/figure_json.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace sojourn::tools {
namespace {

using namespace models;

std::string word_of(TargetVerdict verdict) {
  switch (verdict) {
    case TargetVerdict::reached: return "reached";
    case TargetVerdict::short_of: return "short";
    case TargetVerdict::unclear: return "unclear";
  }
  return "";
}

Json case_json(const Figure& figure, double target, Better better) {
  const TargetGap gap = gap_to(figure, target, better);
  return {{"figure", short_figure(figure)}, {"gap", short_figure(gap.gap)}, {"verdict", word_of(gap.verdict)}};
}

}  // namespace

Json targets_part(const Json& targets, const Json& document) {
  const bool comparison = document.at("format") == "sojourn.compare/1";
  Json list = Json::array();
  for (const auto& [address, value] : targets.items()) {
    const double target = value.get<double>();
    const FigureKind what = kind_of_figure(address);
    Json one = {{"address", address}, {"metric", words_of(address).back()}, {"unit", name_of(what.unit)}};
    add_place(address, one);
    one["less_is_better"] = what.better == Better::less;
    one["target"] = short_number(target);
    one["cases"] =
        Json::array({case_json(figure_at(comparison ? document.at("base") : document, address), target, what.better)});
    if (comparison) {
      for (const Json& scenario : document.at("scenarios")) {
        one["cases"].push_back(case_json(figure_at(scenario.at("result"), address), target, what.better));
      }
    }
    list.push_back(one);
  }
  return list;
}

}  // namespace sojourn::tools
