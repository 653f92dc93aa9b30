#pragma once
// Exact figures of a case, by address.

#include "tests/support/figures.h"

#include "models/exact/solve.h"

namespace sojourn::tests {

struct Solved {
  FiguresByAddress figures;
  models::ExactAnswer answer;
};

Solved solved(const models::Experiment& experiment);

}  // namespace sojourn::tests
