#pragma once
// Choosing one of several options under uncertain inputs: how likely each is the best, and what it would be worth to know.

#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::engine {

/// What each option gains over the first one, in each draw of the inputs; the first option's gains are 0.
class Gains {
 public:
  Gains(std::size_t draws, std::size_t options) : draws_(draws), options_(options), gains_(draws * options, 0.0) {}
  std::size_t draws() const { return draws_; }
  std::size_t options() const { return options_; }
  double& at(std::size_t draw, std::size_t option) { return gains_[draw * options_ + option]; }
  double at(std::size_t draw, std::size_t option) const { return gains_[draw * options_ + option]; }
  std::vector<double> of_option(std::size_t option) const;
  double mean(std::size_t option) const;

 private:
  std::size_t draws_, options_;
  std::vector<double> gains_;  // [draw][option]
};

/// Share of the draws in which each option is the best; options that are equally good share a draw.
std::vector<double> chance_of_being_best(const Gains& gains);

struct ValueOfKnowing {
  double value = 0;  // in the unit of the gains, never below 0
  double se = 0;     // of the mean over draws, as if they were independent
};

/// Expected value of perfect information, E[max] - max E (Raiffa & Schlaifer 1961, Applied Statistical Decision Theory). Of
/// finitely many draws it is a little too low where two options are close, since max E is then a little too high.
ValueOfKnowing value_of_knowing_all(const Gains& gains);

/// Expected value of knowing one input exactly, x[draw], the others staying unknown: each option's gain is regressed on the
/// input, and the fitted values take the place of the expectations given the input (Strong, Oakley & Brennan 2014,
/// Medical Decision Making 34, eq. 5). 0 where no option's gain hangs on the input.
double value_of_knowing(const Gains& gains, std::span<const double> x);

/// The variance of y that knowing x takes away (first-order effect; Saltelli et al. 2008, Global Sensitivity Analysis, 1.2.4),
/// by the same regression.
double variance_explained(std::span<const double> x, std::span<const double> y);

/// The p-quantile of values: type 7 of Hyndman & Fan 1996, The American Statistician 50. At least one value.
double sample_quantile(std::vector<double> values, double p);

}  // namespace sojourn::engine
