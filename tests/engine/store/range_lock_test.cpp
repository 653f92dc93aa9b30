#include "engine/store/range_lock.h"

#include "engine/base/io_error.h"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <thread>

namespace sojourn::engine {
namespace {

namespace fs = std::filesystem;

class Lock : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "sojourn-lock-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder = name;
  }
  void TearDown() override { fs::remove_all(folder); }
  std::string folder;
};

TEST_F(Lock, keeps_others_out_of_what_it_holds_only) {
  std::optional<RangeLock> first(std::in_place, folder, 0, 10);
  EXPECT_THROW(RangeLock(folder, 9, 12), InUse);
  EXPECT_THROW(RangeLock(folder, 0, 1), InUse);
  const RangeLock second(folder, 10, 20);
  const RangeLock nothing(folder, 5, 5);
  first.reset();
  const RangeLock third(folder, 0, 10);
}

TEST_F(Lock, says_who_is_to_wait_for_what) {
  const RangeLock held(folder, 0, 4);
  try {
    const RangeLock other(folder, 2, 7);
    FAIL();
  } catch (const InUse& error) {
    EXPECT_EQ(std::string(error.what()),
              folder +
                  ": error: another process is working on it (on some of the units 2 to 6). Wait for it or stop "
                  "it, or give each its own part with --shard");
  }
}

TEST_F(Lock, ends_with_a_killed_process) {
  int ready[2];
  ASSERT_EQ(::pipe(ready), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const RangeLock held(folder, 0, 3);
    if (::write(ready[1], "x", 1) != 1) ::_exit(1);
    ::pause();
    ::_exit(0);
  }
  char byte = 0;
  ASSERT_EQ(::read(ready[0], &byte, 1), 1);
  EXPECT_THROW(RangeLock(folder, 0, 1), InUse);
  ASSERT_EQ(::kill(child, SIGKILL), 0);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  const RangeLock mine(folder, 0, 1);
  ::close(ready[0]);
  ::close(ready[1]);
}

TEST_F(Lock, waits_where_it_is_told_to) {
  std::optional<RangeLock> held(std::in_place, folder, 0, 1);
  bool got = false;
  std::jthread other([&] {
    const RangeLock mine(folder, 0, 1, RangeLock::Taken::wait);
    got = true;
  });
  held.reset();
  other.join();
  EXPECT_TRUE(got);
}

TEST_F(Lock, needs_its_folder) { EXPECT_THROW(RangeLock(folder + "/none", 0, 1), IoError); }

TEST_F(Lock, waits_for_who_is_about_to_end) {
  std::optional<RangeLock> held(std::in_place, folder, 0, 10);
  std::thread ends([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    held.reset();
  });
  EXPECT_NO_THROW(RangeLock(folder, 0, 10, RangeLock::Taken::wait_a_moment));
  ends.join();
}

}  // namespace
}  // namespace sojourn::engine
