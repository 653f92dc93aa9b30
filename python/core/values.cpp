#include "python/core/values.h"

#include "models/text/number.h"

#include <cmath>

namespace sojourn::python {

namespace py = pybind11;

py::object value_of(const models::Tree& tree) {
  switch (tree.kind) {
    case models::Tree::Kind::map: {
      py::dict map;
      for (const models::Tree::Entry& entry : tree.entries) map[py::str(entry.key)] = value_of(entry.value);
      return map;
    }
    case models::Tree::Kind::list: {
      py::list list;
      for (const models::Tree& item : tree.items) list.append(value_of(item));
      return list;
    }
    case models::Tree::Kind::scalar: break;
  }
  if (tree.is_null()) return py::none();
  if (tree.quoted) return py::str(tree.scalar);
  if (tree.scalar == "true") return py::bool_(true);
  if (tree.scalar == "false") return py::bool_(false);
  const auto number = models::read_number(tree.scalar);
  if (!number) return py::str(tree.scalar);
  const bool whole = std::abs(*number) < 0x1p53 && *number == std::floor(*number);
  if (whole && tree.scalar.find_first_of(".eE") == std::string::npos) return py::int_(static_cast<long long>(*number));
  return py::float_(*number);
}

py::dict columns_of(const tools::CsvText& table) {
  const std::size_t width = table.header().size();
  std::vector<py::list> columns(width);
  for (std::size_t i = 0; i < table.cells().size(); ++i) {
    const auto& cell = table.cells()[i];
    if (const auto* text = std::get_if<std::string>(&cell)) {
      columns[i % width].append(py::str(*text));
    } else if (const auto* whole = std::get_if<std::int64_t>(&cell)) {
      columns[i % width].append(py::int_(*whole));
    } else {
      columns[i % width].append(py::float_(std::get<double>(cell)));
    }
  }
  py::dict by_name;
  for (std::size_t c = 0; c < width; ++c) by_name[py::str(table.header()[c])] = columns[c];
  return by_name;
}

}  // namespace sojourn::python
