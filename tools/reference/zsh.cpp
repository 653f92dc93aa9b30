#include "tools/reference/shells.h"

namespace sojourn::tools {
namespace {

/// Inside single quotes, with a backslash before the characters that zsh's descriptions are parted at.
std::string escaped(std::string_view text, std::string_view parting) {
  std::string quoted;
  for (const char c : text) {
    if (c == '\'') {
      quoted += "'\\''";
    } else if (c == '\\' || parting.find(c) != std::string_view::npos) {
      quoted += std::string("\\") + c;
    } else {
      quoted += c;
    }
  }
  return quoted;
}

std::string in(const Phrase& phrase, Language language) { return std::string(phrase.in(language)); }

/// What _arguments does for a value.
std::string action(const Offer& offer) {
  switch (offer.kind) {
    case Offer::Kind::nothing: return " ";
    case Offer::Kind::folders: return "_files -/";
    case Offer::Kind::choices: {
      std::string list;
      for (const std::string& value : offer.values) list += (list.empty() ? "(" : " ") + value;
      return list + ")";
    }
    case Offer::Kind::files: break;
  }
  if (offer.endings.empty()) return "_files";
  std::string endings;
  for (const std::string& ending : offer.endings) endings += (endings.empty() ? "" : "|") + ending;
  return "_files -g \"*.(" + endings + ")\"";
}

std::string spec(const OptionSyntax& option, Language language) {
  const std::string about = "[" + escaped(in(option.about, language), "[]") + "]";
  if (option.takes == Takes::nothing) return "'" + option.name + about + "'";
  const bool many = option.takes == Takes::many;
  // Of an option with many values, all words up to the next option.
  return "'" + std::string(many ? "*" : "") + option.name + (many ? "" : "=") + about + (many ? ":*-*:" : ":") +
         escaped(option.value, ":") + ":" + escaped(action(offer_for(option.value, option.choices)), "") + "'";
}

}  // namespace

std::string zsh_completion(std::span<const Verb> verbs, Language language) {
  const std::string help = in("this page", language);
  std::string text =
      "#compdef sojourn\n# " +
      filled(in("Completions of sojourn for {0}, as 'sojourn completion' writes them.", language), {"zsh"}) +
      "\n\n_sojourn() {\n  local -a verbs\n  verbs=(\n";
  for (const Verb& verb : verbs) text += "    '" + verb.name + ":" + escaped(in(verb.summary, language), ":") + "'\n";
  text +=
      "  )\n"
      "  if ((CURRENT == 2)); then\n"
      "    _describe -t verbs verb verbs\n"
      "    compadd -- help --help --version\n"
      "    return\n"
      "  fi\n"
      "  local verb=$words[2]\n"
      "  shift words\n"
      "  ((CURRENT--))\n"
      "  case $verb in\n"
      "    help) if ((CURRENT == 2)); then _describe -t verbs verb verbs; fi ;;\n";
  for (const Verb& verb : verbs) {
    text += "    " + verb.name + ")\n      _arguments -S";
    for (const OptionSyntax& option : verb.syntax.options) text += " \\\n        " + spec(option, language);
    text += " \\\n        '--help[" + escaped(help, "[]") + "]'";
    int number = 0;
    for (const OperandSyntax& operand : verb.syntax.operands) {
      const std::string place = operand.takes == Takes::many ? "*" : std::to_string(++number);
      text += " \\\n        '" + place + ":" + escaped(in(operand.about, language), ":") + ":" +
              escaped(action(offer_for(operand.name, operand.choices)), "") + "'";
    }
    text += "\n      ;;\n";
  }
  return text +
         "  esac\n}\n\n"
         "# Read from a folder of $fpath it is the function; sourced, it makes itself known.\n"
         "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _sojourn \"$@\"; else compdef _sojourn sojourn; fi\n";
}

}  // namespace sojourn::tools
