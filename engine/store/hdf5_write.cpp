#include "engine/base/contract.h"
#include "engine/store/detail/array_writer.h"
#include "engine/store/detail/memory_file.h"
#include "engine/store/hdf5.h"
#include "engine/store/seal.h"

#include <algorithm>
#include <array>

namespace sojourn::engine {
namespace {

using namespace detail;

// What xarray 2023.1 decodes to time differences (coding/times.py, TIME_UNITS).
constexpr std::array<std::string_view, 7> kTimeUnits = {"days",         "hours",        "minutes",    "seconds",
                                                        "milliseconds", "microseconds", "nanoseconds"};

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
  Calls call(file, Calls::Purpose::make);
  MemoryFile memory;
  {
    FileHandle open = ArrayWriter::create(call, memory.access(call), memory_name(&memory));
    ArrayWriter(archive, call).write(open);
    call.at("the end of the file");
    call(H5Fclose(open.release()));
  }
  std::string whole;
  whole.reserve(memory.bytes().size() + kSealSize);
  whole += memory.bytes();
  whole += seal_of(memory.bytes());
  return whole;
}

void write_hdf5(const Archive& archive, const std::string& path, Existing existing) {
  SafeFile file(path, existing);
  const std::string bytes = hdf5_bytes(archive, path);
  SOJOURN_ENSURE(identical(read_hdf5_bytes(bytes, path), archive), "HDF5 gives back what it was given");
  file.write(bytes);
  file.commit();
}

}  // namespace sojourn::engine
