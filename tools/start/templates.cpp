#include "tools/start/templates.h"

#include "engine/base/contract.h"

namespace sojourn::tools {

// The files themselves, in templates_en.cpp and templates_de.cpp.
extern const std::string_view journey_en, what_if_en, readme_en, journey_de, what_if_de, readme_de;

std::vector<TextFile> starting_files(std::string_view language) {
  SOJOURN_EXPECT(language == "en" || language == "de", "there are templates in English and German");
  const bool german = language == "de";
  return {{"journey.yaml", std::string(german ? journey_de : journey_en)},
          {"what-if.yaml", std::string(german ? what_if_de : what_if_en)},
          {"README.md", std::string(german ? readme_de : readme_en)}};
}

}  // namespace sojourn::tools
