#include "tools/report/observed_part.h"

#include "models/score/figure_kind.h"
#include "tools/json/figure_at.h"
#include "tools/report/figure_json.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

// A kept result may have been changed by hand: what is no number throws, and ends in a refusal.

Json number_or_null(const Json& given) { return given.is_null() ? Json() : Json(given.get<double>()); }

Json figure(const Json& given) {
  if (given.is_null()) return {};
  Json to = {{"estimate", given.at("estimate").get<double>()}};
  for (const char* key : {"se", "lo", "hi"}) to[key] = number_or_null(given.at(key));
  return to;
}

}  // namespace

Json observed_part(const Json& document) {
  const bool comparison = document.at("format") == "sojourn.compare/1";
  const Json& base = comparison ? document.at("base") : document;
  Json to = Json::object();
  if (!base.contains("observed")) return to;
  for (const auto& [address, given] : base.at("observed").items()) {
    Json one = {{"metric", models::words_of(address).back()}, {"unit", name_of(models::kind_of_figure(address).unit)}};
    add_place(address, one);
    one["target"] = number_or_null(given.at("target"));
    one["observed"] = figure(given.at("observed"));
    one["n"] = given.at("n").get<std::uint64_t>();
    one["simulated"] = figure(given.at("simulated"));
    one["gap"] = figure(given.at("gap"));
    one["z"] = number_or_null(given.at("z"));
    one["verdict"] = given.at("verdict").get<std::string>();
    one["forecasts"] = Json::array();
    if (comparison) {
      for (const Json& scenario : document.at("scenarios")) {
        one["forecasts"].push_back(short_figure(figure_at(scenario.at("result"), address)));
      }
    }
    to[address] = std::move(one);
  }
  return to;
}

}  // namespace sojourn::tools
