// sojourn completion: what a shell needs to complete the program's words.

#include "tools/arguments/arguments.h"
#include "tools/arguments/common.h"
#include "tools/command.h"
#include "tools/program/exit_code.h"
#include "tools/reference/shells.h"

namespace sojourn::tools {

int completion(std::span<const std::string> given, Console& console) {
  std::string shell;
  std::optional<std::string> language;
  Arguments arguments(
      "completion",
      "Prints a script with which the shell completes verbs, options, their choices and files. An installed "
      "sojourn has it in place already; otherwise the example says how it is read.",
      "  source <(sojourn completion bash)     # and the same in zsh, behind compinit\n"
      "  sojourn completion fish > ~/.config/fish/completions/sojourn.fish\n");
  arguments.operand(shell, "SHELL", {"bash", "zsh", "fish"}, "the shell: bash, zsh or fish");
  arguments.choice(language, "--lang", {"en", "de"}, "the language of what zsh and fish say about each (en)");
  arguments.read(given);
  const std::vector<Verb> all = verbs();
  const Language spoken = language_of(language.value_or("en"));
  console.print(shell == "bash"  ? bash_completion(all, spoken)
                : shell == "zsh" ? zsh_completion(all, spoken)
                                 : fish_completion(all, spoken));
  return exit_code::ok;
}

}  // namespace sojourn::tools
