#include "engine/store/detail/file_bytes.h"
#include "engine/store/detail/hdf5_handle.h"
#include "engine/store/detail/memory_file.h"
#include "engine/store/detail/words.h"
#include "engine/store/format_error.h"
#include "engine/store/hdf5.h"
#include "engine/store/seal.h"

#include <array>
#include <cstring>
#include <map>
#include <type_traits>

namespace sojourn::engine {
namespace {

using namespace detail;

constexpr std::string_view kSignature = "\x89HDF\r\n\x1a\n";

/// Strings that HDF5 allocated, given back to it at the end.
class StringBuffer {
 public:
  StringBuffer(std::size_t count, const TypeHandle& type, const SpaceHandle& space)
      : pointers_(count, nullptr), type_(type), space_(space) {}
  ~StringBuffer() { H5Dvlen_reclaim(type_, space_, H5P_DEFAULT, pointers_.data()); }
  StringBuffer(const StringBuffer&) = delete;
  StringBuffer& operator=(const StringBuffer&) = delete;
  char** data() { return pointers_.data(); }
  std::vector<std::string> strings() const {
    std::vector<std::string> texts;
    for (const char* text : pointers_) texts.emplace_back(text == nullptr ? "" : text);
    return texts;
  }

 private:
  std::vector<char*> pointers_;
  const TypeHandle& type_;
  const SpaceHandle& space_;
};

struct Extent {
  std::vector<hsize_t> sizes;  // none: a single value
  std::size_t count = 1;
};

/// Takes nothing for granted: whatever it meets is checked before memory is asked for it.
class Reader {
 public:
  Reader(std::string_view bytes, const std::string& file) : bytes_(bytes), call_(file, Calls::Purpose::take) {}

  Archive archive() {
    const PropertiesHandle access(call_(H5Pcreate(H5P_FILE_ACCESS)));
    call_(H5Pset_fapl_core(access, 1 << 16, false));
    // HDF5 copies the bytes, and changes only its copy.
    call_(H5Pset_file_image(access, const_cast<char*>(bytes_.data()), bytes_.size()));
    file_ = FileHandle(call_(H5Fopen(memory_name(this).c_str(), H5F_ACC_RDONLY, access)));
    string_ = string_type(call_);

    const std::vector<std::string> names = links_of(file_);
    for (const std::string& name : names) {
      call_.at("'" + name + "'");
      const ObjectHandle object(call_(H5Oopen(file_, name.c_str(), H5P_DEFAULT)));
      const H5O_info_t info = info_of(object);
      if (name == kTexts) {
        if (info.type != H5O_TYPE_GROUP) refuse("is not a group");
      } else if (info.type != H5O_TYPE_DATASET) {
        refuse("is not an array", "groups and types beside the arrays are not part of a result");
      } else if (is_scale(object)) {
        scales_.emplace(info.addr, name);
      }
    }
    for (const std::string& name : names) {
      if (name == kTexts) {
        read_texts(name);
        continue;
      }
      call_.at("'" + name + "'");
      const DatasetHandle dataset(call_(H5Dopen2(file_, name.c_str(), H5P_DEFAULT)));
      const bool scale = scales_.contains(info_of(dataset).addr);
      if (!scale && result_.coordinates.size() != scales_.size()) refuse("stands before a coordinate");
      (scale ? result_.coordinates : result_.variables).push_back(read_variable(dataset, name, scale));
    }
    call_.at("the file as a whole");
    result_.attributes = read_attributes(file_);
    if (const std::string problem = problem_of(result_); !problem.empty()) {
      throw FormatError(call_.file(), problem, "the file contradicts itself", "Write the file again");
    }
    return std::move(result_);
  }

 private:
  [[noreturn]] void refuse(const std::string& what, const std::string& why = "no file of ours is like that") const {
    throw FormatError(call_.file(), call_.object() + " " + what, why, "Write the file again");
  }

  H5O_info_t info_of(hid_t object) const {
    H5O_info_t info{};
    call_(H5Oget_info2(object, &info, H5O_INFO_BASIC));
    return info;
  }

