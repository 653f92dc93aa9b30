#pragma once
// A digest to tell by chance damage from none, several times as fast as SHA-256: what it guards is in our hands from writing to reading
// back. Private to engine/store.

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sojourn::engine::detail {

/// XXH64 with seed 0 (Collet, xxHash fast digest algorithm 0.1.1), on little-endian machines.
inline std::uint64_t quick_digest(std::string_view bytes) {
  static_assert(std::endian::native == std::endian::little);
  constexpr std::uint64_t p1 = 0x9E3779B185EBCA87, p2 = 0xC2B2AE3D27D4EB4F, p3 = 0x165667B19E3779F9,
                          p4 = 0x85EBCA77C2B2AE63, p5 = 0x27D4EB2F165667C5;
  const auto number = [](const char* from) {
    std::uint64_t value = 0;
    std::memcpy(&value, from, sizeof value);
    return value;
  };
  const auto round = [](std::uint64_t lane, std::uint64_t input) { return std::rotl(lane + input * p2, 31) * p1; };
  const char* at = bytes.data();
  std::size_t left = bytes.size();
  std::uint64_t sum = p5;
  if (left >= 32) {
    std::uint64_t a = p1 + p2, b = p2, c = 0, d = 0 - p1;
    for (; left >= 32; at += 32, left -= 32) {
      a = round(a, number(at));
      b = round(b, number(at + 8));
      c = round(c, number(at + 16));
      d = round(d, number(at + 24));
    }
    sum = std::rotl(a, 1) + std::rotl(b, 7) + std::rotl(c, 12) + std::rotl(d, 18);
    for (const std::uint64_t lane : {a, b, c, d}) sum = (sum ^ round(0, lane)) * p1 + p4;
  }
  sum += bytes.size();
  for (; left >= 8; at += 8, left -= 8) sum = std::rotl(sum ^ round(0, number(at)), 27) * p1 + p4;
  if (left >= 4) {
    std::uint32_t value = 0;
    std::memcpy(&value, at, sizeof value);
    sum = std::rotl(sum ^ value * p1, 23) * p2 + p3;
    at += 4, left -= 4;
  }
  for (; left > 0; ++at, --left) sum = std::rotl(sum ^ static_cast<unsigned char>(*at) * p5, 11) * p1;
  sum = (sum ^ sum >> 33) * p2;
  sum = (sum ^ sum >> 29) * p3;
  return sum ^ sum >> 32;
}

}  // namespace sojourn::engine::detail
