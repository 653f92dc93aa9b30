#include "engine/base/sha256.h"

#include "engine/base/detail/sha256_blocks.h"

#include <gtest/gtest.h>

#include <string>

namespace sojourn::engine {
namespace {

// NIST, Cryptographic Algorithm Validation Program: examples of FIPS 180-4 and SHAVS short messages.
TEST(Sha256, known_answers) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                   "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256("\xd3"), "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// The padding changes its number of blocks between 55 and 56 bytes, and at 64. From coreutils' sha256sum.
TEST(Sha256, lengths_around_a_block) {
  EXPECT_EQ(sha256(std::string(55, 'a')), "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
  EXPECT_EQ(sha256(std::string(56, 'a')), "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
  EXPECT_EQ(sha256(std::string(63, 'a')), "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34");
  EXPECT_EQ(sha256(std::string(64, 'a')), "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
  EXPECT_EQ(sha256(std::string(65, 'a')), "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0");
}

TEST(Sha256, pieces_do_not_matter) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) bytes += static_cast<char>(i * 7);
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    Sha256 sum;
    for (std::size_t at = 0; at < bytes.size(); at += piece) sum.update(std::string_view(bytes).substr(at, piece));
    EXPECT_EQ(hexadecimal(sum.digest()), sha256(bytes)) << "pieces of " << piece;
  }
}

// Of the processor's instructions and without them: where it has none, both are the same.
TEST(Sha256, instructions_do_not_matter) {
  std::string bytes;
  for (int i = 0; i < 64 * 9; ++i) bytes += static_cast<char>(i * 31 + i / 7);
  const auto* blocks = reinterpret_cast<const std::uint8_t*>(bytes.data());
  detail::Sha256State one = {1, 2, 3, 4, 5, 6, 7, 0xFFFFFFFF}, other = one;
  for (std::size_t count = 0; count <= 9; ++count) {
    detail::absorb_blocks(one, blocks, count);
    detail::absorb_blocks_plainly(other, blocks, count);
    EXPECT_EQ(one, other) << count << " blocks";
  }
}

TEST(Sha256, goes_on_after_a_digest) {
  Sha256 sum;
  sum.update("ab");
  EXPECT_EQ(hexadecimal(sum.digest()), sha256("ab"));
  sum.update("c");
  EXPECT_EQ(hexadecimal(sum.digest()), sha256("abc"));
}

}  // namespace
}  // namespace sojourn::engine
