// sojourn show: a journey in full, or what scenarios make of it.

#include "models/change/differences.h"
#include "models/change/one_file.h"
#include "models/journey/defaults.h"
#include "models/journey/fields.h"
#include "models/journey/write.h"
#include "models/text/utf8.h"
#include "tools/arguments/common.h"
#include "tools/batch/publish.h"
#include "tools/batch/results.h"
#include "tools/command.h"
#include "tools/job/inputs.h"
#include "tools/job/resolved.h"
#include "tools/output/graph_text.h"
#include "tools/program/errors.h"
#include "tools/program/exit_code.h"
#include "tools/terminal/differences_page.h"

namespace sojourn::tools {
namespace {

struct ShowArguments {
  std::string journey;
  std::vector<std::string> with;
  std::optional<std::string> to;
  std::optional<std::string> persona;
  bool differences = false;
  std::optional<std::string> language;
};

ShowArguments read(std::span<const std::string> given) {
  ShowArguments to;
  Arguments arguments("show",
                      "Prints the journey with every default written out and every short form spelled out; with "
                      "scenarios, the changed journey and, on a terminal, what differs from the journey as it is.",
                      "  sojourn show journey.yaml --with faster.yaml --differences\n"
                      "  sojourn show journey.yaml --to dot | dot -Tsvg > journey.svg\n");
  arguments.operand(to.journey, "JOURNEY", "the journey's file, or the result of a study (HDF5)");
  arguments.list(to.with, "--with", "SCENARIO", "scenarios that are applied, one after the other");
  arguments.choice(to.to, "--to", {"yaml", "json", "dot", "graphml", "mermaid"}, "the form (yaml)");
  arguments.text(to.persona, "--persona", "ID", "the journey as this persona sees it, overrides and changes applied");
  arguments.flag(to.differences, "--differences", "only what the scenarios change, address by address");
  declare_language(arguments, to.language);
  arguments.read(given);
  if (to.differences && to.with.empty()) arguments.refuse("'--differences' needs scenarios: --with SCENARIO");
  if (to.differences && to.to) arguments.refuse("'--differences' and '--to' exclude each other");
  return to;
}

std::string written(const models::Tree& tree, const std::string& to) {
  if (to == "json") return models::to_json(models::with_defaults(tree), models::journey_record());
  if (to == "dot") return dot(models::typed_journey(tree));
  if (to == "graphml") return graphml(models::typed_journey(tree));
  if (to == "mermaid") return mermaid(models::typed_journey(tree));
  return models::to_yaml(models::with_defaults(tree));
}

/// Personas may see the changed journey differently, and overrides cannot say everything.
std::string changed_journey(const models::Case& one, const ShowArguments& arguments, const Console& console) {
  if (!arguments.persona) {
    if (const auto file = models::one_file(one)) return written(*file, arguments.to.value_or("yaml"));
  }
  const View view = view_for(one, arguments.persona.value_or(""));
  if (one.trees.size() > 1 && !arguments.persona) {
    std::string who;
    for (const std::string& id : view.who) who += (who.empty() ? "" : ", ") + id;
    const Phrase phrase = view.who.size() == 1
                              ? Phrase(
                                    "sojourn: personas see the journey too differently for one file; this is what {0} "
                                    "sees. --persona shows it as another does\n")
                              : Phrase(
                                    "sojourn: personas see the journey too differently for one file; this is what {0} "
                                    "see. --persona shows it as another does\n");
    console.say(console.err().say(phrase, {who}));
  }
  return written(one.trees[view.index], arguments.to.value_or("yaml"));
}

/// The result of a study where a journey could stand.
std::optional<engine::Archive> study_of(const ShowArguments& arguments) {
  std::optional<engine::Archive> archive = kept_study(arguments.journey);
  if (!archive) return archive;  // what it is, the reader of journeys says
  const bool as_json = arguments.to == "json";
  if (!arguments.with.empty() || (arguments.to && !as_json) || arguments.persona || arguments.differences)
    throw UsageError("the result of a study is shown as a page, or with '--to json': leave the other options away");
  return archive;
}

}  // namespace

int show(std::span<const std::string> given, Console& console) {
  const ShowArguments arguments = read(given);
  console.speak(arguments.language);
  if (const auto study = study_of(arguments)) {
    console.print(arguments.to ? study_json(*study, arguments.journey) : study_page(*study, console.out()));
    return exit_code::ok;
  }
  Warnings warnings(console);
  const Inputs inputs = read_inputs(arguments.journey, arguments.with, warnings);
  const models::Case base = models::build_case(inputs.journey, {});
  const models::Case one = inputs.scenarios.empty() ? base : models::build_case(inputs.journey, inputs.scenarios);
  warnings.say(one.warnings);
  std::string text;
  if (!arguments.differences) {
    const bool as_the_file = inputs.scenarios.empty() && !arguments.persona;
    text = as_the_file ? written(inputs.journey.tree, arguments.to.value_or("yaml"))
                       : changed_journey(one, arguments, console);
  }
  const bool list_too = !inputs.scenarios.empty() && !arguments.to && console.out_is_terminal();
  if (arguments.differences || list_too)
    text += differences_page(base, one, arguments.persona.value_or(""), console.out());
  console.print(text);
  return exit_code::ok;
}

}  // namespace sojourn::tools
