#pragma once
// A case as text: the journey that ran, defaults and changes in it.

#include "models/change/views.h"

#include <string>
#include <vector>

namespace sojourn::tools {

/// Who sees the journey alike.
struct View {
  std::size_t index;             // into Case::trees
  std::vector<std::string> who;  // personas' ids, in file order
  double share = 0;              // theirs together
};

/// In the order of the case.
std::vector<View> views_of(const models::Case& one);

/// The view of a persona; the view that most customers have where no persona is named. Throws UsageError for an unknown one.
View view_for(const models::Case& one, const std::string& persona);

/// Normalised YAML of the journey as a case has it, overrides included: a file that gives the same case. Only where no
/// overrides can say what some personas see (a touchpoint that others lack), one document for each view, which a
/// comment introduces.
std::string resolved_yaml(const models::JourneyFile& journey, const models::Case& one);

}  // namespace sojourn::tools
