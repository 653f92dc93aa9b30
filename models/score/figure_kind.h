#pragma once
// What a figure's address (touchpoints.wish.satisfaction, personas.mia.nps, goals.gift) says of the figure.

#include "models/score/metrics.h"

#include <string>
#include <string_view>
#include <vector>

namespace sojourn::models {

struct FigureKind {
  Unit unit = Unit::share;  // of pains, goals, outcomes
  Better better = Better::more;
};

/// Of any address, also of one that names no figure.
FigureKind kind_of_figure(std::string_view address);

/// "a.b.c" as a, b, c.
std::vector<std::string> words_of(std::string_view address);

}  // namespace sojourn::models
