#include "tools/job/places.h"

#include "engine/store/safe_file.h"
#include "tools/program/errors.h"

#include <filesystem>

namespace sojourn::tools {

std::string place_of(const std::string& path) {
  std::error_code failed;
  std::string place = std::filesystem::weakly_canonical(std::filesystem::absolute(path, failed), failed).string();
  if (failed) place = path;
  while (place.size() > 1 && place.ends_with('/')) place.pop_back();
  return place;
}

Places::Places(const std::vector<std::string>& inputs) {
  for (const std::string& input : inputs) inputs_.emplace_back(place_of(input), input);
}

void Places::keep_out_of(const std::string& folder) { closed_.emplace_back(place_of(folder), folder); }

void Places::claim(const std::string& option, const std::optional<std::string>& path) {
  if (!path || *path == "-") return;
  const std::string place = place_of(*path);
  for (const auto& [taken, input] : inputs_) {
    if (taken == place)
      throw UsageError("'" + option + "' names the file that is read: " + engine::printable_path(input));
  }
  for (const auto& [folder, name] : closed_) {
    if (place == folder || place.starts_with(folder + "/"))
      throw UsageError("'" + option + "' is in the folder of the study's units, which has room for nothing else: " +
                       engine::printable_path(name));
  }
  for (const auto& [taken, other] : outputs_) {
    if (taken == place && !place.starts_with("/dev/"))
      throw UsageError("'" + option + "' and '" + other + "' name the same place");
  }
  outputs_.emplace_back(place, option);
}

}  // namespace sojourn::tools
