// sojourn studio: the what-if page, live, on 127.0.0.1.

#include "tools/arguments/arguments.h"
#include "tools/arguments/common.h"
#include "tools/command.h"
#include "tools/program/errors.h"
#include "tools/program/exit_code.h"
#include "tools/program/interrupt.h"
#include "tools/report/calibration_part.h"
#include "tools/report/embedded.h"
#include "tools/studio/page.h"
#include "tools/studio/server.h"

#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

namespace sojourn::tools {
namespace {

struct StudioArguments {
  SessionPlan plan;
  std::optional<std::uint64_t> port;
  std::optional<std::uint64_t> threads;
  std::optional<std::string> language;
  std::optional<std::string> calibration;
  bool no_open = false;
};

StudioArguments read(std::span<const std::string> given) {
  StudioArguments to;
  Arguments arguments(
      "studio",
      "Opens the journey as a page in the browser, where sliders change its numbers and the same customers "
      "travel again at once. A what-if that is worth keeping is saved as a scenario into the journey's folder. "
      "Ends on Ctrl-C. Only this machine can reach the page, and only with the address that is printed.",
      "  sojourn studio scenarios/airport/journey.yaml scenarios/airport/security.yaml\n");
  arguments.operand(to.plan.journey, "JOURNEY", "the journey's file");
  arguments.operands(to.plan.scenarios, "[SCENARIO]", "what-ifs to begin with");
  arguments.count(to.port, "--port", "P", {1, 65535}, "where it listens on 127.0.0.1 (any that is free)");
  arguments.count(to.plan.seed, "--seed", "S", {},
                  "the luck of all customers; the same seed gives the same result (1)");
  arguments.count(to.threads, "--threads", "T", {1, 1024}, "threads to use (all); changes no digit of the result");
  declare_calibration(arguments, to.calibration);
  arguments.choice(to.language, "--lang", {"en", "de"}, "the page's language at first (en)");
  arguments.flag(to.no_open, "--no-open", "print the address and open no browser");
  arguments.read(given);
  to.plan.threads = static_cast<int>(to.threads.value_or(0));
  return to;
}

/// Whoever has no such program, or no screen, has the address that is printed.
void open_browser(std::string address) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    posix_spawn_file_actions_addopen(&files, stream, "/dev/null", O_RDWR, 0);
  }
  std::string program = "xdg-open";
  char* arguments[] = {program.data(), address.data(), nullptr};
  pid_t child = 0;
  posix_spawnp(&child, program.c_str(), &files, nullptr, arguments, environ);
  posix_spawn_file_actions_destroy(&files);
}

}  // namespace

int studio(std::span<const std::string> given, Console& console) {
  const StudioArguments arguments = read(given);
  if (studio_script().empty()) {
    console.complain(
        "sojourn: this program was built without npm, and so has no studio. Build it again where npm is there.\n");
    return exit_code::usage;
  }
  Warnings warnings(console);
  Session session(arguments.plan, warnings);
  if (arguments.calibration) {
    const std::string digest = session.document().at("journey").at("sha256");
    session.add_calibration(read_kept_calibration(*arguments.calibration, digest, console));
  }
  const Graceful graceful;
  StudioServer server(session, studio_page(session.document(), arguments.language.value_or("en")), new_token(),
                      static_cast<int>(arguments.port.value_or(0)));
  console.print(server.address() + "\n");
  console.say("sojourn: the studio is open; Ctrl-C ends it\n");
  if (!arguments.no_open) open_browser(server.address());
  server.serve();
  console.say("sojourn: the studio is closed\n");
  return exit_code::ok;
}

}  // namespace sojourn::tools
