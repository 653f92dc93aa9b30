#pragma once
// Personas of a log: kinds of cases that take different ways through the same touchpoints.

#include "models/learn/contexts.h"

#include <cstdint>
#include <vector>

namespace sojourn::models {

/// What each case did, as how often which symbol followed which state; and how likely that is for everybody.
class Ways {
 public:
  struct Pair {
    std::size_t state = 0;
    Symbol symbol = 0;
  };
  struct Taken {
    std::uint32_t pair = 0;
    float times = 0;
  };

  Ways(const ContextMemory& memory, const ContextCounts& counts, const Traces& traces);

  const std::vector<Pair>& pairs() const { return pairs_; }  // sorted by state, then symbol
  std::size_t cases() const { return first_.size() - 1; }
  std::span<const Taken> of(std::size_t one) const {
    return {taken_.data() + first_[one], first_[one + 1] - first_[one]};
  }

 private:
  std::vector<Pair> pairs_;
  std::vector<std::size_t> first_;  // [case + 1]
  std::vector<Taken> taken_;
};

/// Responsibilities: [case][persona], each row sums to 1.
using Responsibilities = std::vector<std::vector<double>>;

struct Mixture {
  std::vector<double> shares;                    // [persona]
  std::vector<std::vector<double>> probability;  // [persona][pair]
  std::vector<std::vector<double>> count;        // [persona][pair], expected
  double nats = 0;                               // of the cases it was fitted to
};

/// Each persona's probabilities from the counts that its cases have, smoothed towards everybody's: P_z = (N_z + c P) / (N_z. + c).
/// `used`: which cases count. `base`: [pair] everybody's.
Mixture mixture_of(const Ways& ways, const std::vector<double>& base, const Responsibilities& responsibilities,
                   const std::vector<bool>& used, double concentration);

/// EM (Dempster, Laird & Rubin 1977; of Markov chains Cadez et al. 2003) from a random start that `seed` names. Returns the
/// responsibilities of all cases, of those not used too.
Responsibilities find_personas(const Ways& ways, const std::vector<double>& base, unsigned personas,
                               const std::vector<bool>& used, double concentration, std::uint64_t seed);

/// -ln P of a fold's cases, whose persona nobody knows.
double nats_of(const Mixture& mixture, const Ways& ways, const std::vector<bool>& used);

inline constexpr double kPersonaConcentration = 8;  // cases' worth of everybody in each persona
inline constexpr unsigned kMostPersonas = 6;        // that are looked for by themselves

struct FoundPersonas {
  Responsibilities responsibilities;
  unsigned count = 1;
  double nats = 0, nats_of_one = 0;  // held out
};

/// `wanted`: so many; 0: one more as long as that makes a fifth of the cases, held out, half a percent more likely. The best
/// of three starts each.
FoundPersonas choose_personas(const Ways& ways, const std::vector<double>& base,
                              const std::vector<double>& base_held_out, unsigned wanted);

}  // namespace sojourn::models
