#include "tools/arguments/arguments.h"

#include "models/text/suggest.h"
#include "models/text/utf8.h"
#include "tools/program/errors.h"
#include "tools/terminal/text.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace sojourn::tools {
namespace {

constexpr std::size_t page_width = 80;
constexpr std::size_t name_width = 24;

bool asks_for_help(std::string_view argument) { return argument == "--help" || argument == "-h"; }

std::string name_of(std::string_view argument) { return std::string(argument.substr(0, argument.find('='))); }

bool is_option(std::string_view argument) { return argument.size() > 1 && argument.front() == '-'; }

std::string joined(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : "|") + value;
  return text;
}

bool is_required(const std::string& operand) { return !operand.starts_with('['); }

/// "  --agents N        how many ...", the words wrapped beside the name.
std::string help_line(const std::string& name, std::string_view about) {
  const std::vector<std::string> lines = wrap(about, page_width - name_width);
  std::string text = "  " + name;
  if (name.size() + 4 > name_width) {
    text += "\n" + std::string(name_width, ' ');
  } else {
    text = pad_right(text, name_width);
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += (i == 0 ? "" : std::string(name_width, ' ')) + lines[i] + "\n";
  }
  return text;
}

}  // namespace

Language language_asked_for(std::span<const std::string> arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const bool next = arguments[i] == "--lang" && i + 1 < arguments.size() && arguments[i + 1] == "de";
    if (next || arguments[i] == "--lang=de") return Language::german;
  }
  return Language::english;
}

void Arguments::operand(std::string& to, std::string name, Phrase about) {
  operands_.push_back({{std::move(name), {}, about, Takes::one},
                       [&to](const std::vector<std::string>& values) { to = values.front(); }});
}

void Arguments::operands(std::vector<std::string>& to, std::string name, Phrase about) {
  operands_.push_back(
      {{std::move(name), {}, about, Takes::many}, [&to](const std::vector<std::string>& values) { to = values; }});
}

void Arguments::text(std::optional<std::string>& to, std::string name, std::string value, Phrase about) {
  add({{name, std::move(value), {}, about, Takes::one}, [this, &to, name](const std::vector<std::string>& values) {
         if (values.front().empty()) refuse("'" + name + "' needs a value that is not empty");
         to = values.front();
       }});
}

void Arguments::choice(std::optional<std::string>& to, std::string name, std::vector<std::string> values,
                       Phrase about) {
  const auto store = [this, &to, name, values](const std::vector<std::string>& given) {
    require_one_of(name, given.front(), values);
    to = given.front();
  };
  add({{name, joined(values), values, about, Takes::one}, store});
}

void Arguments::operand(std::string& to, std::string name, std::vector<std::string> values, Phrase about) {
  const auto store = [this, &to, values](const std::vector<std::string>& given) {
    require_one_of("", given.front(), values);
    to = given.front();
  };
  operands_.push_back({{std::move(name), values, about, Takes::one}, store});
}

void Arguments::optional_operand(std::optional<std::string>& to, const std::string& name,
                                 std::vector<std::string> values, Phrase about) {
  const auto store = [this, &to, values](const std::vector<std::string>& given) {
    if (!values.empty()) require_one_of("", given.front(), values);
    to = given.front();
  };
  operands_.push_back({{"[" + name + "]", values, about, Takes::one}, store});
}

void Arguments::optional_operand(std::optional<std::string>& to, std::vector<std::string> values, Phrase about) {
  optional_operand(to, joined(values), values, about);
}

void Arguments::require_one_of(const std::string& name, const std::string& given,
                               const std::vector<std::string>& values) const {
  if (std::find(values.begin(), values.end(), given) != values.end()) return;
  const std::vector<std::string_view> candidates(values.begin(), values.end());
  std::string suggestion = models::did_you_mean(given, candidates);
  if (suggestion.empty()) {
    suggestion = "It takes one of";
    for (const std::string& one : values) suggestion += (one == values.front() ? " " : ", ") + one;
  }
  const std::string what = models::quoted(given) + (name.empty() ? " is not known here" : " is none of its values");
  refuse(name, {what, {}, suggestion});
}

void Arguments::count(std::uint64_t& to, std::string name, std::string value, CountRange range, Phrase about) {
  add({{name, std::move(value), {}, about, Takes::one},
       [this, &to, name, range](const std::vector<std::string>& values) {
         const auto number = read_count(values.front(), range);
         if (!number) refuse(name, number.refusal);
         to = *number;
       }});
}

void Arguments::count(std::optional<std::uint64_t>& to, std::string name, std::string value, CountRange range,
                      Phrase about) {
  add({{name, std::move(value), {}, about, Takes::one},
       [this, &to, name, range](const std::vector<std::string>& values) {
         const auto number = read_count(values.front(), range);
         if (!number) refuse(name, number.refusal);
         to = *number;
       }});
}

void Arguments::amount(std::optional<double>& to, std::string name, std::string value, AmountRange range,
                       Phrase about) {
  add({{name, std::move(value), {}, about, Takes::one},
       [this, &to, name, range](const std::vector<std::string>& values) {
         const auto number = read_amount(values.front(), range);
         if (!number) refuse(name, number.refusal);
         to = *number;
       }});
}

void Arguments::list(std::vector<std::string>& to, std::string name, std::string value, Phrase about) {
  add({{std::move(name), std::move(value), {}, about, Takes::many},
       [&to](const std::vector<std::string>& values) { to = values; }});
}

void Arguments::flag(bool& to, std::string name, Phrase about) {
  add({{std::move(name), "", {}, about, Takes::nothing}, [&to](const std::vector<std::string>&) { to = true; }});
}

