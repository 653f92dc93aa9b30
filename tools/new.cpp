// sojourn new: a small journey to start from.

#include "engine/store/safe_file.h"
#include "models/text/utf8.h"
#include "tools/arguments/arguments.h"
#include "tools/command.h"
#include "tools/job/folder.h"
#include "tools/program/exit_code.h"
#include "tools/program/interrupt.h"
#include "tools/start/templates.h"
#include "tools/terminal/page.h"
#include "tools/terminal/text.h"

namespace sojourn::tools {
namespace {

bool names_a_file(const std::string& name) { return name.ends_with(".yaml") || name.ends_with(".yml"); }

}  // namespace

int new_journey(std::span<const std::string> given, Console& console) {
  std::string name;
  std::optional<std::string> language;
  bool quiet = false;
  Arguments arguments("new",
                      "Writes a small commented journey and a what-if on it into a new folder, or, where the name ends "
                      "with .yaml, the journey alone into a new file. What exists is never replaced.",
                      "  sojourn new shop\n"
                      "  sojourn compare shop/journey.yaml shop/what-if.yaml\n");
  arguments.operand(name, "NAME", "a folder or file that does not exist yet");
  arguments.choice(language, "--lang", {"en", "de"}, "the language of comments, names and terminal (en)");
  arguments.flag(quiet, "--quiet", "no notes");
  arguments.read(given);
  if (name.empty()) arguments.refuse("NAME is empty");
  if (quiet) console.set_talk(Talk::quiet);
  console.speak(language);
  const std::vector<TextFile> files = starting_files(language.value_or("en"));
  {
    const Graceful graceful;
    if (names_a_file(name)) {
      engine::write_file(name, engine::Existing::refuse, files.front().text);
    } else {
      write_folder(name, engine::Existing::refuse, files);
    }
  }
  console.say(console.err().say("sojourn: wrote{0}\n", {" " + engine::printable_path(name)}));
  if (!console.talks()) return exit_code::ok;
  const Look& look = console.out();
  if (names_a_file(name)) {
    console.print(heading(look, look.say("Next")) +
                  next_step(look, "sojourn run " + shell_word(name), look.say("says how it goes as it is")));
  } else {
    const auto in_it = [&](const char* file) { return " " + shell_word(name + "/" + file); };
    console.print(heading(look, look.say("Next")) +
                  next_step(look, "sojourn run" + in_it("journey.yaml"), look.say("says how it goes as it is")) +
                  next_step(look, "sojourn compare" + in_it("journey.yaml") + in_it("what-if.yaml"),
                            look.say("says what the change would do")));
  }
  return exit_code::ok;
}

}  // namespace sojourn::tools
