#pragma once
// The science of satisfaction, formula by formula. Everything here is + - * / and comparisons on points of the 0..10 scale;
// models/README.md numbers the equations and says where they come from and when they are wrong.

namespace sojourn::models {

inline double clamp_points(double x) { return x < 0 ? 0 : (x > 10 ? 10 : x); }

/// What a disconfirmation weighs: a shortfall weighs loss_aversion (lambda >= 1) times a surplus.
/// Anderson & Sullivan 1993, Marketing Science 12(2); the kink after Tversky & Kahneman 1992, eq. (5), exponent 1.
inline double weighed_disconfirmation(double disconfirmation, double loss_aversion) {
  return disconfirmation >= 0 ? disconfirmation : loss_aversion * disconfirmation;
}

/// Momentary satisfaction m = anchor + a (q - anchor) + b g. Oliver 1980, Journal of Marketing Research 17(4): satisfaction
/// from performance and disconfirmation; no direct effect of expectation (Anderson & Sullivan 1993).
inline double momentary_satisfaction(double anchor, double performance_weight, double disconfirmation_weight,
                                     double experience, double weighed) {
  return clamp_points(anchor + performance_weight * (experience - anchor) + disconfirmation_weight * weighed);
}

/// The memory of a journey: peak, end and importance-weighted mean of momentary satisfaction; duration is neglected.
/// Kahneman, Fredrickson, Schreiber & Redelmeier 1993, Psychological Science 4(6); Alaybek et al. 2022 for the size.
struct Memory {
  double weight = 0;    // W: sum of importance
  double weighted = 0;  // M: sum of importance * m
  double peak = 0;      // the m farthest from the anchor, the first of equals
  double end = 0;       // the last m
  bool any = false;     // there was a visit

  void remember(double m, double importance, double anchor) {
    weight += importance;
    weighted += importance * m;
    end = m;
    const double distance = m < anchor ? anchor - m : m - anchor;
    const double so_far = peak < anchor ? anchor - peak : peak - anchor;
    if (!any || distance > so_far) peak = m;
    any = true;
  }
};

struct MemoryWeights {
  double peak = 0.25;  // the three sum to 1
  double end = 0.25;
  double mean = 0.5;
};

inline double remembered(const Memory& memory, const MemoryWeights& weights, double anchor) {
  const double mean = memory.weight > 0 ? memory.weighted / memory.weight : anchor;
  return weights.peak * memory.peak + weights.end * memory.end + weights.mean * mean;
}

}  // namespace sojourn::models
