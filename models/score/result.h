#pragma once
// What a run or a comparison found: plain values, ready to be printed, written or drawn. Nobody downstream computes.

#include "models/score/metrics.h"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace sojourn::models {

inline constexpr double kNone = std::numeric_limits<double>::quiet_NaN();  // "does not exist": null, "–", NaN in HDF5

/// An estimate with its standard error and 95 % interval, in the metric's unit. A difference (scenario minus base) has the
/// last three too: the probability that it is in the better direction, and an interval that holds for all scenarios of
/// the comparison together. What does not exist is kNone.
struct Figure {
  double estimate = kNone;
  double se = kNone;
  double lo = kNone;
  double hi = kNone;
  double p_better = kNone;
  double adjusted_lo = kNone;
  double adjusted_hi = kNone;
};

struct PainFigures {
  Figure met;   // occurrences per agent
  Figure open;  // share of agents that end with it open
};

/// A whole journey's figures: of a case, or of the difference between two.
struct Summary {
  std::uint64_t agents = 0;              // in a difference: of the base
  double share = kNone;                  // of a persona, as in the file, normalised
  std::array<Figure, kMetrics> metrics;  // [Metric]
  std::array<Figure, 11> scores;         // [answer 0..10] share of the answers
  std::vector<Figure> outcomes;          // [outcome] share
  std::vector<Figure> goals;             // [goal] share of agents that achieve it
  std::vector<PainFigures> pains;        // [pain]

  const Figure& operator[](Metric metric) const { return metrics[static_cast<std::size_t>(metric)]; }
  Figure& operator[](Metric metric) { return metrics[static_cast<std::size_t>(metric)]; }
};

struct ChannelFigures;

/// A touchpoint's figures, or a channel's.
struct SiteFigures {
  std::array<Figure, kSiteMetrics> metrics;             // [SiteMetric]
  std::vector<std::pair<std::uint32_t, Figure>> pains;  // (pain, rate per visit)
  std::vector<std::pair<std::uint32_t, Figure>> flow;   // (touchpoint, or touchpoints + outcome; per agent)
  std::vector<ChannelFigures> channels;

  const Figure& operator[](SiteMetric metric) const { return metrics[static_cast<std::size_t>(metric)]; }
  Figure& operator[](SiteMetric metric) { return metrics[static_cast<std::size_t>(metric)]; }
};

struct ChannelFigures {
  std::uint32_t channel = 0;  // index into Names::touchpoints[].channels
  SiteFigures figures;
};

/// All figures of one case, or of one difference.
struct Figures {
  Summary overall;
  std::vector<Summary> personas;                     // [persona]
  std::vector<SiteFigures> touchpoints;              // [touchpoint], all personas
  std::vector<std::vector<SiteFigures>> by_persona;  // [persona][touchpoint]
  double control_ratio = kNone;  // variance of the plain overall NPS over that of this one; kNone where it is plain
};

struct Named {
  std::string id;
  std::string label;
};

struct TouchpointName : Named {
  std::string stage;
  double importance = 1;
  bool moment_of_truth = false;
  std::vector<Named> channels;
};

struct PersonaName : Named {
  std::string quote;
};

struct OutcomeName : Named {
  bool success = false;
};

/// Everything that the indices of the figures mean; shared by all cases of a command, in the files' order.
struct Names {
  std::vector<PersonaName> personas;
  std::vector<TouchpointName> touchpoints;
  std::vector<OutcomeName> outcomes;
  std::vector<Named> goals;
  std::vector<Named> pains;

  /// The id that a flow's target stands for.
  const std::string& target(std::uint32_t t) const {
    return t < touchpoints.size() ? touchpoints[t].id : outcomes[t - touchpoints.size()].id;
  }
};

/// A file that went in.
struct FileStamp {
  std::string title;
  std::string file;    // as the user wrote the path
  std::string sha256;  // of its bytes, 64 hexadecimal digits
};

