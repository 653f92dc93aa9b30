#include "models/exact/known_means.h"

#include "models/exact/solve.h"

namespace sojourn::models {
namespace {

/// kNone for what is missing, or known to lie between two bounds only.
double exactly(const Figure& figure) { return figure.lo == figure.hi ? figure.estimate : kNone; }

std::vector<ExactMeans> means_of(const Experiment& experiment, std::size_t i, int threads) {
  std::vector<ExactMeans> list(experiment.atlas().personas.size());
  const Case& one = experiment.case_of(i);
  try {
    // In a numbering of its own: that of all cases can have personas and places that this one lacks.
    const Experiment alone({&one}, Estimates::plain, experiment.quantiles(), threads);
    const ExactAnswer answer = solve_exactly(one, alone.atlas(), alone.customer(0).tables(), alone.names(), threads);
    for (std::size_t p = 0; p < answer.figures.personas.size(); ++p) {
      const Summary& persona = answer.figures.personas[p];
      list[experiment.atlas().personas.index(alone.names().personas[p].id)] = {
          exactly(persona[Metric::visits]), exactly(persona[Metric::success]), exactly(persona[Metric::elapsed_hours])};
    }
  } catch (const InputError&) {  // nothing is known
  }
  return list;
}

}  // namespace

void know_exactly(Experiment& experiment, int threads) {
  if (experiment.estimates() == Estimates::plain) return;
  std::vector<std::vector<ExactMeans>> exact;
  for (std::size_t i = 0; i < experiment.case_count(); ++i) exact.push_back(means_of(experiment, i, threads));
  experiment.know(std::move(exact));
}

}  // namespace sojourn::models
