#include "tools/reference/verbs.h"

#include "engine/base/contract.h"
#include "tools/arguments/arguments.h"
#include "tools/command.h"

namespace sojourn::tools {
namespace {

/// Every verb declares what it takes before it does anything else, and --help ends it there.
Syntax syntax_of(const Command& command) {
  Console console;
  const std::vector<std::string> help = {"--help"};
  try {
    command.run(help, console);
  } catch (const HelpWanted& wanted) {
    return wanted.syntax;
  }
  SOJOURN_EXPECT(false, "a verb that has --help");
  return {"", command.summary, {}, {}, ""};
}

}  // namespace

std::vector<Verb> verbs() {
  std::vector<Verb> all;
  for (const Command& command : commands) {
    all.push_back({std::string(command.name), command.summary, syntax_of(command)});
  }
  return all;
}

}  // namespace sojourn::tools
