#include "engine/base/contract.h"
#include "engine/store/detail/hdf5_handle.h"
#include "engine/store/detail/memory_file.h"
#include "engine/store/detail/words.h"
#include "engine/store/hdf5.h"
#include "engine/store/seal.h"

#include <hdf5_hl.h>
#include <algorithm>
#include <array>
#include <limits>
#include <map>

namespace sojourn::engine {
namespace {

using namespace detail;

constexpr unsigned kInOrder = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
constexpr hsize_t kLargestChunk = hsize_t{1} << 17;  // elements: 1 MiB
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// What xarray 2023.1 decodes to time differences (coding/times.py, TIME_UNITS).
constexpr std::array<std::string_view, 7> kTimeUnits = {"days",         "hours",        "minutes",    "seconds",
                                                        "milliseconds", "microseconds", "nanoseconds"};

class Writer {
 public:
  Writer(const Archive& archive, const std::string& file) : archive_(archive), call_(file, Calls::Purpose::make) {}

  std::string bytes() {
    {
      const PropertiesHandle access = memory_.access(call_);
      call_(H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110));
      call_(H5Pset_fclose_degree(access, H5F_CLOSE_SEMI));  // closing with anything left open is an error
      const PropertiesHandle creation = in_order(H5P_FILE_CREATE);
      file_ = FileHandle(call_(H5Fcreate(memory_name(this).c_str(), H5F_ACC_TRUNC, creation, access)));
      write_attributes(file_, archive_.attributes);
      write_arrays(file_, "");
      for (const std::string& name : groups_of(archive_)) {
        call_.at("the group '" + name + "'");
        write_arrays(new_group(name), name);
      }
      write_texts();
      call_.at("the end of the file");
      call_(H5Fclose(file_.release()));
    }
    std::string whole;
    whole.reserve(memory_.bytes().size() + kSealSize);
    whole += memory_.bytes();
    whole += seal_of(memory_.bytes());
    return whole;
  }

 private:
  /// Links and attributes in the order of their making, and no times. H5P_FILE_CREATE, H5P_GROUP_CREATE or
  /// H5P_DATASET_CREATE.
  PropertiesHandle in_order(hid_t kind) const {
    PropertiesHandle properties(call_(H5Pcreate(kind)));
    call_(H5Pset_obj_track_times(properties, false));
    call_(H5Pset_attr_creation_order(properties, kInOrder));
    if (call_(H5Pisa_class(properties, H5P_GROUP_CREATE)) > 0) call_(H5Pset_link_creation_order(properties, kInOrder));
    return properties;
  }

  GroupHandle new_group(const std::string& name) const {
    return GroupHandle(call_(H5Gcreate2(file_, name.c_str(), H5P_DEFAULT, in_order(H5P_GROUP_CREATE), H5P_DEFAULT)));
  }

  /// The arrays of one group into `place`.
  void write_arrays(hid_t place, const std::string& group) {
    for (const Variable& coordinate : archive_.coordinates)
      if (coordinate.group == group) scales_.emplace(coordinate.name, write_variable(place, coordinate));
    std::vector<std::pair<const Variable*, DatasetHandle>> variables;
    for (const Variable& variable : archive_.variables)
      if (variable.group == group) variables.emplace_back(&variable, write_variable(place, variable));
    attach(group, variables);
    scales_.clear();
  }

  SpaceHandle list_of(std::size_t count) const {
    const hsize_t extent = count;
    return SpaceHandle(call_(H5Screate_simple(1, &extent, nullptr)));
  }

  void write_attribute(hid_t owner, const char* name, hid_t type, const SpaceHandle& space, const void* value) const {
    const AttributeHandle attribute(call_(H5Acreate2(owner, name, type, space, H5P_DEFAULT, H5P_DEFAULT)));
    call_(H5Awrite(attribute, type, value));
  }

  void write_string(hid_t owner, const std::string& name, const std::string& text) const {
    const char* value = text.c_str();
    write_attribute(owner, name.c_str(), string_type(call_), SpaceHandle(call_(H5Screate(H5S_SCALAR))), &value);
  }

  void write_attributes(hid_t owner, const std::vector<Attribute>& attributes) const {
    const SpaceHandle scalar(call_(H5Screate(H5S_SCALAR)));
    for (const Attribute& attribute : attributes) {
      const char* name = attribute.name.c_str();
      if (const auto* text = std::get_if<std::string>(&attribute.value)) {
        write_string(owner, attribute.name, *text);
      } else if (const auto* number = std::get_if<double>(&attribute.value)) {
        write_attribute(owner, name, H5T_IEEE_F64LE, scalar, number);
      } else if (const auto* whole = std::get_if<std::int64_t>(&attribute.value)) {
        write_attribute(owner, name, H5T_STD_I64LE, scalar, whole);
      } else if (const auto* natural = std::get_if<std::uint64_t>(&attribute.value)) {
        write_attribute(owner, name, H5T_STD_U64LE, scalar, natural);
      } else if (const auto* numbers = std::get_if<std::vector<double>>(&attribute.value)) {
        write_attribute(owner, name, H5T_IEEE_F64LE, list_of(numbers->size()), numbers->data());
      } else if (const auto* wholes = std::get_if<std::vector<std::int64_t>>(&attribute.value)) {
        write_attribute(owner, name, H5T_STD_I64LE, list_of(wholes->size()), wholes->data());
      }
    }
  }

