#pragma once
// Ctrl-C and kill. While nothing is at stake a signal ends the program at once; inside a Graceful part it only raises a
// flag, and a second one ends the program.
//
// A signal handler can reach static storage only, so this is the one place of the program with state of its own.

namespace sojourn::tools {

/// Takes SIGINT, SIGTERM and SIGHUP over and ignores SIGPIPE and SIGXFSZ, so that a closed pipe and a file that may not grow
/// are errors of write().
void install_signal_handlers();

/// The signal that asked to stop, or 0.
int stop_signal();

/// Throws Stopped if one did.
void throw_if_stopped();

/// As if the signal had come; 0 takes it back. For a host with handlers of its own (the Python module).
void ask_to_stop(int signal);

/// As long as one lives, a first signal is only noted.
class Graceful {
 public:
  Graceful();
  ~Graceful();
  Graceful(const Graceful&) = delete;
  Graceful& operator=(const Graceful&) = delete;
};

}  // namespace sojourn::tools
