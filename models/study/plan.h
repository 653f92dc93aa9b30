#pragma once
// The points of a study: which values, which scenarios, whose luck. All of it is a function of the study (and of the posterior
// that it names), so that any process can work on any point.

#include "engine/study/design.h"
#include "models/change/views.h"
#include "models/score/experiment.h"
#include "models/score/input_draws.h"
#include "models/score/posterior_draws.h"
#include "models/study/study.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace sojourn::models {

/// One point: a row of the design with one set of scenarios.
struct StudyPoint {
  std::uint64_t index = 0;     // row * sets + set
  std::size_t row = 0;         // of the design
  std::size_t set = 0;         // of Plan::sets; 0 is the journey without scenarios
  std::vector<double> values;  // [factor], times in milliseconds; kAsWritten where the journey's own stays
  std::optional<std::size_t> posterior_draw;  // of the posterior's file
};

class Plan {
 public:
  /// `posterior`: that of the study's `posterior:`, and only then. Throws InputError where they do not go together (an
  /// address that is a factor, too; a draw that there is not), where a design gets too large, and where the ends of a
  /// factor's range, each alone, give no valid journey with some set of scenarios.
  explicit Plan(Study study, std::optional<PosteriorDraws> posterior = {});

  const Study& study() const { return study_; }
  /// Of the study and its files, and of what the posterior is to its journey.
  Diagnostics warnings() const;
  std::uint64_t count() const { return rows() * sets_.size(); }
  std::uint64_t rows() const { return levels_.rows(); }

  /// Scenarios that are applied together, as indices into Study::scenarios, in the study's order. The first set is empty.
  const std::vector<std::vector<std::size_t>>& sets() const { return sets_; }
  /// "as it is", or the scenarios' titles joined by " + ".
  std::string set_title(std::size_t set) const;

  /// Money that the set's scenarios and those that they stand on cost for every journey, each once.
  double set_cost_per_journey(std::size_t set) const;

  StudyPoint point(std::uint64_t index) const;

  /// The point's journey. Values go into the journey's file before overrides and changes, or last where only scenarios have the
  /// place. Throws InputError, each problem with its place, and the point in a sentence.
  Case case_of(const StudyPoint& point) const;

  /// How a point is run: every point of a replication has the same people and luck. Replication r (from 0) is replicate r of
  /// the study's seed, so replication 0 has the luck of `sojourn run --seed`.
  RunPlan run(std::uint32_t replication) const;

  /// Columns of the design: the factors, and `posterior` last where there is one.
  std::size_t columns() const { return levels_.columns(); }
  std::string column_name(std::size_t column) const;
  /// Where in its range a row's column lies, 0..1: for analyses that work on the unit cube. Of a grid and of a one-at-a-time design
  /// the level, from 0, or engine::kAtBase for the journey's own value; of a list the row.
  double position(std::size_t row, std::size_t column) const;

  /// "touchpoints.pay.duration.normal.mean = 5 min, with Faster": for messages.
  std::string describe(const StudyPoint& point) const;

 private:
  double value(std::size_t row, std::size_t factor) const;
  Case build(const StudyPoint& point) const;
  std::string why_not(const StudyPoint& point) const;
  void check_posterior();
  void check_ends() const;

  Study study_;
  std::optional<PosteriorDraws> posterior_;
  Diagnostics posterior_warnings_;
  std::size_t posterior_levels_ = 0;  // draws that are used
  std::vector<std::vector<std::size_t>> sets_;
  std::shared_ptr<Quantiles> quantiles_;
  std::vector<std::optional<InputQuantile>> ranges_;  // [factor]
  engine::Design levels_{0, 0};
};

}  // namespace sojourn::models
