#pragma once
// What stands in a foreign file beside the arrays themselves: names, extents, attributes. Private to engine/store.

#include "engine/store/archive.h"
#include "engine/store/detail/hdf5_handle.h"

#include <cstddef>
#include <string>
#include <vector>

namespace sojourn::engine::detail {

/// Strings that HDF5 allocated, given back to it at the end. Type and space must outlive it.
class StringBuffer {
 public:
  StringBuffer(std::size_t count, const TypeHandle& type, const SpaceHandle& space)
      : pointers_(count, nullptr), type_(type), space_(space) {}
  ~StringBuffer() { H5Dvlen_reclaim(type_, space_, H5P_DEFAULT, pointers_.data()); }
  StringBuffer(const StringBuffer&) = delete;
  StringBuffer& operator=(const StringBuffer&) = delete;
  char** data() { return pointers_.data(); }
  std::vector<std::string> strings() const;

 private:
  std::vector<char*> pointers_;
  const TypeHandle& type_;
  const SpaceHandle& space_;
};

struct Extent {
  std::vector<hsize_t> sizes;  // none: a single value
  std::size_t count = 1;
};

/// Takes nothing for granted: whatever it meets is checked before memory is asked for it, and refused with a
/// FormatError.
class ObjectReader {
 public:
  /// `most` is the size of the file, which has no more elements than bytes. The calls name the object that is read.
  ObjectReader(const Calls& call, std::size_t most) : call_(call), most_(most), string_(string_type(call)) {}

  [[noreturn]] void refuse(const std::string& what, const std::string& why = "no file of ours is like that") const;

  /// Its kind and where it is.
  H5O_info_t info_of(hid_t object) const;
  /// Names in the order of their making; all of them lead to an object in this file.
  std::vector<std::string> links_of(hid_t group) const;
  /// No larger than the file.
  Extent extent_of(const SpaceHandle& space) const;
  /// UTF-8 of variable length.
  const TypeHandle& string() const { return string_; }
  bool is_string(hid_t type) const { return call_(H5Tequal(type, string_)) > 0; }
  bool is_scale(hid_t object) const;
  /// Those that are no matter of the file format. long_name and units are among them.
  std::vector<Attribute> attributes_of(hid_t owner) const;

 private:
  AttributeValue value_of(const AttributeHandle& attribute, const std::string& name) const;
  template <class T>
  AttributeValue numbers_of(const AttributeHandle& attribute, hid_t type, const Extent& extent) const;

  const Calls& call_;
  std::size_t most_;
  TypeHandle string_;
};

}  // namespace sojourn::engine::detail