  /// In the order of their making; all of them lead to an object in this file.
  std::vector<std::string> links_of(hid_t group) const {
    H5G_info_t info{};
    call_(H5Gget_info(group, &info));
    std::vector<std::string> names;
    for (hsize_t i = 0; i < info.nlinks; ++i) {
      std::array<char, kLongestName + 1> name{};
      const ssize_t length = call_(
          H5Lget_name_by_idx(group, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, name.data(), name.size(), H5P_DEFAULT));
      names.emplace_back(name.data());
      if (static_cast<std::size_t>(length) != names.back().size() || !is_name(names.back())) {
        refuse("holds something that is not called by a name");
      }
      H5L_info_t link{};
      call_(H5Lget_info(group, name.data(), &link, H5P_DEFAULT));
      if (link.type != H5L_TYPE_HARD) {
        throw FormatError(call_.file(), "'" + names.back() + "' is a link", "a result holds its arrays itself");
      }
    }
    return names;
  }

  Extent extent_of(const SpaceHandle& space) const {
    Extent extent;
    const H5S_class_t kind = H5Sget_simple_extent_type(space);
    if (kind == H5S_SCALAR) return extent;
    if (kind != H5S_SIMPLE) refuse("has no extent");
    const int rank = call_(H5Sget_simple_extent_ndims(space));
    if (static_cast<std::size_t>(rank) > kMostDimensions) refuse("has too many dimensions");
    extent.sizes.resize(static_cast<std::size_t>(rank));
    call_(H5Sget_simple_extent_dims(space, extent.sizes.data(), nullptr));
    hsize_t count = 1;
    for (const hsize_t size : extent.sizes) {
      if (size == 0 || size > bytes_.size() || count > bytes_.size() / size) refuse("has an impossible extent");
      count *= size;
    }
    extent.count = count;
    return extent;
  }

  bool is_string(hid_t type) const { return call_(H5Tequal(type, string_)) > 0; }

  // ---- attributes ----
  std::size_t attribute_count(hid_t owner) const {
    H5O_info_t info{};
    call_(H5Oget_info2(owner, &info, H5O_INFO_NUM_ATTRS));
    return info.num_attrs;
  }

  bool is_scale(hid_t object) const {
    if (call_(H5Aexists(object, "CLASS")) == 0) return false;
    const AttributeHandle attribute(call_(H5Aopen(object, "CLASS", H5P_DEFAULT)));
    const TypeHandle type(call_(H5Aget_type(attribute)));
    constexpr std::string_view word = "DIMENSION_SCALE";
    std::array<char, word.size() + 1> text{};
    const SpaceHandle space(call_(H5Aget_space(attribute)));
    if (H5Tget_class(type) != H5T_STRING || call_(H5Tis_variable_str(type)) > 0 || H5Tget_size(type) != text.size() ||
        extent_of(space).count != 1) {
      refuse("has a CLASS that is no word");
    }
    call_(H5Aread(attribute, type, text.data()));
    if (std::string_view(text.data(), word.size()) != word) refuse("is neither an array nor a dimension");
    return true;
  }

  template <class T>
  AttributeValue read_numbers(const AttributeHandle& attribute, hid_t type, const Extent& extent) const {
    if (extent.sizes.size() > 1) refuse("has an attribute of several dimensions");
    std::vector<T> values(extent.count);
    call_(H5Aread(attribute, type, values.data()));
    if (extent.sizes.empty()) return values.front();
    if constexpr (std::is_same_v<T, std::uint64_t>) {
      refuse("has a list of unsigned numbers as an attribute");
    } else {
      return values;
    }
  }

  std::string read_text(const AttributeHandle& attribute, const TypeHandle& type, const SpaceHandle& space) const {
    if (!extent_of(space).sizes.empty()) refuse("has a list of texts as an attribute");
    StringBuffer text(1, type, space);
    call_(H5Aread(attribute, type, text.data()));
    return text.strings().front();
  }

  /// Those that are no matter of the file format. long_name and units are among them.
  std::vector<Attribute> read_attributes(hid_t owner) const {
    std::vector<Attribute> attributes;
    const std::size_t count = attribute_count(owner);
    for (std::size_t i = 0; i < count; ++i) {
      const AttributeHandle attribute(
          call_(H5Aopen_by_idx(owner, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT)));
      std::array<char, kLongestName + 1> name{};
      const ssize_t length = call_(H5Aget_name(attribute, name.size(), name.data()));
      const std::string_view called(name.data());
      if (static_cast<std::size_t>(length) != called.size()) refuse("has an attribute that is not called by a name");
      if (is_reserved(called) && called != "long_name" && called != "units") continue;
      const TypeHandle type(call_(H5Aget_type(attribute)));
      const SpaceHandle space(call_(H5Aget_space(attribute)));
      const Extent extent = extent_of(space);
      Attribute read{std::string(called), {}};
      if (is_string(type)) {
        read.value = read_text(attribute, type, space);
      } else if (call_(H5Tequal(type, H5T_IEEE_F64LE)) > 0) {
        read.value = read_numbers<double>(attribute, H5T_NATIVE_DOUBLE, extent);
      } else if (call_(H5Tequal(type, H5T_STD_I64LE)) > 0) {
        read.value = read_numbers<std::int64_t>(attribute, H5T_NATIVE_INT64, extent);
      } else if (call_(H5Tequal(type, H5T_STD_U64LE)) > 0) {
        read.value = read_numbers<std::uint64_t>(attribute, H5T_NATIVE_UINT64, extent);
      } else {
        refuse("has the attribute '" + read.name + "' of a foreign type");
      }
      attributes.push_back(std::move(read));
    }
    return attributes;
  }

