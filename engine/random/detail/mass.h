#pragma once
// Densities that are tabulated, over a variable that has the whole real line, and the mass below and above a point of it.

#include <vector>

namespace sojourn::engine::detail {

/// log density of y up to a constant: unimodal.
struct LogDensity {
  enum class Of {
    gamma,   // shape a, of x = e^y: a y - e^y
    beta,    // a, b, of x = 1 / (1 + e^-y): -(a + b) log(1 + e^-y) - b y
    normal,  // -y^2 / 2
  };
  Of of = Of::normal;
  double a = 0, b = 0;

  double operator()(double y) const;
  double mode() const;
  /// The integral of e^(log density - peak), by 8 points of Gauss and Legendre.
  double integral(double peak, double from, double to) const;
};

/// A density on the real line, not normalised, cut where it has fallen by e^-50, with its mass summed panel by panel from
/// both ends, so that both tails keep their relative accuracy.
class Mass {
 public:
  explicit Mass(const LogDensity& log_density);

  double total() const { return below_.back(); }
  double density(double y) const;
  /// The y that leaves the given mass below (above) it; `guess` is where to begin.
  double at_mass_below(double mass, double guess) const { return solve(mass, guess, below_, 1.0); }
  double at_mass_above(double mass, double guess) const { return solve(mass, guess, above_, -1.0); }

 private:
  double edge(double mode, double direction) const;
  double solve(double mass, double guess, const std::vector<double>& cumulated, double direction) const;

  LogDensity log_density_;
  double peak_;
  std::vector<double> bounds_;  // of the panels
  std::vector<double> below_;   // [bound] mass below it
  std::vector<double> above_;   // [bound] mass above it
};

}  // namespace sojourn::engine::detail
