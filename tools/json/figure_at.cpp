#include "tools/json/figure_at.h"

#include "models/score/figure_kind.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {

using namespace models;

Figure figure_at(const Json& result, std::string_view address) {
  const std::vector<std::string> path = words_of(address);
  const bool below = path.front() == "personas" || path.front() == "touchpoints";
  const Json* at = below ? &result : &result.at("overall");
  for (const std::string& word : path) {
    if (!at->is_object()) return {};
    const auto next = at->find(word);
    if (next == at->end()) return {};
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

void add_place(std::string_view address, Json& to) {
  const std::vector<std::string> path = words_of(address);
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    if (path[i] == "touchpoints") to["touchpoint"] = path[i + 1];
    if (path[i] == "channels") to["channel"] = path[i + 1];
    if (path[i] == "personas") to["persona"] = path[i + 1];
    if (path[i] == "pains") to["pain"] = path[i + 1];
    if (path[i] == "goals") to["goal"] = path[i + 1];
    if (path[i] == "outcomes") to["outcome"] = path[i + 1];
  }
}

std::string_view name_of(Unit unit) {
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

std::string_view name_of(Agreement agreement) {
  switch (agreement) {
    case Agreement::agrees: return "agrees";
    case Agreement::model_higher: return "model_higher";
    case Agreement::model_lower: return "model_lower";
    case Agreement::unclear: return "unclear";
  }
  return "";
}

}  // namespace sojourn::tools