  // ---- arrays ----
  /// Refuses what would lead out of the file, run foreign code, or give values that were never written.
  void check_storage(const DatasetHandle& dataset, std::size_t count, std::size_t width, bool strings) const {
    const PropertiesHandle creation(call_(H5Dget_create_plist(dataset)));
    if (call_(H5Pget_external_count(creation)) > 0) refuse("keeps its values in another file");
    const H5D_layout_t layout = H5Pget_layout(creation);
    if (layout != H5D_CONTIGUOUS && (layout != H5D_CHUNKED || strings)) refuse("is laid out in a foreign way");
    const int filters = call_(H5Pget_nfilters(creation));
    for (int i = 0; i < filters; ++i) {
      unsigned flags = 0;
      std::size_t parameters = 0;
      const H5Z_filter_t filter =
          call_(H5Pget_filter2(creation, static_cast<unsigned>(i), &flags, &parameters, nullptr, 0, nullptr, nullptr));
      if (filter != H5Z_FILTER_FLETCHER32) refuse("went through a filter", "results are not compressed");
    }
    if (H5Dget_storage_size(dataset) < count * width) refuse("has fewer values than its extent says");
    if (strings) check_strings(dataset, count);
  }

  /// Each element of a string array is (length: 4 bytes, heap address: 8, index: 4). Together they cannot be longer than the
  /// file, unless many elements mean one text, by which a small file would fill the memory.
  void check_strings(const DatasetHandle& dataset, std::size_t count) const {
    const haddr_t start = H5Dget_offset(dataset);
    if (start == HADDR_UNDEF || start > bytes_.size() || bytes_.size() - start < 16 * count)
      refuse("lies outside the file");
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < count; ++i) {
      std::uint32_t length = 0;
      std::memcpy(&length, bytes_.data() + start + 16 * i, sizeof length);
      total += length;
    }
    if (total > bytes_.size()) refuse("holds more text than the file");
  }

