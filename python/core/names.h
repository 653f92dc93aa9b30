#pragma once
// Names of files, which are bytes to the system, as Python has them: what is no UTF-8 in surrogates (os.fsdecode).

#include <pybind11/pybind11.h>

#include <string>

namespace sojourn::python {

inline pybind11::str file_name(const std::string& name) {
  PyObject* text = PyUnicode_DecodeFSDefaultAndSize(name.data(), static_cast<Py_ssize_t>(name.size()));
  if (text == nullptr) throw pybind11::error_already_set();
  return pybind11::reinterpret_steal<pybind11::str>(text);
}

}  // namespace sojourn::python
