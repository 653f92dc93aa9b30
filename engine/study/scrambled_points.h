#pragma once
// Where a design looks at one uncertain input: a sequence of uniforms that fills (0, 1) evenly, and of which every term has
// an address. Term i of an input is a function of (seed, replicate, the input's name, i) alone: an input that is added moves
// no other, and more terms are a prefix-extension of fewer.

#include "engine/random/luck.h"

#include <cstdint>
#include <string_view>

namespace sojourn::engine {

/// Nested uniform scrambling of 32-bit words (Owen 1995): each bit is flipped or not by a coin that belongs to the bits above it, so
/// that words which share their first bits go on sharing them. A permutation of all words for each key, replicate and purpose.
class OwenScramble {
 public:
  OwenScramble(PlaceKey key, std::uint32_t replicate, std::uint32_t purpose)
      : key_(key), replicate_(replicate), purpose_(purpose) {}
  std::uint32_t operator()(std::uint32_t word) const;

 private:
  PlaceKey key_;
  std::uint32_t replicate_, purpose_;
};

/// The van der Corput sequence in base 2, its order and its values scrambled by nested uniform permutations (Owen 1995,
/// "Randomly permuted (t,m,s)-nets and (t,s)-sequences"), each input by its own (Kollig & Keller 2002, "Efficient
/// multidimensional sampling", padding). Of the first 2^k terms one lies in each of the 2^k equal parts of (0, 1), so that
/// what is additive in the inputs is known as from a Latin hypercube; each term alone is uniform.
class ScrambledPoints {
 public:
  ScrambledPoints(std::uint64_t seed, std::uint32_t replicate, std::string_view name);

  /// The 32-bit word of term i; uniform() makes a number in (0, 1) of it.
  std::uint32_t word(std::uint32_t i) const;

 private:
  OwenScramble order_, value_;
};

}  // namespace sojourn::engine
