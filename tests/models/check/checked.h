#pragma once
// A journey's text, checked.

#include "models/check/check.h"
#include "tests/support/cases.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

namespace sojourn::tests {

struct Checked {
  std::vector<std::string> lines;   // "6:3: error: what (why). Suggestion", by place
  std::vector<models::ExpectedLength> lengths;
};

inline Checked checked(const models::Case& one) {
  models::Diagnostics diagnostics;
  Checked result;
  result.lengths = models::check_journey(one, diagnostics);
  std::vector<models::Diagnostic> list = diagnostics.list();
  std::stable_sort(list.begin(), list.end(), [](const models::Diagnostic& a, const models::Diagnostic& b) {
    return std::tuple(a.mark.line, a.mark.column) < std::tuple(b.mark.line, b.mark.column);
  });
  for (const models::Diagnostic& diagnostic : list) {
    const std::string text = format(diagnostic);
    const std::string name = diagnostic.mark.source ? diagnostic.mark.source->name + ":" : "";
    result.lines.push_back(text.substr(name.size(), text.find('\n') - name.size()));
  }
  return result;
}

inline Checked checked(const std::string& journey, const std::vector<std::string>& scenarios = {}) {
  return checked(case_of(journey, scenarios));
}

using Lines = std::vector<std::string>;

}  // namespace sojourn::tests
