#pragma once
// Where a command's outputs go: nowhere twice, and nowhere from where something is read.

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sojourn::tools {

/// The place that a path means, whatever stands there.
std::string place_of(const std::string& path);

class Places {
 public:
  explicit Places(const std::vector<std::string>& inputs);

  /// A folder in which nothing may be put.
  void keep_out_of(const std::string& folder);
  /// Throws UsageError where the place is taken. No path, and standard output ('-'), take none.
  void claim(const std::string& option, const std::optional<std::string>& path);

 private:
  std::vector<std::pair<std::string, std::string>> inputs_;   // place, as it was written
  std::vector<std::pair<std::string, std::string>> outputs_;  // place, option
  std::vector<std::pair<std::string, std::string>> closed_;   // place, as it was written
};

}  // namespace sojourn::tools
