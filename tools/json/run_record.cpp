#include "tools/json/run_record.h"

#include "tools/json/json_parts.h"

#include <nlohmann/json.hpp>

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <filesystem>

namespace sojourn::tools {
namespace {

/// Now in UTC, as ISO 8601 has it.
std::string now() {
  const std::time_t seconds = std::time(nullptr);
  std::tm utc = {};
  gmtime_r(&seconds, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1, utc.tm_mday,
                     utc.tm_hour, utc.tm_min, utc.tm_sec);
}

std::string host() {
  std::array<char, 256> name = {};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

}  // namespace

std::string run_record_path(const std::string& archive) {
  for (const std::string_view ending : {".h5", ".hdf5", ".nc"}) {
    if (archive.ends_with(ending)) return archive.substr(0, archive.size() - ending.size()) + ".run.json";
  }
  return archive + ".run.json";
}

std::string run_record_json(const models::Provenance& provenance, const Performance& performance) {
  std::error_code failed;
  Json json = Json::object();
  json["format"] = "sojourn.record/1";
  json["program"] = provenance.program;
  json["finished"] = now();
  json["host"] = host();
  json["folder"] = std::filesystem::current_path(failed).string();
  json["journey"] = stamp_json(provenance.journey);
  json["scenarios"] = stamps_json(provenance.scenarios);
  json["performance"] = {
      {"visits", performance.visits}, {"seconds", performance.seconds}, {"threads", performance.threads}};
  return json_text(json);
}

}  // namespace sojourn::tools
