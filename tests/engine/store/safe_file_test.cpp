#include "engine/store/safe_file.h"

#include "tests/support/environment.h"

#include <gtest/gtest.h>

#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>
#include <thread>

// Stands in for the C library's, so that a test can count the flushes and let one fail: call number `fail_at` of them.
namespace {
std::atomic<int> flushes = 0;
std::atomic<int> fail_at = 0;
}  // namespace
extern "C" int fsync(int descriptor) {
  if (++flushes == fail_at) {
    errno = EIO;
    return -1;
  }
  return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

namespace sojourn::engine {
namespace {

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream all;
  all << file.rdbuf();
  return all.str();
}

void put(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename());
  std::sort(names.begin(), names.end());
  return names;
}

using Names = std::vector<std::string>;

/// The errno of the IoError that the action throws; 0 without one.
int error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const IoError& error) {
    return error.error_number();
  }
  return 0;
}

/// Runs the action in a process of its own and gives its exit status, or -signal.
int in_child(const std::function<int()>& action) {
  const pid_t child = ::fork();
  if (child == 0) {
    int status = 99;
    try {
      status = action();
    } catch (...) {
    }
    ::_exit(status);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child) throw std::runtime_error("fork");
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

class SafeFileTest : public ::testing::Test {
 protected:
  std::string in(const std::string& name) const { return (folder_.path() / name).string(); }
  Names names() const { return names_in(folder_.path()); }
  tests::TemporaryFolder folder_;
};

TEST_F(SafeFileTest, is_not_there_before_commit_and_whole_after) {
  SafeFile file(in("a.json"));
  file.write("{\"nps\":");
  file.write(" 31}\n");
  EXPECT_FALSE(file.is_written_through());
  EXPECT_FALSE(fs::exists(in("a.json")));
  EXPECT_EQ(names().size(), 1u);
  file.commit();
  EXPECT_EQ(content(in("a.json")), "{\"nps\": 31}\n");
  EXPECT_EQ(names(), Names{"a.json"});
}

TEST_F(SafeFileTest, ends_without_a_trace_without_commit) {
  put(in("old.json"), "old");
  {
    SafeFile fresh(in("new.json"));
    fresh.write("half");
    SafeFile over(in("old.json"), Existing::replace);
    over.write("half");
  }
  EXPECT_THROW(
      {
        SafeFile file(in("new.json"));
        file.write("half");
        throw std::runtime_error("a signal asked to stop");
      },
      std::runtime_error);
  EXPECT_EQ(names(), Names{"old.json"});
  EXPECT_EQ(content(in("old.json")), "old");
}

TEST_F(SafeFileTest, refuses_or_replaces_what_is_there) {
  put(in("a"), "old");
  EXPECT_THROW(SafeFile(in("a")), TargetExists);
  EXPECT_THROW(check_target(in("a"), Existing::refuse), TargetExists);
  EXPECT_EQ(content(in("a")), "old");
  check_target(in("a"), Existing::replace);
  EXPECT_EQ(content(in("a")), "old");
  write_file(in("a"), Existing::replace, "new");
  EXPECT_EQ(content(in("a")), "new");
  EXPECT_EQ(names(), Names{"a"});
}

TEST_F(SafeFileTest, flushes_the_file_and_its_folder) {
  flushes = fail_at = 0;
  write_file(in("a"), Existing::refuse, "content");
  EXPECT_EQ(flushes, 2);

  flushes = 0, fail_at = 1;  // the file: it never appears
  EXPECT_EQ(error_of([&] { write_file(in("b"), Existing::refuse, "content"); }), EIO);
  EXPECT_EQ(names(), Names{"a"});

  flushes = 0, fail_at = 2;  // the folder: it is there, whole, but may be lost with the power
  EXPECT_EQ(error_of([&] { write_file(in("c"), Existing::refuse, "content"); }), EIO);
  fail_at = 0;
  EXPECT_EQ(names(), (Names{"a", "c"}));
  EXPECT_EQ(content(in("c")), "content");
}

TEST_F(SafeFileTest, what_cannot_be_read_back_is_not_put_in_place) {
  SafeFile file(in("a"));
  file.write("content");
  ASSERT_EQ(names().size(), 1u);
  put(in(names()[0]), "CONTENT");  // as a failing device might
  EXPECT_THROW(file.commit(), IoError);
  EXPECT_FALSE(fs::exists(in("a")));
}

TEST_F(SafeFileTest, refuses_what_appeared_meanwhile) {
  SafeFile file(in("a"));
  file.write("mine");
  put(in("a"), "theirs");
  EXPECT_THROW(file.commit(), TargetExists);
  EXPECT_EQ(content(in("a")), "theirs");
}

TEST_F(SafeFileTest, two_at_once_do_not_meet) {
  SafeFile one(in("a"), Existing::replace);
  SafeFile two(in("a"), Existing::replace);
  one.write("one");
  two.write("two");
  two.commit();
  one.commit();
  EXPECT_EQ(content(in("a")), "one");
  EXPECT_EQ(names(), Names{"a"});

  std::atomic<int> winners = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      try {
        write_file(in("race"), Existing::refuse, "whole");
        ++winners;
      } catch (const TargetExists&) {
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(winners, 1);
  EXPECT_EQ(content(in("race")), "whole");
}

TEST_F(SafeFileTest, a_leftover_of_a_killed_process_is_no_obstacle) {
  const std::string leftover = in(".a." + std::to_string(::getpid()) + "-0.tmp");
  put(leftover, "litter");
  write_file(in("a"), Existing::refuse, "good");
  EXPECT_EQ(content(in("a")), "good");
  EXPECT_EQ(content(leftover), "litter");
}

TEST_F(SafeFileTest, keeps_permissions_of_what_it_replaces) {
  put(in("a"), "old");
  ASSERT_EQ(::chmod(in("a").c_str(), 0640), 0);
  write_file(in("a"), Existing::replace, "new");
  EXPECT_EQ(static_cast<unsigned>(fs::status(in("a")).permissions()), 0640u);

  const mode_t mask = ::umask(027);
  write_file(in("b"), Existing::refuse, "new");
  ::umask(mask);
  EXPECT_EQ(static_cast<unsigned>(fs::status(in("b")).permissions()), 0640u);
}

TEST_F(SafeFileTest, follows_symbolic_links_and_keeps_them) {
  fs::create_directory(in("deep"));
  put(in("deep/real"), "old");
  fs::create_symlink("deep/real", in("link"));
  fs::create_symlink("link", in("link2"));
  fs::create_symlink("deep/later", in("dangling"));
  EXPECT_THROW(SafeFile(in("link2")), TargetExists);
  write_file(in("link2"), Existing::replace, "new");
  write_file(in("dangling"), Existing::refuse, "later");
  EXPECT_TRUE(fs::is_symlink(in("link2")));
  EXPECT_EQ(content(in("deep/real")), "new");
  EXPECT_EQ(content(in("deep/later")), "later");
  fs::create_symlink("circle", in("circle"));
  EXPECT_EQ(error_of([&] { SafeFile(in("circle"), Existing::replace); }), ELOOP);
}

TEST_F(SafeFileTest, folders_and_bad_names_are_refused) {
  EXPECT_EQ(error_of([&] { SafeFile(folder_.path().string(), Existing::replace); }), EISDIR);
  EXPECT_EQ(error_of([&] { SafeFile file(in("new/")); }), EISDIR);
  EXPECT_EQ(error_of([&] { SafeFile file(in("no/such/folder")); }), ENOENT);
  put(in("file"), "");
  EXPECT_EQ(error_of([&] { SafeFile file(in("file/a")); }), ENOTDIR);
  EXPECT_EQ(error_of([&] { SafeFile file(""); }), ENOENT);
  EXPECT_EQ(error_of([&] { SafeFile file(in(std::string("a\0b", 3))); }), EINVAL);
  EXPECT_EQ(error_of([&] { SafeFile file(in(std::string(256, 'n'))); }), ENAMETOOLONG);
  write_file(in(std::string(255, 'n')), Existing::refuse, "the longest name");
  EXPECT_EQ(content(in(std::string(255, 'n'))), "the longest name");
  EXPECT_EQ(names().size(), 2u);
}

TEST_F(SafeFileTest, messages_say_what_why_and_what_to_do) {
  const auto message = [](const std::function<void()>& action) -> std::string {
    try {
      action();
    } catch (const std::exception& error) {
      return error.what();
    }
    return "nothing thrown";
  };
  put(in("a"), "");
  EXPECT_EQ(message([&] { SafeFile file(in("no/a")); }),
            in("no/a") +
                ": error: cannot write the file (make a temporary file beside it: there is no such file or folder). "
                "Make its folder first");
  EXPECT_EQ(
      message([&] { SafeFile file(in("a")); }),
      in("a") + ": error: the file is there already (it would be lost). Write to another name, or remove it first");
  EXPECT_EQ(message([&] { write_file("/dev/full", Existing::refuse, "x"); }),
            "/dev/full: error: cannot write the file (write: no space left on the device). "
            "Free some space there, or write somewhere else");
  EXPECT_EQ(message([&] { SafeFile file("/no/\x1b[31m/a"); }).substr(0, 18), "/no/\\x1b[31m/a: er");
}

TEST_F(SafeFileTest, devices_and_pipes_are_written_through) {
  write_file("/dev/null", Existing::refuse, "gone");
  check_target("/dev/null", Existing::refuse);
  EXPECT_EQ(error_of([] { write_file("/dev/full", Existing::refuse, "x"); }), ENOSPC);

  ASSERT_EQ(::mkfifo(in("pipe").c_str(), 0600), 0);
  check_target(in("pipe"), Existing::refuse);  // would hang if it opened the pipe
  std::string read;
  std::thread reader([&] { read = content(in("pipe")); });
  const std::string text(300000, 'p');
  SafeFile file(in("pipe"));
  EXPECT_TRUE(file.is_written_through());
  file.write(text);
  file.commit();
  reader.join();
  EXPECT_EQ(read, text);
  EXPECT_TRUE(fs::is_fifo(in("pipe")));
}

TEST_F(SafeFileTest, standard_output_is_the_open_descriptor_even_if_it_is_a_file) {
  put(in("out"), "");
  EXPECT_EQ(in_child([&] {
              const int out = ::open(in("out").c_str(), O_WRONLY);
              ::dup2(out, STDOUT_FILENO);
              if (::write(STDOUT_FILENO, "before,", 7) != 7) return 1;
              write_file("/dev/stdout", Existing::refuse, "a,");
              write_file("/dev/fd/1", Existing::refuse, "b,");
              write_file("/proc/self/fd/1", Existing::refuse, "c,");
              return ::write(STDOUT_FILENO, "after", 5) == 5 ? 0 : 1;
            }),
            0);
  EXPECT_EQ(content(in("out")), "before,a,b,c,after");
  EXPECT_EQ(in_child([] {
              ::close(STDOUT_FILENO);
              return error_of([] { SafeFile file("/dev/stdout"); });
            }),
            EBADF);
}

TEST_F(SafeFileTest, a_pipe_that_nobody_reads_is_an_error) {
  EXPECT_EQ(in_child([] {
              std::signal(SIGPIPE, SIG_IGN);
              int ends[2];
              if (::pipe(ends) != 0) return 1;
              ::close(ends[0]);
              return error_of([&] { write_file("/dev/fd/" + std::to_string(ends[1]), Existing::refuse, "x"); });
            }),
            EPIPE);
}

TEST_F(SafeFileTest, a_signal_ends_the_wait_for_a_reader) {
  ASSERT_EQ(::mkfifo(in("pipe").c_str(), 0600), 0);
  EXPECT_EQ(in_child([&] {
              struct sigaction action {};
              action.sa_handler = [](int) {};
              ::sigaction(SIGALRM, &action, nullptr);
              ::alarm(1);
              return error_of([&] { SafeFile file(in("pipe")); });
            }),
            EINTR);
}

TEST_F(SafeFileTest, an_unwritable_folder_is_an_error_before_the_work) {
  fs::create_directory(in("closed"));
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0755), 0);
  ASSERT_EQ(::chmod(in("closed").c_str(), 0555), 0);
  EXPECT_EQ(in_child([&] {
              if (::geteuid() == 0 && ::setresuid(65534, 65534, 65534) != 0) return 98;
              const int made = error_of([&] { SafeFile file(in("closed/a")); });
              const int asked = error_of([&] { check_target(in("closed/a"), Existing::refuse); });
              return made == asked ? made : 97;
            }),
            EACCES);
}

