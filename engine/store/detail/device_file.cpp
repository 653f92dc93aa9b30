#include "engine/store/detail/device_file.h"

#include <algorithm>
#include <limits>
#include <new>

namespace sojourn::engine::detail {
namespace {

/// What HDF5 1.10 has of an open file; its own part comes first.
struct OpenFile {
  H5FD_t library = {};
  DeviceFile* device = nullptr;
  haddr_t allocated = 0;  // the end of what HDF5 has given out
  haddr_t end = 0;        // of what is there
};

struct Target {
  DeviceFile* device;
};

OpenFile& of(H5FD_t* file) { return *reinterpret_cast<OpenFile*>(file); }
const OpenFile& of(const H5FD_t* file) { return *reinterpret_cast<const OpenFile*>(file); }

H5FD_t* open_file(const char*, unsigned, hid_t access, haddr_t) {
  const auto* target = static_cast<const Target*>(H5Pget_driver_info(access));
  auto* file = target == nullptr ? nullptr : new (std::nothrow) OpenFile;
  if (file == nullptr) return nullptr;
  file->device = target->device;
  file->end = target->device->size();
  return &file->library;
}

herr_t close_file(H5FD_t* file) {
  delete &of(file);
  return 0;
}

int compare(const H5FD_t* a, const H5FD_t* b) {
  return of(a).device == of(b).device ? 0 : (std::less<>()(of(a).device, of(b).device) ? -1 : 1);
}

herr_t query(const H5FD_t*, unsigned long* flags) {
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

haddr_t allocated(const H5FD_t* file, H5FD_mem_t) { return of(file).allocated; }
herr_t allocate(H5FD_t* file, H5FD_mem_t, haddr_t end) {
  of(file).allocated = end;
  return 0;
}
haddr_t end_of(const H5FD_t* file, H5FD_mem_t) { return of(file).end; }

herr_t read(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t count, void* into) {
  return of(file).device->try_read(at, {static_cast<char*>(into), count}) ? 0 : -1;
}

herr_t write(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t at, std::size_t count, const void* bytes) {
  of(file).end = std::max(of(file).end, at + count);
  return of(file).device->try_write(at, {static_cast<const char*>(bytes), count}) ? 0 : -1;
}

herr_t truncate(H5FD_t* file, hid_t, hbool_t) {
  of(file).end = of(file).allocated;
  of(file).device->end_at(of(file).allocated);
  return 0;
}

hid_t driver(const Calls& call) {
  static const H5FD_class_t functions = [] {
    H5FD_class_t made = {};
    made.name = "sojourn";
    made.maxaddr = std::numeric_limits<std::int64_t>::max();
    made.fc_degree = H5F_CLOSE_SEMI;
    made.fapl_size = sizeof(Target);
    made.open = open_file;
    made.close = close_file;
    made.cmp = compare;
    made.query = query;
    made.get_eoa = allocated;
    made.set_eoa = allocate;
    made.get_eof = end_of;
    made.read = read;
    made.write = write;
    made.truncate = truncate;
    std::fill(std::begin(made.fl_map), std::end(made.fl_map), H5FD_MEM_DEFAULT);
    return made;
  }();
  static const hid_t id = H5FDregister(&functions);
  return call(id);
}

}  // namespace

PropertiesHandle DeviceFile::access(const Calls& call) {
  PropertiesHandle properties(call(H5Pcreate(H5P_FILE_ACCESS)));
  const Target target{this};
  call(H5Pset_driver(properties, driver(call), &target));
  return properties;
}

bool DeviceFile::try_read(std::uint64_t offset, std::span<char> into) noexcept {
  if (failure_) {
    std::fill(into.begin(), into.end(), '\0');
    return true;
  }
  try {
    read(offset, into);
    return true;
  } catch (...) {
    failure_ = std::current_exception();
    return false;
  }
}

bool DeviceFile::try_write(std::uint64_t offset, std::string_view bytes) noexcept {
  if (failure_) return true;
  try {
    write(offset, bytes);
    return true;
  } catch (...) {
    failure_ = std::current_exception();
    return false;
  }
}

}  // namespace sojourn::engine::detail
