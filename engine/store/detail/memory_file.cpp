#include "engine/store/detail/memory_file.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace sojourn::engine::detail {
namespace {

void* copy_bytes(void* to, const void* from, std::size_t size, H5FD_file_image_op_t, void*) noexcept {
  return std::memcpy(to, from, size);
}
void* share_self(void* self) noexcept { return self; }
herr_t keep_self(void*) noexcept { return 0; }

}  // namespace

MemoryFile::~MemoryFile() { std::free(data_); }

void* MemoryFile::allocate(std::size_t size, H5FD_file_image_op_t operation, void* self) noexcept {
  return resize(nullptr, size, operation, self);
}

void* MemoryFile::resize(void*, std::size_t size, H5FD_file_image_op_t, void* self) noexcept {
  auto& file = *static_cast<MemoryFile*>(self);
  if (size > file.capacity_) {
    const std::size_t capacity = std::max({size, 2 * file.capacity_, std::size_t{1} << 16});
    auto* grown = static_cast<char*>(std::realloc(file.data_, capacity));
    if (grown == nullptr) return nullptr;
    file.data_ = grown;
    file.capacity_ = capacity;
  }
  file.size_ = size;
  return file.data_;
}

herr_t MemoryFile::release(void*, H5FD_file_image_op_t operation, void* self) noexcept {
  if (operation == H5FD_FILE_IMAGE_OP_FILE_CLOSE) static_cast<MemoryFile*>(self)->closed_ = true;
  return 0;
}

PropertiesHandle MemoryFile::access(const Calls& call) {
  PropertiesHandle properties(call(H5Pcreate(H5P_FILE_ACCESS)));
  H5FD_file_image_callbacks_t callbacks = {allocate, copy_bytes, resize, release, share_self, keep_self, this};
  call(H5Pset_file_image_callbacks(properties, &callbacks));
  // Grown byte by byte as HDF5 sees it, so that the file ends where its content does.
  call(H5Pset_fapl_core(properties, 1, false));
  return properties;
}

std::string_view MemoryFile::bytes() const {
  SOJOURN_EXPECT(closed_, "the file is whole once it is closed");
  return {data_, size_};
}

std::string memory_name(const void* owner) {
  return "memory " + std::to_string(reinterpret_cast<std::uintptr_t>(owner));
}

}  // namespace sojourn::engine::detail
