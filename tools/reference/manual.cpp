#include "tools/reference/manual.h"

#include "tools/program/version.h"
#include "tools/reference/manual_words.h"

#include <algorithm>
#include <sstream>
#include <utility>

namespace sojourn::tools {
namespace {

std::string in(const Phrase& phrase, Language language) { return std::string(phrase.in(language)); }

/// Text as roff prints it: a backslash is one, a hyphen can be copied, and no line begins with a request.
std::string roff(std::string_view text) {
  std::string escaped;
  bool at_start = true;
  for (const char c : text) {
    if (at_start && (c == '.' || c == '\'')) escaped += "\\&";
    if (c == '\\') {
      escaped += "\\e";
    } else if (c == '-') {
      escaped += "\\-";
    } else {
      escaped += c;
    }
    at_start = c == '\n';
  }
  return escaped;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string italic(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string section(const Phrase& title, Language language) { return ".SH \"" + in(title, language) + "\"\n"; }

std::string entry(const std::string& head, std::string_view about) {
  return ".TP\n" + head + "\n" + roff(about) + "\n";
}

std::string head(const std::string& name, Language language) {
  std::string title;
  for (const char c : name) title += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return ".TH \"" + roff(title) + "\" \"1\" \"\" \"" + roff(program_name()) + "\" \"" +
         in("Manual of Sojourn", language) + "\"\n";
}

/// "sojourn run JOURNEY [options]".
std::string synopsis(const Syntax& syntax, Language language) {
  std::string line = bold("sojourn " + syntax.verb);
  for (const OperandSyntax& operand : syntax.operands)
    line += " " + italic(operand.name + (operand.takes == Takes::many ? "..." : ""));
  if (!syntax.options.empty()) line += roff(in(" [options]", language));
  return line + "\n";
}

std::string example(const std::string& lines) {
  std::string text = ".nf\n";
  std::istringstream stream(lines);
  for (std::string line; std::getline(stream, line);) {
    text += roff(line.substr(std::min<std::size_t>({line.find_first_not_of(' '), line.size(), 2}))) + "\n";
  }
  return text + ".fi\n";
}

std::string endings(Language language) {
  std::string text = section("EXIT STATUS", language);
  for (const Term& ending : kEndings) text += entry(bold(ending.name), ending.means.in(language));
  return text;
}

}  // namespace

std::string manual_page(std::span<const Verb> verbs, Language language) {
  std::string text =
      head("sojourn", language) + section("NAME", language) + "sojourn \\- " +
      roff(in("what a change to a customer journey does to satisfaction and recommendation", language)) + "\n" +
      section("SYNOPSIS", language) + bold("sojourn ") + italic("VERB") + " " + roff(in("[arguments]", language)) +
      "\n" + section("DESCRIPTION", language) +
      roff(in("Sends customers through a journey, as it is and as it could be, and says what a change "
              "does to satisfaction and recommendation.",
              language)) +
      "\n.PP\n" +
      roff(in("A journey is a file: who travels, through which touchpoints, what hurts and what delights "
              "there. A what-if is a second file that says what would be different.",
              language)) +
      "\n" + section("VERBS", language);
  for (const Verb& verb : verbs) text += entry(bold("sojourn-" + verb.name) + "(1)", verb.summary.in(language));
  text += section("OPTIONS", language) + entry(bold("--help"), in("what there is, on a page", language)) +
          entry(bold("--version"), in("which program this is, and what it was built with", language)) +
          endings(language) + section("ENVIRONMENT", language);
  for (const Term& variable : kVariables) text += entry(bold(variable.name), variable.means.in(language));
  text += section("FILES", language) +
          entry(italic("PREFIX/share/doc/sojourn"), in("the documentation, and journeys to run: scenarios", language)) +
          section("EXAMPLES", language) +
          example(
              "  sojourn new shop\n  sojourn run shop/journey.yaml\n"
              "  sojourn compare shop/journey.yaml shop/what-if.yaml --report what-if.html\n") +
          section("SEE ALSO", language);
  for (const Verb& verb : verbs) {
    text += ".BR " + roff("sojourn-" + verb.name) + " (1)" + (&verb == &verbs.back() ? "" : ",") + "\n";
  }
  return text;
}

std::string manual_page(const Verb& verb, Language language) {
  const std::string name = "sojourn-" + verb.name;
  std::string text = head(name, language) + section("NAME", language) + roff(name) + " \\- " +
                     roff(verb.summary.in(language)) + "\n" + section("SYNOPSIS", language) +
                     synopsis(verb.syntax, language) + section("DESCRIPTION", language) +
                     roff(verb.syntax.about.in(language)) + "\n";
  if (!verb.syntax.operands.empty()) text += section("ARGUMENTS", language);
  for (const OperandSyntax& operand : verb.syntax.operands)
    text += entry(italic(operand.name + (operand.takes == Takes::many ? "..." : "")), operand.about.in(language));
  text += section("OPTIONS", language);
  for (const OptionSyntax& option : verb.syntax.options) {
    std::string left = bold(option.name);
    if (!option.value.empty()) left += " " + italic(option.value + (option.takes == Takes::many ? "..." : ""));
    text += entry(left, option.about.in(language));
  }
  text += entry(bold("--help"), in("what stands here, in short", language));
  text += endings(language);
  if (!verb.syntax.example.empty()) text += section("EXAMPLES", language) + example(verb.syntax.example);
  return text + section("SEE ALSO", language) + ".BR sojourn (1)\n";
}

std::vector<TextFile> manual_pages(std::span<const Verb> verbs) {
  std::vector<TextFile> pages;
  for (const auto& [language, folder] : {std::pair(Language::english, "man1/"), {Language::german, "de/man1/"}}) {
    pages.push_back({std::string(folder) + "sojourn.1", manual_page(verbs, language)});
    for (const Verb& verb : verbs) {
      pages.push_back({std::string(folder) + "sojourn-" + verb.name + ".1", manual_page(verb, language)});
    }
  }
  return pages;
}

}  // namespace sojourn::tools
