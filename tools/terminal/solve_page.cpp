#include "tools/terminal/solve_page.h"

#include "models/text/utf8.h"
#include "tools/terminal/page.h"
#include "tools/terminal/run_page.h"
#include "tools/terminal/text.h"

#include <algorithm>

namespace sojourn::tools {
namespace {

using namespace models;

/// What a sentence is about: figures of the whole journey by name, others by touchpoint.
struct Gap {
  std::string why;
  std::vector<std::string> figures;
  std::vector<std::string> touchpoints;
};

void add_once(std::vector<std::string>& list, const std::string& name) {
  if (std::find(list.begin(), list.end(), name) == list.end()) list.push_back(name);
}

std::vector<Gap> gaps_of(const NotExact& missing) {
  std::vector<Gap> gaps;
  for (const auto& [address, why] : missing) {
    if (address.starts_with("personas.")) continue;
    auto gap = std::ranges::find(gaps, why, &Gap::why);
    if (gap == gaps.end()) gap = gaps.insert(gaps.end(), Gap{why, {}, {}});
    const std::string below = "touchpoints.";
    if (!address.starts_with(below)) {
      add_once(gap->figures, address);
    } else {
      add_once(gap->touchpoints, address.substr(below.size(), address.find('.', below.size()) - below.size()));
    }
  }
  return gaps;
}

std::string joined(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& one : list) text += (text.empty() ? "" : ", ") + one;
  return text;
}

}  // namespace

std::string solve_page(const RunResult& result, const Look& look) {
  std::string text = run_page(result, look);
  if (result.not_exact.empty()) return text;
  text += heading(look, look.say("What has no exact answer"),
                  look.say("The names are those of the JSON; 'sojourn run' estimates all of these."));
  for (const Gap& gap : gaps_of(result.not_exact)) {
    text += paragraph(printable(look.retold(gap.why)), look.width, 2);
    if (!gap.figures.empty()) text += painted(look, Tone::dim, joined(gap.figures), 4);
    if (!gap.touchpoints.empty())
      text += painted(look, Tone::dim, look.say("at touchpoints {0}", {joined(gap.touchpoints)}), 4);
  }
  return text;
}

}  // namespace sojourn::tools
