#pragma once
// A study as work for many: what its rows are, which digest each has, and who makes them.
//
// A row is a point (a row of the design) and a replication; all sets of scenarios travel it together, the same agents in each, so
// that their differences are paired. Row = point * replications + replication.

#include "engine/store/manifest.h"
#include "models/study/plan.h"
#include "tools/batch/layout.h"
#include "tools/batch/run_units.h"

#include <memory>
#include <string>
#include <vector>

namespace sojourn::tools {

class StudyWork {
 public:
  /// `posterior_sha256`: of the file of draws; empty where there is none. Throws InputError where no point gives a journey.
  StudyWork(std::shared_ptr<const models::Plan> plan, std::string posterior_sha256);

  const models::Plan& plan() const { return *plan_; }
  const models::Study& study() const { return plan_->study(); }
  std::uint64_t points() const { return plan_->rows(); }
  std::uint64_t replications() const { return study().replications; }
  std::uint64_t rows() const { return points() * replications(); }
  std::size_t scenarios() const { return plan_->sets().size(); }
  std::uint64_t point_of(std::uint64_t row) const { return row / replications(); }
  std::uint64_t replication_of(std::uint64_t row) const { return row % replications(); }

  const UnitPlan& unit_plan() const { return unit_plan_; }
  const engine::Manifest& manifest() const { return manifest_; }
  const Layout& layout() const { return layout_; }
  const models::Names& names() const { return names_; }
  const std::string& journey_title() const { return journey_title_; }
  const std::string& money() const { return money_; }  // the journey's currency
  const std::vector<std::string>& controls() const { return controls_; }

  /// All that was read for it: the study, the journey, scenarios, a list of points, a posterior.
  std::vector<std::string> files() const;

  /// The point's design row with one of the sets.
  models::StudyPoint point(std::uint64_t point, std::size_t set) const {
    return plan_->point(point * scenarios() + set);
  }
  /// Of all that the row depends on: equal digests are equal rows, in whatever study.
  std::string row_digest(std::uint64_t row) const;

  /// What making one row takes, tried with some of its agents and one thread.
  struct Trial {
    double fixed_seconds = 0;  // whatever the agents
    double seconds_per_agent = 0;
  };
  Trial try_a_row() const;

  /// `threads` of each row.
  std::unique_ptr<RowMaker> maker(int threads) const;

 private:
  void look_at_first_point();
  void make_manifest(const std::string& posterior_sha256);

  std::shared_ptr<const models::Plan> plan_;
  std::string journey_title_, money_;
  models::Names names_;
  std::uint64_t first_point_ = 0;  // that gives a journey
  std::vector<std::string> controls_;
  Layout layout_;
  UnitPlan unit_plan_;
  engine::Manifest manifest_;
  std::string common_;  // digest of what all rows depend on
};

}  // namespace sojourn::tools
