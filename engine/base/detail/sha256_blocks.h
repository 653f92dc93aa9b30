#pragma once
// Whole blocks of SHA-256. Private to engine/base.

#include <array>
#include <cstddef>
#include <cstdint>

namespace sojourn::engine::detail {

using Sha256State = std::array<std::uint32_t, 8>;

/// FIPS 180-4, 6.2.2, of so many blocks of 64 bytes each; by the processor's own instructions where it has them.
void absorb_blocks(Sha256State& state, const std::uint8_t* blocks, std::size_t count);
/// The same without them.
void absorb_blocks_plainly(Sha256State& state, const std::uint8_t* blocks, std::size_t count);

}  // namespace sojourn::engine::detail
