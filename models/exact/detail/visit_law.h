#pragma once
// What one visit can come to, given the flags that the agent brings: which flags it leaves with, and how it is felt on
// average, given-up visits apart.

#include "models/exact/detail/events.h"
#include "models/exact/detail/piecewise.h"

#include <map>
#include <memory>
#include <utility>

namespace sojourn::models::exact {

/// One way that a visit that is not given up can go, as far as the tracked flags tell.
struct Branch {
  double probability = 0;  // of those that are not given up
  Flags after;
  double experience = 0;    // E[q; this branch]
  double satisfaction = 0;  // E[m; this branch]
};

struct VisitOutcomes {
  std::vector<Branch> branches;
  std::int32_t felt_why = kExact;  // else experience and satisfaction mean nothing
  std::int32_t satisfaction_why = kExact;
};

class VisitLaws {
 public:
  /// `tracked`: the flags that are told apart. With Ask::feelings, lasting pains whose resolution lifts must be among them
  /// where they are to count.
  VisitLaws(const PersonaView& view, Reasons& reasons, Flags tracked, Ask ask);

  const VisitOutcomes& of(std::uint32_t way, Flags before);
  /// Points that pains take off, per visit that is not given up.
  Known pain_loss(std::uint32_t way);
  /// E[m] of a visit that is given up.
  double satisfaction_given_up();
  /// Why E[m] is not known where expectation learns.
  std::int32_t learning_why();

 private:
  struct Felt {
    double experience = 0, satisfaction = 0;
  };
  VisitOutcomes work_out(std::uint32_t way, Flags before);
  Felt felt(std::uint32_t way, double severity, double lift);
  double mean_satisfaction(const Piecewise& experience, const Law& law);
  const Law& law(std::uint32_t way);

  const PersonaView& view_;
  Reasons& reasons_;
  Flags tracked_;
  Ask ask_;
  Law expectation_;
  std::map<std::pair<std::uint32_t, Flags>, VisitOutcomes> known_;
  std::map<std::tuple<std::uint32_t, double, double>, Felt> felt_;
  std::map<std::uint32_t, Law> laws_;
};

}  // namespace sojourn::models::exact
