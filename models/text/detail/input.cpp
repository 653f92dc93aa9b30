#include "models/text/detail/input.h"

#include <algorithm>

namespace sojourn::models::detail {

BrakedInput::BrakedInput(std::string_view text) {
  // The get area is never written to; std::streambuf only has no pointers to const.
  char* begin = const_cast<char*>(text.data());
  setg(begin, begin, begin + text.size());
}

std::streamsize BrakedInput::xsgetn(char* to, std::streamsize count) {
  const std::streamsize got = std::min<std::streamsize>(count, egptr() - gptr());
  for (std::streamsize i = 0; i < got; ++i) {
    const char c = gptr()[i];
    to[i] = c;
    switch (c) {
      case '[':
      case '{':
        if (++open_ > most_open) throw Brake::depth;
        [[fallthrough]];
      case ',':
      case ':':
      case '"':
      case '\'':
      case '?':
      case '!':
      case '&':
      case '*':
        if (++signs_ > most_signs) throw Brake::amount;
        break;
      case ']':
      case '}':
        if (open_ > 0) --open_;
        break;
      default: break;
    }
  }
  setg(eback(), gptr() + got, egptr());
  return got;
}

}  // namespace sojourn::models::detail
