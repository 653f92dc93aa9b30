#include "tools/terminal/explain_page.h"

#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/table.h"
#include "tools/terminal/text.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace sojourn::tools {
namespace {

using namespace models;

constexpr int kDigits = 6;

/// Of a touchpoint's visits or flows, or of all that a touchpoint or a persona lacks.
bool is_about_visits(std::string_view address) {
  if (address.starts_with("personas.")) {
    const std::size_t end = address.find('.', 9);
    if (end == std::string_view::npos) return true;
    address.remove_prefix(end + 1);
  }
  if (!address.starts_with("touchpoints")) return false;
  return std::count(address.begin(), address.end(), '.') < 2 || address.ends_with(".visits") ||
         address.find(".flow.") != std::string_view::npos;
}

class Page {
 public:
  Page(const RunResult& result, std::uint32_t touchpoint, const Look& look)
      : names_(result.names), not_exact_(result.not_exact), touchpoint_(touchpoint), look_(look) {}

  std::string of(const ExplainedVisits& one) const {
    std::string who;
    for (const std::string& id : one.personas) who += (who.empty() ? "" : ", ") + id;
    const bool everyone = one.personas.size() == names_.personas.size();
    std::string text = heading(look_, everyone ? look_.say("Every persona") : look_.say("Persona {0}", {who}));
    text += paragraph(look_.say("visits to {0} = start", {names_.touchpoints[touchpoint_].id}) +
                          (one.from.empty() ? "" : look_.say(" + visits there x chance to come here from there")) +
                          (one.cut_off > 0 ? look_.say(" - cut off at the visit limit") : ""),
                      look_.width, 2);
    Table sum({{"", Align::left, 16},
               {look_.say("Visits\nthere")},
               {""},
               {look_.say("Chance")},
               {""},
               {look_.say("Arrivals\nper journey")}});
    sum.row({look_.say("start"), "", "", "", "", number(one.start)});
    for (const ExplainedFlow& flow : one.from) {
      sum.row({look_.say("from {0}", {names_.target(flow.end)}), number(flow.visits), "x", number(flow.probability),
               "=", number(flow.agents)});
    }
    if (one.cut_off > 0) sum.row({look_.say("cut off"), "", "", "", "", number(-one.cut_off)});
    sum.row({Cell(look_.say("visits"), Tone::strong), "", "", "", "=", Cell(number(one.visits), Tone::strong)});
    text += sum.text(look_, 2);
    if (one.to.empty()) return text;
    text += "\n" + paragraph(look_.say("of each visit here") + given_up(one), look_.width, 2);
    Table next({{"", Align::left, 16}, {look_.say("Chance")}, {look_.say("Per\njourney")}});
    for (const ExplainedFlow& flow : one.to) {
      next.row({look_.say("to {0}", {names_.target(flow.end)}), number(flow.probability), number(flow.agents)});
    }
    return text + next.text(look_, 2);
  }

  /// Why some of it is missing.
  std::string gaps() const {
    std::set<std::string> said;
    std::string text;
    for (const auto& [address, why] : not_exact_) {
      if (!is_about_visits(address)) continue;
      if (said.insert(why).second) text += paragraph(printable(look_.retold(why)), look_.width, 2);
    }
    return text.empty() ? text : heading(look_, look_.say("What a dash stands for")) + text;
  }

 private:
  std::string number(double value) const { return decimal(value, kDigits, look_); }
  std::string given_up(const ExplainedVisits& one) const {
    return one.given_up > 0 ? look_.say(", of which {0} are given up", {percent(one.given_up, look_)}) : "";
  }

  const Names& names_;
  const NotExact& not_exact_;
  std::uint32_t touchpoint_;
  const Look& look_;
};

bool has_gap(const ExplainedVisits& one) {
  const auto unknown = [](const ExplainedFlow& flow) { return std::isnan(flow.agents); };
  return std::isnan(one.visits) || std::any_of(one.from.begin(), one.from.end(), unknown) ||
         std::any_of(one.to.begin(), one.to.end(), unknown);
}

}  // namespace

std::string explain_page(const RunResult& result, std::uint32_t touchpoint,
                         const std::vector<ExplainedVisits>& equations, const Look& look) {
  const Page page(result, touchpoint, look);
  std::string text = painted(look, Tone::strong,
                             look.say("Visits to {0}", {printable(label_of(result.names.touchpoints[touchpoint]))}));
  text += painted(look, Tone::dim, look.say("expected number per journey, solved exactly"));
  for (const ExplainedVisits& one : equations) text += page.of(one);
  if (std::any_of(equations.begin(), equations.end(), has_gap)) text += page.gaps();
  return text;
}

}  // namespace sojourn::tools
