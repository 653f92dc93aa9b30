#pragma once
// What was measured of a figure (Ist), and whether it agrees with what is simulated.

#include "models/score/result.h"
#include "models/text/csv.h"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

/// One row of a table of observations.
struct Observation {
  std::string address;  // of a figure of the results
  double n = 0;         // answers
  double sd = kNone;    // of one answer; kNone where the answers are yes or no, or only one
  Figure value;         // mean, share or NPS with standard error and 95 % interval; none of them below fewest_answers
  Mark mark;
};

/// Fewer answers say too little of their own spread to be held against a model.
inline constexpr double fewest_answers = 6;

/// Why an address names no figure; an empty `what` where it names one.
using WhyNoFigure = std::function<Refusal(std::string_view address)>;

/// Columns: `address`, or `touchpoint` (and `persona`, which may be empty) for satisfaction there; then `n`, `mean` and `sd`
/// (which a share may lack), or `0` to `10` with how many gave that answer. Weighted
/// answers count as what they are worth, (sum w)^2 / sum w^2 in all (Kish 1965), and need not be whole. What else there is is not read, and warned of.
/// Everything that is wrong goes to the diagnostics.
std::vector<Observation> read_observations(const CsvTable& table, const WhyNoFigure& why_no_figure,
                                           Diagnostics& diagnostics);

/// From n answers with that mean and spread: Student's interval (Gosset 1908). Of shares of yes without an sd, Wilson's.
Figure observed_mean(double n, double mean, double sd);
Figure observed_share(double n, double share);

/// The gap is simulated less observed. Its interval comes from the two intervals (MOVER: Zou & Donner 2008, Statistics in
/// Medicine 27(10), eq. 2; of two shares it is Newcombe's 1998, method 10); its verdict from that interval, for this
/// comparison alone. z: the gap in standard errors.
ObservedFigure held_against(const Figure& simulated, const Observation& observation);

}  // namespace sojourn::models