TEST_F(SafeFileTest, a_limit_on_the_size_leaves_nothing) {
  put(in("old"), "old");
  EXPECT_EQ(in_child([&] {
              std::signal(SIGXFSZ, SIG_IGN);  // as the program does; otherwise the kernel ends it
              const rlimit limit{4096, 4096};
              if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return 98;
              const std::string bytes(10000, 'x');
              const int fresh = error_of([&] { write_file(in("new"), Existing::refuse, bytes); });
              const int over = error_of([&] { write_file(in("old"), Existing::replace, bytes); });
              return fresh == over ? fresh : 97;
            }),
            EFBIG);
  EXPECT_EQ(names(), Names{"old"});
  EXPECT_EQ(content(in("old")), "old");
}

// Every size from what fits to what does not, on a real file system that is full.
TEST_F(SafeFileTest, a_full_disk_leaves_nothing) {
  fs::create_directory(in("disk"));
  constexpr int unable = 98;
  const int status = in_child([&] {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", in("disk").c_str(), "tmpfs", 0, "size=64k") != 0) {
      return unable;
    }
    int full = 0;
    for (std::size_t size = 0; size <= 100'000; size += 5'000) {
      const std::string bytes(size, 'x');
      const int error = error_of([&] { write_file(in("disk/a"), Existing::refuse, bytes); });
      const Names left = names_in(in("disk"));
      if (error == 0 && (left != Names{"a"} || content(in("disk/a")) != bytes)) return 1;
      if (error != 0 && (error != ENOSPC || !left.empty())) return 2;
      full += error != 0;
      fs::remove(in("disk/a"));
    }
    return full >= 7 && full <= 8 ? 0 : 3;  // 65,536 bytes fit, 70,000 and more do not
  });
  if (status == unable) GTEST_SKIP() << "mounting a file system needs root";
  EXPECT_EQ(status, 0);
}

