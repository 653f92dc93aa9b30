#include "tools/batch/own_outputs.h"

#include "engine/base/sha256.h"
#include "tools/batch/results.h"
#include "tools/json/json_text.h"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

namespace sojourn::tools {
namespace {

constexpr const char* kFormat = "sojourn.tables/1";

std::optional<std::string> content(const std::string& path) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error)) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return std::nullopt;
  return bytes;
}

/// A document of this format and study; null where it is none.
nlohmann::json document(const StudyWork& work, const std::string& path, const char* format) {
  const auto text = content(path);
  if (!text) return nullptr;
  nlohmann::json json = nlohmann::json::parse(*text, nullptr, false);
  const bool ours = json.is_object() && json.value("format", nlohmann::json()) == format &&
                    json.value("study_digest", nlohmann::json()) == engine::digest_of(work.manifest());
  return ours ? json : nlohmann::json();
}

}  // namespace

std::vector<TextFile> signed_tables(std::vector<TextFile> tables, const engine::Archive& archive) {
  Json digests = Json::object();
  for (const TextFile& table : tables) digests[table.name] = engine::sha256(table.text);
  const Json sign = {{"format", kFormat}, {"study_digest", study_digest(archive)}, {"sha256", digests}};
  tables.push_back({std::string(kTablesSign), json_text(sign)});
  return tables;
}

bool are_tables_of(const StudyWork& work, const std::string& folder) noexcept {
  try {
    const nlohmann::json sign = document(work, folder + "/" + std::string(kTablesSign), kFormat);
    if (!sign.is_object() || !sign.value("sha256", nlohmann::json()).is_object() || sign["sha256"].empty())
      return false;
    for (const auto& [name, digest] : sign["sha256"].items()) {
      const auto text = content(folder + "/" + name);
      std::error_code error;
      if (text ? digest != engine::sha256(*text) : std::filesystem::exists(folder + "/" + name, error)) return false;
    }
    return true;
  } catch (...) {  // no memory, or a sign that is none of ours
    return false;
  }
}

std::vector<std::string> tables_named_in(const std::string& folder) noexcept {
  std::vector<std::string> names;
  try {
    const auto text = content(folder + "/" + std::string(kTablesSign));
    const nlohmann::json sign = text ? nlohmann::json::parse(*text, nullptr, false) : nlohmann::json();
    if (!sign.is_object() || sign.value("format", nlohmann::json()) != kFormat) return {};
    for (const auto& [name, digest] : sign.at("sha256").items()) {
      if (name.find('/') == std::string::npos && name.ends_with(".csv")) names.push_back(name);
    }
  } catch (...) {  // no memory, or a sign that is none of ours
    return {};
  }
  return names;
}

bool is_page_of(const StudyWork& work, const std::string& path) noexcept {
  try {
    const auto page = content(path);
    return page && page->find("\"format\":\"sojourn.report/1\"") != std::string::npos &&
           page->find("\"sha256\":\"" + engine::digest_of(work.manifest()) + "\"") != std::string::npos;
  } catch (...) {
    return false;
  }
}

bool is_report_of(const StudyWork& work, const std::string& path) noexcept {
  try {
    return document(work, path, "sojourn.batch/1").is_object();
  } catch (...) {
    return false;
  }
}

}  // namespace sojourn::tools
