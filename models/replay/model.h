#pragma once
// A journey with parameters, ready to be recorded under any of their values.

#include "models/behaviour/quantiles.h"
#include "models/replay/bank.h"
#include "models/replay/parameter.h"

#include <Eigen/Core>

#include <memory>
#include <vector>

namespace sojourn::models {

class CalibrationModel {
 public:
  /// `journey` must outlive it. Throws InputError for parameters that cannot be calibrated (models/replay/numbers.h).
  CalibrationModel(const JourneyFile& journey, std::vector<CalibrationParameter> parameters);

  /// Journeys of each persona under `values` of the parameters. Throws InputError where the values make no valid journey, or where an agent has no
  /// way on.
  Bank bank(const Eigen::VectorXd& values, std::uint32_t journeys, engine::Seed seed) const;
  /// The journey under `values`, compiled in the numbering of `atlas()`.
  JourneyTables tables_at(const Eigen::VectorXd& values) const;

  const std::vector<CalibrationParameter>& parameters() const { return parameters_; }
  const std::vector<PersonaNumbers>& numbers() const { return numbers_.personas; }
  /// [parameter] whether journeys must be walked anew where it moves.
  const std::vector<bool>& walked() const { return numbers_.walked; }
  /// As the file has it; what moves in there is not looked at by a replay.
  const JourneyTables& tables() const { return tables_; }
  const Atlas& atlas() const { return atlas_; }
  const Case& base() const { return base_; }
  /// Of the parameters in the file.
  Eigen::VectorXd written() const;

 private:
  const JourneyFile& journey_;
  std::vector<CalibrationParameter> parameters_;
  Case base_;
  Atlas atlas_;
  std::shared_ptr<Quantiles> quantiles_;
  JourneyTables tables_;
  ReplayNumbers numbers_;
};

}  // namespace sojourn::models
