#pragma once
// The two streams: what was asked for goes to standard output, talk goes to standard error.

#include "tools/terminal/look.h"

#include <optional>
#include <string>
#include <string_view>

namespace sojourn::tools {

enum class Talk { normal, quiet };

class Console {
 public:
  /// On file descriptors 1 and 2, looks taken from them and from the environment.
  Console();

  /// Whether print() and say() speak: --quiet leaves files, documents and complaints.
  void set_talk(Talk talk) { talk_ = talk; }
  bool talks() const { return talk_ == Talk::normal; }

  /// The language of both streams.
  void speak(Language language) {
    out_.language = language;
    err_.language = language;
  }
  /// As --lang says.
  void speak(const std::optional<std::string>& language) { speak(language_of(language.value_or("en"))); }

  const Look& out() const { return out_; }
  const Look& err() const { return err_; }
  bool out_is_terminal() const { return out_is_terminal_; }
  bool err_is_terminal() const { return err_is_terminal_; }

  /// Standard output, at once and whole. Throws StandardOutputError (without words where the reader of a pipe has gone), or
  /// Stopped where a signal came while it waited.
  void print(std::string_view text) const;
  /// Standard error, unless quiet. Nobody is told of failures.
  void say(std::string_view text) const;
  /// Standard error, always.
  void complain(std::string_view text) const;
  /// Standard error as it is, if it is a terminal and not quiet: for the line of progress.
  void draw(std::string_view text) const;

 private:
  Talk talk_ = Talk::normal;
  bool out_is_terminal_ = false;
  bool err_is_terminal_ = false;
  Look out_;
  Look err_;
};

/// Opens what is closed of the file descriptors 0, 1 and 2, so that no output file gets their numbers; writing to them fails.
void reserve_standard_streams();

}  // namespace sojourn::tools
