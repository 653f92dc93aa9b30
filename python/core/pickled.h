#pragma once
// A journey as plain values, for pickle: everything that it was made from, so that no file is read when it comes back.

#include "python/core/journey.h"

#include <pybind11/pybind11.h>

namespace sojourn::python {

/// (name, text, canonical path, scenarios), each scenario (name, text, canonical path, that of its journey, scenarios below).
/// Names and paths are bytes.
pybind11::tuple state_of(const Journey& journey);

/// The journey again. Throws InputError where this version reads its texts otherwise.
Journey journey_of(const pybind11::tuple& state);

}  // namespace sojourn::python
