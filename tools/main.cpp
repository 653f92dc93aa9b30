// The program `sojourn`: picks the verb, and turns whatever ends it into an exit code (tools/program/exit_code.h).

#include "models/text/suggest.h"
#include "models/text/utf8.h"
#include "tools/arguments/arguments.h"
#include "tools/command.h"
#include "tools/program/errors.h"
#include "tools/program/exit_code.h"
#include "tools/program/guarded.h"
#include "tools/program/interrupt.h"
#include "tools/program/version.h"
#include "tools/terminal/text.h"

#include <unistd.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace sojourn::tools {
namespace {

std::string overview(Language language) {
  const auto say = [&](Phrase phrase) { return std::string(phrase.in(language)); };
  std::string text =
      say("Usage: sojourn VERB [arguments]") + "\n\n" +
      paragraph(say("Sends customers through a journey, as it is and as it could be, and says what a change "
                    "does to satisfaction and recommendation."),
                80) +
      "\n";
  for (const Command& command : commands) {
    text += "  " + pad_right(command.name, 12) + say(command.summary) + "\n";
  }
  return text + "\n" +
         paragraph(say("'sojourn VERB --help' explains a verb; 'sojourn --version' says what this is."), 80, 2) + "\n" +
         say("Example:") + "\n  sojourn compare scenarios/two_stop/journey.yaml scenarios/two_stop/faster.yaml\n";
}

[[noreturn]] void refuse_verb(const std::string& given) {
  std::string what = "unknown verb " + models::quoted(given);
  if (given.starts_with('-')) what = "unknown option " + models::quoted(given) + " (options stand behind the verb)";
  std::vector<std::string_view> names;
  for (const Command& command : commands) names.push_back(command.name);
  std::string suggestion = models::did_you_mean(given, names);
  if (suggestion.empty() && access(given.c_str(), F_OK) == 0) {
    suggestion = "Did you mean 'sojourn run " + shell_word(models::printable(given)) + "'?";
  }
  if (!suggestion.empty()) what += ". " + suggestion;
  throw UsageError(what);
}

bool asks_for_help(const std::string& word) { return word == "--help" || word == "-h" || word == "help"; }

/// The page of a verb, or that of the whole program.
int help(std::span<const std::string> given, Console& console) {
  std::optional<std::string> verb, language;
  if (std::ranges::none_of(given, asks_for_help)) {
    Arguments arguments("help", "Explains a verb, or lists them all.", "  sojourn help run\n");
    arguments.optional_operand(verb, "VERB", {}, "the verb (the whole program)");
    arguments.choice(language, "--lang", {"en", "de"}, "the language of the page (en)");
    arguments.read(given);
  }
  if (!verb) {
    console.print(overview(language_asked_for(given)));
    return exit_code::ok;
  }
  const auto command = std::ranges::find(commands, *verb, &Command::name);
  if (command == std::end(commands)) refuse_verb(*verb);
  return command->run(std::vector<std::string>{"--help", "--lang", language.value_or("en")}, console);
}

int dispatch(std::span<const std::string> arguments, Console& console) {
  if (arguments.empty()) {
    console.complain(overview(Language::english));
    return exit_code::usage;
  }
  const std::string& verb = arguments.front();
  std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  if (verb == "--version") {
    console.print(version_text());
    return exit_code::ok;
  }
  if (asks_for_help(verb)) return help(rest, console);
  for (const Command& command : commands) {
    if (command.name == verb) return command.run(rest, console);
  }
  refuse_verb(verb);
}

}  // namespace
}  // namespace sojourn::tools

int main(int count, char** values) {
  sojourn::tools::reserve_standard_streams();
  sojourn::tools::install_signal_handlers();
  sojourn::tools::Console console;
  const std::vector<std::string> arguments(values + (count > 0 ? 1 : 0), values + count);
  return sojourn::tools::guarded([&] { return sojourn::tools::dispatch(arguments, console); }, console);
}