/// What a result was made from and with; equal provenance means equal bytes.
struct Provenance {
  std::string program;  // "sojourn 0.1.0"
  std::string random_scheme;
  std::string method = "simulated";
  std::vector<std::string> controls;  // what is known without walking and was used; empty: plain means
  FileStamp journey;
  std::vector<FileStamp> scenarios;  // in the order applied or compared
  std::string money;                 // the journey's currency
  std::uint64_t seed = 1;
  std::uint32_t replicate = 0;
  std::uint64_t agents = 0;                     // that travelled
  double precision = kNone;                     // that was asked for, NPS points
  std::string resolved_journey;                 // normalised YAML of the base as it ran
  std::vector<std::string> resolved_scenarios;  // of the changed journeys
};

/// What an NPS, or a difference of two, comes to over draws of the inputs that are not known exactly. Chance is no part of
/// it. `p_best` and `evpi` are of the choice between the journey as it is and all what-ifs; kNone in a run.
struct InputFigure {
  double estimate = kNone;  // mean over the draws
  double lo = kNone;        // the central 95 % of them
  double hi = kNone;
  double p_best = kNone;  // probability of being the best
  double evpi = kNone;    // equation (19): NPS points that knowing every input would be worth; the same for all options
};

/// An input that is not known exactly: one address, wherever it is drawn.
struct UncertainInput {
  std::string address;
  std::string label;                      // for people
  std::vector<std::string> of;            // titles of the files that are unsure of it
  double evppi = kNone;                   // NPS points that knowing this input alone would be worth; kNone in a run
  double base_share = kNone;              // of the variance of the base's NPS over the draws that it makes by itself
  std::vector<double> difference_shares;  // [scenario] the same of the difference
};

/// What knowing one file's inputs would be worth: the sum of the inputs' single values.
struct InputGroup {
  std::string of;  // title
  double evppi = 0;
};

struct Uncertainty {
  std::uint64_t draws = 0;
  std::uint64_t left_out = 0;            // more draws, whose values do not go together
  std::uint64_t agents = 0;              // of each draw
  InputFigure base;                      // the NPS of the journey as it is
  std::vector<InputFigure> differences;  // [scenario]
  double evpi_se = kNone;
  std::vector<UncertainInput>
      inputs;                      // the one whose knowledge is worth most first; in a run, that makes most variance
  std::vector<InputGroup> groups;  // of the files, in the order in which `inputs` names them
};

/// Addresses of figures that an exact result lacks, each with a sentence why. One stands for all missing figures below it.
using NotExact = std::vector<std::pair<std::string, std::string>>;

/// What was measured (Ist) beside what is simulated, of the journey as it is.
enum class Agreement { agrees, model_higher, model_lower, unclear };

struct ObservedFigure {
  std::string address;    // of the figure
  double n = 0;           // answers
  double target = kNone;  // what should be (Soll)
  Figure observed, simulated;
  Figure gap;        // simulated less observed
  double z = kNone;  // gap in standard errors
  Agreement verdict = Agreement::unclear;
  std::vector<Figure> forecasts;  // [scenario] of a comparison
};

struct RunResult {
  Provenance provenance;
  Names names;
  Figures figures;
  std::optional<Uncertainty> uncertain = {};
  NotExact not_exact = {};  // empty unless provenance.method is "exact"
  std::vector<ObservedFigure> observed = {};
};

/// What a what-if does, in one of the words of the report.
enum class Verdict { no_matter, better, worse, unclear, better_at_a_price, worse_but_saves, personas_disagree };

struct Comparison {
  FileStamp scenario;
  std::string because;
  Figures result;                              // the scenario's own
  Figures difference;                          // scenario minus base, paired
  std::vector<Figure> by_first_change;         // [touchpoint], then "only at the end": sums to the NPS difference
  std::array<std::array<Figure, 3>, 3> flips;  // [base][scenario]: detractor, passive, promoter
  Figure agents_changed;                       // share whose journey is not bit for bit the same
  double variance_ratio = kNone;               // of independent runs over the paired one, for NPS
  double cost_once = 0;                        // money
  double cost_per_journey = 0;
  Figure net_gain;             // money per journey, after cost_per_journey
  Figure break_even_journeys;  // null where it never pays back
  Verdict verdict = Verdict::unclear;
  std::string sentence;  // the verdict in one plain sentence
};

struct CompareResult {
  Provenance provenance;
  Names names;
  Figures base;
  std::vector<Comparison> scenarios;
  std::optional<Uncertainty> uncertain;
  std::vector<ObservedFigure> observed = {};
};

}  // namespace sojourn::models
