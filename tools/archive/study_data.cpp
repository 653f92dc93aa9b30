#include "tools/archive/study_data.h"

#include "engine/store/format_error.h"

#include <algorithm>
#include <array>

namespace sojourn::tools {
namespace {

using engine::Archive;
using engine::Doubles;
using engine::Strings;
using engine::Variable;

class Reader {
 public:
  Reader(const Archive& archive, const std::string& file) : archive_(archive), file_(file) {}

  models::StudyData data() const {
    models::StudyData data;
    data.design = design();
    data.scenarios = values<Strings>("scenario_title");
    data.replications = length("replication");
    const std::size_t points = length("point");
    data.values = engine::Design(points, 0);
    data.positions = data.values;
    if (const Variable* factors = engine::find_coordinate(archive_, "factor")) {
      data.factors = std::get<Strings>(factors->values);
      data.labels = values<Strings>("factor_label");
      data.values = matrix("factor_value", points, data.factors.size());
      data.positions = matrix("factor_position", points, data.factors.size());
    }
    if (engine::find_variable(archive_, "scenario_cost_per_journey")) {
      data.cost_per_journey = values<Doubles>("scenario_cost_per_journey");
    }
    for (std::size_t m = 0; m < models::kMetrics; ++m) {
      const auto metric = static_cast<models::Metric>(m);
      const Variable* one = engine::find_variable(archive_, models::info(metric).name);
      if (!one) continue;
      const std::size_t runs = points * data.replications * data.scenarios.size();
      const auto& all = of<Doubles>(*one);
      if (runs == 0 || all.size() % runs != 0) refuse(one->name);
      const std::size_t statistics = all.size() / runs;
      models::StudyResponses& to = data.responses.emplace_back();
      to.metric = metric;
      for (std::size_t i = 0; i < runs; ++i) to.estimates.push_back(all[i * statistics]);  // estimate, se, ...
    }
    return data;
  }

 private:
  [[noreturn]] void refuse(std::string_view part) const {
    throw engine::FormatError(file_, "this is not the result of a study",
                              "'" + std::string(part) + "' is missing or not as it should be",
                              "Name what 'sojourn batch' wrote");
  }

  models::DesignChoice::Kind design() const {
    static constexpr std::array<std::string_view, 7> names = {"grid",  "list",     "one_at_a_time", "latin_hypercube",
                                                              "sobol", "saltelli", "morris"};
    const engine::Attribute* found = engine::find_attribute(archive_.attributes, "design");
    const auto* name = found ? std::get_if<std::string>(&found->value) : nullptr;
    const auto at = name ? std::ranges::find(names, *name) : names.end();
    if (at == names.end()) refuse("design");
    return static_cast<models::DesignChoice::Kind>(at - names.begin());
  }

  std::size_t length(const char* dimension) const {
    const Variable* found = engine::find_coordinate(archive_, dimension);
    if (!found) refuse(dimension);
    return engine::size(found->values);
  }

  template <class T>
  const T& of(const Variable& variable) const {
    const T* found = std::get_if<T>(&variable.values);
    if (!found) refuse(variable.name);
    return *found;
  }

  template <class T>
  const T& values(const char* name) const {
    const Variable* found = engine::find_variable(archive_, name);
    if (!found) refuse(name);
    return of<T>(*found);
  }

  engine::Design matrix(const char* name, std::size_t rows, std::size_t columns) const {
    const Doubles& all = values<Doubles>(name);
    if (all.size() != rows * columns) refuse(name);
    engine::Design design(rows, columns);
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t c = 0; c < columns; ++c) design.at(i, c) = all[i * columns + c];
    }
    return design;
  }

  const Archive& archive_;
  const std::string& file_;
};

}  // namespace

models::StudyData study_data(const Archive& archive, const std::string& file) { return Reader(archive, file).data(); }

}  // namespace sojourn::tools
