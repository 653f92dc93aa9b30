#include "engine/store/hdf5_stream.h"

#include "engine/base/contract.h"
#include "engine/store/detail/array_writer.h"
#include "engine/store/detail/memory_file.h"
#include "engine/store/detail/stream_device.h"
#include "engine/store/hdf5.h"

#include <utility>

namespace sojourn::engine {

using namespace detail;

std::size_t width_of(StreamedColumn::Type type) {
  switch (type) {
    case StreamedColumn::Type::int8: return 1;
    case StreamedColumn::Type::int16: return 2;
    case StreamedColumn::Type::int32: return 4;
    case StreamedColumn::Type::float64: return 8;
  }
  return 0;
}

class Hdf5Stream::Work {
 public:
  Work(const Archive& head, const std::vector<Variable>& arrays, const std::vector<StreamedGroup>& groups,
       std::string path, Existing existing)
      : file_(std::move(path), existing), device_(file_), call_(file_.path(), Calls::Purpose::make) {
    if (file_.is_written_through())
      throw IoError(Access::write, "open", file_.path(), "it is not a regular file", "Name a file");
    SOJOURN_EXPECT(problem_of(head).empty(), problem_of(head));
    guarded([&] {
      open_ = ArrayWriter::create(call_, device_.access(call_), memory_name(this));
      for (OpenArray& array : ArrayWriter(head, call_).write(open_, arrays, groups)) add(std::move(array));
    });
  }

  void append(std::size_t i, std::string_view elements) {
    Array& array = arrays_.at(i);
    while (!elements.empty()) {
      const std::size_t taken = std::min(elements.size(), array.slab_bytes - array.pending.size());
      array.pending += elements.substr(0, taken);
      elements.remove_prefix(taken);
      if (array.pending.size() == array.slab_bytes) guarded([&] { write_slab(array); });
    }
  }

  void commit() {
    guarded([&] {
      for (Array& array : arrays_) {
        if (!array.pending.empty()) write_slab(array);
        SOJOURN_EXPECT(array.rows_done == array.open.extents.front(), "every array has all its elements");
      }
      arrays_.clear();
      call_.at("the end of the file");
      call_(H5Fclose(open_.release()));
    });
    device_.finish();
    file_.commit_verified();
  }

 private:
  struct Array {
    OpenArray open;
    std::size_t row_bytes = 0;
    std::size_t slab_bytes = 0;
    hsize_t rows_done = 0;
    std::string pending;  // less than a slab
  };

  /// What HDF5 complains of where the device failed is that failure.
  template <class F>
  void guarded(const F& work) {
    try {
      work();
    } catch (const IoError&) {
      device_.rethrow();
      throw;
    }
  }

  void add(OpenArray opened) {
    Array& array = arrays_.emplace_back();
    array.open = std::move(opened);
    array.row_bytes = H5Tget_size(array.open.type);
    for (std::size_t d = 1; d < array.open.extents.size(); ++d) array.row_bytes *= array.open.extents[d];
    array.slab_bytes = array.row_bytes * array.open.slab_rows;
  }

  void write_slab(Array& array) {
    SOJOURN_EXPECT(array.pending.size() % array.row_bytes == 0, "whole rows of the first dimension");
    const std::size_t rank = array.open.extents.size();
    std::vector<hsize_t> start(rank, 0), count = array.open.extents;
    start.front() = array.rows_done;
    count.front() = array.pending.size() / array.row_bytes;
    SOJOURN_EXPECT(start.front() + count.front() <= array.open.extents.front(), "no more elements than the array has");
    const SpaceHandle memory(call_(H5Screate_simple(static_cast<int>(rank), count.data(), nullptr)));
    const SpaceHandle space(call_(H5Dget_space(array.open.dataset)));
    call_(H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr));
    call_(H5Dwrite(array.open.dataset, array.open.type, memory, space, H5P_DEFAULT, array.pending.data()));
    array.rows_done += count.front();
    array.pending.clear();
  }

  const Silence silence_;
  SafeFile file_;
  StreamDevice device_;  // outlives all that is open in it
  Calls call_;
  FileHandle open_;
  std::vector<Array> arrays_;
};

Hdf5Stream::Hdf5Stream(const Archive& head, const std::vector<Variable>& arrays,
                       const std::vector<StreamedGroup>& groups, std::string path, Existing existing)
    : work_(std::make_unique<Work>(head, arrays, groups, std::move(path), existing)) {}

Hdf5Stream::~Hdf5Stream() = default;

void Hdf5Stream::append(std::size_t i, std::string_view elements) { work_->append(i, elements); }
void Hdf5Stream::commit() { work_->commit(); }

}  // namespace sojourn::engine
