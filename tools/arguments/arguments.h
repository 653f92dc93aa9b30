#pragma once
// What a verb takes, said once: read strictly, and printed by --help.

#include "models/text/reading.h"
#include "tools/arguments/numbers.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::tools {

/// --help was given. The help is for standard output.
struct HelpWanted {
  std::string text;
};

class Arguments {
 public:
  /// `about`: what the verb does, a sentence or a few. `example`: lines of a worked example, shown as they are.
  Arguments(std::string verb, std::string about, std::string example)
      : verb_(std::move(verb)), about_(std::move(about)), example_(std::move(example)) {}

  Arguments(const Arguments&) = delete;
  Arguments& operator=(const Arguments&) = delete;

  // What is declared is written to the given variables by read(); they must live until then. `about` is a phrase.

  /// One operand, required. `name` is in capitals.
  void operand(std::string& to, std::string name, std::string about);
  /// One of the values, or none.
  void optional_operand(std::optional<std::string>& to, std::vector<std::string> values, std::string about);
  /// One or more operands; the last that is declared.
  void operands(std::vector<std::string>& to, std::string name, std::string about);
  /// An option with a value. `name` with its dashes.
  void text(std::optional<std::string>& to, std::string name, std::string value, std::string about);
  void choice(std::optional<std::string>& to, std::string name, std::vector<std::string> values, std::string about);
  void count(std::uint64_t& to, std::string name, std::string value, CountRange range, std::string about);
  void count(std::optional<std::uint64_t>& to, std::string name, std::string value, CountRange range,
             std::string about);
  void amount(std::optional<double>& to, std::string name, std::string value, AmountRange range, std::string about);
  /// An option that takes every operand up to the next option, and may be repeated.
  void list(std::vector<std::string>& to, std::string name, std::string value, std::string about);
  void flag(bool& to, std::string name, std::string about);

  /// Throws UsageError, which ends with a usage line, or HelpWanted.
  void read(std::span<const std::string> arguments) const;

  /// What only the verb can tell, as a UsageError of the same form.
  [[noreturn]] void refuse(const std::string& what) const;

  std::string help() const;
  /// "Usage: sojourn run JOURNEY [options]".
  std::string usage() const;

 private:
  enum class Takes { nothing, one, many };
  struct Option {
    std::string name;
    std::string value;  // its name; empty for a flag
    std::string about;
    Takes takes;
    std::function<void(const std::vector<std::string>&)> store;  // throws UsageError
  };
  struct Operand {
    std::string name;  // in brackets where it is optional
    std::string about;
    Takes takes;
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

  std::string verb_, about_, example_;
  std::vector<Operand> operands_;
  std::vector<Option> options_;
};

}  // namespace sojourn::tools
