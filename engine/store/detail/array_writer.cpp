#include "engine/store/detail/array_writer.h"

#include "engine/store/detail/words.h"

#include <fmt/format.h>
#include <hdf5_hl.h>
#include <algorithm>
#include <limits>

namespace sojourn::engine::detail {
namespace {

constexpr unsigned kInOrder = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
constexpr hsize_t kLargestChunk = hsize_t{1} << 17;  // elements of 8 bytes: 1 MiB
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

/// Links and attributes in the order of their making, and no times. H5P_FILE_CREATE, H5P_GROUP_CREATE or
/// H5P_DATASET_CREATE.
PropertiesHandle in_order(const Calls& call, hid_t kind) {
  PropertiesHandle properties(call(H5Pcreate(kind)));
  call(H5Pset_obj_track_times(properties, false));
  call(H5Pset_attr_creation_order(properties, kInOrder));
  if (call(H5Pisa_class(properties, H5P_GROUP_CREATE)) > 0) call(H5Pset_link_creation_order(properties, kInOrder));
  return properties;
}

SpaceHandle list_of(const Calls& call, std::size_t count) {
  const hsize_t extent = count;
  return SpaceHandle(call(H5Screate_simple(1, &extent, nullptr)));
}

/// Whole rows as far as they fit into the largest chunk.
std::vector<hsize_t> chunk_of(std::vector<hsize_t> extents) {
  hsize_t inner = 1;
  for (std::size_t d = extents.size(); d-- > 0;) {
    extents[d] = std::min(extents[d], std::max<hsize_t>(1, kLargestChunk / inner));
    inner *= extents[d];
  }
  return extents;
}

hid_t type_of(StreamedColumn::Type type) {
  switch (type) {
    case StreamedColumn::Type::int8: return H5T_STD_I8LE;
    case StreamedColumn::Type::int16: return H5T_STD_I16LE;
    case StreamedColumn::Type::int32: return H5T_STD_I32LE;
    case StreamedColumn::Type::float64: return H5T_IEEE_F64LE;
  }
  return -1;
}

/// Chunks go to the file as they are written, not when the library sees fit.
PropertiesHandle uncached(const Calls& call) {
  PropertiesHandle access(call(H5Pcreate(H5P_DATASET_ACCESS)));
  call(H5Pset_chunk_cache(access, 0, 0, 1));
  return access;
}

}  // namespace

FileHandle ArrayWriter::create(const Calls& call, const PropertiesHandle& access, const std::string& name) {
  call(H5Pset_libver_bounds(access, H5F_LIBVER_V110, H5F_LIBVER_V110));
  call(H5Pset_fclose_degree(access, H5F_CLOSE_SEMI));  // closing with anything left open is an error
  const PropertiesHandle creation = in_order(call, H5P_FILE_CREATE);
  return FileHandle(call(H5Fcreate(name.c_str(), H5F_ACC_TRUNC, creation, access)));
}

std::vector<OpenArray> ArrayWriter::write(hid_t file, const std::vector<Variable>& arrays,
                                          const std::vector<StreamedGroup>& groups) {
  file_ = file;
  std::vector<OpenArray> open;
  write_attributes(file, archive_.attributes);
  write_arrays(file, "", arrays, open);
  for (const std::string& name : groups_of(archive_)) {
    call_.at("the group '" + name + "'");
    write_arrays(new_group(name), name, {}, open);
  }
  for (const StreamedGroup& group : groups) write_columns(group, open);
  write_texts();
  return open;
}

GroupHandle ArrayWriter::new_group(const std::string& name) const {
  return GroupHandle(
      call_(H5Gcreate2(file_, name.c_str(), H5P_DEFAULT, in_order(call_, H5P_GROUP_CREATE), H5P_DEFAULT)));
}

void ArrayWriter::write_arrays(hid_t place, const std::string& group, const std::vector<Variable>& later,
                               std::vector<OpenArray>& open) {
  for (const Variable& coordinate : archive_.coordinates)
    if (coordinate.group == group) scales_.emplace(coordinate.name, write_variable(place, coordinate));
  std::vector<DatasetHandle> handles;
  Written written;
  for (const Variable& variable : archive_.variables) {
    if (variable.group != group) continue;
    handles.push_back(write_variable(place, variable));
    written.emplace_back(&variable, handles.back());
  }
  for (const Variable& variable : later) {
    OpenArray& array = open.emplace_back();
    array.extents = extents_of(variable);
    array.slab_rows = chunk_of(array.extents).front();
    array.type = TypeHandle(call_(H5Tcopy(H5T_IEEE_F64LE)));
    array.dataset = create_array(place, variable, array.type);
    label(array.dataset, variable);
    written.emplace_back(&variable, array.dataset);
  }
  attach(group, written);
  scales_.clear();
}

void ArrayWriter::write_columns(const StreamedGroup& group, std::vector<OpenArray>& open) {
  call_.at("the group '" + group.name + "'");
  const GroupHandle place = new_group(group.name);
  const hsize_t extent = group.length;
  const SpaceHandle space(call_(H5Screate_simple(1, &extent, nullptr)));
  // A dimension without labels, as netCDF's library has it (nc4internal.h, DIM_WITHOUT_VARIABLE): no byte of it is stored.
  const DatasetHandle scale(call_(H5Dcreate2(place, group.dimension.c_str(), H5T_IEEE_F32BE, space, H5P_DEFAULT,
                                             in_order(call_, H5P_DATASET_CREATE), H5P_DEFAULT)));
  const std::string none = fmt::format("This is a netCDF dimension but not a netCDF variable.{:10}", group.length);
  call_(H5DSset_scale(scale, none.c_str()));
  for (const StreamedColumn& column : group.columns) {
    call_.at("'" + group.name + "/" + column.labels.name + "'");
    OpenArray& array = open.emplace_back();
    array.extents = {extent};
    array.slab_rows = (kLargestChunk * sizeof(double)) / width_of(column.type);
    array.type = TypeHandle(call_(H5Tcopy(type_of(column.type))));
    const PropertiesHandle creation = in_order(call_, H5P_DATASET_CREATE);
    const hsize_t chunk = std::min<hsize_t>(extent, array.slab_rows);
    call_(H5Pset_chunk(creation, 1, &chunk));
    call_(H5Pset_fill_time(creation, H5D_FILL_TIME_NEVER));
    // HDF5 1.10 forgets where an array's only chunk is when that goes to the file past its cache.
    const PropertiesHandle access =
        chunk < extent ? uncached(call_) : PropertiesHandle(call_(H5Pcreate(H5P_DATASET_ACCESS)));
    array.dataset = DatasetHandle(
        call_(H5Dcreate2(place, column.labels.name.c_str(), array.type, space, H5P_DEFAULT, creation, access)));
    Variable labels = column.labels;
    if (column.type != StreamedColumn::Type::float64) labels.values = std::vector<std::int64_t>{};  // no NaN for those
    label(array.dataset, labels);
    call_(H5DSattach_scale(array.dataset, scale, 0));
  }
}

void ArrayWriter::write_attribute(hid_t owner, const char* name, hid_t type, const SpaceHandle& space,
                                  const void* value) const {
  const AttributeHandle attribute(call_(H5Acreate2(owner, name, type, space, H5P_DEFAULT, H5P_DEFAULT)));
  call_(H5Awrite(attribute, type, value));
}

void ArrayWriter::write_string(hid_t owner, const std::string& name, const std::string& text) const {
  const char* value = text.c_str();
  write_attribute(owner, name.c_str(), string_type(call_), SpaceHandle(call_(H5Screate(H5S_SCALAR))), &value);
}

void ArrayWriter::write_attributes(hid_t owner, const std::vector<Attribute>& attributes) const {
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
      write_attribute(owner, name, H5T_IEEE_F64LE, list_of(call_, numbers->size()), numbers->data());
    } else if (const auto* wholes = std::get_if<std::vector<std::int64_t>>(&attribute.value)) {
      write_attribute(owner, name, H5T_STD_I64LE, list_of(call_, wholes->size()), wholes->data());
    }
  }
}

