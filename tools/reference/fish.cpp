#include "tools/reference/shells.h"

namespace sojourn::tools {
namespace {

/// In single quotes.
std::string quoted(std::string_view text) {
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') word += '\\';
    word += c;
  }
  return word + "'";
}

/// What `complete` is told about a value.
std::string action(const Offer& offer) {
  switch (offer.kind) {
    case Offer::Kind::nothing: return " -x";
    case Offer::Kind::folders: return " -x -a '(__fish_complete_directories)'";
    case Offer::Kind::choices: {
      std::string list;
      for (const std::string& value : offer.values) list += (list.empty() ? "" : " ") + value;
      return " -x -a " + quoted(list);
    }
    case Offer::Kind::files: break;
  }
  if (offer.endings.empty()) return " -r -F";
  std::string list;
  for (const std::string& ending : offer.endings) list += " " + ending;
  return " -x -k -a '(__fish_sojourn_files" + list + ")'";
}

std::string operand_line(const Verb& verb, const OperandSyntax& operand, Language language) {
  const Offer offer = offer_for(operand.name, operand.choices);
  if (offer.kind == Offer::Kind::nothing) return "";
  std::string line = "complete -c sojourn -n '__fish_sojourn_verb " + verb.name + "'";
  if (offer.kind == Offer::Kind::files && offer.endings.empty()) return line + " -F\n";
  std::string what = action(offer);
  what.erase(0, 3);  // -x is about options
  return line + what + " -d " + quoted(operand.about.in(language)) + "\n";
}

}  // namespace

std::string fish_completion(std::span<const Verb> verbs, Language language) {
  std::string text =
      "# " +
      filled(Phrase("Completions of sojourn for {0}, as 'sojourn completion' writes them.").in(language), {"fish"}) +
      "\n\n"
      "# Whether the verb is one of these.\n"
      "function __fish_sojourn_verb\n"
      "    set -l words (commandline -opc)\n"
      "    test (count $words) -gt 1; and contains -- $words[2] $argv\n"
      "end\n\n"
      "# Whether there is no verb yet.\n"
      "function __fish_sojourn_no_verb\n"
      "    test (count (commandline -opc)) -eq 1\n"
      "end\n\n"
      "# Files with these endings, and folders; where there are none of them, any file.\n"
      "function __fish_sojourn_files\n"
      "    set -l all (__fish_complete_suffix .$argv[1])\n"
      "    set -l endings (string join '|' $argv)\n"
      "    string match -r -e -- '^[^\\t]*(\\.('$endings')|/)(\\t|$)' $all\n"
      "    or printf '%s\\n' $all\n"
      "end\n\n"
      "complete -c sojourn -f\n"
      "complete -c sojourn -n __fish_sojourn_no_verb -l help\n"
      "complete -c sojourn -n __fish_sojourn_no_verb -l version\n"
      "complete -c sojourn -n __fish_sojourn_no_verb -a help\n";
  std::string names;
  for (const Verb& verb : verbs) {
    names += (names.empty() ? "" : " ") + verb.name;
    text += "complete -c sojourn -n __fish_sojourn_no_verb -a " + verb.name + " -d " +
            quoted(verb.summary.in(language)) + "\n";
  }
  text += "complete -c sojourn -n '__fish_sojourn_verb help' -a " + quoted(names) + "\n";
  for (const Verb& verb : verbs) {
    text += "\n";
    for (const OperandSyntax& operand : verb.syntax.operands) text += operand_line(verb, operand, language);
    const std::string start = "complete -c sojourn -n '__fish_sojourn_verb " + verb.name + "' -l ";
    for (const OptionSyntax& option : verb.syntax.options) {
      text += start + option.name.substr(2) +
              (option.takes == Takes::nothing ? "" : action(offer_for(option.value, option.choices))) + " -d " +
              quoted(option.about.in(language)) + "\n";
    }
    text += start + "help -d " + quoted(Phrase("this page").in(language)) + "\n";
  }
  return text;
}

}  // namespace sojourn::tools
