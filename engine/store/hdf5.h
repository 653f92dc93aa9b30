#pragma once
// An archive as a netCDF-4-shaped HDF5 file. FORMAT.md is the page for those who read such a file without us.
//
// - Coordinates are dimension scales at the root and attached to the variables, so that netCDF's libraries, xarray
//   and h5py show dimensions by name. Texts are single strings in the group /provenance.
// - Numbers are little-endian binary64 (fill value NaN) and 64-bit integers, chunked with Fletcher32; strings are
//   UTF-8 of variable length. Nothing is compressed. Links and attributes keep their order.
// - The file format is that of HDF5 1.10, without times: the same archive gives the same bytes, with any process or
//   machine.
// - A unit that makes xarray take numbers for times is refused (see is_plain_unit).
//
// HDF5 writes to memory or through a device of ours (hdf5_stream.h), never to a file by itself: on a full disk the library loses data
// without a word; our own writing does not.

#include "engine/store/archive.h"
#include "engine/store/safe_file.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::engine {

/// Whether a number in this unit stays a number: xarray makes time differences of "days", "hours", "minutes", "seconds"
/// and parts of seconds (not of "d", "h", "min", "s"), and dates of whatever has "since" in it.
bool is_plain_unit(std::string_view unit);

/// The whole file, seal included. The archive must have no problem (archive.h) and plain units. Throws IoError, naming
/// `file`, where HDF5 fails (out of memory).
std::string hdf5_bytes(const Archive& archive, const std::string& file = "the result file");

/// Makes the bytes, reads them back and compares, and puts them in place as SafeFile does. Throws as it does.
void write_hdf5(const Archive& archive, const std::string& path, Existing existing = Existing::refuse);

/// The largest file that is read: 4 GiB.
inline constexpr std::size_t kLargestArchive = std::size_t{4} << 30;

/// Reads a file that write_hdf5 wrote. Throws IoError where it cannot be read, FormatError where it is cut off,
/// damaged, changed or holds anything that write_hdf5 does not write. It follows no link out of the file and loads no
/// filter.
Archive read_hdf5(const std::string& path);

/// What is taken of a file that may be larger than memory.
struct ReadPlan {
  std::vector<std::string> left_out_groups = {};  // whatever is in them
  std::function<bool(const Variable& labels)> wanted =
      nullptr;  // asked before a variable's values are read; none: all are
};

/// The same of a file of any size: its seal is checked first, over all bytes, then what is wanted is read from it.
Archive read_hdf5(const std::string& path, const ReadPlan& plan);

/// The same from memory; `file` is for messages.
Archive read_hdf5_bytes(std::string_view bytes, const std::string& file);

}  // namespace sojourn::engine
