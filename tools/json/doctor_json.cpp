#include "tools/json/doctor_json.h"

#include "tools/json/json_text.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {
namespace {

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json place_json(const Place& place) {
  return {{"path", place.path},
          {"free_bytes", or_null(place.free_bytes)},
          {"not_written", or_null(place.not_written)},
          {"not_locked", or_null(place.not_locked)}};
}

}  // namespace

std::string doctor_json(const Diagnosis& diagnosis) {
  const Build& build = diagnosis.build;
  Json json = Json::object();
  json["format"] = "sojourn.doctor/1";
  json["program"] = build.program;
  json["wrong"] = diagnosis.wrong();
  json["build"] = {{"compiler", build.compiler},
                   {"type", or_null(build.type)},
                   {"optimised", build.optimised},
                   {"random_numbers", build.random_numbers},
                   {"hdf5", build.hdf5},
                   {"hdf5_built_with", build.hdf5_built_with},
                   {"interactive_page", build.has_page},
                   {"python_module", or_null(build.python)},
                   {"journey_format", build.journey_format}};
  json["machine"] = {{"threads", diagnosis.threads},
                     {"memory_bytes", diagnosis.memory ? Json(diagnosis.memory->bytes) : Json(nullptr)},
                     {"free_memory_bytes", diagnosis.memory ? Json(diagnosis.memory->free_bytes) : Json(nullptr)},
                     {"sojourn_mpi", or_null(diagnosis.mpi_program)},
                     {"mpirun", or_null(diagnosis.mpirun)},
                     {"browser", or_null(diagnosis.browser)}};
  json["folder"] = place_json(diagnosis.here);
  json["temporary_folder"] = place_json(diagnosis.temporary);
  Json tests = Json::array();
  for (const SelfTest& test : diagnosis.self_tests) {
    tests.push_back({{"lanes", or_null(test.lanes)}, {"digest", test.digest}, {"as_known", test.as_known}});
  }
  json["self_test"] = {
      {"agents", kSelfTestAgents}, {"known_digest", kKnownDigest}, {"in_use", tests.front()["lanes"]}, {"runs", tests}};
  return json_text(json);
}

}  // namespace sojourn::tools
