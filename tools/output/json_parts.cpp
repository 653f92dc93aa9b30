#include "tools/output/json_parts.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {

Json stamp_json(const models::FileStamp& file) {
  return {{"title", file.title}, {"file", file.file}, {"sha256", file.sha256}};
}

Json stamps_json(const std::vector<models::FileStamp>& files) {
  Json json = Json::array();
  for (const models::FileStamp& file : files) json.push_back(stamp_json(file));
  return json;
}

}  // namespace sojourn::tools
