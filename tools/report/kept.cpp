#include "tools/report/kept.h"

#include "engine/store/format_error.h"
#include "engine/store/hdf5.h"
#include "models/journey/read.h"
#include "models/text/tree.h"
#include "models/text/utf8.h"
#include "tools/archive/archive.h"
#include "tools/job/kind_of_file.h"
#include "tools/json/json.h"
#include "tools/report/figure_json.h"
#include "tools/report/wrong_part.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace sojourn::tools {
namespace {

using engine::FormatError;

constexpr std::size_t most_drivers = 60;  // that a page carries: it draws a dozen

/// The journey as it ran, which an archive holds as YAML: one document, or one for each view, of which the first will do.
std::optional<Json> journey_of(const models::Provenance& provenance) {
  std::string yaml = provenance.resolved_journey;
  if (yaml.starts_with("--- ")) yaml.erase(0, yaml.find('\n') + 1);
  if (const auto next = yaml.find("\n--- "); next != std::string::npos) yaml.erase(next + 1);
  if (yaml.empty()) return std::nullopt;
  const auto source = std::make_shared<const models::SourceText>(models::SourceText{"the kept journey", yaml});
  try {
    return journey_part(models::typed_journey(models::read_journey(source).tree));
  } catch (const models::InputError&) {  // written by a program whose journeys this one does not read: the page says
    return std::nullopt;                 // that the part is absent
  }
}

KeptResult from_archive(const std::string& path) {
  const engine::Archive archive = engine::read_hdf5(path);
  KeptResult kept;
  if (kind_of(archive, path) == ResultKind::run) {
    const models::RunResult result = read_run(archive, path);
    kept.document = Json::parse(run_json(result, {}));
    kept.parts.journey = journey_of(result.provenance);
  } else {
    const models::CompareResult result = read_compare(archive, path);
    kept.document = Json::parse(compare_json(result, {}));
    kept.parts.journey = journey_of(result.provenance);
  }
  return kept;
}

/// Whether everything is there that a page is made of. What a stranger's file holds beside it is not looked at.
bool is_whole(const Json& json) {
  const auto has = [](const Json& object, std::initializer_list<const char*> keys) {
    return object.is_object() &&
           std::all_of(keys.begin(), keys.end(), [&](const char* key) { return object.contains(key); });
  };
  const auto figures = [&](const Json& result) { return has(result, {"overall", "personas", "touchpoints"}); };
  if (!has(json, {"format", "program", "journey", "names", "agents", "seed"})) return false;
  if (json["format"] == "sojourn.run/1") return figures(json);
  if (!has(json, {"base", "scenarios"}) || !figures(json["base"]) || !json["scenarios"].is_array()) return false;
  return std::all_of(json["scenarios"].begin(), json["scenarios"].end(), [&](const Json& scenario) {
    return has(scenario, {"scenario", "result", "difference", "personas", "touchpoints", "verdict_kind"}) &&
           figures(scenario["result"]);
  });
}

KeptResult from_json(const std::string& path) {
  KeptResult kept;
  const models::Source source = models::read_source(path);
  kept.document = Json::parse(source->text, nullptr, false);
  const bool named = kept.document.is_object() && kept.document.value("format", Json()).is_string();
  if (!named) {
    throw FormatError(path, "this is not a result of sojourn", "it is neither HDF5 nor JSON with a 'format'",
                      "Give a file that 'run' or 'compare' wrote with --out or --json");
  }
  const std::string format = kept.document["format"];
  if (format == "sojourn.calibrate/1") return kept;  // calibration_part looks at it
  if (format != "sojourn.run/1" && format != "sojourn.compare/1") {
    throw FormatError(path, "a page is made of a run, a comparison or a calibration", "this is '" + format + "'",
                      "Give a file that 'run', 'compare' or 'calibrate' wrote with --out or --json");
  }
  if (kept.document.value("method", Json()) == Json("exact")) {
    throw FormatError(path, "a page of what was solved is made of its HDF5", "the JSON of 'solve' has no customers",
                      "Give a file that 'solve' wrote with --out");
  }
  if (!is_whole(kept.document)) {
    throw FormatError(path, "parts of the result are missing", "a page needs all that '" + format + "' has",
                      "Write it again with --json");
  }
  if (const std::string address = wrong_part(kept.document); !address.empty()) {
    throw FormatError(path, "a part of the result is not what it should be",
                      "'" + models::printable(address) + "' was changed by hand, or is of another program",
                      "Write it again with --json");
  }
  return kept;
}

}  // namespace

