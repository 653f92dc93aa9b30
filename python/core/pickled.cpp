#include "python/core/pickled.h"

#include "models/change/scenario_on.h"

#include <memory>
#include <utility>

namespace sojourn::python {
namespace {

namespace py = pybind11;

py::tuple state_of(const models::ScenarioFile& scenario) {
  py::list below;
  for (const models::ScenarioFile& one : scenario.bases) below.append(state_of(one));
  return py::make_tuple(py::bytes(scenario.source->name), scenario.source->text, py::bytes(scenario.canonical),
                        py::bytes(scenario.journey_canonical), below);
}

models::ScenarioFile scenario_of(const py::tuple& state, const models::JourneyFile& journey) {
  models::ScenarioFile scenario =
      models::scenario_on(journey, source_of(state[0].cast<std::string>(), state[1].cast<std::string>()));
  scenario.canonical = state[2].cast<std::string>();
  scenario.journey_canonical = state[3].cast<std::string>();
  for (const py::handle one : state[4]) scenario.bases.push_back(scenario_of(one.cast<py::tuple>(), journey));
  return scenario;
}

}  // namespace

py::tuple state_of(const Journey& journey) {
  const models::JourneyFile& file = *journey.read().journey;
  py::list scenarios;
  for (const models::ScenarioFile& one : journey.read().scenarios) scenarios.append(state_of(one));
  return py::make_tuple(py::bytes(file.source->name), file.source->text, py::bytes(file.canonical), scenarios);
}

Journey journey_of(const py::tuple& state) {
  models::JourneyFile file =
      models::read_journey(source_of(state[0].cast<std::string>(), state[1].cast<std::string>()));
  file.canonical = state[2].cast<std::string>();
  std::vector<models::ScenarioFile> scenarios;
  for (const py::handle one : state[3]) scenarios.push_back(scenario_of(one.cast<py::tuple>(), file));
  return Journey(models::make_case(std::make_shared<const models::JourneyFile>(std::move(file)), std::move(scenarios)));
}

}  // namespace sojourn::python
