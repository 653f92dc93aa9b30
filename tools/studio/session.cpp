#include "tools/studio/session.h"

#include "engine/store/safe_file.h"
#include "engine/tally/unit_sums.h"
#include "models/drivers/drivers.h"
#include "models/exact/known_means.h"
#include "models/score/comparison.h"
#include "models/score/figures.h"
#include "models/score/remainder.h"
#include "tools/json/drivers_json.h"
#include "tools/json/json_parts.h"
#include "tools/program/version.h"
#include "tools/report/condensed.h"
#include "tools/report/figure_json.h"
#include "tools/report/parts.h"
#include "tools/studio/live_json.h"
#include "tools/studio/sliders.h"
#include "tools/studio/what_if.h"
#include "tools/terminal/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iterator>

namespace sojourn::tools {
namespace {

namespace fs = std::filesystem;
using namespace models;

constexpr std::size_t kept_walks = 6;
constexpr std::size_t most_along = 20;
constexpr double half_a_point = 0.5;  // NPS points below which a difference is too small to matter

[[noreturn]] void refuse(const std::string& what, const std::string& why = {}, const std::string& suggestion = {}) {
  Diagnostics problem;
  problem.error({std::make_shared<SourceText>(SourceText{"the studio", ""}), 0, 0, 1}, what, why, suggestion);
  throw InputError(std::move(problem));
}

OnProgress while_wanted(const Jobs::Wanted& wanted) {
  return [&wanted](const ProgressReport&) { return wanted(); };
}

/// The name of a file in the journey's folder, and of nothing else.
std::string file_name(const Json& asked) {
  const auto found = asked.find("file");
  const std::string name = found != asked.end() && found->is_string() ? found->get<std::string>() : std::string();
  const bool plain =
      !name.empty() && name.size() <= 100 && name.front() != '.' && name.front() != '-' && name.front() != ' ' &&
      name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-. ") == std::string::npos;
  if (!plain || !(name.ends_with(".yaml") || name.ends_with(".yml"))) {
    refuse("a file's name has letters, digits, '-', '_', '.' and spaces, and ends with .yaml",
           "it is written into the journey's folder and nowhere else");
  }
  return name;
}

/// Where it stands in the list, for people: "security.yaml".
Json variant_of(const ScenarioFile& scenario) {
  double once = 0;
  double per_journey = 0;
  const auto add = [&](const ScenarioFile& one, const auto& self) -> void {
    for (const ScenarioFile& base : one.bases) self(base, self);
    once += one.cost_once;
    per_journey += one.cost_per_journey;
  };
  add(scenario, add);
  Json json = {{"title", scenario.title},
               {"because", scenario.because},
               {"file", fs::path(scenario.source->name).filename().string()},
               {"uncertain", Json::array()}};
  for (const UncertainLine& one : uncertain_of(scenario)) {
    json["uncertain"].push_back({{"address", one.address}, {"line", one.line}});
  }
  json["cost"] = {{"once", once}, {"per_journey", per_journey}};
  json["changes"] = Json::array();
  for (const std::string& line : changes_of(scenario)) json["changes"].push_back({{"line", line}});
  return json;
}

}  // namespace

Session::Session(SessionPlan plan, Warnings& warnings) : plan_(std::move(plan)) {
  Inputs inputs = read_inputs(plan_.journey, plan_.scenarios, warnings);
  journey_ = std::move(inputs.journey);
  const fs::path path(plan_.journey);
  folder_ = path.parent_path().empty() ? "." : path.parent_path().string();
  name_ = path.filename().string();
  Mistakes mistakes;
  mistakes.collect([&] { base_ = checked_case(journey_, {}, warnings); });
  mistakes.refuse_if_any();
  for (const ScenarioFile& scenario : inputs.scenarios) {
    mistakes.collect([&] { checked_case(journey_, {&scenario, 1}, warnings); });
  }
  mistakes.refuse_if_any();

  as_it_is_ =
      std::make_unique<Experiment>(std::vector<const Case*>{&*base_}, Estimates::controlled, nullptr, plan_.threads);
  know_exactly(*as_it_is_, plan_.threads);
  RunPlan run;
  run.seed = plan_.seed;
  run.threads = plan_.threads;
  run.agents = first_agents;
  const auto tallies = as_it_is_->run(run);
  const Names& names = as_it_is_->names();
  const FileStamp stamp = stamp_of(journey_);
  const Figures figures = figures_of(*as_it_is_, *tallies, 0);
  document_ = {
      {"format", "sojourn.studio/1"},
      {"program", program_name()},
      {"journey", {{"title", stamp.title}, {"file", name_}, {"path", plan_.journey}, {"sha256", stamp.sha256}}},
      {"money", base_->views.views.front().money},
      {"seed", plan_.seed},
      {"agents",
       {{"glance", glance_agents}, {"first", first_agents}, {"second", second_agents}, {"final", final_agents}}},
      {"matters", half_a_point}};
  document_["names"] = names_json(names);
  document_["about"] = journey_part(base_->views.views.front());
  document_["base"] = live_figures(figures, names);
  document_["sliders"] = sliders(*base_);
  document_["variants"] = Json::array();
  for (const ScenarioFile& scenario : inputs.scenarios) document_["variants"].push_back(variant_of(scenario));
}

ScenarioFile Session::scenario_of(const Json& asked) const {
  const auto source = std::make_shared<SourceText>(SourceText{"the what-if", scenario_text(asked, name_)});
  return read_scenario(source, folder_);
}

Case Session::checked(const ScenarioFile& scenario) const {
  const Console quiet_console = [] {
    Console console;
    console.set_talk(Talk::quiet);
    return console;
  }();
  Warnings nobody(quiet_console);
  return checked_case(journey_, {&scenario, 1}, nobody);
}

RunPlan Session::run_plan(const Json& asked, std::uint64_t most) const {
  RunPlan run;
  run.seed = plan_.seed;
  run.threads = plan_.threads;
  run.agents = first_agents;
  if (const auto agents = asked.find("agents"); agents != asked.end()) {
    if (!agents->is_number_unsigned()) refuse("'agents' is not a whole number");
    run.agents = agents->get<std::uint64_t>();
  }
  if (run.agents < 1 || run.agents > most) {
    refuse("a page may ask for 1 to " + std::to_string(most) + " customers here");
  }
  return run;
}

Session::Walked& Session::walked(const Json& asked, std::list<Walked>& among, Solving solving) const {
  Json plain = asked;  // what is the same whatever it is called
  plain["title"] = "what if";
  plain["because"] = "";
  const std::string key = scenario_text(plain, name_);
  const auto found = std::ranges::find(among, key, &Walked::key);
  if (found != among.end()) {
    among.splice(among.begin(), among, found);
    return among.front();
  }
  ScenarioFile scenario = scenario_of(asked);
  Case changed = checked(scenario);
  among.push_front({key, std::move(scenario), std::move(changed), {}, {}});
  if (among.size() > kept_walks) among.pop_back();
  Walked& one = among.front();
  try {
    one.experiment = std::make_unique<Experiment>(std::vector<const Case*>{&*base_, &one.changed},
                                                  Estimates::controlled, as_it_is_->quantiles(), plan_.threads);
    if (solving == Solving::with) know_exactly(*one.experiment, plan_.threads);
  } catch (...) {
    among.pop_front();
    throw;
  }
  return one;
}

Json Session::shown_of(Walked& one) const {
  const Experiment& experiment = *one.experiment;
  const ScenarioStamp stamp{{one.scenario.title, "", ""}, one.scenario.because};
  const std::vector<Comparison> comparisons = compare(experiment, *one.tallies, {stamp}, half_a_point);
  const Names& names = experiment.names();
  Json json = {{"agents", one.tallies->agents}};
  json["base"] = live_figures(figures_of(experiment, *one.tallies, 0), names);
  json["scenario"] = live_scenario(comparisons.front(), names);
  json["moved"] = moved(document_.at("sliders"), one.changed);
  if (names.touchpoints.size() != as_it_is_->names().touchpoints.size()) json["names"] = names_json(names);
  return json;
}

std::optional<Json> Session::look(const Json& asked, const Jobs::Wanted& wanted) {
  // Solving takes as long as thousands of journeys: a hand on a slider does not wait for it.
  return looked(asked, wanted, first_agents, walked_, Solving::without);
}

std::optional<Json> Session::sharper(const Json& asked, const Jobs::Wanted& wanted) {
  return looked(asked, wanted, most_agents, sharper_, Solving::with);
}

std::optional<Json> Session::looked(const Json& asked, const Jobs::Wanted& wanted, std::uint64_t most,
                                    std::list<Walked>& among, Solving solving) const {
  const RunPlan run = run_plan(asked, most);
  Walked& one = walked(asked, among, solving);
  if (!wanted()) return std::nullopt;
  // Errors are of whole units of agents: whoever walks on from the middle of one has other errors than who walks at once.
  if (one.tallies && one.tallies->agents != run.agents &&
      (one.tallies->agents > run.agents || !engine::ends_unit(one.tallies->agents - 1))) {
    one.tallies.reset();
  }
  if (one.tallies) {
    if (!one.experiment->extend(run, *one.tallies, while_wanted(wanted))) return std::nullopt;
  } else {
    one.tallies = one.experiment->run(run, while_wanted(wanted));
    if (!one.tallies) return std::nullopt;
  }
  return shown_of(one);
}

std::optional<Json> Session::why(const Json& asked, const Jobs::Wanted& wanted) {
  const RunPlan run = run_plan(asked);
  const ScenarioFile whole = scenario_of(asked);
  std::list<Case> cases;  // their addresses stay
  std::vector<const Case*> pointers = {&*base_};
  Json json = {{"agents", run.agents}, {"parts", Json::array()}};
  std::vector<std::size_t> part_of_case;
  for (std::size_t i = 0; i < whole.changes.size(); ++i) {
    ScenarioFile alone = whole;
    alone.changes = {whole.changes[i]};
    json["parts"].push_back({{"change", i}});
    if (!wanted()) return std::nullopt;
    try {
      cases.push_back(checked(alone));
      pointers.push_back(&cases.back());
      part_of_case.push_back(i);
    } catch (const InputError& error) {  // it needs the others
      json["parts"].back()["nps"] = nullptr;
      json["parts"].back()["why_not"] = error.diagnostics().list().front().what;
    }
  }
  cases.push_back(checked(whole));
  pointers.push_back(&cases.back());
  Experiment experiment(pointers, Estimates::controlled, as_it_is_->quantiles(), plan_.threads);
  know_exactly(experiment, plan_.threads);
  const auto tallies = experiment.run(run, while_wanted(wanted));
  if (!tallies) return std::nullopt;
  const auto nps = [&](std::size_t scenario) {
    return short_figure(differences_of(experiment, *tallies, scenario).overall[Metric::nps]);
  };
  for (std::size_t i = 0; i < part_of_case.size(); ++i) json["parts"][part_of_case[i]]["nps"] = nps(i);
  json["together"] = pointers.size() > 2 ? short_figure(nps_remainder(experiment, *tallies)) : Json(nullptr);
  json["all"] = nps(pointers.size() - 2);
  return json;
}

std::optional<Json> Session::along(const Json& asked, const Jobs::Wanted& wanted) {
  const auto values = asked.find("values");
  if (values == asked.end() || !values->is_array() || values->empty() || values->size() > most_along) {
    refuse("'values' is a list of 1 to " + std::to_string(most_along));
  }
  Json what_if = asked;
  what_if["changes"] = Json::array();
  Json moved = {{"set", asked.value("along", Json())}};
  if (asked.contains("for")) moved["for"] = asked.at("for");
  const auto same = [&](const Json& change) {
    return change.is_object() && change.value("set", Json()) == moved.at("set") &&
           change.value("for", Json()) == moved.value("for", Json());
  };
  if (const auto changes = asked.find("changes"); changes != asked.end() && changes->is_array()) {
    std::ranges::copy_if(*changes, std::back_inserter(what_if["changes"]), [&](const Json& one) { return !same(one); });
  }
  std::list<Case> cases;  // their addresses stay
  std::vector<const Case*> pointers = {&*base_};
  std::vector<std::size_t> value_of_case;
  for (std::size_t i = 0; i < values->size(); ++i) {
    Json one = what_if;
    moved["to"] = values->at(i);
    one["changes"].push_back(moved);
    if (!wanted()) return std::nullopt;
    try {
      cases.push_back(checked(scenario_of(one)));
      pointers.push_back(&cases.back());
      value_of_case.push_back(i);
    } catch (const InputError&) {  // outside what may be, or as it is and nothing else: no point of the line
    }
  }
  Json json = {{"nps", std::vector<Json>(values->size())}};
  if (cases.empty()) return json;
  Experiment experiment(pointers, Estimates::controlled, as_it_is_->quantiles(), plan_.threads);
  RunPlan run = run_plan(Json::object());
  run.agents = glance_agents;
  const auto tallies = experiment.run(run, while_wanted(wanted));
  if (!tallies) return std::nullopt;
  for (std::size_t i = 0; i < value_of_case.size(); ++i) {
    json["nps"][value_of_case[i]] = short_figure(differences_of(experiment, *tallies, i).overall[Metric::nps]);
  }
  return json;
}

std::optional<Json> Session::drivers(const Json&, const Jobs::Wanted& wanted) {
  if (drivers_) return drivers_;
  RunPlan run;
  run.seed = plan_.seed;
  run.threads = plan_.threads;
  run.agents = first_agents;
  const auto found = find_drivers(journey_, {}, *base_, run, while_wanted(wanted));
  if (!found) return std::nullopt;
  Json json = {{"agents", run.agents}, {"effects", Json::object()}};
  for (const Driver& driver : found->drivers) {
    const Figure& effect = driver.effect[static_cast<std::size_t>(DriverMetric::nps)];
    json["effects"][driver.lever.address] = {{"step", short_number(shown(driver.lever, driver.step))},
                                             {"nps", short_figure(effect)}};
  }
  return drivers_ = std::move(json);
}

std::optional<Json> Session::text(const Json& asked, const Jobs::Wanted&) {
  return Json{{"text", scenario_text(asked, name_)}};
}

void Session::refuse_if_the_journey_changed() const {
  if (stamp_of(read_journey_file(plan_.journey)).sha256 == stamp_of(journey_).sha256) return;
  refuse("the journey's file has changed since the studio read it",
         "what was shown would not be what 'compare' says of the file", "Start the studio again");
}

std::optional<Json> Session::save(const Json& asked, const Jobs::Wanted&) {
  const std::string name = file_name(asked);
  const std::string path = (fs::path(folder_) / name).string();
  const std::string text = scenario_text(asked, name_);
  const auto source = std::make_shared<SourceText>(SourceText{path, text});
  const ScenarioFile scenario = read_scenario(source, folder_);
  checked(scenario);
  refuse_if_the_journey_changed();
  std::error_code failed;
  const fs::file_status there = fs::symlink_status(path, failed);
  const auto replace = asked.find("replace");
  const bool may_replace = replace != asked.end() && replace->is_boolean() && replace->get<bool>();
  if (there.type() != fs::file_type::not_found) {
    if (there.type() != fs::file_type::regular)
      refuse("'" + name + "' is there already and is no file", "", "Choose another name");
    if (kind_of(read_source(path)) != FileKind::scenario) {
      refuse("'" + name + "' is there already and is no scenario", "only a scenario is replaced by one",
             "Choose another name");
    }
    if (!may_replace) return Json{{"exists", true}, {"file", name}};
  }
  engine::write_file(path, may_replace ? engine::Existing::replace : engine::Existing::refuse, text);
  return Json{{"file", name},
              {"path", path},
              {"text", text},
              {"command", "sojourn compare " + shell_word(plan_.journey) + " " + shell_word(path) +
                              (plan_.seed == 1 ? "" : " --seed " + std::to_string(plan_.seed))}};
}

}  // namespace sojourn::tools
