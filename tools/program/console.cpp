#include "tools/program/console.h"

#include "tools/program/errors.h"
#include "tools/program/interrupt.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace sojourn::tools {
namespace {

std::size_t columns_of(int descriptor) {
  winsize size = {};
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/// The error number, or 0.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EINTR) {
      throw_if_stopped();
    } else if (errno == EAGAIN) {
      pollfd reader = {descriptor, POLLOUT, 0};
      poll(&reader, 1, -1);
      throw_if_stopped();
    } else {
      return errno;
    }
  }
  return 0;
}

}  // namespace

Console::Console() : out_is_terminal_(isatty(1) == 1), err_is_terminal_(isatty(2) == 1) {
  const Environment environment = [](const char* name) -> const char* { return std::getenv(name); };
  out_ = look_of(out_is_terminal_, columns_of(1), environment);
  err_ = look_of(err_is_terminal_, columns_of(2), environment);
}

void Console::print(std::string_view text) const {
  const int error = write_all(1, text);
  if (error == EPIPE) throw StandardOutputError("");
  if (error != 0) {
    throw StandardOutputError("standard output cannot be written: " + std::generic_category().message(error));
  }
}

void Console::say(std::string_view text) const {
  if (talks()) complain(text);
}

void Console::complain(std::string_view text) const { write_all(2, text); }

void Console::draw(std::string_view text) const {
  if (talks() && err_is_terminal_) complain(text);
}

void reserve_standard_streams() {
  for (int descriptor = 0; descriptor <= 2; ++descriptor) {
    if (fcntl(descriptor, F_GETFD) != -1) continue;
    // The lowest free number is taken, and this is it. The wrong direction on purpose: using it is an error.
    const int opened = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
    if (opened < 0) continue;
  }
}

}  // namespace sojourn::tools
