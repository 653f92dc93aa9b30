#include "models/text/detail/places.h"

#include "models/text/utf8.h"

#include <algorithm>

namespace sojourn::models::detail {

void TextPlaces::restart_line() {
  const std::string& text = source_->text;
  const std::size_t before = offset_ == 0 ? std::string::npos : text.rfind('\n', offset_ - 1);
  offset_ = before == std::string::npos ? 0 : before + 1;
  column_ = 1;
}

Mark TextPlaces::at(std::size_t offset, std::size_t length) {
  const std::string& text = source_->text;
  offset = std::min(offset, text.size());
  while (offset < offset_) {
    restart_line();
    if (offset >= offset_) break;
    --offset_;  // onto the line feed before
    --line_;
  }
  while (offset_ < offset) {
    const char c = text[offset_];
    if (c == '\n') {
      ++line_;
      column_ = 1;
      ++offset_;
    } else {
      offset_ += static_cast<unsigned char>(c) < 0x80 ? 1 : decode(text, offset_).length;
      ++column_;
    }
  }
  return {source_, line_, column_, length};
}

}  // namespace sojourn::models::detail
