// Reads a journey, sends 2,000 customers through it, and prints their NPS in full.

#include "models/change/views.h"
#include "models/journey/read.h"
#include "models/score/experiment.h"
#include "models/score/figures.h"
#include "models/text/diagnostic.h"

#include <cstdio>
#include <exception>

int main(int count, char** values) {
  using namespace sojourn;
  if (count != 2) return 2;
  try {
    const models::JourneyFile file = models::read_journey_file(values[1]);
    const models::Case journey = models::build_case(file, {});
    const models::Experiment experiment({&journey});
    models::RunPlan plan;
    plan.agents = 2000;
    const models::Figures figures = models::figures_of(experiment, *experiment.run(plan), 0);
    std::printf("%.17g\n", figures.overall[models::Metric::nps].estimate);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 65;
  }
}
