#pragma once
// Which of several options is the best, with a promise of how often that is right.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace sojourn::engine {

/// The constant h squared of Kim & Nelson 2001 ("A fully sequential procedure for indifference-zone selection in simulation", c = 1, any
/// correlation): 2 eta (n0 - 1), where (1 + 2 eta)^(-(n0 - 1)/2) / 2 = alpha / (options - 1). options >= 2, first_stage >= 2, 0 < alpha < 1 - 1/options.
double knockout_constant(std::size_t options, std::size_t first_stage, double alpha);

/// KN: observations come one after the other, each of all options with the same luck; options that are clearly not the best are
/// dropped. With observations that are independent, normal and of any correlation between options, the one that is left is the best with probability 1 - alpha at least, wherever the best is
/// `worth_knowing` or more above the second (more is better); else it is within that of the best as often (Nelson & Goldsman 2001).
class Knockout {
 public:
  struct Plan {
    std::size_t options = 2;
    std::size_t first_stage = 10;  // observations before the first decision, at least 2; better 10
    double alpha = 0.05;
    double worth_knowing = 1;  // the indifference zone, above 0
  };
  explicit Knockout(const Plan& plan);
  /// With another constant than knockout_constant.
  Knockout(const Plan& plan, double h_squared);

  /// One observation of every option; what is dropped is not looked at. Nothing happens after the decision.
  void add(std::span<const double> observation);

  bool decided() const { return decided_; }
  /// The option with the highest mean among those that are left.
  std::size_t best() const;
  bool is_left(std::size_t option) const { return dropped_at_[option] == 0; }
  /// The number of observations after which it was dropped; 0 if it was not.
  std::size_t dropped_at(std::size_t option) const { return dropped_at_[option]; }
  std::size_t observations() const { return seen_; }
  /// Observations after which it is decided at the latest; 0 before the first stage is over.
  std::size_t most_observations() const;

 private:
  double squared_spread(std::size_t i, std::size_t l) const { return spread_[i * plan_.options + l]; }
  void first_stage();
  void screen();
  void decide_if_possible();

  Plan plan_;
  double h_squared_;
  std::size_t seen_ = 0;
  bool decided_ = false;
  std::vector<double> sums_;                // [option]
  std::vector<std::vector<double>> stage_;  // [option][observation] of the first stage
  std::vector<double> spread_;              // [option][option] variance of the differences, first stage
  std::vector<std::size_t> dropped_at_;
};

/// What is known of an option after some observations.
struct OptionSample {
  double mean = 0;
  double variance = 0;      // of one observation, n - 1
  std::uint64_t count = 0;  // at least 2
};

/// Optimal computing budget allocation (Chen, Lin, Yücesan & Chick 2000, theorem 1): how many observations each option should have of `budget`
/// in all, so that the highest mean is most probably the best one. Options whose mean equals the best are counted as a thousandth of the largest distance
/// away. Sums to the budget; no option below what it has.
std::vector<std::uint64_t> ocba_allocation(std::span<const OptionSample> options, std::uint64_t budget);

/// A lower bound of the probability that the option with the highest mean is the best: 1 - sum of Phi(-difference / its standard error) (the same, eq. 4, Bonferroni). `se`: of
/// the differences to that option, [option], paired where the luck was the same; its own is not read.
double chance_of_correct_selection(std::span<const double> means, std::span<const double> se);

}  // namespace sojourn::engine
