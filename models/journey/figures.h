#pragma once
// The names of the figures that a run prints, as far as `targets` may name them.

#include "models/journey/lookup.h"
#include "models/text/tree.h"

#include <string>
#include <string_view>

namespace sojourn::models {

/// Why a target names no figure of this journey.
struct NoFigure {
  std::string what;
  std::string suggestion;
};

struct FigureRange {
  double low;  // what it can be
  double high;
};

/// The figure that a target names (nps, personas.mia.success, touchpoints.wish.channels.post.pains.wrong), or why not.
/// On success `problem` stays empty.
FigureRange find_figure(const Tree& journey, std::string_view target, Lookup& lookup, NoFigure& problem);

}  // namespace sojourn::models
