#pragma once
// An archive whose large arrays come piece by piece, straight into the file (engine/store/hdf5.h has what the file is like): memory
// holds a chunk of each, or one step along its first dimension where that is more.

#include "engine/store/archive.h"
#include "engine/store/safe_file.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::engine {

/// A column of a group that has no more than columns of one length: one dimension, without labels, in chunks of 1 MiB, without a filter.
/// Readers of whole archives leave the group out (ReadPlan).
struct StreamedColumn {
  enum class Type { int8, int16, int32, float64 };
  Variable labels;  // its values stay empty; no dimensions
  Type type = Type::float64;
};
std::size_t width_of(StreamedColumn::Type type);  // bytes

struct StreamedGroup {
  std::string name;
  std::string dimension;     // of all its columns
  std::uint64_t length = 0;  // above 0
  std::vector<StreamedColumn> columns;
};

class Hdf5Stream {
 public:
  /// Begins a file beside `path`, as SafeFile does and throws. `head`: coordinates, attributes, texts, and variables that have their values. `arrays`: variables
  /// of the root whose values, all binary64, are empty and come later; they stand behind those of the head. Head and arrays together must have no problem.
  Hdf5Stream(const Archive& head, const std::vector<Variable>& arrays, const std::vector<StreamedGroup>& groups,
             std::string path, Existing existing = Existing::refuse);
  ~Hdf5Stream();
  Hdf5Stream(const Hdf5Stream&) = delete;
  Hdf5Stream& operator=(const Hdf5Stream&) = delete;

  /// The next elements of array or column `i` (arrays first, then the columns of the groups), as bytes: little-endian, whole elements.
  void append(std::size_t i, std::string_view elements);

  /// All is there: flushes to the device, reads the file back and compares, seals it, and puts it in place. Throws IoError, TargetExists.
  void commit();

 private:
  class Work;
  std::unique_ptr<Work> work_;
};

}  // namespace sojourn::engine
