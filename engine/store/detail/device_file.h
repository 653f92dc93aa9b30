#pragma once
// A file as HDF5 sees it, whose bytes are read and written by us: on a full disk the library's own drivers lose data without a word.
// Private to engine/store.

#include "engine/store/detail/hdf5_handle.h"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <span>
#include <string_view>

namespace sojourn::engine::detail {

class DeviceFile {
 public:
  DeviceFile() = default;
  virtual ~DeviceFile() = default;
  DeviceFile(const DeviceFile&) = delete;
  DeviceFile& operator=(const DeviceFile&) = delete;

  /// File access properties for H5Fcreate or H5Fopen. The object must outlive the file and them.
  PropertiesHandle access(const Calls& call);

  /// Where a call of HDF5 failed since one of ours did: throws that exception.
  void rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

  // For HDF5, which takes no exception: the first is kept, and from then on nothing is done and all is well, so that the library
  // can close what it has open.
  bool try_read(std::uint64_t offset, std::span<char> into) noexcept;
  bool try_write(std::uint64_t offset, std::string_view bytes) noexcept;
  /// Bytes that are there when it is opened.
  virtual std::uint64_t size() const = 0;
  /// Where what is written is to end as HDF5 sees it: of a chunk that is not full the rest was not written.
  virtual void end_at(std::uint64_t) noexcept {}

 protected:
  virtual void read(std::uint64_t offset, std::span<char> into) = 0;
  virtual void write(std::uint64_t offset, std::string_view bytes) = 0;

 private:
  std::exception_ptr failure_;
};

}  // namespace sojourn::engine::detail
