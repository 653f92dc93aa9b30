#pragma once
// What the responses of a finished study say: which factors matter, what is best, what cannot be had better for less.

#include "engine/study/design.h"
#include "engine/study/elementary_effects.h"
#include "engine/study/regression.h"
#include "engine/study/sobol_indices.h"
#include "models/score/metrics.h"
#include "models/study/study.h"

#include <optional>
#include <string>
#include <vector>

namespace sojourn::models {

/// One figure of every run, [point][replication][scenario]; NaN where there is none.
struct StudyResponses {
  Metric metric = Metric::nps;
  std::vector<double> estimates;
};

/// A finished study. Points are rows of the design; scenario 0 is the journey as it is.
struct StudyData {
  DesignChoice::Kind design = DesignChoice::Kind::grid;
  std::vector<std::string> factors;      // [column] addresses, and `posterior`
  std::vector<std::string> labels;       // [column] for people
  engine::Design values{0, 0};           // [point][column] times in hours; the journey's own where it stays
  engine::Design positions{0, 0};        // [point][column] as Plan::position
  std::vector<std::string> scenarios;    // titles
  std::vector<double> cost_per_journey;  // [scenario] money that the scenario itself costs, beside the metric `cost`
  std::size_t replications = 1;
  std::vector<StudyResponses> responses;

  std::size_t points() const { return values.rows(); }
};

/// One factor low and high, the others as the journey has them.
struct TornadoBar {
  struct End {
    double value = 0;        // of the factor
    double response = 0;     // mean over replications
    double change = 0;       // to the journey as it is, with the same people and luck
    double se = kAsWritten;  // of the change, over replications; NaN with fewer than two
  };
  std::size_t factor = 0;
  std::vector<End> ends;  // by rising value, the journey's own left out
  double swing = 0;       // between the least and the greatest response, the journey's own included
};

/// How one figure hangs on the factors, with one scenario.
struct FactorAnalysis {
  std::size_t scenario = 0;
  bool varies = true;  // false: the points differ in it by rounding only, and there is nothing of what follows
  std::optional<engine::SobolIndices> sobol;                 // of a Saltelli design
  std::vector<engine::ElementaryEffects> effects;            // [column] of a Morris design
  std::optional<engine::StandardisedRegression> regression;  // of designs that sample
  std::vector<TornadoBar> tornado;                           // of a one-at-a-time design, the longest bar first
  std::size_t left_out = 0;  // points without a response, and those that belong together with them
};

/// Which option has the best figure: scenarios on average over the points of a design that samples, else scenarios at each point. Costs have what the
/// scenario itself costs in them. An observation is a replication: one of each option with the same people and luck.
struct Ranking {
  static constexpr std::size_t kMostOptions =
      2000;  // that KN decides between: it compares each pair at each observation
  struct Option {
    std::size_t point = 0;  // 0 where options are scenarios
    std::size_t scenario = 0;
    double mean = 0;
    double behind = 0;              // how much worse than the best on average
    double behind_se = kAsWritten;  // of that, paired; NaN with fewer than two observations
    bool selected = false;          // by KN: the one that is left, or the best of those
    std::size_t dropped_at = 0;     // observations after which KN dropped it; 0: it did not
    std::uint64_t next = 0;         // observations that OCBA would give it, if there were twice as many in all
  };
  bool options_are_points = false;
  std::vector<Option> options;  // the best first
  std::size_t observations = 0;
  std::size_t left_out = 0;          // observations in which an option has no response
  std::size_t options_left_out = 0;  // options that never have one
  double worth_knowing = 0;          // a smaller difference does not matter
  double alpha = 0.05;
  bool decided = false;               // by KN: the selected option is the best with probability 1 - alpha
  bool too_many_options = false;      // for KN, which then says nothing
  std::size_t most_observations = 0;  // after which KN decides at the latest; 0 where there are too few to say
  double chance_of_best = 0;          // at least, that options.front() is the best (Bonferroni)
};

struct MetricAnalysis {
  Metric metric = Metric::nps;
  std::vector<FactorAnalysis> factors;  // [scenario]; empty where nothing varies
  std::optional<Ranking> ranking;       // of metrics with a better direction, where there are options
};

/// Options (as of a ranking) of which none is better in NPS for at most the cost.
struct Front {
  struct Option {
    std::size_t point = 0;
    std::size_t scenario = 0;
    double nps = 0;
    double cost = 0;  // per journey: the provider's, and the scenario's own
  };
  bool options_are_points = false;  // as of a ranking
  std::vector<Option> options;      // by rising cost
  std::vector<Option> beaten;       // the others
  std::size_t among = 0;
};

struct StudyAnalysis {
  std::vector<MetricAnalysis> metrics;
  std::optional<Front> front;  // where NPS and cost are kept and there are two options or more
};

struct AnalysisPlan {
  std::vector<Metric> metrics = {};  // empty: nps, satisfaction, success, cost and net, as far as they are kept
  std::uint64_t seed = 1;            // of the bootstrap
  std::size_t resamples = 1000;
  double alpha = 0.05;
};

/// The smallest difference of a metric that matters: half an NPS point, 0.05 points of a scale, half a percent of a share; of what has no such scale (money, time, counts) 1 % of the best option's size.
double worth_knowing(Metric metric, double size);

/// Over replications; NaN where one is missing.
double mean_response(const StudyData& data, const StudyResponses& responses, std::size_t point, std::size_t scenario);

StudyAnalysis analyse(const StudyData& data, const AnalysisPlan& plan = {});

}  // namespace sojourn::models
