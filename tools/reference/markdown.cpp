#include "tools/reference/markdown.h"

#include "tools/reference/manual_words.h"

#include <algorithm>
#include <sstream>

namespace sojourn::tools {
namespace {

/// A cell of a table, in which a bar would end it, also within code.
std::string cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
  return escaped;
}

std::string row(const std::string& code, std::string_view about) {
  return "| `" + cell(code) + "` | " + cell(about) + " |\n";
}

std::string table(const Phrase& left, const Phrase& right, Language language) {
  return "\n| " + std::string(left.in(language)) + " | " + std::string(right.in(language)) + " |\n|---|---|\n";
}

std::string named(const std::string& name, Takes takes) { return name + (takes == Takes::many ? "..." : ""); }

/// A verb's example as it is typed, without the indentation that --help gives it.
std::string example(const std::string& lines) {
  std::string text = "\n```sh\n";
  std::istringstream stream(lines);
  for (std::string line; std::getline(stream, line);) {
    text += line.substr(std::min<std::size_t>({line.find_first_not_of(' '), line.size(), 2})) + "\n";
  }
  return text + "```\n";
}

}  // namespace

std::string commands_section(const Verb& verb, Language language) {
  const Syntax& syntax = verb.syntax;
  std::string text =
      "## " + verb.name + "\n\n" + std::string(syntax.about.in(language)) + "\n\n```sh\nsojourn " + verb.name;
  for (const OperandSyntax& operand : syntax.operands) text += " " + named(operand.name, operand.takes);
  if (!syntax.options.empty()) text += Phrase(" [options]").in(language);
  text += "\n```\n";
  if (!syntax.operands.empty()) text += table("argument", "is", language);
  for (const OperandSyntax& operand : syntax.operands)
    text += row(named(operand.name, operand.takes), operand.about.in(language));
  if (!syntax.options.empty()) text += table("option", "does", language);
  for (const OptionSyntax& option : syntax.options) {
    const std::string value = option.value.empty() ? "" : " " + named(option.value, option.takes);
    text += row(option.name + value, option.about.in(language));
  }
  if (!syntax.example.empty()) text += example(syntax.example);
  return text;
}

std::string commands_page(std::span<const Verb> verbs, Language language) {
  std::string text = "# " + std::string(Phrase("Commands").in(language)) + "\n\n";
  text += Phrase("Made from the program's own table by 'sojourn manual --to markdown': not to be edited by hand.")
              .in(language);
  text += " ";
  text += Phrase("Every verb has --help with what stands here.").in(language);
  text += "\n" + table("verb", "does", language);
  for (const Verb& verb : verbs) {
    text += "| [`" + verb.name + "`](#" + verb.name + ") | " + cell(verb.summary.in(language)) + " |\n";
  }
  text += table("exit status", "means", language);
  for (const Term& ending : kEndings) text += row(ending.name, ending.means.in(language));
  text += table("environment", "says", language);
  for (const Term& variable : kVariables) text += row(variable.name, variable.means.in(language));
  for (const Verb& verb : verbs) text += "\n" + commands_section(verb, language);
  return text;
}

}  // namespace sojourn::tools
