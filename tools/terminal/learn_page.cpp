#include "tools/terminal/learn_page.h"

#include "tools/terminal/number_words.h"
#include "tools/terminal/page.h"
#include "tools/terminal/table.h"

namespace sojourn::tools {
namespace {

using namespace models;

std::string count(std::size_t value, const Look& look) { return whole(value, look); }

std::string learned_words(const LearnResult& result, const Look& look) {
  const LearnedJourney& journey = result.journey;
  std::string text =
      look.say("{0} cases with {1} events gave {2} touchpoints, {3} personas and {4} steps of memory.",
               {count(journey.cases, look), count(journey.events, look), count(journey.touchpoints.size(), look),
                count(journey.personas.size(), look), std::to_string(journey.order)});
  if (result.rejected > 0) {
    text +=
        " " + look.say("{0} of {1} rows could not be read.", {count(result.rejected, look), count(result.rows, look)});
  }
  if (journey.rare_activities > 0) {
    text += " " +
            look.say("{0} activities that few cases meet are one touchpoint.", {count(journey.rare_activities, look)});
  }
  if (journey.folded_ways > 0) {
    text += " " + look.say("{0} ways that few cases took go through 'elsewhere'.", {count(journey.folded_ways, look)});
  }
  if (journey.overlapping > 0) {
    text += " " + look.say(
                      "{0} events begin before the one before them has ended: they follow each other in the order in "
                      "which they begin.",
                      {count(journey.overlapping, look)});
  }
  return painted(look, Tone::plain, text);
}

std::string foretold(const LearnResult& result, const Look& look) {
  const LearnedJourney& journey = result.journey;
  std::vector<Column> columns = {{look.say("Memory"), Align::left, 20}, {look.say("Cross-validated")}};
  if (result.test) columns.push_back({look.say("Test log")});
  Table table(std::move(columns));
  const auto row = [&](std::string name, double validated, double tested, Tone tone) {
    std::vector<Cell> cells = {{std::move(name), tone}, {decimal(validated, 4, look), tone}};
    if (result.test) cells.emplace_back(decimal(tested, 4, look), tone);
    table.row(std::move(cells));
  };
  const HeldOutCases none;
  const HeldOutCases& test = result.test ? result.test->held_out : none;
  row(look.say("The journey"), journey.nats_per_event, test.nats_per_event, Tone::strong);
  for (const auto& [order, nats] : journey.baselines) {
    row(look.say("{0} steps", {std::to_string(order)}), nats, test.baselines[order], Tone::plain);
  }
  return heading(look, look.say("How well the next event is foretold"),
                 look.say(
                     "Nats per event, the end of a case counted; less is better. Plain memories of so many steps stand "
                     "beside the journey.")) +
         table.text(look);
}

std::string likeness_table(const LearnTest& test, const Look& look) {
  Table table(
      {{look.say("Distance"), Align::left, 20}, {look.say("Journey")}, {look.say("Floor")}, {look.say("Ratio")}});
  const auto row = [&](std::string name, double simulated, double floor) {
    table.row({std::move(name), decimal(simulated, 3, look), decimal(floor, 3, look),
               floor > 0 ? Cell(decimal(simulated / floor, 2, look)) : Cell(std::string(look.none()))});
  };
  const Distances &one = test.likeness.simulated, &floor = test.likeness.floor;
  row(look.say("Which three events follow each other (0 to 1)"), one.ngram, floor.ngram);
  row(look.say("When events happen in a case (h)"), one.relative_event_hours, floor.relative_event_hours);
  row(look.say("How long cases take (h)"), one.cycle_time_hours, floor.cycle_time_hours);
  return heading(look, look.say("How like the test log simulated cases are"),
                 look.say(
                     "Distances, mean of {0} simulations; the floor is what cases drawn from the training log come to.",
                     {std::to_string(test.likeness.repetitions)})) +
         table.text(look);
}

}  // namespace

std::string learn_page(const LearnResult& result, const Look& look) {
  std::string page = learned_words(result, look) + foretold(result, look);
  if (!result.test) return page;
  const HeldOutCases& test = result.test->held_out;
  if (test.unknown_events + test.unknown_cases > 0) {
    page += painted(
        look, Tone::dim,
        look.say("{0} events and {1} cases of the test log are left out: the training log has nothing of the kind.",
                 {count(test.unknown_events, look), count(test.unknown_cases, look)}));
  }
  return page + likeness_table(*result.test, look);
}

}  // namespace sojourn::tools
