#pragma once
// Where a value stands in its file, spelled only when a message needs it.

#include <string>
#include <string_view>

namespace sojourn::models {

/// One part of an address and what it is below; lives on the stack of who walks a tree.
struct Where {
  const Where* up = nullptr;
  std::string_view part;  // a key, or the number of a list's item

  /// touchpoints.wish.next.carol; empty for the file as a whole.
  std::string address() const {
    if (!up) return std::string(part);
    std::string text = up->address();
    if (!text.empty()) text += '.';
    return text += part;
  }

  /// The address as the subject of a sentence.
  std::string subject() const {
    std::string text = address();
    return text.empty() ? "the file" : text;
  }
};

}  // namespace sojourn::models
