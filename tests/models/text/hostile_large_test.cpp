// The large and strange files of tests/hostile/catalogue.tsv that the text layer decides: in a second and 256 MB each.

#include "tests/hostile/answer.h"

#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <algorithm>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool measured = false;  // instrumented code takes its own time and memory
#else
constexpr bool measured = true;
#endif

namespace sojourn::tests {
namespace {

/// Reads a file in a process of its own, so that its memory can be measured and no crash or hang is anybody else's, and
/// compares. The expected complaints must be among those found; without any, none may be found.
void expect_bounded(const HostileFile& file) {
  const TemporaryFolder folder;
  const std::filesystem::path path = hostile_path(file.name, folder.path());
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::alarm(60);
    const Answer answer = answer_to(path);
    bool good = answer.exit == file.exit && (file.exit == 0) == answer.complaints.empty();
    for (const std::string& line : expected_of(file)) {
      if (std::find(answer.complaints.begin(), answer.complaints.end(), line) == answer.complaints.end()) good = false;
    }
    if (!good) fprintf(stderr, "%s: exit %d\n%s", file.name.c_str(), answer.exit, answer.text.substr(0, 5000).c_str());
    ::_exit(good ? 0 : 1);
  }
  int status = 0;
  rusage usage{};
  ASSERT_EQ(::wait4(child, &status, 0, &usage), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << file.name << " ended with status " << status;
  const double seconds = static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                         1e-6 * static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec);
  if (measured) {
    EXPECT_LT(seconds, 2.0) << file.name;  // twice what is promised: the machine may be busy with other tests
    EXPECT_LT(usage.ru_maxrss / 1024, 256) << file.name;
  }
}

TEST(Hostile, large_and_strange_files_in_bounded_time_and_memory) {
  int files = 0;
  for (const HostileFile& file : hostile_files("text")) {
    if (!is_generated(file)) continue;
    if (file.name.ends_with("unreadable.yaml") && ::geteuid() == 0) continue;  // root reads everything
    ++files;
    expect_bounded(file);
  }
  EXPECT_GE(files, 22);
}

TEST(Hostile, a_megabyte_of_anything_that_is_allowed_in_bounded_time_and_memory) {
  for (const char* name : {"long_number", "many_keys", "many_keys_in_brackets", "many_items", "many_lists"}) {
    expect_bounded({"generated/" + std::string(name) + ".yaml", 0, "text", {}});
  }
}

}  // namespace
}  // namespace sojourn::tests
