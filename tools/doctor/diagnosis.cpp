#include "tools/doctor/diagnosis.h"

#include "engine/random/luck.h"
#include "tools/batch/mpi_program.h"
#include "tools/program/version.h"
#include "tools/report/embedded.h"

#include <hdf5.h>

#include <algorithm>
#include <filesystem>

#ifndef SOJOURN_BUILD_TYPE
#error "the build names its type: SOJOURN_BUILD_TYPE"
#endif

#ifndef SOJOURN_PYTHON
#error "the build says for which Python its module is: SOJOURN_PYTHON"
#endif

namespace sojourn::tools {
namespace {

std::string version_words(unsigned major, unsigned minor, unsigned release) {
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
}

Build build() {
  Build build;
  build.program = program_name();
  build.random_numbers = engine::kRandomScheme;
  build.compiler = compiler_name();
  build.type = SOJOURN_BUILD_TYPE;
#if defined(__OPTIMIZE__)
  build.optimised = true;
#endif
  unsigned major = 0, minor = 0, release = 0;
  if (H5get_libversion(&major, &minor, &release) >= 0) build.hdf5 = version_words(major, minor, release);
  build.hdf5_built_with = version_words(H5_VERS_MAJOR, H5_VERS_MINOR, H5_VERS_RELEASE);
  build.has_page = !page_script().empty();
  build.python = SOJOURN_PYTHON;
  build.journey_format = "sojourn/1";
  return build;
}

}  // namespace

bool Diagnosis::counts_right() const {
  return std::ranges::all_of(self_tests, [](const SelfTest& test) { return test.as_known; });
}

int Diagnosis::wrong() const {
  return !hdf5_fits() + !can_write_here() + !can_lock_here() + !can_write_temporary() + !counts_right();
}

Diagnosis diagnose() {
  Diagnosis all;
  all.build = build();
  all.threads = default_threads();
  all.memory = memory();
  all.mpi_program = mpi_program();
  all.mpirun = program_in_path("mpirun");
  all.browser = program_in_path("xdg-open");
  std::error_code error;
  const std::filesystem::path here = std::filesystem::current_path(error);
  all.here = look_at_place(error ? "." : here.string());
  all.temporary = look_at_place(temporary_folder());
  all.self_tests = self_tests();
  return all;
}

}  // namespace sojourn::tools
