#pragma once
// A file that HDF5 writes into memory. Private to engine/store.
//
// H5Fget_file_image() would give the bytes of an open file, which HDF5 1.10 marks as being written and will not open
// again. So we stand in for the allocator of the "core" driver and keep what it holds at the moment of closing.

#include "engine/store/detail/hdf5_handle.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace sojourn::engine::detail {

class MemoryFile {
 public:
  MemoryFile() = default;
  ~MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  /// File access properties for H5Fcreate, once. The object must outlive that file and them.
  PropertiesHandle access(const Calls& call);

  /// The whole file, once it is closed.
  std::string_view bytes() const;

 private:
  static void* allocate(std::size_t size, H5FD_file_image_op_t, void* self) noexcept;
  static void* resize(void*, std::size_t size, H5FD_file_image_op_t, void* self) noexcept;
  static herr_t release(void*, H5FD_file_image_op_t, void* self) noexcept;

  char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
  bool closed_ = false;
};

/// What HDF5 is to call a file in memory. Two that are open at once under one name would be one to it.
std::string memory_name(const void* owner);

}  // namespace sojourn::engine::detail
