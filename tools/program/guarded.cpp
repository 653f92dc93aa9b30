#include "tools/program/guarded.h"

#include "engine/base/contract.h"
#include "engine/base/io_error.h"
#include "engine/store/format_error.h"
#include "engine/store/range_lock.h"
#include "models/text/diagnostic.h"
#include "models/text/utf8.h"
#include "tools/arguments/arguments.h"
#include "tools/program/errors.h"
#include "tools/program/exit_code.h"
#include "tools/program/interrupt.h"
#include "tools/program/version.h"

#include <algorithm>
#include <cerrno>
#include <new>

namespace sojourn::tools {
namespace {

int our_bug(const std::exception& error, const Console& console) {
  console.complain("sojourn: this is a bug in " + program_name() +
                   "; please report it with what you did: " + models::printable(error.what()) + "\n");
  return exit_code::our_bug;
}

/// Whatever ends a command, as an exit code and, where there is something to say, a message.
int caught(const std::function<int()>& work, Console& console) {
  try {
    return work();
  } catch (const HelpWanted& help) {
    console.print(help.text);
    return exit_code::ok;
  } catch (const UsageError& error) {
    std::string what = error.what();
    if (what.find("\nUsage: ") == std::string::npos) what += "\nUsage: sojourn VERB [arguments]\nTry 'sojourn --help'";
    console.complain("sojourn: " + what + "\n");
    return exit_code::usage;
  } catch (const models::InputError& error) {
    console.complain(error.what());
    return exit_code::bad_data;
  } catch (const engine::FormatError& error) {
    console.complain(std::string(error.what()) + "\n");
    return exit_code::bad_data;
  } catch (const models::MissingFile& error) {
    console.complain("sojourn: " + std::string(error.what()) + "\n");
    return exit_code::missing;
  } catch (const engine::TargetExists& error) {
    console.complain("sojourn: " + std::string(error.what()) + "\n");
    return exit_code::exists;
  } catch (const engine::InUse& error) {
    console.complain("sojourn: " + std::string(error.what()) + "\n");
    return exit_code::exists;
  } catch (const engine::IoError& error) {
    if (const int signal = stop_signal()) throw Stopped{signal};  // it interrupted a wait for a reader
    if (error.error_number() == EPIPE) return exit_code::io;      // the reader has gone: nobody is told
    console.complain("sojourn: " + std::string(error.what()) + "\n");
    return is_unreadable(error) ? exit_code::missing : exit_code::io;
  } catch (const StandardOutputError& error) {
    if (*error.what() != '\0') console.complain("sojourn: " + std::string(error.what()) + "\n");
    return exit_code::io;
  } catch (const std::bad_alloc&) {
    console.complain("sojourn: there is not enough memory\n");
    return exit_code::our_bug;
  } catch (const std::exception& error) {  // broken contracts among them
    return our_bug(error, console);
  }
}

}  // namespace

bool is_unreadable(const engine::IoError& error) {
  if (error.access() != engine::Access::read) return false;
  constexpr int reasons[] = {0, ENOENT, ENOTDIR, EISDIR, EACCES, EPERM, ELOOP, ENAMETOOLONG, ENXIO, EINVAL};
  return std::ranges::find(reasons, error.error_number()) != std::end(reasons);
}

int guarded(const std::function<int()>& work, Console& console) {
  try {
    return caught(work, console);
  } catch (const Stopped& stopped) {
    console.complain("sojourn: stopped\n");
    return exit_code::signal + stopped.signal;
  } catch (const StandardOutputError& error) {  // of --help
    if (*error.what() != '\0') console.complain("sojourn: " + std::string(error.what()) + "\n");
    return exit_code::io;
  }
}

}  // namespace sojourn::tools
