#include "tools/program/interrupt.h"

#include "tools/program/errors.h"
#include "tools/program/exit_code.h"

#include <poll.h>
#include <unistd.h>
#include <csignal>

#include <atomic>

namespace sojourn::tools {
namespace {

std::atomic<int> signal_seen{0};
std::atomic<int> graceful_parts{0};
static_assert(std::atomic<int>::is_always_lock_free, "only lock-free atomics may be used in a signal handler");

extern "C" void on_signal(int signal) {
  if (graceful_parts > 0 && signal_seen == 0) {
    signal_seen = signal;
    return;
  }
  constexpr char kStopped[] = "sojourn: stopped\n";
  pollfd errors{STDERR_FILENO, POLLOUT, 0};  // a pipe that nobody reads must not hold the end up
  if (poll(&errors, 1, 0) == 1 && (errors.revents & POLLOUT) != 0) {
    [[maybe_unused]] const ssize_t written = write(STDERR_FILENO, kStopped, sizeof kStopped - 1);
  }
  _exit(exit_code::signal + signal);
}

}  // namespace

void install_signal_handlers() {
  struct sigaction action = {};
  action.sa_handler = on_signal;  // without SA_RESTART: a write() that waits for a reader comes back
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before = {};
    sigaction(signal, nullptr, &before);
    if (before.sa_handler != SIG_IGN) sigaction(signal, &action, nullptr);  // nohup keeps what it set
  }
  struct sigaction ignore = {};
  ignore.sa_handler = SIG_IGN;
  sigemptyset(&ignore.sa_mask);
  for (const int signal : {SIGPIPE, SIGXFSZ}) sigaction(signal, &ignore, nullptr);
}

int stop_signal() { return signal_seen; }

void throw_if_stopped() {
  if (const int signal = signal_seen) throw Stopped{signal};
}

void ask_to_stop(int signal) { signal_seen = signal; }

Graceful::Graceful() { ++graceful_parts; }

Graceful::~Graceful() { --graceful_parts; }

}  // namespace sojourn::tools
