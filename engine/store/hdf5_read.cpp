#include "engine/store/detail/byte_source.h"
#include "engine/store/detail/file_bytes.h"
#include "engine/store/detail/hdf5_handle.h"
#include "engine/store/detail/object_reader.h"
#include "engine/store/detail/words.h"
#include "engine/store/format_error.h"
#include "engine/store/hdf5.h"
#include "engine/store/seal.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>

namespace sojourn::engine {
namespace {

using namespace detail;

constexpr std::string_view kSignature = "\x89HDF\r\n\x1a\n";

class Reader {
 public:
  Reader(ByteSource& source, const std::string& file, const ReadPlan& plan)
      : source_(source), plan_(plan), call_(file, Calls::Purpose::take), objects_(call_, source.size()) {}

  Archive archive() {
    file_ = source_.open(call_);

    bool has_texts = false;
    for (const std::string& name : read_arrays(file_, "")) {
      if (has_texts) refuse_group(name, "stands behind the texts");
      if (std::find(plan_.left_out_groups.begin(), plan_.left_out_groups.end(), name) != plan_.left_out_groups.end())
        continue;
      if (name == kTexts) {
        read_texts(name);
        has_texts = true;
        continue;
      }
      call_.at("the group '" + name + "'");
      const GroupHandle group(call_(H5Gopen2(file_, name.c_str(), H5P_DEFAULT)));
      const std::size_t before = result_.coordinates.size() + result_.variables.size();
      if (!objects_.attributes_of(group).empty()) refuse_group(name, "has attributes");
      if (!read_arrays(group, name).empty()) refuse_group(name, "has groups in it");
      if (result_.coordinates.size() + result_.variables.size() == before) refuse_group(name, "is empty");
    }
    call_.at("the file as a whole");
    result_.attributes = objects_.attributes_of(file_);
    if (const std::string problem = problem_of(result_); !problem.empty()) {
      throw FormatError(call_.file(), problem, "the file contradicts itself", "Write the file again");
    }
    return std::move(result_);
  }

 private:
  [[noreturn]] void refuse_group(const std::string& name, const char* what) {
    call_.at("the group '" + name + "'");
    objects_.refuse(what);
  }

  /// Arrays of `place`, which is the group of that name. Returns the names of the groups in it.
  std::vector<std::string> read_arrays(hid_t place, const std::string& group) {
    const std::string path = group.empty() ? "" : group + "/";
    std::vector<std::string> arrays, groups;
    scales_.clear();
    for (const std::string& name : objects_.links_of(place)) {
      call_.at("'" + path + name + "'");
      const ObjectHandle object(call_(H5Oopen(place, name.c_str(), H5P_DEFAULT)));
      const H5O_info_t info = objects_.info_of(object);
      if (info.rc != 1) objects_.refuse("has several names");  // so that a small file cannot hold one array very often
      const bool texts = group.empty() && name == kTexts;
      if (texts && info.type != H5O_TYPE_GROUP) objects_.refuse("is not a group");
      if (info.type == H5O_TYPE_GROUP) {
        groups.push_back(name);
      } else if (info.type != H5O_TYPE_DATASET) {
        objects_.refuse("is not an array", "types beside the arrays are not part of a result");
      } else {
        if (!groups.empty()) objects_.refuse("stands behind a group");
        arrays.push_back(name);
        if (objects_.is_scale(object)) scales_.emplace(info.addr, name);
      }
    }
    std::size_t scales = 0;
    for (const std::string& name : arrays) {
      call_.at("'" + path + name + "'");
      const DatasetHandle dataset(call_(H5Dopen2(place, name.c_str(), H5P_DEFAULT)));
      const bool scale = scales_.contains(objects_.info_of(dataset).addr);
      if (!scale && scales != scales_.size()) objects_.refuse("stands before a coordinate");
      if (scale) ++scales;
      auto read = read_variable(dataset, name, group, scale);
      if (read) (scale ? result_.coordinates : result_.variables).push_back(std::move(*read));
    }
    return groups;
  }

