#pragma once
// A journey calibrated to a survey: the whole of it, from answers to parameters with their uncertainty and to what is to be thought of them.

#include "models/calibrate/held_out.h"
#include "models/calibrate/joined_questions.h"
#include "models/calibrate/posterior.h"
#include "models/calibrate/shape.h"
#include "models/calibrate/weak.h"
#include "models/journey/read.h"
#include "models/survey/answers.h"
#include "models/survey/checked_cell.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace sojourn::models {

struct CalibrationPlan {
  std::uint64_t seed = 1;
  int threads = 0;             // 0: all; nothing hangs on it
  std::uint32_t journeys = 0;  // of each persona in the bank; 0: as many as the answers ask for
  PosteriorPlan posterior;     // its seed and threads are those above
};

/// A simpler journey, fitted to the same answers.
struct SimplerFit {
  std::string name;  // "loss_aversion_1", "mean_only_memory"
  double log_likelihood = 0;
  double worse = 0;  // by how much below the journey's own
  int fewer = 0;     // parameters that it does without
};

/// Whether what the simpler journey lacks is worth its parameters: 2 nats, and 1 more for each of them.
bool is_earned(const SimplerFit& simpler);

/// Below this share of journeys that still count (Kong 1992) a bank is recorded anew where the answers lead.
inline constexpr double kLeastEffectiveShare = 0.5;

struct Calibration {
  std::vector<std::string> addresses;   // [parameter]
  std::vector<bool> is_time;            // [parameter] its values are milliseconds
  Eigen::MatrixXd prior;                // (draw, parameter): as many draws of the priors as of one chain
  std::vector<double> priors, written;  // their means; and the values of the file
  Fit fit;
  std::vector<double> mode;  // [parameter]
  Posterior posterior;
  std::vector<ParameterShape> shapes;  // [parameter]
  std::vector<WeakDirection> weak;
  std::vector<std::string> weak_words;  // [weak]
  std::vector<Profile> profiles;
  std::vector<CheckedCell> cells;
  std::vector<SimplerFit> simpler;
  std::optional<HeldOut> held_out;
  double marginal_log_likelihood = 0;  // of the training answers under their common histogram
  /// Of parameters that no replay follows (models/calibrate/walked_search.h).
  struct Walks {
    std::vector<bool> walked;  // [parameter]
    int banks = 0;             // walked
    bool settled = true;
  };
  std::optional<Walks> walks;
  bool own_paths = false;        // respondents' own ratings were the experience where they had been
  std::optional<Join> join;      // where an event log has respondents' paths
  double answers = 0, rows = 0;  // effective, and as counted
  std::uint32_t journeys = 0;    // of each persona in the bank
  int banks = 0;
  double effective_share = 1;  // of the bank at the mode
  Diagnostics warnings;
};

/// Whether journeys were walked anew to find a parameter.
bool is_walked(const Calibration& calibration, std::size_t parameter);

/// What is under way, and how far (0..1); false stops it.
using OnCalibration = std::function<bool(std::string_view what, double share)>;

/// Where respondents rated touchpoints, each is a journey of its own (models/replay/own_bank.h); otherwise a cell's answers are those of recorded
/// journeys, of those who came by the respondent's path where `answers.paths` has it (models/calibrate/joined_questions.h). `answers` calibrate, `held_out` (periods shared with `answers`, models/survey/answers.h) is only looked at. Throws InputError: parameters that cannot be calibrated, answers at a touchpoint
/// that nobody comes to. Nothing where it was stopped.
std::optional<Calibration> calibrate(const JourneyFile& journey, const std::vector<CalibrationParameter>& parameters,
                                     const Answers& answers, const Answers* held_out, const CalibrationPlan& plan,
                                     const OnCalibration& on = {});

}  // namespace sojourn::models
