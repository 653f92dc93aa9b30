#include "tools/job/kind_of_file.h"

#include "models/text/input_file.h"

#include <string_view>

namespace sojourn::tools {

bool is_hdf5(const std::string& path) {
  constexpr std::string_view signature = "\x89HDF\r\n\x1a\n";
  models::InputFile file(path);
  char start[signature.size()];
  return std::string_view(start, file.read(start, sizeof start)) == signature;
}

}  // namespace sojourn::tools
