#pragma once
// What varies in a study, read against the journey that it varies.

#include "models/change/views.h"
#include "models/study/study.h"

#include <span>

namespace sojourn::models {

/// A journey, and the same with each scenario alone.
struct FactorPlaces {
  const Tree& journey;
  std::span<const Case> scenarios;
};

/// Of an entry of `factors:`. Reports an address that leads to no number, values and ranges that the number cannot take; empty then.
std::optional<Factor> read_factor(const Tree::Entry& entry, const FactorPlaces& places, Diagnostics& diagnostics);

/// Of a column of a table, by its address; its values are left to read_factor_value.
std::optional<Factor> read_factor(const std::string& address, const Mark& mark, const FactorPlaces& places,
                                  Diagnostics& diagnostics);

/// One value of a factor, written at a place of its own.
std::optional<double> read_factor_value(const Factor& factor, const Tree& tree, Diagnostics& diagnostics);

}  // namespace sojourn::models
