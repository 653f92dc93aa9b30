#pragma once
// Parts of a journey, and tables, as Python's own values.

#include "models/text/tree.h"
#include "tools/output/csv_text.h"

#include <pybind11/pybind11.h>

namespace sojourn::python {

/// dict, list, str, float, int, bool or None, as the file writes it: "5 min" stays a text.
pybind11::object value_of(const models::Tree& tree);

/// Columns by name, each a list.
pybind11::dict columns_of(const tools::CsvText& table);

}  // namespace sojourn::python
