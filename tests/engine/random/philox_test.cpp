#include "engine/random/philox.h"

#include <Random123/philox.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <random>

namespace sojourn::tests {
namespace {

using engine::Block;
using engine::philox4x32_10;
using Key = std::array<std::uint32_t, 2>;

TEST(Philox, known_answers) {
  // Random123 1.14, tests/kat_vectors, "philox4x32 10".
  EXPECT_EQ(philox4x32_10({0, 0, 0, 0}, {0, 0}), (Block{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32_10({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (Block{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32_10({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Block{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Philox, equals_random123_on_a_million_blocks) {
  std::mt19937_64 bits(1);
  const auto word = [&] { return static_cast<std::uint32_t>(bits()); };
  for (int i = 0; i < 1'000'000; ++i) {
    const Block counter = {word(), word(), word(), word()};
    const Key key = {word(), word()};
    const r123::Philox4x32 philox;
    const r123::Philox4x32::ctr_type theirs =
        philox({{counter[0], counter[1], counter[2], counter[3]}}, r123::Philox4x32::ukey_type{{key[0], key[1]}});
    ASSERT_EQ(philox4x32_10(counter, key), (Block{theirs[0], theirs[1], theirs[2], theirs[3]}));
  }
}

/// Bits that differ.
int distance(const Block& a, const Block& b) {
  int bits = 0;
  for (std::size_t i = 0; i < 4; ++i) bits += std::popcount(a[i] ^ b[i]);
  return bits;
}

TEST(Philox, avalanche) {
  // Each of the 192 input bits, flipped, changes half of the 128 output bits: mean 64, sd sqrt(32) each. 192 means of 2,000
  // blocks at 6 standard errors: false alarms in 4e-7 of all seeds.
  constexpr int kBlocks = 2'000;
  const double allowed = 6 * std::sqrt(32.0 / kBlocks);
  std::mt19937_64 bits(2);
  const auto word = [&] { return static_cast<std::uint32_t>(bits()); };
  for (std::size_t bit = 0; bit < 192; ++bit) {
    double sum = 0;
    for (int i = 0; i < kBlocks; ++i) {
      Block counter = {word() % 1024, word() % 4, word() % 64, word() % 16};  // small, as those of a walk are
      Key key = {word(), word()};
      const Block before = philox4x32_10(counter, key);
      (bit < 128 ? counter[bit / 32] : key[bit / 32 - 4]) ^= std::uint32_t{1} << (bit % 32);
      sum += distance(before, philox4x32_10(counter, key));
    }
    EXPECT_NEAR(sum / kBlocks, 64, allowed) << "bit " << bit;
  }
}

}  // namespace
}  // namespace sojourn::tests
