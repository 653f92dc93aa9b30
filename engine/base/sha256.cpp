#include "engine/base/sha256.h"

#include "engine/base/detail/sha256_blocks.h"

#include <algorithm>
#include <cstring>

namespace sojourn::engine {
void Sha256::update(std::string_view bytes) {
  const auto* from = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t left = bytes.size();
  if (left == 0) return;
  const std::size_t held = length_ % 64;
  length_ += left;
  if (held > 0) {
    const std::size_t taken = std::min(left, 64 - held);
    std::memcpy(pending_.data() + held, from, taken);
    from += taken;
    left -= taken;
    if (held + taken < 64) return;
    detail::absorb_blocks(state_, pending_.data(), 1);
  }
  const std::size_t blocks = left / 64;
  detail::absorb_blocks(state_, from, blocks);
  from += 64 * blocks;
  left -= 64 * blocks;
  if (left > 0) std::memcpy(pending_.data(), from, left);
}

Sha256::Digest Sha256::digest() const {
  // FIPS 180-4, 5.1.1: a 1 bit, zeros, and the length in bits, so that whole blocks result.
  Sha256 last = *this;
  std::array<char, 72> padding = {static_cast<char>(0x80)};
  const std::size_t held = length_ % 64;
  const std::size_t zeros_end = held < 56 ? 56 - held : 120 - held;
  for (std::size_t i = 0; i < 8; ++i) padding[zeros_end + i] = static_cast<char>(length_ * 8 >> (56 - 8 * i));
  last.update({padding.data(), zeros_end + 8});
  Digest digest;
  for (std::size_t i = 0; i < 32; ++i) digest[i] = static_cast<std::uint8_t>(last.state_[i / 4] >> (24 - 8 * (i % 4)));
  return digest;
}

std::string hexadecimal(const Sha256::Digest& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

std::string sha256(std::string_view bytes) {
  Sha256 sum;
  sum.update(bytes);
  return hexadecimal(sum.digest());
}

}  // namespace sojourn::engine
