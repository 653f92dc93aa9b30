#pragma once
// What a command took: the only part of its output that may differ from one time to the next.

#include <cstdint>

namespace sojourn::tools {

struct Performance {
  std::uint64_t visits = 0;  // made, over all cases
  double seconds = 0;        // of simulating, without reading and writing
  int threads = 1;
};

}  // namespace sojourn::tools
