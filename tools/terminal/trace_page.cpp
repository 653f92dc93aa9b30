#include "tools/terminal/trace_page.h"

#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/text.h"
#include "tools/terminal/visit_words.h"

#include <algorithm>

namespace sojourn::tools {
namespace {

using namespace models;

constexpr std::size_t inset = 2;  // of what is said below a visit's title

/// Lines wrapped to a width, the first (the title) flush, the others inset.
std::vector<Line> set(const std::vector<Line>& lines, std::size_t width) {
  std::vector<Line> block;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t indent = i == 0 ? 0 : inset;
    for (const std::string& text : wrap(lines[i].text, width - indent)) {
      block.push_back({std::string(indent, ' ') + text, lines[i].tone});
    }
  }
  return block;
}

/// One block over the whole width.
std::string full(const std::vector<Line>& lines, const Look& look) {
  std::string page;
  for (const Line& line : set(lines, look.width)) page += look.paint(line.tone, line.text) + "\n";
  return page;
}

/// Two blocks side by side.
std::string beside(const std::vector<Line>& left, const std::vector<Line>& right, const Look& look) {
  const std::size_t width = (look.width - 3) / 2;
  const std::vector<Line> a = set(left, width);
  const std::vector<Line> b = set(right, width);
  std::string page;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
    const Line nothing;
    const Line& l = i < a.size() ? a[i] : nothing;
    const Line& r = i < b.size() ? b[i] : nothing;
    page += look.paint(l.tone, l.text) + std::string(width - width_of(l.text), ' ') + " " +
            look.paint(Tone::dim, look.bar());
    page += (r.text.empty() ? "" : " " + look.paint(r.tone, r.text)) + "\n";
  }
  return page;
}

std::string rule(const Look& look, std::string_view title) {
  std::string line;
  for (std::size_t used = width_of(title) + 4; used < look.width; ++used) line += look.rule();
  const std::string two = std::string(look.rule()) + std::string(look.rule());
  return look.paint(Tone::dim, two + " " + std::string(title) + " " + line) + "\n\n";
}

std::string title(const Trace& trace, const Look& look) {
  const PersonaName& persona = trace.names.personas[trace.base.persona];
  std::string who = look.say("Customer {0} is {1}", {std::to_string(trace.agent), printable(label_of(persona))});
  if (!persona.quote.empty()) who += " (\"" + printable(persona.quote) + "\")";
  std::string page =
      painted(look, Tone::strong, printable(trace.provenance.journey.title)) + paragraph(who, look.width);
  std::string with;
  for (const FileStamp& file : trace.provenance.scenarios) with += (with.empty() ? "" : " + ") + printable(file.title);
  if (!with.empty()) page += paragraph(look.say("What if: {0}", {with}), look.width);
  if (trace.with && trace.with->persona != trace.base.persona) {
    page += paragraph(look.say("With the changed shares this customer is {0}.",
                               {printable(label_of(trace.names.personas[trace.with->persona]))}),
                      look.width);
  }
  return page +
         painted(look, Tone::dim,
                 look.say("Seed {0}. Times since the start; points from 0 to 10.",
                          {std::to_string(trace.provenance.seed)})) +
         "\n";
}

std::string alone(const TracedJourney& journey, const Names& names, const Look& look) {
  std::string page;
  for (const TracedVisit& visit : journey.visits) page += full(visit_words(visit, names, look), look) + "\n";
  return page + full(ending_words(journey, names, look), look);
}

/// A visit of one side, or nothing; where both are equal the second says so.
std::string row(const Trace& trace, const Alignment::value_type& pair, const Look& look) {
  const auto& [i, j] = pair;
  const std::vector<Line> left = i ? visit_words(trace.base.visits[*i], trace.names, look) : std::vector<Line>{};
  if (i && j && trace.base.visits[*i].visit == trace.with->visits[*j].visit) {
    return beside(left, {{look.say("the same"), Tone::dim}}, look) + "\n";
  }
  const std::vector<Line> right = j ? visit_words(trace.with->visits[*j], trace.names, look) : std::vector<Line>{};
  return beside(left, right, look) + "\n";
}

bool same_end(const TracedJourney& a, const TracedJourney& b) {
  return !a.stuck && !b.stuck && a.ending.exit == b.ending.exit && a.ending.truncated == b.ending.truncated &&
         a.worth == b.worth;
}

std::string both(const Trace& trace, const Look& look) {
  const TracedJourney& base = trace.base;
  const TracedJourney& with = *trace.with;
  const std::optional<std::size_t> parts = parting(base, with);
  const std::size_t same = parts.value_or(base.visits.size());
  std::string page;
  for (std::size_t i = 0; i < same; ++i) page += full(visit_words(base.visits[i], trace.names, look), look) + "\n";
  if (!parts && same_end(base, with)) {
    return page + full(ending_words(base, trace.names, look), look) + "\n" +
           rule(look, look.say("the changes do not touch this customer: both journeys are the same"));
  }
  page += rule(look, parts ? look.say("here the journeys part")
                           : look.say("the visits are the same; what the end is worth differs"));
  page += beside({{look.say("As it is"), Tone::strong}}, {{look.say("What if"), Tone::strong}}, look) + "\n";
  const Alignment rows = align(base, with, same);
  for (std::size_t i = same; i < rows.size(); ++i) page += row(trace, rows[i], look);
  return page + beside(ending_words(base, trace.names, look), ending_words(with, trace.names, look), look);
}

}  // namespace

std::string trace_page(const Trace& trace, const Look& look) {
  return title(trace, look) + (trace.with ? both(trace, look) : alone(trace.base, trace.names, look));
}

}  // namespace sojourn::tools
