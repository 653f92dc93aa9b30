#pragma once
// Rows that cannot be read: counted, told to who asked, and too many of them refused.

#include "models/text/diagnostic.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace sojourn::models {

/// A row that is left out. The reason quotes no cell but those that hold times and numbers.
struct Reject {
  std::size_t line = 0;
  std::string reason;
  std::string remedy = {};  // a sentence; may be empty
};

/// What becomes of bad rows: none is allowed, one in a hundred is, or any number.
enum class BadRows { fail, few, skip };

class Rejects {
 public:
  /// `on_reject` hears of each at once.
  explicit Rejects(std::function<void(const Reject&)> on_reject = {}) : on_reject_(std::move(on_reject)) {}

  void row() { ++rows_; }
  void reject(std::size_t line, std::string reason, std::string remedy = {});
  std::uint64_t rows() const { return rows_; }
  std::uint64_t rejected() const { return rejected_; }

  /// Throws InputError, with the first of them, where there are more than `allowed` allows. `kept`: where all are listed, for the
  /// message; may be empty.
  void refuse_if_too_many(BadRows allowed, const Source& source, const std::string& kept) const;

 private:
  static constexpr std::size_t shown = 5;
  std::function<void(const Reject&)> on_reject_;
  std::uint64_t rows_ = 0;
  std::uint64_t rejected_ = 0;
  std::vector<Reject> first_;
};

}  // namespace sojourn::models
