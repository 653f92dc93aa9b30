#include "tools/report/calibration_part.h"

#include "engine/store/format_error.h"
#include "engine/store/safe_file.h"
#include "models/journey/read.h"
#include "tools/report/figure_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace sojourn::tools {
namespace {

using engine::FormatError;

constexpr std::string_view again = "Write it again with 'sojourn calibrate JOURNEY --survey S --json FILE'";

Json shortened(const Json& value) {
  if (value.is_number_float()) return short_number(value.get<double>());
  if (!value.is_structured()) return value;
  Json to = value.is_array() ? Json::array() : Json::object();
  if (value.is_array()) {
    for (const Json& child : value) to.push_back(shortened(child));
  } else {
    for (const auto& [key, child] : value.items()) to[key] = shortened(child);
  }
  return to;
}

void need(const Json& object, std::initializer_list<const char*> keys, const std::string& path) {
  for (const char* key : keys) {
    if (object.is_object() && object.contains(key)) continue;
    throw FormatError(path, "parts of the calibration are missing",
                      std::string("it has no '") + key + "': it is of an older program, or was changed by hand",
                      std::string(again));
  }
}

void check(const Json& document, const std::string& path) {
  need(document,
       {"program", "journey", "survey", "command", "seed", "own_paths", "parameters", "fit", "weak", "transitions",
        "holdout", "names"},
       path);
  const auto is_objects = [](const Json& json) {
    return json.is_structured() && std::ranges::all_of(json, [](const Json& one) { return one.is_object(); });
  };
  const Json& fit = document["fit"];
  need(fit, {"cells", "gain_per_answer", "simpler"}, path);
  if (!is_objects(document["parameters"]) || !is_objects(fit["cells"])) need(Json(), {"parameters"}, path);
  for (const Json& one : document["parameters"]) {
    need(one, {"estimate", "lo", "hi", "contraction", "rhat", "ess", "written", "prior_lo", "prior_hi", "density"},
         path);
  }
  for (const Json& one : fit["cells"]) {
    need(one,
         {"persona", "touchpoint", "period", "observed", "expected", "predicted_lo", "predicted_hi", "nps", "mean",
          "fits", "p_value"},
         path);
  }
  if (!document["holdout"].is_null()) {
    need(document["holdout"], {"log_score", "rps", "nps", "baselines", "drift"}, path);
    need(document["holdout"]["drift"], {"lo", "hi", "alarm"}, path);
  }
  need(document["weak"], {"directions", "profiles"}, path);
}

}  // namespace

Json calibration_part(const Json& document, const std::string& path) {
  check(document, path);
  Json to = Json::object();
  for (const char* key : {"survey", "out", "own_paths", "parameters", "weak", "transitions", "holdout"}) {
    to[key] = shortened(document.at(key));
  }
  to["journey"] = document.at("journey");
  to["fit"] = Json::object();
  for (const char* key : {"gain_per_answer", "converged", "journeys", "banks", "noise", "cells", "simpler"}) {
    if (const auto found = document.at("fit").find(key); found != document.at("fit").end()) {
      to["fit"][key] = shortened(*found);
    }
  }
  return to;
}

namespace {

Json read_document(const std::string& path) {
  Json document = Json::parse(models::read_source(path)->text, nullptr, false);
  if (!document.is_object() || document.value("format", Json()) != Json("sojourn.calibrate/1")) {
    throw FormatError(path, "this is not what 'calibrate' writes", "it has no format 'sojourn.calibrate/1'",
                      "Make it with 'sojourn calibrate JOURNEY --survey S --json FILE'");
  }
  return document;
}

}  // namespace

void check_kept_calibration(const std::string& path) { check(read_document(path), path); }

Json read_kept_calibration(const std::string& path, const std::string& journey_sha256, const Console& console) {
  const Json document = read_document(path);
  Json part = calibration_part(document, path);
  const Json digest = journey_sha256;
  const bool same =
      document.at("journey").value("sha256", Json()) == digest || document.value("out_sha256", Json()) == digest;
  part["of_this_file"] = same;
  if (!same) {
    console.complain(console.err().say("sojourn: warning: {0} calibrated another version of the journey's file\n",
                                       {engine::printable_path(path)}));
  }
  return part;
}

Json calibration_report(const Json& document, const std::string& path, const std::string& language) {
  Json part = calibration_part(document, path);
  Json json = {{"format", "sojourn.report/1"}, {"lang", language}, {"command", document.at("command")}};
  json["result"] = {{"format", document.at("format")},
                    {"program", document.at("program")},
                    {"journey", document.at("journey")},
                    {"seed", document.at("seed")},
                    {"names", document.at("names")}};
  json["calibration"] = std::move(part);
  return json;
}

}  // namespace sojourn::tools