  Values read_values(const DatasetHandle& dataset, const SpaceHandle& space, const Extent& extent) const {
    const TypeHandle type(call_(H5Dget_type(dataset)));
    if (is_string(type)) {
      check_storage(dataset, extent.count, 16, true);
      StringBuffer texts(extent.count, string_, space);
      call_(H5Dread(dataset, string_, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()));
      return texts.strings();
    }
    const bool numbers = call_(H5Tequal(type, H5T_IEEE_F64LE)) > 0;
    if (!numbers && call_(H5Tequal(type, H5T_STD_I64LE)) == 0) {
      refuse("has a foreign type", "arrays are of 64-bit numbers or of UTF-8 strings of variable length");
    }
    check_storage(dataset, extent.count, 8, false);
    if (numbers) {
      std::vector<double> values(extent.count);
      call_(H5Dread(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
      return values;
    }
    std::vector<std::int64_t> values(extent.count);
    call_(H5Dread(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()));
    return values;
  }

  /// The scales that are attached, by name.
  std::vector<std::string> dimensions_of(const DatasetHandle& dataset, std::size_t rank) const {
    if (rank == 0) return {};
    if (call_(H5Aexists(dataset, "DIMENSION_LIST")) == 0) refuse("has dimensions without names");
    const AttributeHandle attribute(call_(H5Aopen(dataset, "DIMENSION_LIST", H5P_DEFAULT)));
    const TypeHandle type(call_(H5Aget_type(attribute)));
    const TypeHandle expected(call_(H5Tvlen_create(H5T_STD_REF_OBJ)));
    const SpaceHandle space(call_(H5Aget_space(attribute)));
    if (call_(H5Tequal(type, expected)) == 0 || extent_of(space).sizes != std::vector<hsize_t>{rank}) {
      refuse("has dimensions that are not told as such");
    }
    struct References {
      ~References() { H5Dvlen_reclaim(type, space, H5P_DEFAULT, lists.data()); }
      const TypeHandle& type;
      const SpaceHandle& space;
      std::vector<hvl_t> lists;
    } references{expected, space, std::vector<hvl_t>(rank, hvl_t{0, nullptr})};
    call_(H5Aread(attribute, expected, references.lists.data()));
    std::vector<std::string> names;
    for (const hvl_t& list : references.lists) {
      if (list.len != 1) refuse("has a dimension without a name, or with several");
      const ObjectHandle scale(call_(H5Rdereference2(dataset, H5P_DEFAULT, H5R_OBJECT, list.p)));
      const auto found = scales_.find(info_of(scale).addr);
      if (found == scales_.end()) refuse("has a dimension that is none");
      names.push_back(found->second);
    }
    return names;
  }

  Variable read_variable(const DatasetHandle& dataset, const std::string& name, bool scale) const {
    const SpaceHandle space(call_(H5Dget_space(dataset)));
    const Extent extent = extent_of(space);
    Variable variable;
    variable.name = name;
    if (scale && extent.sizes.size() != 1) refuse("is a dimension and has several");
    variable.dimensions = scale ? std::vector{name} : dimensions_of(dataset, extent.sizes.size());
    for (std::size_t d = 0; !scale && d < extent.sizes.size(); ++d) {
      const Variable* coordinate = find_coordinate(result_, variable.dimensions[d]);
      if (coordinate == nullptr || size(coordinate->values) != extent.sizes[d]) {
        refuse("is not as long as its dimension '" + variable.dimensions[d] + "'");
      }
    }
    variable.values = read_values(dataset, space, extent);
    for (Attribute& attribute : read_attributes(dataset)) {
      if (attribute.name != "long_name" && attribute.name != "units") {
        variable.attributes.push_back(std::move(attribute));
        continue;
      }
      const auto* text = std::get_if<std::string>(&attribute.value);
      if (text == nullptr) refuse("has a description that is no text");
      (attribute.name == "units" ? variable.units : variable.long_name) = *text;
    }
    return variable;
  }

  void read_texts(const std::string& group_name) {
    call_.at("'" + group_name + "'");
    const GroupHandle group(call_(H5Gopen2(file_, group_name.c_str(), H5P_DEFAULT)));
    for (const std::string& name : links_of(group)) {
      call_.at("'" + group_name + "/" + name + "'");
      const ObjectHandle object(call_(H5Oopen(group, name.c_str(), H5P_DEFAULT)));
      if (info_of(object).type != H5O_TYPE_DATASET) refuse("is not a text");
      const DatasetHandle dataset(call_(H5Dopen2(group, name.c_str(), H5P_DEFAULT)));
      const SpaceHandle space(call_(H5Dget_space(dataset)));
      const Extent extent = extent_of(space);
      const TypeHandle type(call_(H5Dget_type(dataset)));
      if (!extent.sizes.empty() || !is_string(type)) refuse("is not a text");
      result_.texts.push_back({name, std::get<std::vector<std::string>>(read_values(dataset, space, extent)).front()});
    }
  }

  std::string_view bytes_;
  Calls call_;
  FileHandle file_;
  TypeHandle string_;
  std::map<haddr_t, std::string> scales_;  // by where they are
  Archive result_;
};

}  // namespace

Archive read_hdf5_bytes(std::string_view bytes, const std::string& file) {
  if (bytes.empty()) throw FormatError(file, "the file is empty", "", "Write it again");
  if (!bytes.starts_with(kSignature)) {
    throw FormatError(file, "this is no HDF5 file", "its first bytes are not those of one", "Is it the right file?");
  }
  switch (check_seal(bytes)) {
    case Seal::whole: break;
    case Seal::missing:
      throw FormatError(file, "the file has no seal at its end",
                        "it is cut off, or another program wrote or changed it", "Write it again");
    case Seal::broken:
      throw FormatError(file, "the file is damaged or was changed",
                        "its bytes do not have the digest that its seal names", "Write it again");
  }
  const Silence silence;
  return Reader(bytes.substr(0, bytes.size() - kSealSize), file).archive();
}

Archive read_hdf5(const std::string& path) {
  return read_hdf5_bytes(read_bytes(path, kLargestArchive), path);
}

}  // namespace sojourn::engine
