#pragma once
// The stream that yaml-cpp reads from, with a brake.

#include <cstddef>
#include <istream>
#include <streambuf>
#include <string_view>

namespace sojourn::models::detail {

/// yaml-cpp queues all tokens of a bracketed map or list that could still turn out to be a key (it stands at the start
/// of a line or item) before it tells the first of them, so a file of nothing but brackets takes hundreds of bytes for
/// each before any limit of ours sees it. This buffer counts what was handed out since the last event, and throws.
class BrakedInput : public std::streambuf {
 public:
  enum class Brake { depth, amount };

  explicit BrakedInput(std::string_view text);
  void event() { open_ = signs_ = 0; }

 protected:
  std::streamsize xsgetn(char* to, std::streamsize count) override;

 private:
  static constexpr long most_open = 1000;        // well above 64: brackets in texts need not be balanced
  static constexpr long most_signs = 2'000'000;  // about three queued tokens each, of about 90 bytes
  long open_ = 0;
  long signs_ = 0;
};

}  // namespace sojourn::models::detail