std::vector<hsize_t> ArrayWriter::extents_of(const Variable& variable) const {
  std::vector<hsize_t> extents;
  for (const std::string& name : variable.dimensions)
    extents.push_back(size(find_coordinate(archive_, name, variable.group)->values));
  return extents;
}

DatasetHandle ArrayWriter::create_array(hid_t place, const Variable& variable, hid_t type) const {
  call_.at("'" + variable.name + "'");
  const std::vector<hsize_t> extents = extents_of(variable);
  const int rank = static_cast<int>(extents.size());
  const SpaceHandle space(call_(rank == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(rank, extents.data(), nullptr)));
  const PropertiesHandle creation = in_order(call_, H5P_DATASET_CREATE);
  // Fletcher32 needs chunks; netCDF's library takes no filter on strings.
  if (!std::holds_alternative<std::vector<std::string>>(variable.values) && rank > 0) {
    call_(H5Pset_chunk(creation, rank, chunk_of(extents).data()));
    call_(H5Pset_fletcher32(creation));
  }
  if (std::holds_alternative<std::vector<double>>(variable.values))
    call_(H5Pset_fill_value(creation, H5T_NATIVE_DOUBLE, &kNan));
  return DatasetHandle(
      call_(H5Dcreate2(place, variable.name.c_str(), type, space, H5P_DEFAULT, creation, uncached(call_))));
}

DatasetHandle ArrayWriter::write_variable(hid_t place, const Variable& variable) const {
  call_.at("'" + variable.name + "'");
  const auto* numbers = std::get_if<std::vector<double>>(&variable.values);
  const auto* texts = std::get_if<std::vector<std::string>>(&variable.values);
  const TypeHandle type = texts != nullptr
                              ? string_type(call_)
                              : TypeHandle(call_(H5Tcopy(numbers != nullptr ? H5T_IEEE_F64LE : H5T_STD_I64LE)));
  DatasetHandle dataset = create_array(place, variable, type);
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
  label(dataset, variable);
  return dataset;
}

void ArrayWriter::label(hid_t dataset, const Variable& variable) const {
  if (!variable.long_name.empty()) write_string(dataset, "long_name", variable.long_name);
  if (!variable.units.empty()) write_string(dataset, "units", variable.units);
  if (std::holds_alternative<std::vector<double>>(variable.values))
    write_attribute(dataset, "_FillValue", H5T_IEEE_F64LE, list_of(call_, 1), &kNan);
  write_attributes(dataset, variable.attributes);
}

void ArrayWriter::attach(const std::string& group, const Written& variables) {
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

void ArrayWriter::write_texts() const {
  if (archive_.texts.empty()) return;
  const std::string name(kTexts);
  call_.at("'" + name + "'");
  const GroupHandle group = new_group(name);
  const TypeHandle type = string_type(call_);
  const SpaceHandle scalar(call_(H5Screate(H5S_SCALAR)));
  const PropertiesHandle creation = in_order(call_, H5P_DATASET_CREATE);
  for (const Text& text : archive_.texts) {
    call_.at("'" + name + "/" + text.name + "'");
    const DatasetHandle dataset(
        call_(H5Dcreate2(group, text.name.c_str(), type, scalar, H5P_DEFAULT, creation, H5P_DEFAULT)));
    const char* content = text.content.c_str();
    call_(H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, &content));
  }
}

}  // namespace sojourn::engine::detail
