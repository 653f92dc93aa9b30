#pragma once
// Derivatives of a journey's metrics, as one run estimates them and as differences of two runs with the same luck show them.

#include "models/change/views.h"
#include "models/drivers/gradient.h"
#include "models/score/experiment.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sojourn::tests {

using DriverRow = std::array<models::Figure, models::kDriverMetrics>;  // [DriverMetric]

struct Derivative {
  std::string address;
  double value = 0;  // milliseconds where it is a time
  const models::Type* type = nullptr;
  std::string left_out;  // then there is no row
  std::vector<std::string> only_for;
  DriverRow row;
};

/// Of every number of the journey, in file order.
std::vector<Derivative> derivatives(const std::string& journey, const models::RunPlan& plan);
std::vector<Derivative> derivatives(const std::string& journey, std::uint64_t agents, std::uint64_t seed = 1);

/// (metrics at value + step less metrics as it is) / step, of the same agents; nothing where that is no valid journey, or some
/// agent is stuck in it. The step may be negative.
std::optional<DriverRow> one_sided_difference(const std::string& journey, const Derivative& at, double step,
                                              std::uint64_t agents, std::uint64_t seed = 1);

/// (metrics at value + step less metrics at value - step) / (2 step), of the same agents; nothing where one of the two is no
/// valid journey, or some agent is stuck in it.
std::optional<DriverRow> central_difference(const std::string& journey, const Derivative& at, double step,
                                            std::uint64_t agents, std::uint64_t seed = 1);

}  // namespace sojourn::tests
