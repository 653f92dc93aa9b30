#include "tools/json/check_json.h"

#include "tools/json/json_text.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

std::string_view word(FileKind kind) {
  switch (kind) {
    case FileKind::journey: return "journey";
    case FileKind::scenario: return "scenario";
    case FileKind::study: return "study";
    case FileKind::unknown: return "unknown";
  }
  return "";
}

Json problem_json(const Diagnostic& problem) {
  Json json = Json::object();
  json["severity"] = problem.severity == Diagnostic::Severity::error ? "error" : "warning";
  json["file"] = problem.mark.source ? Json(problem.mark.source->name) : Json(nullptr);
  json["line"] = problem.mark.line > 0 ? Json(problem.mark.line) : Json(nullptr);
  json["column"] = problem.mark.line > 0 ? Json(problem.mark.column) : Json(nullptr);
  json["length"] = problem.mark.line > 0 ? Json(problem.mark.length) : Json(nullptr);
  json["what"] = problem.what;
  json["why"] = problem.why;
  json["suggestion"] = problem.suggestion;
  return json;
}

Json file_json(const CheckedFile& file) {
  Json json = Json::object();
  json["file"] = file.path;
  json["kind"] = word(file.kind);
  json["ok"] = file.ok();
  json["missing"] = file.missing.empty() ? Json(nullptr) : Json(file.missing);
  json["expected_visits"] = Json::object();
  for (const ExpectedLength& length : file.lengths) {
    const bool known = length.visits && std::isfinite(*length.visits);
    json["expected_visits"][length.persona] = known ? Json(*length.visits) : Json(nullptr);
  }
  json["problems"] = Json::array();
  for (const Diagnostic& problem : file.problems.list()) json["problems"].push_back(problem_json(problem));
  return json;
}

}  // namespace

std::string check_json(const std::vector<CheckedFile>& files) {
  Json json = Json::object();
  json["format"] = "sojourn.check/1";
  json["files"] = Json::array();
  for (const CheckedFile& file : files) json["files"].push_back(file_json(file));
  return json_text(json);
}

}  // namespace sojourn::tools
