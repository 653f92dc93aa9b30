#pragma once
// Groups, arrays, labels and texts of an archive into an HDF5 file that is open. Private to engine/store.

#include "engine/store/detail/hdf5_handle.h"
#include "engine/store/hdf5_stream.h"

#include <map>
#include <utility>
#include <vector>

namespace sojourn::engine::detail {

/// A dataset whose values come later.
struct OpenArray {
  DatasetHandle dataset;
  TypeHandle type;               // in memory and in the file
  std::vector<hsize_t> extents;  // the slowest first
  std::size_t slab_rows = 1;     // of the first dimension that are written at once, so that no chunk is written twice
};

class ArrayWriter {
 public:
  ArrayWriter(const Archive& archive, Calls& call) : archive_(archive), call_(call) {}

  /// What a file of ours is created with.
  static FileHandle create(const Calls& call, const PropertiesHandle& access, const std::string& name);

  /// All of the archive, and behind its root's variables `arrays`, behind its groups `groups`, which come back open in that order.
  std::vector<OpenArray> write(hid_t file, const std::vector<Variable>& arrays = {},
                               const std::vector<StreamedGroup>& groups = {});

 private:
  using Written = std::vector<std::pair<const Variable*, hid_t>>;
  GroupHandle new_group(const std::string& name) const;
  void write_arrays(hid_t place, const std::string& group, const std::vector<Variable>& later,
                    std::vector<OpenArray>& open);
  void write_columns(const StreamedGroup& group, std::vector<OpenArray>& open);
  void write_attribute(hid_t owner, const char* name, hid_t type, const SpaceHandle& space, const void* value) const;
  void write_string(hid_t owner, const std::string& name, const std::string& text) const;
  void write_attributes(hid_t owner, const std::vector<Attribute>& attributes) const;
  std::vector<hsize_t> extents_of(const Variable& variable) const;
  DatasetHandle create_array(hid_t place, const Variable& variable, hid_t type) const;
  DatasetHandle write_variable(hid_t place, const Variable& variable) const;
  void label(hid_t dataset, const Variable& variable) const;
  void attach(const std::string& group, const Written& variables);
  void write_texts() const;

  const Archive& archive_;
  Calls& call_;
  hid_t file_ = -1;
  std::map<std::string, DatasetHandle> scales_;  // of the group that is being written
};

}  // namespace sojourn::engine::detail
