// sojourn._core: what the package's Python calls. Journeys in, results out; every number is the program's.

#include "models/ask/ask.h"
#include "models/ask/stamps.h"
#include "models/change/differences.h"
#include "models/change/scenario_on.h"
#include "models/journey/address.h"
#include "models/journey/defaults.h"
#include "python/core/errors.h"
#include "python/core/interruptible.h"
#include "python/core/values.h"
#include "tools/arguments/common.h"
#include "tools/command.h"
#include "tools/job/checked.h"
#include "tools/job/notes.h"
#include "tools/job/resolved.h"
#include "tools/output/check_json.h"
#include "tools/output/csv.h"
#include "tools/output/json.h"
#include "tools/output/posterior_archive.h"
#include "tools/program/errors.h"
#include "tools/program/interrupt.h"
#include "tools/program/version.h"

#include <pybind11/stl.h>

#include <atomic>
#include <csignal>
#include <mutex>
#include <variant>

namespace sojourn::python {
namespace {

namespace py = pybind11;
using models::ReadCase;

models::Source source_of(const std::string& name, const std::string& text) {
  return std::make_shared<const models::SourceText>(models::SourceText{name, text});
}

/// What run and compare are told, under the names of the program's options.
struct Options {
  std::optional<std::uint64_t> agents;
  std::optional<double> precision;
  std::uint64_t seed = 1;
  std::uint64_t replicate = 0;
  std::optional<std::uint64_t> threads;
  std::optional<std::uint64_t> draws;
  bool plain = false;
  double matters = 0.5;
  std::string posterior;  // of compare; empty: none

  models::Asked asked() const {
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
};

/// What was found, and what was doubtful on the way.
struct Result {
  std::variant<models::RunResult, models::CompareResult> found;
  models::Diagnostics warnings;

  std::string json() const {
    if (const auto* run = std::get_if<models::RunResult>(&found)) return tools::run_json(*run, {});
    return tools::compare_json(std::get<models::CompareResult>(found), {});
  }
  std::vector<tools::NamedTable> tables() const {
    return std::visit([](const auto& result) { return tools::tables_of(result); }, found);
  }
};

/// A journey with the scenarios that are applied to it.
class Journey {
 public:
  explicit Journey(ReadCase read) : read_(std::move(read)) {}

  Journey with(models::ScenarioFile scenario) const {
    std::vector<models::ScenarioFile> scenarios = read_.scenarios;
    scenarios.push_back(std::move(scenario));
    return Journey(models::make_case(read_.journey, std::move(scenarios)));
  }

  const ReadCase& read() const { return read_; }
  const models::Journey& view() const { return read_.one.views.views.front(); }
  const models::Tree& tree(const std::string& persona) const {
    return read_.one.trees[tools::view_for(read_.one, persona).index];
  }
  std::string resolved() const { return tools::resolved_yaml(*read_.journey, read_.one); }

