#pragma once
// Visits counted one by one, for what the chain could not tell.

#include "models/exact/detail/crowd.h"

namespace sojourn::models::exact {

class VisitSums {
 public:
  VisitSums(const PersonaView& view, const JourneySums& shape);

  // One visit through way w, of so many agents.
  void arrives(std::uint32_t w, double agents, double expectation);
  void passes(std::uint32_t w, double agents, double mean_ms, bool given_up);
  void meets(std::uint32_t w, std::uint64_t marks, double agents);
  void loses(std::uint32_t w, double points, double agents);
  void feels(std::uint32_t w, double experience, double satisfaction, double mood, double agents);
  void goes(std::uint32_t w, std::uint32_t flow, double agents);
  // The end of a journey.
  void ends(std::uint32_t outcome, const Flags& flags, std::int64_t elapsed_ms, double agents);
  void is_cut_off(const Flags& flags, std::int64_t elapsed_ms, double agents);

  /// Into `to` where that is not known and this is.
  void complete(JourneySums& to, const CarryPlan& plan) const;

 private:
  template <class F>
  void at_sites(std::uint32_t w, F f);
  bool may_end_time(double mean_ms) const;
  void count_flags(const Flags& flags, std::int64_t elapsed_ms, double agents);

  const PersonaView& view_;
  JourneySums sums_;
};

}  // namespace sojourn::models::exact
