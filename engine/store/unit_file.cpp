#include "engine/store/unit_file.h"

#include "engine/base/contract.h"
#include "engine/base/io_error.h"
#include "engine/store/detail/file_bytes.h"
#include "engine/store/safe_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <vector>

namespace sojourn::engine {
namespace {

constexpr std::string_view kMagic = std::string_view("sojourn unit/1\n\0", 16);
constexpr std::size_t kDigest = 32;
constexpr std::size_t kHead = kMagic.size() + kDigest + 8 + 8;

void append_number(std::string& to, std::uint64_t value) {
  for (int byte = 0; byte < 8; ++byte) to += static_cast<char>(value >> (8 * byte) & 0xFF);
}

std::uint64_t number_at(std::string_view bytes, std::size_t at) {
  std::uint64_t value = 0;
  for (int byte = 7; byte >= 0; --byte)
    value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(byte)]);
  return value;
}

std::string digest_bytes(std::string_view bytes) {
  Sha256 sum;
  sum.update(bytes);
  const Sha256::Digest digest = sum.digest();
  return {digest.begin(), digest.end()};
}

std::string from_hexadecimal(std::string_view text) {
  SOJOURN_EXPECT(text.size() == 2 * kDigest, "a digest has 64 digits");
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    unsigned value = 0;
    const auto [end, error] = std::from_chars(text.data() + i, text.data() + i + 2, value, 16);
    SOJOURN_EXPECT(error == std::errc() && end == text.data() + i + 2, "a digest has hexadecimal digits");
    bytes += static_cast<char>(value);
  }
  return bytes;
}

std::string to_hexadecimal(std::string_view bytes) {
  Sha256::Digest digest = {};
  std::copy_n(bytes.begin(), kDigest, digest.begin());
  return hexadecimal(digest);
}

std::string name_of(std::uint64_t index) {
  std::string digits = std::to_string(index);
  return std::string(digits.size() < 8 ? 8 - digits.size() : 0, '0') + digits + ".unit";
}

}  // namespace

std::string unit_bytes(const UnitPlace& place, std::string_view payload) {
  SOJOURN_EXPECT(payload.size() <= UnitFolder::kLargest - kHead - kDigest, "a unit is no larger than can be read");
  std::string bytes(kMagic);
  bytes.reserve(kHead + payload.size() + kDigest);
  bytes += from_hexadecimal(place.manifest);
  append_number(bytes, place.index);
  append_number(bytes, payload.size());
  bytes += payload;
  bytes += digest_bytes(bytes);
  return bytes;
}

UnitReading read_unit_bytes(std::string_view bytes) {
  UnitReading reading;
  if (bytes.size() < kHead + kDigest) {
    reading.problem = "it is cut off";
  } else if (!bytes.starts_with(kMagic)) {
    reading.problem = "it does not begin as a unit does";
  } else if (digest_bytes(bytes.substr(0, bytes.size() - kDigest)) != bytes.substr(bytes.size() - kDigest)) {
    reading.problem = "its bytes do not have the digest at its end";
  } else if (number_at(bytes, kHead - 8) != bytes.size() - kHead - kDigest) {
    reading.problem = "its length is not the one it names";
  } else {
    reading.place = {to_hexadecimal(bytes.substr(kMagic.size(), kDigest)), number_at(bytes, kHead - 16)};
    reading.payload = bytes.substr(kHead, bytes.size() - kHead - kDigest);
  }
  return reading;
}

std::string UnitFolder::path_of(std::uint64_t index) const { return folder_ + "/" + name_of(index); }

void UnitFolder::write(std::uint64_t index, std::string_view payload) const {
  write_file(path_of(index), Existing::replace, unit_bytes({manifest_, index}, payload));
}

UnitReading UnitFolder::read_any(std::uint64_t index) const {
  try {
    return read_unit_bytes(detail::read_bytes(path_of(index), kLargest));
  } catch (const IoError& error) {
    if (error.error_number() != ENOENT) throw;
    UnitReading reading;
    reading.problem = kMissing;
    return reading;
  }
}

UnitReading UnitFolder::read(std::uint64_t index) const {
  UnitReading reading = read_any(index);
  if (!reading.whole()) return reading;
  if (reading.place.manifest != manifest_) {
    reading.problem = "it belongs to other work (" + reading.place.manifest + ")";
  } else if (reading.place.index != index) {
    reading.problem = "it is unit " + std::to_string(reading.place.index);
  }
  if (!reading.whole()) reading.payload.clear();
  return reading;
}

void UnitFolder::sweep(std::uint64_t first, std::uint64_t last) const {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<fs::path> stale;
  fs::directory_iterator entries(folder_, error);
  if (error) throw IoError(Access::read, "list it", folder_, error.value());
  for (; entries != fs::directory_iterator(); entries.increment(error)) {
    const std::string name = entries->path().filename().string();
    // .00000012.unit.PID-N.tmp
    if (!name.starts_with('.') || !name.ends_with(".tmp")) continue;
    std::uint64_t index = 0;
    const auto [end, refused] = std::from_chars(name.data() + 1, name.data() + name.size(), index);
    if (refused != std::errc() || !std::string_view(end).starts_with(".unit.")) continue;
    if (index >= first && index < last) stale.push_back(entries->path());
  }
  if (error) throw IoError(Access::read, "list it", folder_, error.value());
  for (const fs::path& one : stale) {
    fs::remove(one, error);
    if (error) throw IoError(Access::write, "take it away", one.string(), error.value());
  }
}

}  // namespace sojourn::engine
