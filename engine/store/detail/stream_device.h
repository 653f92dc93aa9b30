#pragma once
// What HDF5 writes, into a SafeFile: large pieces go there at once, of which only a digest is kept; small ones (what the library keeps for
// itself, which it writes over) wait in memory until the end. Private to engine/store.

#include "engine/base/sha256.h"
#include "engine/store/detail/device_file.h"
#include "engine/store/safe_file.h"

#include <array>
#include <bitset>
#include <map>

namespace sojourn::engine::detail {

class StreamDevice : public DeviceFile {
 public:
  explicit StreamDevice(SafeFile& file) : file_(file) {}

  std::uint64_t size() const override { return 0; }
  void end_at(std::uint64_t end) noexcept override { end_ = end; }

  /// Once HDF5 has closed it: all is in the file, read back and compared while the device is still writing, with its seal behind it, and
  /// flushed. Throws IoError.
  void finish();

 protected:
  void read(std::uint64_t offset, std::span<char> into) override;
  void write(std::uint64_t offset, std::string_view bytes) override;

 private:
  static constexpr std::size_t kPage = 4096;
  static constexpr std::size_t kLarge = 1 << 18;  // bytes
  struct Page {
    std::array<char, kPage> bytes = {};
    std::bitset<kPage> written;
  };
  struct Piece {
    std::uint64_t size = 0;
    std::uint64_t digest = 0;  // quick_digest
  };

  void write_pages();
  /// The digest of the whole; compares on the way.
  Sha256::Digest read_back() const;
  void read_back_pages(std::uint64_t from, std::uint64_t to, Sha256& whole) const;
  void compare_pages(std::uint64_t offset, std::string_view bytes) const;
  [[noreturn]] void fail_comparison() const;

  SafeFile& file_;
  std::uint64_t end_ = 0;
  std::map<std::uint64_t, Page> pages_;    // by number
  std::map<std::uint64_t, Piece> pieces_;  // large ones, by offset
};

}  // namespace sojourn::engine::detail
