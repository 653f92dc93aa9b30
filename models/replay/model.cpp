#include "models/replay/model.h"

#include "models/behaviour/compile.h"
#include "models/behaviour/scores.h"
#include "models/text/utf8.h"

namespace sojourn::models {
namespace {

Atlas atlas_of(const Case& one) {
  const Case* const cases[] = {&one};
  return make_atlas(cases);
}

}  // namespace

CalibrationModel::CalibrationModel(const JourneyFile& journey, std::vector<CalibrationParameter> parameters)
    : journey_(journey),
      parameters_(std::move(parameters)),
      base_(build_case(journey, {})),
      atlas_(atlas_of(base_)),
      quantiles_(std::make_shared<Quantiles>()),
      tables_(compile(base_, atlas_, quantiles_)),
      numbers_(numbers_of(journey, base_, atlas_, tables_, parameters_)) {}

Eigen::VectorXd CalibrationModel::written() const {
  Eigen::VectorXd values(static_cast<Eigen::Index>(parameters_.size()));
  for (std::size_t i = 0; i < parameters_.size(); ++i) values[static_cast<Eigen::Index>(i)] = parameters_[i].value;
  return values;
}

JourneyTables CalibrationModel::tables_at(const Eigen::VectorXd& values) const {
  std::vector<Uncertain> uncertain;
  for (const CalibrationParameter& one : parameters_) uncertain.push_back(one.prior);
  const Case moved = build_case(journey_, {}, uncertain, std::span(values.data(), parameters_.size()));
  return compile(moved, atlas_, std::make_shared<Quantiles>(quantiles_));
}

Bank CalibrationModel::bank(const Eigen::VectorXd& values, std::uint32_t journeys, engine::Seed seed) const {
  const Customer customer(tables_at(values));
  try {
    return record_bank(customer, engine::place_keys(seed, atlas_.touchpoints.ids()), atlas_.layout.scores, journeys);
  } catch (const engine::NoWayOn& stuck) {
    Diagnostics problem;
    problem.error(
        parameters_.front().prior.mark,
        "an agent at " + quoted(atlas_.touchpoints.ids()[stuck.node]) + " has no way on under values that are tried",
        "a guard or an affinity of 0 closes every way", "Give the touchpoint a way that is always open");
    throw InputError(std::move(problem));
  }
}

}  // namespace sojourn::models
