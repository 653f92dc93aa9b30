#include "tools/terminal/check_lines.h"

#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"

#include <algorithm>
#include <cmath>

namespace sojourn::tools {
namespace {

struct Counted {
  Phrase one, many;
};
constexpr Counted kPersonas{"1 persona", "{0} personas"};
constexpr Counted kPersonasMore{"1 persona more", "{0} personas more"};
constexpr Counted kTouchpoints{"1 touchpoint", "{0} touchpoints"};
constexpr Counted kOutcomes{"1 outcome", "{0} outcomes"};
constexpr Counted kPoints{"1 point", "{0} points"};
constexpr Counted kWhatIfs{"1 what-if", "{0} what-ifs"};
constexpr Counted kReplications{"1 replication", "{0} replications"};
constexpr Counted kErrors{"1 error", "{0} errors"};
constexpr Counted kWarnings{"1 warning", "{0} warnings"};

std::string counted(std::size_t count, const Counted& what, const Look& look) {
  return look.say(count == 1 ? what.one : what.many, {whole(count, look)});
}

std::string visits(double expected, const Look& look) {
  return std::isfinite(expected) ? decimal(expected, expected < 100 ? 2 : 0, look) : look.say("endless");
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
  if (others > 0) known += look.say(" and ") + counted(others, kPersonasMore, look);
  if (!known.empty()) return look.say("  expected visits a journey: {0}\n", {known});
  return why_not.empty() ? ""
                         : look.say("  expected visits a journey: only a run can tell ({0})\n",
                                    {models::printable(look.retold(why_not))});
}

}  // namespace

std::string check_lines(const CheckedFile& file, const Look& look) {
  const std::string name = models::printable(file.path);
  if (!file.missing.empty()) return name + ": " + look.paint(Tone::worse, look.say("cannot be read")) + "\n";
  const std::size_t errors = file.problems.error_count();
  const auto& list = file.problems.list();
  const auto warnings =
      static_cast<std::size_t>(std::count_if(list.begin(), list.end(), [](const models::Diagnostic& one) {
        return one.severity == models::Diagnostic::Severity::warning;
      }));
  const std::string warned = warnings == 0 ? "" : ", " + counted(warnings, kWarnings, look);
  if (errors > 0) return name + ": " + look.paint(Tone::worse, counted(errors, kErrors, look) + warned) + "\n";
  if (file.kind == models::FileKind::study) {
    return name + ": " + look.paint(Tone::better, look.say("ok")) + warned + ": " +
           look.say("study {0} with {1}, {2}, {3}\n",
                    {models::quoted(file.title), counted(file.points, kPoints, look),
                     counted(file.what_ifs, kWhatIfs, look), counted(file.replications, kReplications, look)}) +
           lengths(file, look);
  }
  const Phrase what = file.kind == models::FileKind::scenario ? Phrase("scenario {0} with {1}, {2}, {3}\n")
                                                              : Phrase("journey {0} with {1}, {2}, {3}\n");
  return name + ": " + look.paint(Tone::better, look.say("ok")) + warned + ": " +
         look.say(what, {models::quoted(file.title), counted(file.personas, kPersonas, look),
                         counted(file.touchpoints, kTouchpoints, look), counted(file.outcomes, kOutcomes, look)}) +
         lengths(file, look);
}

}  // namespace sojourn::tools
