#include "tools/terminal/check_lines.h"

#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"

#include <algorithm>
#include <cmath>

namespace sojourn::tools {
namespace {

std::string counted(std::size_t count, const std::string& one, const std::string& many) {
  return whole(count) + " " + (count == 1 ? one : many);
}

std::string visits(double expected, const Look& look) {
  return std::isfinite(expected) ? decimal(expected, expected < 100 ? 2 : 0, look) : std::string("endless");
}

/// "9.41 visits a journey are expected (mia 9.1, jonas 10.2)".
std::string lengths(const CheckedFile& file, const Look& look) {
  constexpr std::size_t kMost = 8;  // personas that are named
  std::string known, why_not;
  std::size_t others = 0;
  for (const models::ExpectedLength& one : file.lengths) {
    if (one.visits && &one - file.lengths.data() >= static_cast<std::ptrdiff_t>(kMost)) {
      ++others;
    } else if (one.visits) {
      known += (known.empty() ? "" : ", ") + models::printable(one.persona) + " " + visits(*one.visits, look);
    } else if (why_not.empty()) {
      why_not = one.why_not;
    }
  }
  if (others > 0) known += " and " + counted(others, "persona more", "personas more");
  if (!known.empty()) return "  expected visits a journey: " + known + "\n";
  return why_not.empty() ? ""
                         : "  expected visits a journey: only a run can tell (" + models::printable(why_not) + ")\n";
}

}  // namespace

std::string check_lines(const CheckedFile& file, const Look& look) {
  const std::string name = models::printable(file.path);
  if (!file.missing.empty()) return name + ": " + look.paint(Tone::worse, "cannot be read") + "\n";
  const std::size_t errors = file.problems.error_count();
  const auto& list = file.problems.list();
  const auto warnings =
      static_cast<std::size_t>(std::count_if(list.begin(), list.end(), [](const models::Diagnostic& one) {
        return one.severity == models::Diagnostic::Severity::warning;
      }));
  const std::string warned = warnings == 0 ? "" : ", " + counted(warnings, "warning", "warnings");
  if (errors > 0) return name + ": " + look.paint(Tone::worse, counted(errors, "error", "errors") + warned) + "\n";
  const std::string kind = file.kind == models::FileKind::scenario ? "scenario " : "journey ";
  return name + ": " + look.paint(Tone::better, "ok") + warned + ": " + kind + models::quoted(file.title) + " with " +
         counted(file.personas, "persona", "personas") + ", " + counted(file.touchpoints, "touchpoint", "touchpoints") +
         ", " + counted(file.outcomes, "outcome", "outcomes") + "\n" + lengths(file, look);
}

}  // namespace sojourn::tools
