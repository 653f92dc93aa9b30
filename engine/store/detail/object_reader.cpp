#include "engine/store/detail/object_reader.h"

#include "engine/store/detail/words.h"
#include "engine/store/format_error.h"

#include <array>
#include <string_view>
#include <type_traits>

namespace sojourn::engine::detail {

std::vector<std::string> StringBuffer::strings() const {
  std::vector<std::string> texts;
  for (const char* text : pointers_) texts.emplace_back(text == nullptr ? "" : text);
  return texts;
}

void ObjectReader::refuse(const std::string& what, const std::string& why) const {
  throw FormatError(call_.file(), call_.object() + " " + what, why, "Write the file again");
}

H5O_info_t ObjectReader::info_of(hid_t object) const {
  H5O_info_t info{};
  call_(H5Oget_info2(object, &info, H5O_INFO_BASIC));
  return info;
}

std::vector<std::string> ObjectReader::links_of(hid_t group) const {
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

Extent ObjectReader::extent_of(const SpaceHandle& space) const {
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
    if (size == 0 || size > most_ || count > most_ / size) refuse("has an impossible extent");
    count *= size;
  }
  extent.count = count;
  return extent;
}

bool ObjectReader::is_scale(hid_t object) const {
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
AttributeValue ObjectReader::numbers_of(const AttributeHandle& attribute, hid_t type, const Extent& extent) const {
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

AttributeValue ObjectReader::value_of(const AttributeHandle& attribute, const std::string& name) const {
  const TypeHandle type(call_(H5Aget_type(attribute)));
  const SpaceHandle space(call_(H5Aget_space(attribute)));
  const Extent extent = extent_of(space);
  if (call_(H5Tequal(type, H5T_IEEE_F64LE)) > 0) return numbers_of<double>(attribute, H5T_NATIVE_DOUBLE, extent);
  if (call_(H5Tequal(type, H5T_STD_I64LE)) > 0) return numbers_of<std::int64_t>(attribute, H5T_NATIVE_INT64, extent);
  if (call_(H5Tequal(type, H5T_STD_U64LE)) > 0) return numbers_of<std::uint64_t>(attribute, H5T_NATIVE_UINT64, extent);
  if (!is_string(type)) refuse("has the attribute '" + name + "' of a foreign type");
  if (!extent.sizes.empty()) refuse("has a list of texts as an attribute");
  StringBuffer text(1, type, space);
  call_(H5Aread(attribute, type, text.data()));
  return text.strings().front();
}

std::vector<Attribute> ObjectReader::attributes_of(hid_t owner) const {
  H5O_info_t info{};
  call_(H5Oget_info2(owner, &info, H5O_INFO_NUM_ATTRS));
  std::vector<Attribute> attributes;
  for (hsize_t i = 0; i < info.num_attrs; ++i) {
    const AttributeHandle attribute(
        call_(H5Aopen_by_idx(owner, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, i, H5P_DEFAULT, H5P_DEFAULT)));
    std::array<char, kLongestName + 1> buffer{};
    const ssize_t length = call_(H5Aget_name(attribute, buffer.size(), buffer.data()));
    const std::string name(buffer.data());
    if (static_cast<std::size_t>(length) != name.size()) refuse("has an attribute that is not called by a name");
    if (is_reserved(name) && name != "long_name" && name != "units") continue;
    attributes.push_back({name, value_of(attribute, name)});
  }
  return attributes;
}

}  // namespace sojourn::engine::detail
