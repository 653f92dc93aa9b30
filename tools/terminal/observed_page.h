#pragma once
// The part of a page about what was measured: target, observed, simulated (Soll, Ist, Prognose).

#include "models/score/result.h"
#include "tools/terminal/look.h"

#include <string>
#include <vector>

namespace sojourn::tools {

/// Empty where nothing was observed.
std::string observed_figures(const models::RunResult& result, const Look& look);

/// A what-if and the letter that the page gives it.
struct Lettered {
  const models::Comparison* comparison;
  std::string letter;
};

/// With the forecasts of the first what-ifs of `order`, as many as fit.
std::string observed_figures(const models::CompareResult& result, const std::vector<Lettered>& order, const Look& look);

}  // namespace sojourn::tools