const Arguments::Option* Arguments::find(std::string_view name) const {
  const auto found = std::find_if(options_.begin(), options_.end(), [&](const Option& o) { return o.name == name; });
  return found == options_.end() ? nullptr : &*found;
}

void Arguments::refuse(const std::string& what) const {
  throw UsageError(what + "\n" + usage() + "\nTry 'sojourn " + verb_ + " --help'");
}

void Arguments::refuse(const std::string& name, const models::Refusal& refusal) const {
  std::string what = (name.empty() ? "" : name + ": ") + refusal.what;
  if (!refusal.why.empty()) what += " (" + refusal.why + ")";
  if (!refusal.suggestion.empty()) what += ". " + refusal.suggestion;
  refuse(what);
}

void Arguments::refuse_unknown(std::string_view name) const {
  std::vector<std::string_view> candidates = {"--help"};
  for (const Option& option : options_) candidates.push_back(option.name);
  const std::string suggestion = models::did_you_mean(name, candidates);
  refuse("unknown option " + models::quoted(name) + (suggestion.empty() ? "" : ". " + suggestion));
}

void Arguments::refuse_mistakes(std::span<const std::string> arguments) const {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "--") return;
    if (!is_option(argument)) continue;
    const std::string name = name_of(argument);
    const Option* option = find(name);
    if (option == nullptr) refuse_unknown(name);
    const bool with_value = name.size() < argument.size();
    if (option->takes == Takes::nothing && with_value) refuse("'" + name + "' takes no value");
    if (option->takes != Takes::many && !seen.insert(name).second) refuse("'" + name + "' is given twice");
    if (with_value && argument.size() == name.size() + 1)
      refuse("'" + name + "' needs a value: " + name + " " + option->value);
    if (option->takes == Takes::nothing || with_value) continue;
    // A value may begin with a dash only if it is one ('-', standard output) or a negative number.
    const bool there =
        i + 1 < arguments.size() && !arguments[i + 1].starts_with("--") && find(arguments[i + 1]) == nullptr;
    if (!there) refuse("'" + name + "' needs a value: " + name + " " + option->value);
    ++i;
  }
}

void Arguments::read(std::span<const std::string> arguments) const {
  for (const std::string& argument : arguments) {
    if (argument == "--") break;
    if (asks_for_help(argument)) throw HelpWanted{help(language_asked_for(arguments)), syntax()};
  }
  refuse_mistakes(arguments);

  CLI::App app;
  app.set_help_flag();
  std::map<std::string, std::string> one;  // by name: where the parser puts values
  std::map<std::string, std::vector<std::string>> many;
  std::map<std::string, CLI::Option*> declared;
  const auto declare = [&](const std::string& name, const std::string& parsed_as, Takes takes) {
    // Into a vector the parser would put more than one value, whatever is expected.
    declared[name] = takes == Takes::nothing ? app.add_flag(parsed_as)
                     : takes == Takes::one   ? app.add_option(parsed_as, one[name])
                                             : app.add_option(parsed_as, many[name]);
  };
  const auto values_of = [&](const std::string& name, Takes takes) {
    return takes == Takes::one ? std::vector<std::string>{one[name]} : many[name];
  };
  for (const Option& option : options_) declare(option.name, option.name, option.takes);
  for (const Operand& operand : operands_) {
    const bool required = is_required(operand.name);
    declare(operand.name, required ? operand.name : "optional", operand.takes);  // a name has no brackets
    declared[operand.name]->required(required);
  }
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ExtrasError&) {
    const std::vector<std::string> extra = app.remaining();
    refuse("unexpected argument " + models::quoted(extra.empty() ? "" : extra.front()));
  } catch (const CLI::RequiredError&) {
    for (const Operand& operand : operands_) {
      if (is_required(operand.name) && declared[operand.name]->count() == 0) refuse(operand.name + " is missing");
    }
    refuse("something is missing");
  } catch (const CLI::ParseError& error) {
    refuse(error.what());
  }
  for (const Operand& operand : operands_) {
    if (declared[operand.name]->count() > 0) operand.store(values_of(operand.name, operand.takes));
  }
  for (const Option& option : options_) {
    if (declared[option.name]->count() > 0) option.store(values_of(option.name, option.takes));
  }
}

std::string Arguments::usage(Language language) const {
  std::string line = std::string(Phrase("Usage: sojourn ").in(language)) + verb_;
  for (const Operand& operand : operands_) line += " " + operand.name + (operand.takes == Takes::many ? "..." : "");
  return line + std::string(options_.empty() ? "" : Phrase(" [options]").in(language));
}

Syntax Arguments::syntax() const {
  Syntax all{verb_, about_, {}, {}, example_};
  all.operands.assign(operands_.begin(), operands_.end());
  all.options.assign(options_.begin(), options_.end());
  return all;
}

std::string Arguments::help(Language language) const {
  std::string text = usage(language) + "\n\n" + paragraph(about_.in(language), page_width) + "\n";
  for (const Operand& operand : operands_) {
    text += help_line(operand.name + (operand.takes == Takes::many ? "..." : ""), operand.about.in(language));
  }
  if (!operands_.empty()) text += "\n";
  for (const Option& option : options_) {
    std::string name = option.name + (option.value.empty() ? "" : " " + option.value);
    if (option.takes == Takes::many) name += "...";
    text += help_line(name, option.about.in(language));
  }
  text += help_line("--help", Phrase("this page").in(language));
  if (!example_.empty()) text += "\n" + std::string(Phrase("Example:").in(language)) + "\n" + example_;
  return text;
}

}  // namespace sojourn::tools
