#include "engine/store/detail/quick_digest.h"

#include <gtest/gtest.h>

#include <string>

namespace sojourn::engine::detail {
namespace {

// From python3-xxhash's xxh64(...).intdigest(), and Collet's own for nothing.
TEST(QuickDigest, known_answers) {
  EXPECT_EQ(quick_digest(""), 0xef46db3751d8e999);
  EXPECT_EQ(quick_digest("a"), 0xd24ec4f1a98c6e5b);
  EXPECT_EQ(quick_digest("abc"), 0x44bc2cf5ad770999);
}

TEST(QuickDigest, every_bit_counts) {
  std::string bytes(107, 'x');  // of every kind of step: 3 x 32, 8, 2 x 1 ...
  const std::uint64_t before = quick_digest(bytes);
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    EXPECT_NE(quick_digest(bytes), before) << bit;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
  }
}

}  // namespace
}  // namespace sojourn::engine::detail
