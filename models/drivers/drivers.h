#pragma once
// Which number of a journey moves NPS, satisfaction, success and cost most, and which touchpoint matters.

#include "models/drivers/gradient.h"
#include "models/drivers/levers.h"
#include "models/score/experiment.h"
#include "models/score/result.h"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

inline constexpr std::array<Metric, kDriverMetrics> kDriverMetricInfo = {Metric::nps, Metric::satisfaction,
                                                                         Metric::success, Metric::cost, Metric::value};
using DriverFigures = std::array<Figure, kDriverMetrics>;  // [DriverMetric]

/// Where an effect comes from.
enum class EffectFrom {
  derivative,  // the derivative times the step: right for a small step
  rerun        // the same agents walked again with the whole step
};

struct Driver {
  Lever lever;
  double step = 0;           // times in milliseconds
  DriverFigures derivative;  // per unit of the lever, times per millisecond
  DriverFigures effect;      // of the step
  EffectFrom effect_from = EffectFrom::derivative;
  std::string why_no_rerun;  // of one of the largest whose step makes no valid journey; else empty
};

/// Quadrants of importance and performance, split at the means over the touchpoints (Martilla & James 1977, Journal of
/// Marketing 41(1); unstandardised total effects as in Ringle & Sarstedt 2016).
enum class Quadrant { concentrate, keep_up, low_priority, possible_overkill, none };

struct TouchpointDriver {
  Figure reach;
  Figure performance;  // mean experience, 0..10; none where nobody comes
  Figure importance;   // NPS points for one more point of experience at every visit here
  Quadrant quadrant = Quadrant::none;

  // Every journey that comes here counts as nothing: no success, neither promoter nor detractor.
  Figure through_share;                 // share of the successful journeys that come here
  Figure nothing_success, nothing_nps;  // change of success and of NPS
  // The touchpoint is taken out, and its share goes to the other ways in proportion.
  std::optional<DriverFigures> rerouted;  // change of each metric
  std::string why_not_rerouted;
  Figure shapley_success, shapley_nps, shapley_satisfaction;
};

/// Which figures need no simulation: derivatives of success, cost and value, and with few touchpoints who is credited for success.
struct ExactPart {
  std::vector<DriverMetric> derivatives;  // empty, or these three
  bool credit = false;                    // shapley_success, through_share and nothing_success
  std::string why_not;                    // of the derivatives: a sentence, or empty
};

struct LeftOut {
  std::string address;
  std::string reason;
};

/// A touchpoint where few come and that matters to them.
struct Callout {
  std::uint32_t touchpoint = 0;
  double worth = 0;    // NPS of those who come, for one more point of experience there
  double average = 0;  // the same at the touchpoints on average
  std::string sentence;
};

struct Drivers {
  Names names;
  DriverFigures base;                                        // the journey as it is
  std::vector<Driver> drivers;                               // the largest effect on NPS first
  std::vector<LeftOut> left_out;                             // numbers without a derivative
  std::vector<TouchpointDriver> touchpoints;                 // [touchpoint]
  double mean_importance = kNone, mean_performance = kNone;  // over the touchpoints that are reached
  std::vector<Callout> callouts;                             // of the most worth first
  ExactPart exact;
  std::uint64_t visits = 0;  // of the run that gave the derivatives
};

inline constexpr std::size_t kReruns = 12;        // the drivers that are run again
inline constexpr std::size_t kMostRemovals = 40;  // touchpoints that are taken out

/// `base`: of the journey and the scenarios. Empty if progress stopped it. Throws InputError where an agent has no way on.
std::optional<Drivers> find_drivers(const JourneyFile& journey, std::span<const ScenarioFile> scenarios,
                                    const Case& base, const RunPlan& plan, const OnProgress& progress = {});

/// As machine-readable results name it: concentrate, keep_up, low_priority, possible_overkill.
std::string_view name_of(Quadrant quadrant);

}  // namespace sojourn::models