// Killed at any moment, the target holds one of the texts that were written, whole.
TEST_F(SafeFileTest, a_kill_leaves_the_old_file_or_the_new_one) {
  const auto version = [](int v) { return std::string(200'000, static_cast<char>('a' + v)); };
  int seen[2] = {0, 0};
  for (int kill_after = 0; kill_after < 40; ++kill_after) {
    const pid_t child = ::fork();
    if (child == 0) {
      for (int v = 0;; v = (v + 1) % 26) {
        try {
          write_file(in("a"), Existing::replace, version(v));
        } catch (...) {
          ::_exit(1);
        }
      }
    }
    ASSERT_GT(child, 0);
    ::usleep(static_cast<useconds_t>(300 + 1379 * kill_after % 20000));
    ::kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the writer failed by itself";
    const bool there = fs::exists(in("a"));
    ++seen[there];
    if (there) {
      const std::string found = content(in("a"));
      ASSERT_EQ(found, version(found.empty() ? 0 : found[0] - 'a'));
    }
    for (const std::string& name : names()) fs::remove(in(name));
  }
  EXPECT_GT(seen[true], 0);
}

TEST_F(SafeFileTest, folders_are_made_once) {
  make_folder(in("tables"));
  make_folder(in("tables"));
  EXPECT_TRUE(fs::is_directory(in("tables")));
  EXPECT_EQ(error_of([&] { make_folder(in("no/tables")); }), ENOENT);
  put(in("file"), "");
  EXPECT_EQ(error_of([&] { make_folder(in("file")); }), ENOTDIR);
  EXPECT_EQ(error_of([&] { make_folder(""); }), ENOENT);
  EXPECT_EQ(folder_of("a"), ".");
  EXPECT_EQ(folder_of("/a"), "/");
  EXPECT_EQ(folder_of("b/c/a"), "b/c");
}

}  // namespace
}  // namespace sojourn::engine
