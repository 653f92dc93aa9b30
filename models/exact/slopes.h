#pragma once
// How success, cost and value move with each number of the compiled tables, without chance, where choices do not hang on mood and
// clock. Two solves of the chain give all of them (equation (20), the adjoint; Cao & Chen 1997, IEEE Trans. Automatic Control 42(10)).

#include "models/behaviour/atlas.h"
#include "models/behaviour/tables.h"
#include "models/change/views.h"

#include <array>
#include <string>
#include <vector>

namespace sojourn::models {

/// Mean success, cost and value of a journey.
enum class WorthPart : std::size_t { success, cost, value, count };
using Worth = std::array<double, static_cast<std::size_t>(WorthPart::count)>;

/// Of one persona, as in its PersonaTables. Where an entry has no exact slope, its parts are NaN.
struct PersonaSlopes {
  Worth mean{};
  std::vector<Worth> start;        // by the weight
  std::vector<Worth> share;        // [way] by the logarithm of its share
  std::vector<Worth> given_up;     // [way] by the probability that a visit is given up
  std::vector<Worth> pains;        // by the probability; 0 where no guard asks for it
  std::vector<Worth> resolutions;  // likewise
  std::vector<Worth> fulfilments;  // likewise
  std::vector<Worth> edges;        // by the weight, the others fixed
  std::vector<double> visits;      // [way] mean visits, which is the slope of the cost by the way's
  std::vector<double> outcomes;    // [exit] share that ends there, which is the slope of the value by the exit's

  // Of at most engine::kMostSubsetGroups touchpoints: else empty.
  std::vector<double> shapley_success;  // [touchpoint] v(S) = share that succeeds and visits touchpoints of S alone
  std::vector<double> success_through;  // [touchpoint] share that succeeds and comes by
};

struct ExactSlopes {
  std::vector<PersonaSlopes> personas;  // [group]
  std::string why_not;                  // a sentence; else empty, and every persona has its slopes
};

/// `atlas` and `tables` must have been made of this case.
ExactSlopes exact_slopes(const Case& one, const Atlas& atlas, const JourneyTables& tables);

}  // namespace sojourn::models