  Result run(const Options& options) const {
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

  Result solve() const {
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

  Result compare(const std::vector<const Journey*>& what_ifs, const Options& options) const {
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

 private:
  /// The provenance as the program says it.
  void tell_of(models::Provenance& provenance, const tools::Inputs& inputs, const models::RunPlan& plan) const {
    std::vector<std::string> controls = std::move(provenance.controls);
    provenance = tools::provenance_of(inputs, read_.one, plan, provenance.agents);
    provenance.controls = std::move(controls);
  }

  ReadCase read_;
};

template <class Named>
py::dict labels_of(const std::vector<Named>& things) {
  py::dict labels;
  for (const Named& one : things) {
    if constexpr (requires { one.label; }) {
      labels[py::str(one.id)] = one.label;
    } else {
      labels[py::str(one.id)] = one.name;
    }
  }
  return labels;
}

/// The part at an address. Raises KeyError where it leads to nothing.
py::object part_of(const Journey& journey, const std::string& address, const std::string& persona) {
  const models::Place place = models::find(journey.tree(persona), address);
  switch (place.state) {
    case models::Place::State::written: return value_of(*place.tree);
    case models::Place::State::defaulted: return value_of(place.value);
    case models::Place::State::unwritten: return py::none();
    case models::Place::State::missing: break;
  }
  throw py::key_error(place.problem + (place.suggestion.empty() ? "" : ". " + place.suggestion));
}

std::vector<std::string> addresses_of(const Journey& journey) {
  std::vector<std::string> addresses;
  const models::Tree tree = models::with_defaults(journey.tree(""));
  for (const models::Number& one : models::every_number(tree)) addresses.push_back(one.address);
  return addresses;
}

py::list differences_of(const Journey& journey) {
  py::list list;
  const models::Case& one = journey.read().one;
  const ReadCase base = models::make_case(journey.read().journey);
  const models::Tree& before = base.one.trees[tools::view_for(base.one, "").index];
  for (const auto& d : models::differences(before, one.trees[tools::view_for(one, "").index])) {
    list.append(py::make_tuple(d.address, d.before, d.after));
  }
  return list;
}

/// A verb of the program, without its words on the terminal. One at a time: what stops a verb stops all that are under way.
void run_verb(int (*verb)(std::span<const std::string>, tools::Console&), const std::vector<std::string>& arguments) {
  static std::mutex one;
  std::atomic<bool> begun{false};
  interruptible(
      [&](const std::atomic<bool>& wanted) {
        const std::lock_guard alone(one);
        begun = true;
        struct Forget {
          ~Forget() { tools::ask_to_stop(0); }
        } const afterwards;
        if (!wanted) throw tools::Stopped{SIGINT};
        tools::Console console;
        return verb(arguments, console);
      },
      [&] {
        if (begun) tools::ask_to_stop(SIGINT);
      });
}

}  // namespace

PYBIND11_MODULE(_core, module) {
  module.doc() = "The compiled part of sojourn; the package's other files say what it is for.";
  register_errors();
  module.attr("version") = tools::program_name().substr(sizeof "sojourn");

  py::class_<Options>(module, "Options")
      .def(py::init<>())
      .def_readwrite("agents", &Options::agents)
      .def_readwrite("precision", &Options::precision)
      .def_readwrite("seed", &Options::seed)
      .def_readwrite("replicate", &Options::replicate)
      .def_readwrite("threads", &Options::threads)
      .def_readwrite("draws", &Options::draws)
      .def_readwrite("plain", &Options::plain)
      .def_readwrite("matters", &Options::matters)
      .def_readwrite("posterior", &Options::posterior);

  py::class_<Result>(module, "Result")
      .def("json", &Result::json)
      .def("warnings", [](const Result& result) { return problems_of(result.warnings); })
      .def("tables", [](const Result& result) {
        py::dict tables;
        for (const tools::NamedTable& one : result.tables()) tables[py::str(one.name)] = columns_of(one.table);
        return tables;
      });

  py::class_<Journey>(module, "Journey")
      .def_static("read", [](const std::string& path) { return Journey(models::read_case(path)); })
      .def_static("parse",
                  [](const std::string& name, const std::string& text) {
                    return Journey(models::make_case(
                        std::make_shared<const models::JourneyFile>(models::read_journey(source_of(name, text)))));
                  })
      .def("with_file", [](const Journey& journey,
                           const std::string& path) { return journey.with(models::read_scenario_file(path)); })
      .def("with_text",
           [](const Journey& journey, const std::string& name, const std::string& text) {
             return journey.with(models::scenario_on(*journey.read().journey, source_of(name, text)));
           })
      .def("is_on",
           [](const Journey& a, const Journey& b) {
             const models::SourceText& one = *a.read().journey->source;
             const models::SourceText& other = *b.read().journey->source;
             return one.name == other.name && one.text == other.text;
           })
      .def_property_readonly("path", [](const Journey& j) { return j.read().journey->source->name; })
      .def_property_readonly("canonical", [](const Journey& j) { return j.read().journey->canonical; })
      .def("is_as_read",
           [](const Journey& j) {
             const models::Source& read = j.read().journey->source;
             try {
               return models::read_source(read->name)->text == read->text;
             } catch (const models::MissingFile&) {
               return false;
             }
           })
      .def_property_readonly("text", [](const Journey& j) { return j.read().journey->source->text; })
      .def_property_readonly("title", [](const Journey& j) { return j.view().title; })
      .def_property_readonly("scenarios", [](const Journey& j) { return j.read().one.scenarios; })
      .def_property_readonly("personas", [](const Journey& j) { return labels_of(j.view().personas); })
      .def_property_readonly("touchpoints", [](const Journey& j) { return labels_of(j.view().touchpoints); })
      .def_property_readonly("outcomes", [](const Journey& j) { return labels_of(j.view().outcomes); })
      .def_property_readonly("goals", [](const Journey& j) { return labels_of(j.view().goals); })
      .def_property_readonly("pains", [](const Journey& j) { return labels_of(j.view().pains); })
      .def("warnings", [](const Journey& j) { return problems_of(j.read().warnings()); })
      .def("part", &part_of)
      .def("addresses", &addresses_of)
      .def("differences", &differences_of)
      .def("resolved", &Journey::resolved)
      .def("run", &Journey::run)
      .def("solve", &Journey::solve)
      .def("compare", &Journey::compare);

  module.def("check", [](const std::string& path) {
    const tools::CheckedFile file = tools::check_file(path);
    return py::make_tuple(tools::check_json({file}), problems_of(file.problems), file.missing);
  });
  module.def("calibrate", [](const std::vector<std::string>& arguments) { run_verb(&tools::calibrate, arguments); });
}

}  // namespace sojourn::python
