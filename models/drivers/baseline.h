#pragma once
// What an agent that stands at a touchpoint comes to on average. Taken off a score before it is multiplied by how likely a
// decision there was, it changes no mean (the decision comes later) and much of the variance (Greensmith, Bartlett &
// Baxter 2004, J. Machine Learning Research 5, theorem 8).

#include "models/drivers/tape.h"

#include <vector>

namespace sojourn::models {

class PilotMeans {
 public:
  PilotMeans(std::size_t groups, std::size_t nodes) : nodes_(nodes), sums_(groups * (nodes + 1) + 1) {}

  /// Of a pilot, whose agents must be others than those that the baseline is used for.
  void add(const Tape& tape);
  void add(const PilotMeans& other);

  /// Of everyone, before the persona is drawn.
  MetricRow everyone() const { return mean(sums_.back(), sums_.back()); }
  /// Of a persona, before the start is drawn.
  MetricRow persona(std::uint32_t group) const { return mean(sums_[group * (nodes_ + 1)], sums_.back()); }
  /// Of one that comes to a node; the cost from there on only.
  MetricRow at(std::uint32_t group, std::uint32_t node) const {
    return mean(sums_[group * (nodes_ + 1) + 1 + node], sums_[group * (nodes_ + 1)]);
  }

 private:
  struct Sums {
    double count = 0;
    MetricRow sum{};
  };
  static void add(Sums& to, const MetricRow& metrics);
  static MetricRow mean(const Sums& sums, const Sums& where_none);

  std::size_t nodes_;
  std::vector<Sums> sums_;  // [group][persona, then nodes], then everyone
};

}  // namespace sojourn::models
