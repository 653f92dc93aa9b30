#include "models/calibrate/doubts.h"

#include <fmt/format.h>

#include <algorithm>

namespace sojourn::models {
namespace {

constexpr std::size_t kWeakDirectionsTold = 5;  // the weakest; more would hide the other doubts

}  // namespace

Diagnostics doubts_about(const Calibration& calibration, std::span<const CalibrationParameter> parameters,
                         const Mark& journey) {
  Diagnostics to;
  const std::size_t told = std::min(kWeakDirectionsTold, calibration.weak.size());
  for (std::size_t i = 0; i < told; ++i) {
    to.warning(parameters[calibration.weak[i].parts.front().parameter].prior.mark,
               "the data say less than the prior about " + calibration.weak_words[i],
               "what is estimated there is mostly what was assumed",
               "Ask at more touchpoints, fix one of them, or say more in the priors");
  }
  if (told < calibration.weak.size()) {
    to.warning(
        journey,
        fmt::format("the data say less than the prior about {} other combinations", calibration.weak.size() - told),
        "what is estimated there is mostly what was assumed", "--json lists them");
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const ParameterEstimate& one = calibration.posterior.parameters[i];
    if (one.rhat <= 1.05 && one.effective >= 100) continue;
    to.warning(parameters[i].prior.mark,
               fmt::format("the sampler has not settled on {}: R-hat {:.3f}, {:.0f} effective draws",
                           calibration.addresses[i], one.rhat, one.effective),
               "its interval may be wrong", "Ask for more draws with --draws");
  }
  if (!calibration.fit.converged) {
    to.warning(journey, "the search for the most likely values ended before it was sure",
               "a value may be off by a part of its error", "");
  }
  if (calibration.walks && !calibration.walks->settled) {
    to.warning(journey, "the search of what no replay follows ended before it was sure",
               "those values and their intervals may be off by more than they say",
               "Say more in their priors, or record more journeys with --journeys");
  }
  if (calibration.effective_share < kLeastEffectiveShare) {
    to.warning(journey,
               fmt::format("only {:.0f} % of the recorded journeys count where the answers lead",
                           100 * calibration.effective_share),
               "chances have moved far from those in the file", "Calibrate again from the calibrated file");
  }
  if (calibration.posterior.noise > 0.05) {
    to.warning(journey,
               fmt::format("{:.0f} % of the variances are the simulation's", 100 * calibration.posterior.noise),
               "they are in the intervals", calibration.own_paths ? "" : "Record more journeys with --journeys");
  }
  if (calibration.join && calibration.join->joined() == 0) {
    to.warning(
        journey, fmt::format("no respondent of {} is in the event log", calibration.join->with_case()),
        calibration.own_paths ? "all travel the usual order" : "all are held against everybody, whatever their paths",
        "Look whether survey and log write their cases in the same way");
  }
  if (calibration.fit.log_likelihood <= calibration.marginal_log_likelihood) {
    to.warning(journey, "the journey does no better than one histogram for everybody",
               "nothing that it says about touchpoints and personas is in the answers", "");
  }
  return to;
}

}  // namespace sojourn::models
