#pragma once
// What a verb takes, said once: read strictly, and printed by --help.

#include "models/text/reading.h"
#include "tools/arguments/numbers.h"
#include "tools/arguments/syntax.h"
#include "tools/words/phrase.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tools {

/// --help was given. The text is for standard output.
struct HelpWanted {
  std::string text;
  Syntax syntax;
};

/// The language that a --lang among the arguments names: help comes before anything is read. English where there is none.
Language language_asked_for(std::span<const std::string> arguments);

class Arguments {
 public:
  /// `about`: what the verb does, a sentence or a few. `example`: lines of a worked example, shown as they are.
  Arguments(std::string verb, Phrase about, std::string example)
      : verb_(std::move(verb)), about_(about), example_(std::move(example)) {}

  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  // What is declared is written to the given variables by read(); they must live until then. `about` is a phrase.

  /// One operand, required. `name` is in capitals.
  void operand(std::string& to, std::string name, Phrase about);
  /// One of the values, or none.
  void optional_operand(std::optional<std::string>& to, std::vector<std::string> values, Phrase about);
  /// The same under a name, where the values are many; any word where there are none.
  void optional_operand(std::optional<std::string>& to, const std::string& name, std::vector<std::string> values,
                        Phrase about);
  /// One of the values, required.
  void operand(std::string& to, std::string name, std::vector<std::string> values, Phrase about);
  /// One or more operands; the last that is declared.
  void operands(std::vector<std::string>& to, std::string name, Phrase about);
  /// An option with a value. `name` with its dashes.
  void text(std::optional<std::string>& to, std::string name, std::string value, Phrase about);
  void choice(std::optional<std::string>& to, std::string name, std::vector<std::string> values, Phrase about);
  void count(std::uint64_t& to, std::string name, std::string value, CountRange range, Phrase about);
  void count(std::optional<std::uint64_t>& to, std::string name, std::string value, CountRange range, Phrase about);
  void amount(std::optional<double>& to, std::string name, std::string value, AmountRange range, Phrase about);
  /// An option that takes every operand up to the next option, and may be repeated.
  void list(std::vector<std::string>& to, std::string name, std::string value, Phrase about);
  void flag(bool& to, std::string name, Phrase about);

  /// Throws UsageError, which ends with a usage line, or HelpWanted, in the language that a --lang among them says.
  void read(std::span<const std::string> arguments) const;

  /// What only the verb can tell, as a UsageError of the same form.
  [[noreturn]] void refuse(const std::string& what) const;

  std::string help(Language language = Language::english) const;
  /// "Usage: sojourn run JOURNEY [options]".
  std::string usage(Language language = Language::english) const;
  Syntax syntax() const;

 private:
  struct Option : OptionSyntax {
    std::function<void(const std::vector<std::string>&)> store;  // throws UsageError
  };
  struct Operand : OperandSyntax {
    std::function<void(const std::vector<std::string>&)> store;
  };

  /// Throws UsageError unless it is one of the values. `name`: of the option, empty for an operand.
  void require_one_of(const std::string& name, const std::string& given, const std::vector<std::string>& values) const;
  void add(Option option) { options_.push_back(std::move(option)); }
  const Option* find(std::string_view name) const;
  /// Mistakes that a general parser words badly, or does not see at all.
  void refuse_mistakes(std::span<const std::string> arguments) const;
  [[noreturn]] void refuse(const std::string& name, const models::Refusal& refusal) const;
  [[noreturn]] void refuse_unknown(std::string_view name) const;

  std::string verb_;
  Phrase about_;
  std::string example_;
  std::vector<Operand> operands_;
  std::vector<Option> options_;
};

}  // namespace sojourn::tools
