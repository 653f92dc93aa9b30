// A journey in, estimates out: read and check, simulate, compare with a what-if, solve exactly.

#include "models/ask/ask.h"

#include <cstdio>
#include <exception>

namespace models = sojourn::models;

void print(const char* what, const models::Figure& figure) {
  std::printf("%-24s %7.3f  (%.3f to %.3f)\n", what, figure.estimate, figure.lo, figure.hi);
}

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::fprintf(stderr, "Usage: %s JOURNEY SCENARIO\n", argv[0]);
    return 2;
  }
  const models::ReadCase as_it_is = models::read_case(argv[1]);
  const models::ReadCase what_if = models::read_case(argv[1], {argv[2]});
  models::Asked asked;
  asked.plan.seed = 1;
  asked.plan.agents = 100'000;

  const models::RunResult run = *models::simulate(as_it_is, asked);
  print("NPS", run.figures.overall[models::Metric::nps]);
  for (std::size_t p = 0; p < run.names.personas.size(); ++p) {
    print(run.names.personas[p].label.c_str(), run.figures.personas[p][models::Metric::nps]);
  }
  for (std::size_t t = 0; t < run.names.touchpoints.size(); ++t) {
    print(run.names.touchpoints[t].label.c_str(), run.figures.touchpoints[t][models::SiteMetric::satisfaction]);
  }

  const models::CompareResult compared = *models::compare({&as_it_is, &what_if}, asked);
  const models::Comparison& one = compared.scenarios.front();
  print("Change of NPS", one.difference.overall[models::Metric::nps]);
  std::printf("%s\n", one.sentence.c_str());

  const models::RunResult exact = models::solve(as_it_is);
  print("Success, exactly", exact.figures.overall[models::Metric::success]);
  for (const auto& [figure, why] : exact.not_exact) std::printf("not exact: %s: %s\n", figure.c_str(), why.c_str());
} catch (const std::exception& error) {  // of a file: every mistake in it, with its place
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
