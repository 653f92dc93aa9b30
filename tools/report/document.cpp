#include "tools/report/document.h"

#include "tools/report/condensed.h"
#include "tools/report/observed_part.h"
#include "tools/report/targets_part.h"
#include "tools/terminal/text.h"

namespace sojourn::tools {
namespace {

/// What gives the same result again.
std::string command(const Json& document) {
  const bool comparison = document.at("format") == "sojourn.compare/1";
  const Json scenarios = document.value("scenario_files", document.value("scenarios", Json::array()));
  std::string text = std::string("sojourn ") + (comparison ? "compare " : "run ") +
                     shell_word(document.at("journey").value("file", ""));
  if (!comparison && !scenarios.empty()) text += " --with";
  for (const Json& scenario : scenarios) text += " " + shell_word(scenario.value("file", ""));
  if (comparison && scenarios.size() > 1 && document.at("scenarios").size() == 1) text += " --combine";
  text += " --agents " + std::to_string(document.value("agents", std::uint64_t{0}));
  text += " --seed " + std::to_string(document.value("seed", std::uint64_t{0}));
  if (const auto replicate = document.value("replicate", std::uint64_t{0})) {
    text += " --replicate " + std::to_string(replicate);
  }
  return text;
}

}  // namespace

Json report_document(const Json& document, const ReportParts& parts, const std::string& language) {
  Json json = {{"format", "sojourn.report/1"}, {"lang", language}, {"command", command(document)}};
  if (parts.matters) json["matters"] = *parts.matters;
  json["result"] = condensed(document);
  if (parts.journey) {
    json["journey"] = *parts.journey;
    const Json& targets = parts.journey->at("targets");
    if (!targets.empty()) json["targets"] = targets_part(targets, document);
  }
  if (parts.flows) json["flows"] = *parts.flows;
  if (parts.stories) json["stories"] = *parts.stories;
  if (parts.drivers) json["drivers"] = *parts.drivers;
  if (parts.calibration) json["calibration"] = *parts.calibration;
  if (Json observed = observed_part(document); !observed.empty()) json["observed"] = std::move(observed);
  return json;
}

}  // namespace sojourn::tools