KeptResult read_kept(const std::string& path) { return is_hdf5(path) ? from_archive(path) : from_json(path); }

Json read_kept_drivers(const std::string& path, const Json& result) {
  const Json document = Json::parse(models::read_source(path)->text, nullptr, false);
  if (!document.is_object() || document.value("format", Json()) != Json("sojourn.drivers/1")) {
    throw FormatError(path, "this is not what 'drivers' writes", "it has no format 'sojourn.drivers/1'",
                      "Make it with 'sojourn drivers JOURNEY --json FILE'");
  }
  try {
    if (document.at("journey").at("sha256") != result.at("journey").at("sha256")) {
      throw FormatError(path, "these are the drivers of another journey", "its file is not the one of the result",
                        "Run 'drivers' again on the journey that the result is of");
    }
    const bool comparison = result.at("format") == "sojourn.compare/1";
    const auto digests = [](const Json& stamps) {
      Json list = Json::array();
      for (const Json& stamp : stamps) list.push_back(stamp.at("sha256"));
      return list;
    };
    const Json changed = comparison ? Json::array() : digests(result.at("scenarios"));
    if (digests(document.at("scenarios")) != changed) {
      throw FormatError(path, "these are the drivers of another case", "it has other scenarios than the result",
                        comparison ? "Run 'drivers' on the journey as it is" : "Run 'drivers' with the same scenarios");
    }
    Json json = {{"agents", document.at("agents").get<std::uint64_t>()},
                 {"drivers", Json::array()},
                 {"touchpoints", Json::object()}};
    const auto shortened = [](const Json& figure) {
      if (!figure.is_object()) return Json();
      Json to = Json::array();
      for (const char* key : {"estimate", "lo", "hi"}) {
        to.push_back(figure.at(key).is_number() ? short_number(figure.at(key).get<double>()) : Json());
      }
      return to;
    };
    std::vector<Json> drivers;
    for (const Json& driver : document.at("drivers")) {
      Json nps = shortened(driver.at("effect").at("nps"));
      if (nps.is_null() || !nps.front().is_number()) continue;
      drivers.push_back({{"address", driver.at("address").get<std::string>()},
                         {"unit", driver.at("unit").get<std::string>()},
                         {"value", short_number(driver.at("value"))},
                         {"step", short_number(driver.at("step"))},
                         {"effect", {{"nps", std::move(nps)}}}});
    }
    std::ranges::stable_sort(drivers, std::greater<>(), [](const Json& driver) {
      return std::abs(driver.at("effect").at("nps").front().get<double>());
    });
    json["of"] = drivers.size();
    if (drivers.size() > most_drivers) drivers.resize(most_drivers);
    json["drivers"] = drivers;
    for (const auto& [id, touchpoint] : document.at("touchpoints").get_ref<const Json::object_t&>()) {
      Json one = {{"importance", shortened(touchpoint.at("importance"))},
                  {"performance", shortened(touchpoint.at("performance"))}};
      if (one["importance"].is_array() && one["performance"].is_array()) json["touchpoints"][id] = one;
    }
    return json;
  } catch (const Json::exception&) {
    throw FormatError(path, "parts of the drivers are missing", "it was changed by hand, or is of another program",
                      "Make it again with 'sojourn drivers JOURNEY --json FILE'");
  }
}

std::string page_beside(const std::string& result) {
  for (const std::string_view ending : {".json", ".h5", ".hdf5", ".nc"}) {
    if (result.ends_with(ending) && result.size() > ending.size()) {
      return result.substr(0, result.size() - ending.size()) + ".html";
    }
  }
  return result + ".html";
}

}  // namespace sojourn::tools
