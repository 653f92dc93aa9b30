#include "tests/hostile/fuzz.h"

namespace sojourn::tests {
namespace {

TEST(TreeFuzz, damaged_files_are_read_right_or_refused) { fuzz(1, 20'000); }

}  // namespace
}  // namespace sojourn::tests
