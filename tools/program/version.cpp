#include "tools/program/version.h"

#include "engine/random/luck.h"
#include "tools/batch/mpi_program.h"
#include "tools/report/embedded.h"

#include <fmt/core.h>
#include <tbb/version.h>
#include <CLI/Version.hpp>
#include <nlohmann/detail/abi_macros.hpp>

#ifndef SOJOURN_VERSION
#error "the build names the version: SOJOURN_VERSION"
#endif

namespace sojourn::tools {
namespace {

std::string kind() {
#if defined(__OPTIMIZE__)
  return "optimised";
#else
  return "not optimised";
#endif
}

}  // namespace

std::string program_name() { return "sojourn " SOJOURN_VERSION; }

std::string compiler_name() {
#if defined(__clang__)
  return "clang " __clang_version__;
#elif defined(__GNUC__)
  return "g++ " __VERSION__;
#else
  return "an unknown compiler";
#endif
}

std::string version_text() {
  return program_name() + "\n" + fmt::format("random numbers  {}\n", engine::kRandomScheme) +
         fmt::format("built by        {}, C++ {}, {}\n", compiler_name(), __cplusplus, kind()) +
         fmt::format("reports         {}\n", page_version()) +
         fmt::format("mpirun          {}\n", mpi_program() ? "sojourn-mpi is there" : "not built: use --shard") +
         fmt::format("with            oneTBB {}.{}, fmt {}.{}.{}, nlohmann-json {}.{}.{}, CLI11 {}\n",
                     TBB_VERSION_MAJOR, TBB_VERSION_MINOR, FMT_VERSION / 10000, FMT_VERSION / 100 % 100,
                     FMT_VERSION % 100, NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                     NLOHMANN_JSON_VERSION_PATCH, CLI11_VERSION);
}

}  // namespace sojourn::tools
