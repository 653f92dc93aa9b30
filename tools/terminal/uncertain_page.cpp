#include "tools/terminal/uncertain_page.h"

#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/table.h"
#include "tools/terminal/text.h"

#include <cmath>

namespace sojourn::tools {
namespace {

using namespace models;

constexpr double worth_a_word = 0.005;  // NPS points; less is 0.00 on the page

std::string from_to(double lo, double hi, Style::Kind kind, const Look& look) {
  const auto text = [&](double x) {
    return kind == Style::Kind::difference ? signed_decimal(x, 1, look) : decimal(x, 1, look);
  };
  return look.say("{0} to {1}", {text(lo), text(hi)});
}

std::string how(const Uncertainty& uncertain, const Look& look) {
  const Phrase phrase =
      uncertain.inputs.size() == 1
          ? Phrase(
                "The input that is not known exactly, drawn {0} times, each time for {1} of the customers. By inputs: "
                "where "
                "the middle 95 % of the draws lie. It is no part of the interval of chance, and not to be added to it.")
          : Phrase(
                "The {2} inputs that are not known exactly, drawn {0} times, each time for {1} of the customers. By "
                "inputs: "
                "where the middle 95 % of the draws lie. It is no part of the interval of chance, and not to be added "
                "to it.");
  return look.say(phrase,
                  {whole(uncertain.draws, look), whole(uncertain.agents, look), whole(uncertain.inputs.size(), look)});
}

std::string input_words(const UncertainInput& input) {
  return printable(input.label) + " (" + printable(input.address) + ")";
}

std::string worth_knowing(const Uncertainty& uncertain, const Look& look) {
  const double evpi = uncertain.base.evpi;
  if (!(evpi >= worth_a_word)) {
    return look.say(
        "To know the inputs better would hardly change which is best: it is worth less than {0} NPS points.",
        {decimal(0.01, 2, look)});
  }
  std::string text = look.say(
      "To know all of them exactly before choosing would be worth {0} NPS points on average (standard error {1}). ",
      {decimal(evpi, 2, look), decimal(uncertain.evpi_se, 2, look)});
  const UncertainInput& first = uncertain.inputs.front();
  if (!(first.evppi >= worth_a_word)) return text + look.say("No single one of them is worth much alone.");
  text += look.say("Most is in {0}: alone worth {1}.", {input_words(first), decimal(first.evppi, 2, look)});
  if (uncertain.groups.size() > 1) {
    text += look.say(" By file:");
    for (const InputGroup& group : uncertain.groups) {
      text += (&group == &uncertain.groups.front() ? " " : ", ") + printable(group.of) + " " +
              decimal(group.evppi, 2, look);
    }
    text += ".";
  }
  return text;
}

std::string left_out(const Uncertainty& uncertain, const Look& look) {
  return uncertain.left_out == 0
             ? ""
             : look.say(" {0} more draws gave no journey and are left out.", {whole(uncertain.left_out, look)});
}

}  // namespace

std::string uncertain_inputs(const CompareResult& result, const std::vector<const Comparison*>& order,
                             const Look& look) {
  const Uncertainty& uncertain = *result.uncertain;
  Table table({{look.say("What if"), Align::left, 12, 2},
               {look.say("Change in NPS\nby chance"), Align::left},
               {look.say("\nby inputs"), Align::left},
               {look.say("Chance of\nbeing best")}});
  for (const Comparison* c : order) {
    const Figure& nps = c->difference.overall[Metric::nps];
    const InputFigure& inputs = uncertain.differences[static_cast<std::size_t>(c - result.scenarios.data())];
    table.row({c->scenario.title, from_to(nps.adjusted_lo, nps.adjusted_hi, Style::Kind::difference, look),
               from_to(inputs.lo, inputs.hi, Style::Kind::difference, look), percent(inputs.p_best, look)});
  }
  table.row({look.say("As it is"), "", "", percent(uncertain.base.p_best, look)});
  return heading(look, look.say("What is not known about the inputs"),
                 how(uncertain, look) + left_out(uncertain, look)) +
         table.text(look) + paragraph(worth_knowing(uncertain, look), look.width);
}

std::string uncertain_inputs(const RunResult& result, const Look& look) {
  const Uncertainty& uncertain = *result.uncertain;
  const Figure& nps = result.figures.overall[Metric::nps];
  Table table({{"", Align::left, 20}, {look.say("by chance"), Align::left}, {look.say("by inputs"), Align::left}});
  table.row({label_of(info(Metric::nps), look), from_to(nps.lo, nps.hi, Style::Kind::level, look),
             from_to(uncertain.base.lo, uncertain.base.hi, Style::Kind::level, look)});
  std::string text =
      heading(look, look.say("What is not known about the inputs"), how(uncertain, look) + left_out(uncertain, look)) +
      table.text(look, 2);
  const UncertainInput& first = uncertain.inputs.front();
  if (first.base_share > 0) {
    text += paragraph(look.say("Most of it is made by {0}: {1} of the variance.",
                               {input_words(first), percent(first.base_share, look)}),
                      look.width, 2);
  }
  return text;
}

}  // namespace sojourn::tools
