#pragma once
// HDF5's C API with handles that close themselves and failures that cannot be overlooked. Private to engine/store.

#include <hdf5.h>

#include <string>
#include <utility>

namespace sojourn::engine::detail {

/// An identifier of HDF5 that is closed when it goes out of scope.
template <herr_t (*close)(hid_t)>
class Handle {
 public:
  Handle() = default;
  explicit Handle(hid_t id) : id_(id) {}
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Handle() {
    if (id_ >= 0) close(id_);
  }
  operator hid_t() const { return id_; }
  /// Gives it up, to close it where the result of closing can be looked at.
  hid_t release() { return std::exchange(id_, -1); }

 private:
  hid_t id_ = -1;
};

using FileHandle = Handle<H5Fclose>;
using GroupHandle = Handle<H5Gclose>;
using DatasetHandle = Handle<H5Dclose>;
using ObjectHandle = Handle<H5Oclose>;
using SpaceHandle = Handle<H5Sclose>;
using TypeHandle = Handle<H5Tclose>;
using AttributeHandle = Handle<H5Aclose>;
using PropertiesHandle = Handle<H5Pclose>;

/// While it lives, HDF5 prints nothing on this thread.
class Silence {
 public:
  Silence();
  ~Silence();
  Silence(const Silence&) = delete;
  Silence& operator=(const Silence&) = delete;

 private:
  H5E_auto2_t function_ = nullptr;
  void* data_ = nullptr;
};

/// What HDF5 says about its last failure on this thread: the outermost complaint, then the innermost.
std::string last_complaint();

/// Checks every return value; says which object of which file was being worked on.
class Calls {
 public:
  enum class Purpose { make, take };  // a failure is an IoError or a FormatError
  Calls(std::string file, Purpose purpose) : file_(std::move(file)), purpose_(purpose) {}

  void at(std::string object) { object_ = std::move(object); }
  const std::string& file() const { return file_; }
  const std::string& object() const { return object_; }

  /// An identifier, a count or a truth value: passes on what is not negative.
  template <class T>
  T operator()(T result) const {
    if (result < 0) fail();
    return result;
  }
  template <class T>
  T* operator()(T* result) const {
    if (result == nullptr) fail();
    return result;
  }
  [[noreturn]] void fail() const;

 private:
  std::string file_;
  std::string object_ = "the file as a whole";
  Purpose purpose_;
};

/// UTF-8 of variable length.
TypeHandle string_type(const Calls& call);

}  // namespace sojourn::engine::detail
