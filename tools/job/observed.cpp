#include "tools/job/observed.h"

#include "models/journey/figures.h"
#include "models/score/figure_kind.h"
#include "models/text/suggest.h"
#include "models/text/tree.h"
#include "models/text/utf8.h"
#include "tools/json/figure_at.h"

#include <nlohmann/json.hpp>

#include <memory>

namespace sojourn::tools {

using namespace models;

WhyNoFigure figures_of(const Tree& journey) {
  return [&journey, lookup = std::make_shared<Lookup>()](std::string_view address) -> Refusal {
    NoFigure problem;
    find_figure(journey, address, *lookup, problem);
    return {problem.what, "", problem.suggestion};
  };
}

WhyNoFigure figures_of(const Json& document) {
  return [&document](std::string_view address) -> Refusal {
    const Json& result = document.contains("base") ? document.at("base") : document;
    const std::vector<std::string> path = words_of(address);
    const bool below = path.front() == "personas" || path.front() == "touchpoints";
    const Json* at = below ? &result : &result.at("overall");
    for (const std::string& word : path) {
      const auto next = at->is_object() && !at->contains("estimate") ? at->find(word) : at->end();
      if (next == at->end()) {
        std::vector<std::string_view> known;
        if (at->is_object()) {
          for (const auto& entry : at->get_ref<const Json::object_t&>()) known.push_back(entry.first);
        }
        return {"no figure is called " + quoted(address), "the result has no " + models::quoted(word) + " there",
                did_you_mean(word, known)};
      }
      at = &*next;
    }
    if (at->is_null() || (at->is_object() && at->contains("estimate"))) return {};
    return {quoted(address) + " names no single figure", "", "Write what of it is meant after a point"};
  };
}

std::vector<Observation> read_observed(const std::optional<std::string>& path, const WhyNoFigure& why_no_figure,
                                       Warnings& warnings) {
  if (!path) return {};
  Diagnostics found;
  const CsvTable table = read_csv(read_source(*path), found);
  std::vector<Observation> observations = read_observations(table, why_no_figure, found);
  found.refuse_if_errors();
  warnings.say(found);
  return observations;
}

std::vector<ObservedFigure> observed_in(const std::vector<Observation>& observations,
                                        const std::map<std::string, double>& targets, const Json& document) {
  const bool comparison = document.at("format") == "sojourn.compare/1";
  std::vector<ObservedFigure> list;
  for (const Observation& one : observations) {
    ObservedFigure figure = held_against(figure_at(comparison ? document.at("base") : document, one.address), one);
    if (const auto target = targets.find(one.address); target != targets.end()) figure.target = target->second;
    if (comparison) {
      for (const Json& scenario : document.at("scenarios")) {
        figure.forecasts.push_back(figure_at(scenario.at("result"), one.address));
      }
    }
    list.push_back(std::move(figure));
  }
  return list;
}

}  // namespace sojourn::tools
