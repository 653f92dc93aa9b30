#pragma once
// A piece of long work that is done, on disk: written once, whole, and able to tell whether it still is what was written, which work
// it belongs to and which piece of it it is.
//
//   bytes      what
//   16         "sojourn unit/1\n" and a zero
//   32         digest (SHA-256) of the manifest of the work
//   8          index of the unit in it, little-endian like all numbers here
//   8          bytes of the payload
//   ...        the payload
//   32         SHA-256 of everything before
//
// A number of the format in the first line: any change of it, or of a payload's meaning, is a field of the manifest.

#include "engine/base/sha256.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sojourn::engine {

/// Which piece of which work.
struct UnitPlace {
  std::string manifest;  // its digest, 64 hexadecimal digits
  std::uint64_t index = 0;
  friend bool operator==(const UnitPlace&, const UnitPlace&) = default;
};

std::string unit_bytes(const UnitPlace& place, std::string_view payload);

/// What became of reading one: the payload, or in a few words why it is not to be used.
struct UnitReading {
  UnitPlace place;
  std::string payload;
  std::string problem;  // empty: none
  bool whole() const { return problem.empty(); }
};

UnitReading read_unit_bytes(std::string_view bytes);

/// The folder that holds the units of a work.
class UnitFolder {
 public:
  /// The largest unit: 1 GiB.
  static constexpr std::size_t kLargest = std::size_t{1} << 30;

  /// Nothing is opened or made.
  UnitFolder(std::string folder, std::string manifest) : folder_(std::move(folder)), manifest_(std::move(manifest)) {}

  std::string path_of(std::uint64_t index) const;
  /// Puts it in place of whatever is there, as SafeFile does and throws. From any thread.
  void write(std::uint64_t index, std::string_view payload) const;
  /// The problem of a file that is not there is kMissing. Throws IoError where the device refuses to say.
  UnitReading read(std::uint64_t index) const;
  static constexpr std::string_view kMissing = "it is not there";
  /// The same whatever work and place it names.
  UnitReading read_any(std::uint64_t index) const;
  /// Takes away what killed writers of the units [first, last) left behind. Nobody else may be writing them.
  void sweep(std::uint64_t first, std::uint64_t last) const;

 private:
  std::string folder_;
  std::string manifest_;
};

}  // namespace sojourn::engine