  // ---- arrays ----
  /// Refuses what would lead out of the file, run foreign code, or give values that were never written.
  void check_storage(const DatasetHandle& dataset, std::size_t count, std::size_t width, bool strings) const {
    const PropertiesHandle creation(call_(H5Dget_create_plist(dataset)));
    if (call_(H5Pget_external_count(creation)) > 0) objects_.refuse("keeps its values in another file");
    const H5D_layout_t layout = H5Pget_layout(creation);
    if (layout != H5D_CONTIGUOUS && (layout != H5D_CHUNKED || strings)) objects_.refuse("is laid out in a foreign way");
    const int filters = call_(H5Pget_nfilters(creation));
    for (int i = 0; i < filters; ++i) {
      unsigned flags = 0;
      std::size_t parameters = 0;
      const H5Z_filter_t filter =
          call_(H5Pget_filter2(creation, static_cast<unsigned>(i), &flags, &parameters, nullptr, 0, nullptr, nullptr));
      if (filter != H5Z_FILTER_FLETCHER32) objects_.refuse("went through a filter", "results are not compressed");
    }
    if (H5Dget_storage_size(dataset) < count * width) objects_.refuse("has fewer values than its extent says");
    if (strings) check_strings(dataset, count);
  }

  /// Each element of a string array is (length: 4 bytes, heap address: 8, index: 4). Together they cannot be longer
  /// than the file, unless many elements mean one text, by which a small file would fill the memory.
  void check_strings(const DatasetHandle& dataset, std::size_t count) const {
    const haddr_t start = H5Dget_offset(dataset);
    if (start == HADDR_UNDEF || start > source_.size() || source_.size() - start < 16 * count) {
      objects_.refuse("lies outside the file");
    }
    const std::string heap = source_.read(start, 16 * count);
    std::uint64_t total = 0;
    for (std::size_t i = 0; i < count; ++i) {
      std::uint32_t length = 0;
      std::memcpy(&length, heap.data() + 16 * i, sizeof length);
      total += length;
    }
    if (total > source_.size()) objects_.refuse("holds more text than the file");
  }

