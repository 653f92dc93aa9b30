#pragma once
// From byte offsets to marks.

#include "models/text/diagnostic.h"

#include <cstddef>

namespace sojourn::models::detail {

/// Finds lines and columns of byte offsets. Cheap when the offsets come nearly in order, as those of a parser do: it
/// walks from the last one asked for.
class TextPlaces {
 public:
  explicit TextPlaces(Source source) : source_(std::move(source)) {}

  /// The mark of a byte offset; offsets past the end are the end. `length` in code points.
  Mark at(std::size_t offset, std::size_t length = 1);
  const std::string& text() const { return source_->text; }

 private:
  void restart_line();

  Source source_;
  std::size_t offset_ = 0;
  std::size_t line_ = 1;
  std::size_t column_ = 1;
};

}  // namespace sojourn::models::detail
