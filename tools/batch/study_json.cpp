#include "tools/archive/study_data.h"
#include "tools/batch/publish.h"
#include "tools/json/analysis_json.h"

#include <nlohmann/json.hpp>

namespace sojourn::tools {

std::string study_json(const engine::Archive& archive, const std::string& file) {
  const auto text = [&](const char* name) {
    const engine::Attribute* found = engine::find_attribute(archive.attributes, name);
    const auto* value = found == nullptr ? nullptr : std::get_if<std::string>(&found->value);
    return value == nullptr ? Json(nullptr) : Json(*value);
  };
  const models::StudyData data = study_data(archive, file);
  return json_text({{"format", "sojourn.study/1"},
                    {"program", text("source")},
                    {"title", text("title")},
                    {"journey", text("journey")},
                    {"study_digest", text("study_digest")},
                    {"design", text("design")},
                    {"money", text("money")},
                    {"points", data.points()},
                    {"replications", data.replications},
                    {"results", points_json(data)},
                    {"analysis", analysis_json(models::analyse(data), data)}});
}

}  // namespace sojourn::tools
