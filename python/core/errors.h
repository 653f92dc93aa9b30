#pragma once
// Mistakes as Python knows them: the classes are in sojourn/errors.py.

#include "models/text/diagnostic.h"

#include <pybind11/pybind11.h>

#include <string>

namespace sojourn::python {

/// sojourn.errors.Problem of each.
pybind11::list problems_of(const models::Diagnostics& diagnostics);

/// An address that leads to nothing.
struct NotFound {
  std::string what, remedy;
};

/// Turns what the libraries throw into what Python raises.
void register_errors();

}  // namespace sojourn::python
