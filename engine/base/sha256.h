#pragma once
// SHA-256 (FIPS 180-4), to tell whether two files are the same and whether one is still what was written. No secrets
// here.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sojourn::engine {

/// The digest of bytes that come in pieces.
class Sha256 {
 public:
  using Digest = std::array<std::uint8_t, 32>;

  void update(std::string_view bytes);
  /// Of everything so far; more may follow.
  Digest digest() const;

 private:
  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> pending_ = {};
  std::uint64_t length_ = 0;  // bytes so far; the last length_ % 64 of them are pending
};

/// 64 lower-case hexadecimal digits.
std::string hexadecimal(const Sha256::Digest& digest);

/// The digest of some bytes, in hexadecimal.
std::string sha256(std::string_view bytes);

}  // namespace sojourn::engine
