#include "tools/arguments/common.h"

#include "engine/random/luck.h"
#include "models/score/uncertainty.h"

namespace sojourn::tools {

void declare_luck(Arguments& arguments, std::uint64_t& seed, std::uint64_t& replicate) {
  arguments.count(seed, "--seed", "S", {}, "the luck of all customers; the same seed gives the same result (1)");
  arguments.count(replicate, "--replicate", "R", {0, engine::kReplicateLimit - 1},
                  "another independent population under the same seed (0)");
}

void declare_draws(Arguments& arguments, std::optional<std::uint64_t>& draws) {
  arguments.count(
      draws, "--draws", "N", {0, models::most_draws},
      "how often the inputs under 'uncertain' are drawn, each time for a few of the customers (40 to 200, so that "
      "all takes about three times as long); 0 leaves it");
}

void declare_observed(Arguments& arguments, std::optional<std::string>& observed) {
  arguments.text(
      observed, "--observed", "CSV",
      "what was measured, held against what is simulated: columns touchpoint, persona (or address), n, mean, sd "
      "(or 0 to 10: how many gave that answer)");
}

void declare_plain(Arguments& arguments, bool& plain) {
  arguments.flag(plain, "--plain",
                 "means over customers alone, not sharpened by what is known without walking (control variates)");
}

models::Estimates estimates_of(bool plain) { return plain ? models::Estimates::plain : models::Estimates::controlled; }

void declare_calibration(Arguments& arguments, std::optional<std::string>& calibration) {
  arguments.text(calibration, "--calibration", "FILE",
                 "for the page: what 'calibrate' wrote with --json when it made this journey");
}

void declare_language(Arguments& arguments, std::optional<std::string>& language) {
  arguments.choice(language, "--lang", {"en", "de"}, "the language on the terminal (en)");
}

void RunOptions::declare(Arguments& arguments, Phrase precision_about) {
  arguments.count(agents, "--agents", "N", {1, engine::kAgentLimit},
                  "how many customers travel: 100000, 1e6, 1M (100000; with --precision the most, 100M)");
  arguments.amount(precision, "--precision", "P", {0, 100, true}, precision_about);
  declare_luck(arguments, seed, replicate);
  arguments.count(threads, "--threads", "T", {1, 1024}, "threads to use (all); changes no digit of the result");
  arguments.text(outputs.json, "--json", "FILE", "the whole result as JSON; - is standard output");
  arguments.text(outputs.archive, "--out", "FILE.h5", "the whole result as HDF5, for xarray, pandas and R");
  arguments.text(outputs.csv, "--csv", "DIR", "a folder of tidy tables");
  arguments.text(outputs.xlsx, "--xlsx", "FILE.xlsx", "the tidy tables as one workbook, a sheet each");
  arguments.text(outputs.report, "--report", "FILE.html", "the result as one web page, to mail, project and print");
  arguments.text(outputs.drivers, "--drivers", "FILE",
                 "for the page: what 'drivers' of the same journey wrote with --json");
  declare_calibration(arguments, outputs.calibration);
  arguments.choice(outputs.language, "--lang", {"en", "de"}, "the language of terminal and page (en)");
  arguments.flag(outputs.force, "--force", "replace outputs that exist");
  arguments.flag(quiet, "--quiet", "no tables, no progress and no notes");
}

models::RunPlan RunOptions::plan() const {
  models::RunPlan plan;
  plan.seed = seed;
  plan.replicate = static_cast<std::uint32_t>(replicate);
  plan.precision = precision;
  plan.agents = agents.value_or(precision ? most_agents_for_precision : default_agents);
  plan.threads = static_cast<int>(threads.value_or(0));
  return plan;
}

}  // namespace sojourn::tools
