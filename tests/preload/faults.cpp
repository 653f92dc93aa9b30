// Preloaded into the program: the n-th call of one kind on files below a folder fails, is cut short, or ends the process. As SQLite tests
// itself: for every n until the work gets through (sqlite.org/testing.html, "Anomaly Testing").
//
//   SOJOURN_FAULT_UNDER   the folder; calls on other files pass
//   SOJOURN_FAULT         KIND:N:ACTION
//     KIND    open, write, fsync, rename, close; any (counts all of them)
//     N       from 1; 0: none, only counted
//     ACTION  enospc, eio (fails with that), short (half is written, later calls pass), always (enospc, from the n-th on),
//             kill (SIGKILL before it), half (half is written, then SIGKILL), killed (SIGKILL behind it)
//   SOJOURN_FAULT_COUNT   a file that gets a line "KIND COUNT" of each at the end

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

enum Kind { kOpen, kWrite, kFsync, kRename, kClose, kKinds, kAny };
constexpr std::array<const char*, kKinds> kNames = {"open", "write", "fsync", "rename", "close"};

struct Fault {
  const char* under = std::getenv("SOJOURN_FAULT_UNDER");
  int kind = -1;
  long at = 0;
  char action[16] = "";

  Fault() {
    const char* text = std::getenv("SOJOURN_FAULT");
    char name[16] = "";
    if (text == nullptr || std::sscanf(text, "%15[^:]:%ld:%15s", name, &at, action) != 3) return;
    for (int i = 0; i < kKinds; ++i)
      if (std::strcmp(name, kNames[static_cast<std::size_t>(i)]) == 0) kind = i;
    if (std::strcmp(name, "any") == 0) kind = kAny;
  }
  bool is(const char* name) const { return std::strcmp(action, name) == 0; }
};

const Fault& fault() {
  static const Fault one;
  return one;
}

std::array<std::atomic<long>, kKinds> counts;
std::atomic<long> counted_kind = 0;
std::array<std::atomic<bool>, 4096> watched;

bool is_below(const char* path) {
  const char* under = fault().under;
  return under != nullptr && path != nullptr && std::strncmp(path, under, std::strlen(under)) == 0;
}
bool is_watched(int descriptor) {
  return descriptor >= 0 && descriptor < static_cast<int>(watched.size()) &&
         watched[static_cast<std::size_t>(descriptor)];
}
void watch(int descriptor, bool is) {
  if (descriptor >= 0 && descriptor < static_cast<int>(watched.size()))
    watched[static_cast<std::size_t>(descriptor)] = is;
}

enum class Fate { pass, fail, half, kill_before, kill_half, kill_behind };

Fate fate_of(Kind kind) {
  ++counts[kind];
  const Fault& one = fault();
  if (one.kind != kind && one.kind != kAny) return Fate::pass;
  const long now = ++counted_kind;
  if (one.at == 0 || now < one.at || (now > one.at && !one.is("always"))) return Fate::pass;
  if (one.is("enospc") || one.is("always")) return errno = ENOSPC, Fate::fail;
  if (one.is("eio")) return errno = EIO, Fate::fail;
  if (one.is("short")) return Fate::half;
  if (one.is("kill")) return Fate::kill_before;
  if (one.is("half")) return Fate::kill_half;
  return Fate::kill_behind;
}

[[noreturn]] void die() {
  ::kill(::getpid(), SIGKILL);
  while (true) ::pause();
}

template <class F>
F* next(const char* name) {
  return reinterpret_cast<F*>(::dlsym(RTLD_NEXT, name));
}

/// What is made of a call that either happens or does not.
template <class Call>
int met(Kind kind, Call call) {
  const Fate fate = fate_of(kind);
  if (fate == Fate::fail) return -1;
  if (fate == Fate::kill_before || fate == Fate::kill_half) die();
  const int result = call();
  if (fate == Fate::kill_behind) die();
  return result;
}

int opened(const char* name, const char* path, int flags, mode_t mode) {
  using Open = int(const char*, int, ...);
  static Open* const plain = next<Open>("open");
  static Open* const large = next<Open>("open64");
  Open* const real = std::strcmp(name, "open") == 0 ? plain : large;
  if (!is_below(path)) return real(path, flags, mode);
  const int descriptor = met(kOpen, [&] { return real(path, flags, mode); });
  watch(descriptor, true);
  return descriptor;
}

struct AtEnd {
  ~AtEnd() {
    const char* path = std::getenv("SOJOURN_FAULT_COUNT");
    if (path == nullptr) return;
    std::FILE* file = std::fopen(path, "w");
    if (file == nullptr) return;
    for (std::size_t i = 0; i < kKinds; ++i) std::fprintf(file, "%s %ld\n", kNames[i], counts[i].load());
    std::fclose(file);
  }
} at_end;

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return opened("open", path, flags, mode);
}

int open64(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return opened("open64", path, flags, mode);
}

ssize_t write(int descriptor, const void* bytes, size_t count) {
  static auto* const real = next<ssize_t(int, const void*, size_t)>("write");
  if (!is_watched(descriptor)) return real(descriptor, bytes, count);
  const Fate fate = fate_of(kWrite);
  if (fate == Fate::fail) return -1;
  if (fate == Fate::kill_before) die();
  const bool halved = fate == Fate::half || fate == Fate::kill_half;
  const ssize_t result = real(descriptor, bytes, halved ? count / 2 : count);
  if (fate == Fate::kill_half || fate == Fate::kill_behind) die();
  return result;
}

ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  static auto* const real = next<ssize_t(int, const void*, size_t, off_t)>("pwrite");
  if (!is_watched(descriptor)) return real(descriptor, bytes, count, offset);
  const Fate fate = fate_of(kWrite);
  if (fate == Fate::fail) return -1;
  if (fate == Fate::kill_before) die();
  const bool halved = fate == Fate::half || fate == Fate::kill_half;
  const ssize_t result = real(descriptor, bytes, halved ? count / 2 : count, offset);
  if (fate == Fate::kill_half || fate == Fate::kill_behind) die();
  return result;
}

int fsync(int descriptor) {
  static auto* const real = next<int(int)>("fsync");
  if (!is_watched(descriptor)) return real(descriptor);
  return met(kFsync, [&] { return real(descriptor); });
}

int close(int descriptor) {
  static auto* const real = next<int(int)>("close");
  if (!is_watched(descriptor)) return real(descriptor);
  watch(descriptor, false);
  const Fate fate = fate_of(kClose);
  if (fate == Fate::kill_before || fate == Fate::kill_half) die();
  const int error = errno;
  const int result = real(descriptor);  // as Linux does it: the descriptor is gone whatever comes back
  if (fate == Fate::kill_behind) die();
  if (fate == Fate::fail) return errno = error, -1;
  return result;
}

int rename(const char* from, const char* to) {
  static auto* const real = next<int(const char*, const char*)>("rename");
  if (!is_below(to)) return real(from, to);
  return met(kRename, [&] { return real(from, to); });
}

int renameat2(int from_folder, const char* from, int to_folder, const char* to, unsigned flags) {
  static auto* const real = next<int(int, const char*, int, const char*, unsigned)>("renameat2");
  if (!is_below(to)) return real(from_folder, from, to_folder, to, flags);
  return met(kRename, [&] { return real(from_folder, from, to_folder, to, flags); });
}

}  // extern "C"
