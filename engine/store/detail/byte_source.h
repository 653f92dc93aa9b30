#pragma once
// Where the bytes of a file that is read come from. Private to engine/store.

#include "engine/store/detail/device_file.h"
#include "engine/store/seal.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sojourn::engine::detail {

/// The bytes of an HDF5 file, without its seal.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual std::uint64_t size() const = 0;
  virtual std::string read(std::uint64_t offset, std::size_t count) = 0;
  virtual FileHandle open(const Calls& call) = 0;  // once, for reading
};

class MemorySource : public ByteSource {
 public:
  explicit MemorySource(std::string_view bytes) : bytes_(bytes) {}
  std::uint64_t size() const override { return bytes_.size(); }
  std::string read(std::uint64_t offset, std::size_t count) override {
    return std::string(bytes_.substr(offset, count));
  }
  FileHandle open(const Calls& call) override;

 private:
  std::string_view bytes_;
};

class FileSource : public ByteSource, private DeviceFile {
 public:
  /// Throws IoError where it is no regular file that can be opened.
  explicit FileSource(std::string path);
  ~FileSource() override;

  std::uint64_t length() const { return length_; }  // with the seal
  /// Of all its bytes. Throws IoError.
  Seal check();
  using DeviceFile::rethrow;

  std::uint64_t size() const override { return length_ < kSealSize ? 0 : length_ - kSealSize; }
  std::string read(std::uint64_t offset, std::size_t count) override;
  FileHandle open(const Calls& call) override;

 private:
  void read(std::uint64_t offset, std::span<char> into) override;
  void write(std::uint64_t offset, std::string_view bytes) override;

  std::string path_;
  int descriptor_ = -1;
  std::uint64_t length_ = 0;
};

}  // namespace sojourn::engine::detail
