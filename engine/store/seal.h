#pragma once
// The last line of a file of ours: the digest of all that comes before it, so that a file that was cut, damaged or
// changed is never taken for a result. HDF5 readers do not look beyond the end that the file's own header names.

#include "engine/base/sha256.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace sojourn::engine {

/// "\n" + this + 64 hexadecimal digits + "\n"
inline constexpr std::string_view kSealWords = "sojourn seal, sha256 of all bytes before this line: ";
inline constexpr std::size_t kSealSize = 1 + kSealWords.size() + 64 + 1;

/// What is appended to these bytes.
std::string seal_of(std::string_view bytes);
/// The same of bytes with this digest.
std::string seal_of(const Sha256::Digest& digest);

/// How the bytes of a file stand to its seal.
enum class Seal { whole, missing, broken };
Seal check_seal(std::string_view sealed);

}  // namespace sojourn::engine
