// sojourn._core: what the package's Python calls. Journeys in, results out; every number is the program's.

#include "models/change/differences.h"
#include "models/change/scenario_on.h"
#include "models/journey/address.h"
#include "models/text/input_file.h"
#include "python/core/calibrated.h"
#include "python/core/errors.h"
#include "python/core/journey.h"
#include "python/core/names.h"
#include "python/core/pickled.h"
#include "python/core/values.h"
#include "tools/job/checked.h"
#include "tools/job/resolved.h"
#include "tools/json/check_json.h"
#include "tools/program/version.h"

#include <pybind11/stl.h>

namespace sojourn::python {
namespace {

namespace py = pybind11;

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

/// The part at an address. Throws NotFound where it leads to nothing, UsageError for an unknown persona.
py::object part_of(const Journey& journey, const std::string& address, const std::string& persona) {
  const models::Place place = models::find(journey.tree(persona), address);
  switch (place.state) {
    case models::Place::State::written: return value_of(*place.tree);
    case models::Place::State::defaulted: return value_of(place.value);
    case models::Place::State::unwritten: return py::none();
    case models::Place::State::missing: break;
  }
  throw NotFound{place.problem, place.suggestion};
}

py::list differences_of(const Journey& journey) {
  py::list list;
  const models::Case& one = journey.read().one;
  const models::ReadCase base = models::make_case(journey.read().journey);
  const models::Tree& before = base.one.trees[tools::view_for(base.one, "").index];
  for (const auto& d : models::differences(before, one.trees[tools::view_for(one, "").index])) {
    list.append(py::make_tuple(d.address, d.before, d.after));
  }
  return list;
}

void bind_options(py::module_& module) {
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
  py::class_<CalibrationOptions>(module, "CalibrationOptions")
      .def(py::init<>())
      .def_readwrite("survey", &CalibrationOptions::survey)
      .def_readwrite("events", &CalibrationOptions::events)
      .def_readwrite("holdout", &CalibrationOptions::holdout)
      .def_readwrite("mapping", &CalibrationOptions::mapping)
      .def_readwrite("out", &CalibrationOptions::out)
      .def_readwrite("posterior", &CalibrationOptions::posterior)
      .def_readwrite("draws", &CalibrationOptions::draws)
      .def_readwrite("journeys", &CalibrationOptions::journeys)
      .def_readwrite("threads", &CalibrationOptions::threads)
      .def_readwrite("seed", &CalibrationOptions::seed)
      .def_readwrite("columns", &CalibrationOptions::columns)
      .def_readwrite("bad_rows", &CalibrationOptions::bad_rows)
      .def_readwrite("force", &CalibrationOptions::force);
}

void bind_results(py::module_& module) {
  py::class_<Result>(module, "Result")
      .def("json", &Result::json)
      .def("warnings", [](const Result& result) { return problems_of(result.warnings); })
      .def("tables", [](const Result& result) {
        py::dict tables;
        for (const tools::NamedTable& one : result.tables()) tables[py::str(one.name)] = columns_of(one.table);
        return tables;
      });
}

bool same_source(const Journey& a, const Journey& b) {
  const models::SourceText& one = *a.read().journey->source;
  const models::SourceText& other = *b.read().journey->source;
  return one.name == other.name && one.text == other.text;
}

void bind_journeys(py::module_& module) {
  py::class_<Journey>(module, "Journey")
      .def_static("read", &Journey::read_from)
      .def_static("parse", &Journey::parsed)
      .def_static("of_state", &journey_of)
      .def("state", [](const Journey& j) { return state_of(j); })
      .def("with_file", [](const Journey& journey,
                           const std::string& path) { return journey.with(models::read_scenario_file(path)); })
      .def("with_text",
           [](const Journey& journey, const std::string& name, const std::string& text) {
             return journey.with(models::scenario_on(*journey.read().journey, source_of(name, text)));
           })
      .def("is_on", &same_source)
      .def_property_readonly("path", [](const Journey& j) { return file_name(j.read().journey->source->name); })
      .def_property_readonly("canonical", [](const Journey& j) { return file_name(j.read().journey->canonical); })
      .def_property_readonly("title", [](const Journey& j) { return j.view().title; })
      .def_property_readonly("scenarios", [](const Journey& j) { return j.read().one.scenarios; })
      .def_property_readonly("personas", [](const Journey& j) { return labels_of(j.view().personas); })
      .def_property_readonly("touchpoints", [](const Journey& j) { return labels_of(j.view().touchpoints); })
      .def_property_readonly("outcomes", [](const Journey& j) { return labels_of(j.view().outcomes); })
      .def_property_readonly("goals", [](const Journey& j) { return labels_of(j.view().goals); })
      .def_property_readonly("pains", [](const Journey& j) { return labels_of(j.view().pains); })
      .def("warnings", [](const Journey& j) { return problems_of(j.read().warnings()); })
      .def("part", &part_of)
      .def("addresses", &Journey::addresses)
      .def("differences", &differences_of)
      .def("resolved", &Journey::resolved)
      .def("settled", &Journey::settled)
      .def("run", &Journey::run)
      .def("solve", &Journey::solve)
      .def("compare", &Journey::compare);
}

}  // namespace

PYBIND11_MODULE(_core, module) {
  module.doc() = "The compiled part of sojourn; the package's other files say what it is for.";
  register_errors();
  module.attr("version") = tools::program_name().substr(sizeof "sojourn");
  bind_options(module);
  bind_results(module);
  bind_journeys(module);
  module.def("check", [](const std::string& path) {
    const models::InputFile readable(path);  // throws where it is not
    const tools::CheckedFile file = tools::check_file(path);
    return py::make_tuple(tools::check_json({file}), problems_of(file.problems));
  });
  module.def("calibrate", [](const Journey& journey, const CalibrationOptions& options) {
    Calibration found = calibrate(journey, options);
    return py::make_tuple(found.json, found.text);
  });
}

}  // namespace sojourn::python
