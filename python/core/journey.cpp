#include "python/core/journey.h"

#include "models/change/shadow.h"
#include "models/journey/address.h"
#include "models/journey/defaults.h"
#include "models/journey/write.h"
#include "python/core/interruptible.h"
#include "tools/archive/posterior_archive.h"
#include "tools/arguments/common.h"
#include "tools/job/notes.h"
#include "tools/job/resolved.h"
#include "tools/json/json.h"

#include <algorithm>

namespace sojourn::python {

using models::ReadCase;

models::Source source_of(const std::string& name, const std::string& text) {
  return std::make_shared<const models::SourceText>(models::SourceText{name, text});
}

models::Asked Options::asked() const {
  tools::RunOptions options;
  options.agents = agents;
  options.precision = precision;
  options.seed = seed;
  options.replicate = replicate;
  options.threads = threads;
  models::Asked asked;
  asked.plan = options.plan();
  asked.estimates = tools::estimates_of(plain);
  asked.draws = draws;
  asked.matters = matters;
  return asked;
}

std::string Result::json() const {
  if (const auto* run = std::get_if<models::RunResult>(&found)) return tools::run_json(*run, {});
  return tools::compare_json(std::get<models::CompareResult>(found), {});
}

std::vector<tools::NamedTable> Result::tables() const {
  return std::visit([](const auto& result) { return tools::tables_of(result); }, found);
}

Journey Journey::parsed(const std::string& name, const std::string& text) {
  return Journey(
      models::make_case(std::make_shared<const models::JourneyFile>(models::read_journey(source_of(name, text)))));
}

Journey Journey::with(models::ScenarioFile scenario) const {
  std::vector<models::ScenarioFile> scenarios = read_.scenarios;
  scenarios.push_back(std::move(scenario));
  return Journey(models::make_case(read_.journey, std::move(scenarios)));
}

const models::Tree& Journey::tree(const std::string& persona) const {
  return read_.one.trees[tools::view_for(read_.one, persona).index];
}

std::string Journey::settled() const {
  if (read_.one.trees.size() > 1) return resolved();
  return models::to_yaml(read_.one.trees.front());
}

std::string Journey::resolved() const { return tools::resolved_yaml(*read_.journey, read_.one); }

std::vector<std::string> Journey::addresses(const std::string& persona) const {
  std::vector<const models::Tree*> seen;  // by those for whom it is set
  if (persona.empty()) {
    for (const models::Tree& one : read_.one.trees) seen.push_back(&one);
  } else {
    seen = {&tree(persona)};
  }
  models::Lookup lookup;
  // A part of a default (an entry of an unwritten list) has no place yet.
  const auto leads_somewhere = [&](const std::string& address) {
    return std::ranges::all_of(seen, [&](const models::Tree* one) {
      return models::find(*one, address, lookup, models::Suggest::nothing).state != models::Place::State::missing;
    });
  };
  const auto is_of_others = [&](const std::string& address) {
    const auto parts = models::parts_of(address);
    return !persona.empty() && parts[0] == "personas" && parts.size() > 1 && parts[1] != persona;
  };
  const auto matters = [&](const std::string& address) {
    if (is_of_others(address)) return false;
    return std::ranges::any_of(seen, [&](const models::Tree* one) { return !models::shadowed(*one, address); });
  };
  std::vector<std::string> addresses;
  for (const models::Number& one : models::every_number(models::with_defaults(tree(persona)))) {
    if (leads_somewhere(one.address) && matters(one.address)) addresses.push_back(one.address);
  }
  return addresses;
}

Result Journey::run(const Options& options) const {
  models::Asked asked = options.asked();
  Result result;
  asked.on_warnings = [&](const models::Diagnostics& doubts) { result.warnings.append(doubts); };
  auto found = interruptible([&](const std::atomic<bool>& wanted) {
    auto run = models::simulate(read_, asked, [&](const models::ProgressReport&) { return wanted.load(); });
    if (run) tell_of(run->provenance, {*read_.journey, read_.scenarios}, asked.plan);
    return run;
  });
  result.found = std::move(*found);
  return result;
}

Result Journey::solve() const {
  return {interruptible([&](const std::atomic<bool>&) {
            models::RunResult exact = models::solve(read_);
            const models::Provenance without = exact.provenance;
            tell_of(exact.provenance, {*read_.journey, read_.scenarios}, {});
            exact.provenance.method = without.method;
            exact.provenance.random_scheme = without.random_scheme;
            return exact;
          }),
          {}};
}

Result Journey::compare(const std::vector<const Journey*>& what_ifs, const Options& options) const {
  models::Asked asked = options.asked();
  std::optional<models::PosteriorDraws> posterior;
  if (!options.posterior.empty()) posterior = tools::read_posterior(options.posterior);
  if (posterior) asked.posterior = &*posterior;
  std::vector<const ReadCase*> cases = {&read_};
  tools::Inputs inputs{*read_.journey, {}};
  for (const Journey* one : what_ifs) {
    cases.push_back(&one->read_);
    inputs.scenarios.insert(inputs.scenarios.end(), one->read_.scenarios.begin(), one->read_.scenarios.end());
  }
  Result result;
  asked.on_warnings = [&](const models::Diagnostics& doubts) { result.warnings.append(doubts); };
  auto found = interruptible([&](const std::atomic<bool>& wanted) {
    auto compared = models::compare(cases, asked, [&](const models::ProgressReport&) { return wanted.load(); });
    if (!compared) return compared;
    tell_of(compared->provenance, inputs, asked.plan);
    for (const Journey* one : what_ifs) compared->provenance.resolved_scenarios.push_back(one->resolved());
    return compared;
  });
  result.found = std::move(*found);
  return result;
}

void Journey::tell_of(models::Provenance& provenance, const tools::Inputs& inputs, const models::RunPlan& plan) const {
  std::vector<std::string> controls = std::move(provenance.controls);
  provenance = tools::provenance_of(inputs, read_.one, plan, provenance.agents);
  provenance.controls = std::move(controls);
}

}  // namespace sojourn::python