  std::vector<hsize_t> extents_of(const Variable& variable) const {
    std::vector<hsize_t> extents;
    for (const std::string& name : variable.dimensions)
      extents.push_back(size(find_coordinate(archive_, name, variable.group)->values));
    return extents;
  }

  /// Whole rows as far as they fit into the largest chunk.
  static std::vector<hsize_t> chunk_of(std::vector<hsize_t> extents) {
    hsize_t inner = 1;
    for (std::size_t d = extents.size(); d-- > 0;) {
      extents[d] = std::min(extents[d], std::max<hsize_t>(1, kLargestChunk / inner));
      inner *= extents[d];
    }
    return extents;
  }

  DatasetHandle write_variable(hid_t place, const Variable& variable) {
    call_.at("'" + variable.name + "'");
    const std::vector<hsize_t> extents = extents_of(variable);
    const int rank = static_cast<int>(extents.size());
    const SpaceHandle space(call_(rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, extents.data(), nullptr)));
    const PropertiesHandle creation = in_order(H5P_DATASET_CREATE);
    const auto* numbers = std::get_if<std::vector<double>>(&variable.values);
    const auto* texts = std::get_if<std::vector<std::string>>(&variable.values);
    // Fletcher32 needs chunks; netCDF's library takes no filter on strings.
    if (texts == nullptr && rank > 0) {
      call_(H5Pset_chunk(creation, rank, chunk_of(extents).data()));
      call_(H5Pset_fletcher32(creation));
    }
    if (numbers != nullptr) call_(H5Pset_fill_value(creation, H5T_NATIVE_DOUBLE, &kNan));

    const TypeHandle type = texts != nullptr
                                ? string_type(call_)
                                : TypeHandle(call_(H5Tcopy(numbers != nullptr ? H5T_IEEE_F64LE : H5T_STD_I64LE)));
    DatasetHandle dataset(
        call_(H5Dcreate2(place, variable.name.c_str(), type, space, H5P_DEFAULT, creation, H5P_DEFAULT)));
    if (texts != nullptr) {
      std::vector<const char*> pointers;
      for (const std::string& text : *texts) pointers.push_back(text.c_str());
      call_(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()));
    } else if (numbers != nullptr) {
      call_(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, numbers->data()));
    } else {
      const auto& wholes = std::get<std::vector<std::int64_t>>(variable.values);
      call_(H5Dwrite(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, wholes.data()));
    }
    if (!variable.long_name.empty()) write_string(dataset, "long_name", variable.long_name);
    if (!variable.units.empty()) write_string(dataset, "units", variable.units);
    if (numbers != nullptr) write_attribute(dataset, "_FillValue", H5T_IEEE_F64LE, list_of(1), &kNan);
    write_attributes(dataset, variable.attributes);
    return dataset;
  }

  void attach(const std::string& group, const std::vector<std::pair<const Variable*, DatasetHandle>>& variables) {
    for (const Variable& coordinate : archive_.coordinates) {
      if (coordinate.group != group) continue;
      call_.at("coordinate '" + coordinate.name + "'");
      call_(H5DSset_scale(scales_.at(coordinate.name), coordinate.name.c_str()));
    }
    for (const auto& [variable, dataset] : variables) {
      call_.at("the dimensions of '" + variable->name + "'");
      for (std::size_t d = 0; d < variable->dimensions.size(); ++d) {
        call_(H5DSattach_scale(dataset, scales_.at(variable->dimensions[d]), static_cast<unsigned>(d)));
      }
    }
  }

  void write_texts() {
    if (archive_.texts.empty()) return;
    const std::string name(kTexts);
    call_.at("'" + name + "'");
    const GroupHandle group = new_group(name);
    const TypeHandle type = string_type(call_);
    const SpaceHandle scalar(call_(H5Screate(H5S_SCALAR)));
    const PropertiesHandle creation = in_order(H5P_DATASET_CREATE);
    for (const Text& text : archive_.texts) {
      call_.at("'" + name + "/" + text.name + "'");
      const DatasetHandle dataset(
          call_(H5Dcreate2(group, text.name.c_str(), type, scalar, H5P_DEFAULT, creation, H5P_DEFAULT)));
      const char* content = text.content.c_str();
      call_(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, &content));
    }
  }

  const Archive& archive_;
  Calls call_;
  MemoryFile memory_;  // outlives all that is open in it
  FileHandle file_;
  std::map<std::string, DatasetHandle> scales_;  // of the group that is being written
};

}  // namespace

bool is_plain_unit(std::string_view unit) {
  return std::find(kTimeUnits.begin(), kTimeUnits.end(), unit) == kTimeUnits.end() &&
         unit.find("since") == std::string_view::npos;
}

std::string hdf5_bytes(const Archive& archive, const std::string& file) {
  SOJOURN_EXPECT(problem_of(archive).empty(), problem_of(archive));
  for (const std::vector<Variable>* list : {&archive.coordinates, &archive.variables}) {
    for (const Variable& variable : *list) {
      SOJOURN_EXPECT(is_plain_unit(variable.units),
                     "'" + variable.name + "' in " + variable.units + " would become a time");
    }
  }
  const Silence silence;
  return Writer(archive, file).bytes();
}

void write_hdf5(const Archive& archive, const std::string& path, Existing existing) {
  SafeFile file(path, existing);
  const std::string bytes = hdf5_bytes(archive, path);
  SOJOURN_ENSURE(identical(read_hdf5_bytes(bytes, path), archive), "HDF5 gives back what it was given");
  file.write(bytes);
  file.commit();
}

}  // namespace sojourn::engine
