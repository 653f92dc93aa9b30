#pragma once
// What reading a piece of text gave: a value, or why not and what would be right.

#include <optional>
#include <string>

namespace sojourn::models {

/// The three parts of a diagnostic without its place: `what (why). suggestion`.
struct Refusal {
  std::string what;
  std::string why;         // may be empty
  std::string suggestion;  // may be empty
};

template <class T>
struct Reading {
  std::optional<T> value;
  Refusal refusal;  // meaningful only without a value

  Reading(T read) : value(std::move(read)) {}
  Reading(Refusal why) : refusal(std::move(why)) {}
  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const { return *value; }
};

}  // namespace sojourn::models
