#pragma once
// What this build and this machine have.

#include "tools/doctor/machine.h"
#include "tools/doctor/place.h"
#include "tools/doctor/self_test.h"

#include <optional>
#include <string>
#include <vector>

namespace sojourn::tools {

struct Build {
  std::string program;         // "sojourn 0.1.0"
  std::string random_numbers;  // the scheme's name
  std::string compiler;
  std::string type;  // "Release"; empty where the build named none
  bool optimised = false;
  std::string hdf5;  // the library that is loaded
  std::string hdf5_built_with;
  bool has_page = false;
  std::string python;          // for which Python its module was built, "3.11.2"; empty: it was not
  std::string journey_format;  // what journey files begin with
};

struct Diagnosis {
  Build build;
  int threads = 1;
  std::optional<Memory> memory;
  std::optional<std::string> mpi_program;  // sojourn-mpi
  std::optional<std::string> mpirun;
  std::optional<std::string> browser;  // what the studio opens its page with
  Place here, temporary;
  std::vector<SelfTest> self_tests;

  bool hdf5_fits() const { return build.hdf5 == build.hdf5_built_with; }
  bool can_write_here() const { return here.not_written.empty(); }
  bool can_lock_here() const { return here.not_locked.empty(); }
  bool can_write_temporary() const { return temporary.not_written.empty(); }
  bool counts_right() const;
  /// How many of these five are not so: what spoils results, or keeps files from being written where they are to be.
  int wrong() const;
};

/// Takes less than a second and leaves no file.
Diagnosis diagnose();

}  // namespace sojourn::tools
