#include "tests/hostile/fuzz.h"

namespace sojourn::tests {
namespace {

TEST(TreeFuzz, many_damaged_files_are_read_right_or_refused) { fuzz(2, 1'000'000); }

}  // namespace
}  // namespace sojourn::tests
