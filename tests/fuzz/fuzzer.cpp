// One target as a libFuzzer program, SOJOURN_FUZZ_TARGET; tests/fuzz/README.md says how to run it.

#include "tests/fuzz/targets.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  for (const auto& target : sojourn::fuzz::targets()) {
    if (target.name != SOJOURN_FUZZ_TARGET) continue;
    target.read({reinterpret_cast<const char*>(bytes), size});
    return 0;
  }
  std::abort();
}
