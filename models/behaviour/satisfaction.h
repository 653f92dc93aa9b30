#pragma once
// The science of satisfaction, formula by formula. Everything here is + - * / and comparisons on points of the 0..10 scale;
// models/README.md numbers the equations and says where they come from and when they are wrong. The formulas themselves
// are in satisfaction.inl, for one agent and for lanes of agents alike.

#include "engine/base/math.h"

namespace sojourn::models {

struct MemoryWeights {
  double peak = 0.25;  // the three sum to 1
  double end = 0.25;
  double mean = 0.5;
};

namespace formula {
using engine::formula::logistic;
using engine::formula::select;
#include "models/behaviour/satisfaction.inl"
}  // namespace formula

inline double clamp_points(double x) { return formula::clamp_points(x); }

inline double weighed_disconfirmation(double disconfirmation, double loss_aversion) {
  return formula::weighed_disconfirmation(disconfirmation, loss_aversion);
}

inline double momentary_satisfaction(double anchor, double performance_weight, double disconfirmation_weight,
                                     double experience, double weighed) {
  return formula::momentary_satisfaction(anchor, performance_weight, disconfirmation_weight, experience, weighed);
}

/// The memory of a journey so far, equation (8).
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
    peak = formula::peak_with(peak, any, m, anchor);
    any = true;
  }
};

inline double remembered(const Memory& memory, const MemoryWeights& weights, double anchor) {
  return formula::remembered(memory.weight, memory.weighted, memory.peak, memory.end, weights, anchor);
}

}  // namespace sojourn::models
