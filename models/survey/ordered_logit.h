#pragma once
// Proportional odds: P(Y <= j | x) = logistic(cut_j - slopes . x) for ordered categories j (McCullagh 1980, eq. 2.2 in this sign).

#include "models/text/reading.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

/// What is fitted to. Categories are 0 .. categories - 1.
struct OrderedRows {
  std::vector<std::string> columns;  // names of the regressors, for messages; no constant among them
  std::vector<double> x;             // [row][column]
  std::vector<int> category;         // [row]
  std::vector<double> weight;        // [row], >= 0, finite

  std::size_t size() const { return category.size(); }
  std::span<const double> at(std::size_t row) const { return {x.data() + row * columns.size(), columns.size()}; }
};

struct OrderedLogit {
  std::vector<double> cuts;        // [category - 1], rising
  std::vector<double> slopes;      // [column]
  std::vector<double> covariance;  // inverse of the Fisher information: [cuts, then slopes] squared, row by row
  double deviance = 0;             // -2 log likelihood
  unsigned iterations = 0;

  std::size_t categories() const { return cuts.size() + 1; }
  /// Of each category, for regressors x [column].
  std::vector<double> probabilities(std::span<const double> x) const;
  double standard_error(std::size_t parameter) const;
};

/// The maximum of the likelihood, which is concave (Pratt 1981), by Fisher scoring from the cuts of the rows as a whole; a step that would
/// leave the cuts out of order is halved. Refused, with the column: a category without rows, a column that is constant or follows
/// from others, rows that a column separates (there is no maximum then).
Reading<OrderedLogit> fit_ordered_logit(const OrderedRows& rows, int categories);

}  // namespace sojourn::models
