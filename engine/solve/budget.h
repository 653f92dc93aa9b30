#pragma once
// What an exact answer may cost.

namespace sojourn::engine {

struct SolverBudget {
  double numbers = 1.5e8;         // in the factors, 8 bytes each
  double multiplications = 4e10;  // to get them; some ten seconds
};

}  // namespace sojourn::engine
