#pragma once
// What a test finds around it. CMake hands it over in the environment (tests/CMakeLists.txt); the caller adds SOJOURN_DATA.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>

namespace sojourn::tests {

/// The value of an environment variable; throws, naming it, where it is not set: a test does not guess.
inline std::string environment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') {
    throw std::runtime_error(std::string(name) + " is not set. Run the tests by tools/test or ctest, which set it");
  }
  return value;
}

/// The checkout, for files that the tests read: source_dir() / "scenarios/airport/journey.yaml".
inline std::filesystem::path source_dir() { return environment("SOJOURN_SOURCE_DIR"); }

/// The program `sojourn` of this build.
inline std::filesystem::path program() { return environment("SOJOURN_PROGRAM"); }

/// A Python that has the test modules (h5py, xarray, jsonschema).
inline std::filesystem::path python() { return environment("SOJOURN_PYTHON"); }

/// A fresh empty folder of a test's own, gone with it.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "sojourn-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make the folder " + name);
    path_ = name;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace sojourn::tests

/// In a test that reads the survey data: `SOJOURN_DATA_OR_SKIP(data);` declares the path `data`, or skips the test.
#define SOJOURN_DATA_OR_SKIP(variable)                                                       \
  if (std::getenv("SOJOURN_DATA") == nullptr) {                                              \
    GTEST_SKIP() << "SOJOURN_DATA is not set: the survey data are not part of the checkout"; \
  }                                                                                          \
  const std::filesystem::path variable = ::sojourn::tests::environment("SOJOURN_DATA")
