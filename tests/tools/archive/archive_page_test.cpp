#include "engine/store/hdf5.h"
#include "tests/support/environment.h"
#include "tests/tools/archive/sample_result.h"
#include "tools/archive/archive.h"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <cstdlib>

namespace sojourn::tools {
namespace {

// Everything in the files is on the page, and everything on the page is in the files: tests/store/open_results.py reads
// them by the page's tables, with h5py and with both engines of xarray.
TEST(ArchivePage, strangers_read_it_by_the_page) {
  const tests::TemporaryFolder folder;
  const std::string run = (folder.path() / "run.h5").string();
  const std::string comparison = (folder.path() / "comparison.h5").string();
  engine::write_hdf5(archive_of(models::sample_run()), run);
  engine::write_hdf5(archive_of(models::sample_comparison()), comparison);
  const std::string script = (tests::source_dir() / "tests/store/open_results.py").string();
  const std::string command = tests::python().string() + " -B '" + script + "' '" + run + "' '" + comparison + "'";
  const int status = std::system(command.c_str());
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "Python lacks h5py or xarray";
  EXPECT_EQ(WEXITSTATUS(status), 0) << command;
}

}  // namespace
}  // namespace sojourn::tools
