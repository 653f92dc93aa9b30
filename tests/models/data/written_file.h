#pragma once
// A file of a test's own.

#include "tests/support/environment.h"

#include <fstream>
#include <string>

namespace sojourn::tests {

class WrittenFile {
 public:
  WrittenFile(const std::string& name, const std::string& text) : path_((folder_.path() / name).string()) {
    std::ofstream(path_, std::ios::binary) << text;
  }
  const std::string& path() const { return path_; }

 private:
  TemporaryFolder folder_;
  std::string path_;
};

}  // namespace sojourn::tests