  Values read_values(const DatasetHandle& dataset, const SpaceHandle& space, const Extent& extent) const {
    const TypeHandle type(call_(H5Dget_type(dataset)));
    if (objects_.is_string(type)) {
      check_storage(dataset, extent.count, 16, true);
      StringBuffer texts(extent.count, objects_.string(), space);
      call_(H5Dread(dataset, objects_.string(), H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data()));
      return texts.strings();
    }
    const bool numbers = call_(H5Tequal(type, H5T_IEEE_F64LE)) > 0;
    if (!numbers && call_(H5Tequal(type, H5T_STD_I64LE)) == 0) {
      objects_.refuse("has a foreign type", "arrays are of 64-bit numbers or of UTF-8 strings of variable length");
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
    if (call_(H5Aexists(dataset, "DIMENSION_LIST")) == 0) objects_.refuse("has dimensions without names");
    const AttributeHandle attribute(call_(H5Aopen(dataset, "DIMENSION_LIST", H5P_DEFAULT)));
    const TypeHandle type(call_(H5Aget_type(attribute)));
    const TypeHandle expected(call_(H5Tvlen_create(H5T_STD_REF_OBJ)));
    const SpaceHandle space(call_(H5Aget_space(attribute)));
    if (call_(H5Tequal(type, expected)) == 0 || objects_.extent_of(space).sizes != std::vector<hsize_t>{rank}) {
      objects_.refuse("has dimensions that are not told as such");
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
      if (list.len != 1) objects_.refuse("has a dimension without a name, or with several");
      const ObjectHandle scale(call_(H5Rdereference2(dataset, H5P_DEFAULT, H5R_OBJECT, list.p)));
      const auto found = scales_.find(objects_.info_of(scale).addr);
      if (found == scales_.end()) objects_.refuse("has a dimension that is none");
      names.push_back(found->second);
    }
    return names;
  }

  /// Nothing where it is not wanted.
  std::optional<Variable> read_variable(const DatasetHandle& dataset, const std::string& name, const std::string& group,
                                        bool scale) const {
    const SpaceHandle space(call_(H5Dget_space(dataset)));
    const Extent extent = objects_.extent_of(space);
    Variable variable;
    variable.name = name;
    variable.group = group;
    if (scale && extent.sizes.size() != 1) objects_.refuse("is a dimension and has several");
    variable.dimensions = scale ? std::vector{name} : dimensions_of(dataset, extent.sizes.size());
    for (std::size_t d = 0; !scale && d < extent.sizes.size(); ++d) {
      const Variable* coordinate = find_coordinate(result_, variable.dimensions[d], group);
      if (coordinate == nullptr || size(coordinate->values) != extent.sizes[d]) {
        objects_.refuse("is not as long as its dimension '" + variable.dimensions[d] + "'");
      }
    }
    if (!scale && plan_.wanted && !plan_.wanted(variable)) return std::nullopt;
    variable.values = read_values(dataset, space, extent);
    for (Attribute& attribute : objects_.attributes_of(dataset)) {
      if (attribute.name != "long_name" && attribute.name != "units") {
        variable.attributes.push_back(std::move(attribute));
        continue;
      }
      const auto* text = std::get_if<std::string>(&attribute.value);
      if (text == nullptr) objects_.refuse("has a description that is no text");
      (attribute.name == "units" ? variable.units : variable.long_name) = *text;
    }
    return variable;
  }

  void read_texts(const std::string& group_name) {
    call_.at("'" + group_name + "'");
    const GroupHandle group(call_(H5Gopen2(file_, group_name.c_str(), H5P_DEFAULT)));
    for (const std::string& name : objects_.links_of(group)) {
      call_.at("'" + group_name + "/" + name + "'");
      const ObjectHandle object(call_(H5Oopen(group, name.c_str(), H5P_DEFAULT)));
      if (objects_.info_of(object).type != H5O_TYPE_DATASET) objects_.refuse("is not a text");
      const DatasetHandle dataset(call_(H5Dopen2(group, name.c_str(), H5P_DEFAULT)));
      const SpaceHandle space(call_(H5Dget_space(dataset)));
      const Extent extent = objects_.extent_of(space);
      const TypeHandle type(call_(H5Dget_type(dataset)));
      if (!extent.sizes.empty() || !objects_.is_string(type)) objects_.refuse("is not a text");
      result_.texts.push_back({name, std::get<std::vector<std::string>>(read_values(dataset, space, extent)).front()});
    }
  }

  ByteSource& source_;
  const ReadPlan& plan_;
  Calls call_;
  ObjectReader objects_;
  FileHandle file_;
  std::map<haddr_t, std::string> scales_;  // of the group that is being read, by where they are
  Archive result_;
};

}  // namespace

namespace {

/// Another program's file, and one that is cut or damaged.
void refuse_foreign(bool begins, Seal seal, const std::string& file) {
  if (!begins) {
    throw FormatError(file, "this is no HDF5 file", "its first bytes are not those of one", "Is it the right file?");
  }
  switch (seal) {
    case Seal::whole: break;
    case Seal::missing:
      throw FormatError(file, "the file has no seal at its end",
                        "it is cut off, or another program wrote or changed it", "Write it again");
    case Seal::broken:
      throw FormatError(file, "the file is damaged or was changed",
                        "its bytes do not have the digest that its seal names", "Write it again");
  }
}

}  // namespace

Archive read_hdf5_bytes(std::string_view bytes, const std::string& file) {
  if (bytes.empty()) throw FormatError(file, "the file is empty", "", "Write it again");
  const bool begins = bytes.starts_with(kSignature);
  refuse_foreign(begins, begins ? check_seal(bytes) : Seal::missing, file);
  const Silence silence;
  MemorySource source(bytes.substr(0, bytes.size() - kSealSize));
  return Reader(source, file, {}).archive();
}

Archive read_hdf5(const std::string& path, const ReadPlan& plan) {
  FileSource source(path);
  if (source.length() == 0) throw FormatError(path, "the file is empty", "", "Write it again");
  const bool begins = source.read(0, std::min<std::uint64_t>(kSignature.size(), source.length())) == kSignature;
  refuse_foreign(begins, begins ? source.check() : Seal::missing, path);
  const Silence silence;
  try {
    return Reader(source, path, plan).archive();
  } catch (const FormatError&) {
    source.rethrow();  // what the library could not make sense of was not read
    throw;
  }
}

Archive read_hdf5(const std::string& path) { return read_hdf5_bytes(read_bytes(path, kLargestArchive), path); }

}  // namespace sojourn::engine
