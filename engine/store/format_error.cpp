#include "engine/store/format_error.h"

#include "engine/base/io_error.h"

#include <utility>

namespace sojourn::engine {

FormatError::FormatError(std::string file, std::string what, std::string why, std::string suggestion)
    : file_(std::move(file)) {
  text_ = printable_path(file_) + ": error: " + printable_path(what);
  if (!why.empty()) text_ += " (" + printable_path(why) + ")";
  if (!suggestion.empty()) text_ += ". " + printable_path(suggestion);
}

}  // namespace sojourn::engine
