#pragma once
// Problems that come up in several views of a journey.

#include "models/text/diagnostic.h"

#include <set>
#include <string>
#include <tuple>

namespace sojourn::models::detail {

/// The problems of several views, each said once.
class Once {
 public:
  void remember(const Diagnostics& known) {
    for (const Diagnostic& diagnostic : known.list()) is_new(diagnostic);
  }

  void add(const Diagnostics& found) {
    for (const Diagnostic& one : found.list()) {
      if (!is_new(one)) continue;
      if (one.severity == Diagnostic::Severity::error) {
        all_.error(one.mark, one.what, one.why, one.suggestion);
      } else {
        all_.warning(one.mark, one.what, one.why, one.suggestion);
      }
    }
  }

  Diagnostics& all() { return all_; }

 private:
  bool is_new(const Diagnostic& one) {
    return seen_.emplace(one.mark.source.get(), one.mark.line, one.mark.column, one.what).second;
  }

  std::set<std::tuple<const SourceText*, std::size_t, std::size_t, std::string>> seen_;
  Diagnostics all_;
};

}  // namespace sojourn::models::detail
