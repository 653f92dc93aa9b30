#include "tests/support/exact.h"

namespace sojourn::tests {

Solved solved(const models::Experiment& experiment) {
  Solved result;
  result.answer = models::solve_exactly(experiment.case_of(0), experiment.atlas(), experiment.customer(0).tables(),
                                        experiment.names());
  result.figures = by_address(result.answer.figures, experiment.names());
  return result;
}

}  // namespace sojourn::tests
