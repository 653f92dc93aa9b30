// sojourn manual: the pages that man shows, and the same as Markdown.

#include "tools/reference/manual.h"
#include "engine/base/io_error.h"
#include "engine/store/safe_file.h"
#include "tools/arguments/arguments.h"
#include "tools/arguments/common.h"
#include "tools/command.h"
#include "tools/program/exit_code.h"
#include "tools/program/interrupt.h"
#include "tools/reference/markdown.h"

#include <algorithm>
#include <filesystem>

namespace sojourn::tools {
namespace {

struct ManualArguments {
  std::optional<std::string> verb, form, language, folder;
  bool force = false;
};

ManualArguments read(std::span<const std::string> given) {
  ManualArguments to;
  std::vector<std::string> names;
  for (const Command& command : commands) names.emplace_back(command.name);
  Arguments arguments(
      "manual",
      "Prints the manual's page of a verb, or that of the whole program, as man reads it or as "
      "Markdown; or writes all pages in both languages into a folder of manuals. An installed sojourn has them in "
      "place: 'man sojourn', 'man sojourn-run'.",
      "  sojourn manual run | man -l -\n"
      "  sojourn manual --out ~/.local/share/man\n"
      "  sojourn manual --to markdown > COMMANDS.md\n");
  arguments.optional_operand(to.verb, "VERB", names, "the verb (the whole program)");
  arguments.text(to.folder, "--out", "DIR", "write all pages below this folder, into man1 and de/man1");
  arguments.choice(to.form, "--to", {"man", "markdown"}, "the form of the page: that of man, or Markdown (man)");
  arguments.choice(to.language, "--lang", {"en", "de"}, "the language of the page (en)");
  arguments.flag(to.force, "--force", "replace outputs that exist");
  arguments.read(given);
  if (to.folder && (to.verb || to.language)) {
    arguments.refuse("'--out' writes the pages of every verb in every language");
  }
  if (to.folder && to.form == "markdown") arguments.refuse("'--out' writes pages for man");
  if (to.force && !to.folder) arguments.refuse("'--force' needs '--out'");
  return to;
}

void write_pages(const std::string& folder, bool force, const std::vector<TextFile>& pages) {
  const engine::Existing existing = force ? engine::Existing::replace : engine::Existing::refuse;
  for (const TextFile& page : pages) {
    const std::filesystem::path path = std::filesystem::path(folder) / page.name;
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    if (error) {
      throw engine::IoError(engine::Access::write, "make the folder", path.parent_path().string(), error.value());
    }
    engine::check_target(path.string(), existing);
  }
  for (const TextFile& page : pages) {
    engine::write_file((std::filesystem::path(folder) / page.name).string(), existing, page.text);
  }
}

}  // namespace

int manual(std::span<const std::string> given, Console& console) {
  const ManualArguments arguments = read(given);
  const std::vector<Verb> all = verbs();
  if (arguments.folder) {
    const Graceful graceful;
    write_pages(*arguments.folder, arguments.force, manual_pages(all));
    return exit_code::ok;
  }
  const Language language = language_of(arguments.language.value_or("en"));
  const auto asked = std::ranges::find_if(all, [&](const Verb& verb) { return verb.name == arguments.verb; });
  if (arguments.form == "markdown") {
    console.print(asked == all.end() ? commands_page(all, language) : commands_section(*asked, language));
  } else {
    console.print(asked == all.end() ? manual_page(all, language) : manual_page(*asked, language));
  }
  return exit_code::ok;
}

}  // namespace sojourn::tools
