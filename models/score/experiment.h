#pragma once
// Cases made ready to walk, walked, and made into results.

#include "engine/compare/simulation.h"
#include "models/behaviour/atlas.h"
#include "models/behaviour/customer.h"
#include "models/behaviour/quantiles.h"
#include "models/crowd/crowd.h"
#include "models/score/result.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace sojourn::models {

struct RunPlan {
  std::uint64_t seed = 1;
  std::uint32_t replicate = 0;
  std::uint64_t agents = 100'000;   // with a precision: the most
  std::optional<double> precision;  // half-width of the 95 % interval of (every) NPS (difference), in points
  int threads = 0;                  // 0: all
  std::uint64_t shuffle = 0;        // tests: take chunks in a shuffled order
};

struct ProgressReport {
  std::uint64_t agents_done = 0;
  std::uint64_t agents_planned = 0;  // of the present stage; with a precision the guess for the whole
};
/// Returning false stops the run. May be called from any thread, but never from two at once.
using OnProgress = std::function<bool(const ProgressReport&)>;

/// Whether figures are means over agents and no more, or use what is known without walking (models/score/controlled.h).
enum class Estimates { plain, controlled };

/// What a persona's journeys come to on average, solved exactly; kNone where that is not known.
struct ExactMeans {
  double visits = kNone;
  double success = kNone;  // share
  double elapsed_hours = kNone;
};

/// The base and its scenarios, compiled with one numbering.
class Experiment {
 public:
  /// cases[0] is the base. The cases must outlive the experiment. `quantiles`: of another one, whose tables are
  /// used where they fit. New ones are made by as many threads (0: all). Throws InputError.
  explicit Experiment(std::vector<const Case*> cases, Estimates estimates = Estimates::plain,
                      std::shared_ptr<const Quantiles> quantiles = {}, int threads = 1);

  /// Makes what is solved exactly, [case][persona of the atlas], controls too. Before any run, and only for controlled estimates.
  void know(std::vector<std::vector<ExactMeans>> exact);

  /// Throws InputError naming the agent and the touchpoint where an agent has no way on. Empty if progress stopped it.
  std::optional<engine::Tallies> run(const RunPlan& plan, const OnProgress& progress = {}) const;
  /// Walks on from the agents that `tallies` has (of a run of this experiment with the same luck) to those of the plan: what comes
  /// of it is what one run would have given, errors at places included where it had whole units (engine/tally/unit_sums.h). False if progress stopped it, and `tallies` is as it was or has whole stages more.
  bool extend(const RunPlan& plan, engine::Tallies& tallies, const OnProgress& progress = {}) const;

  const Atlas& atlas() const { return atlas_; }
  const Names& names() const { return names_; }
  const Case& case_of(std::size_t i) const { return *cases_[i]; }
  const Customer& customer(std::size_t i) const { return *customers_[i]; }
  std::size_t case_count() const { return cases_.size(); }
  engine::PlaceKeys keys(std::uint64_t seed, std::uint32_t replicate) const;
  Estimates estimates() const { return estimates_; }
  /// What controlled estimates use, in words of the results: "personas", "start", "expectation", "visits", ...
  std::vector<std::string> control_names() const;
  /// The expectation of a score, in its unit (nano, milliseconds); kNone where it is not known.
  double exact_mean(std::size_t one_case, std::uint32_t persona, std::uint32_t score) const;
  /// An agent that cannot go on is a mistake in the journey that only a walk can find: throws InputError that names agent and touchpoint.
  [[noreturn]] void refuse_stuck(const engine::StuckAgent& stuck) const;
  /// Those of all cases.
  std::shared_ptr<const Quantiles> quantiles() const { return quantiles_; }

 private:
  std::vector<const Case*> cases_;
  Atlas atlas_;
  Names names_;
  Estimates estimates_;
  std::vector<std::vector<ExactMeans>> exact_;  // [case][persona]
  std::shared_ptr<Quantiles> quantiles_;
  std::vector<std::unique_ptr<Customer>> customers_;
};

}  // namespace sojourn::models
