#include "python/core/errors.h"

#include "engine/base/contract.h"
#include "engine/base/io_error.h"
#include "engine/store/format_error.h"
#include "models/text/input_file.h"
#include "python/core/names.h"
#include "tools/arguments/arguments.h"
#include "tools/program/errors.h"
#include "tools/program/guarded.h"

#include <pybind11/stl.h>

#include <optional>
#include <string>

namespace sojourn::python {
namespace {

namespace py = pybind11;

py::object class_of(const char* name) { return py::module_::import("sojourn.errors").attr(name); }

void raise(const py::object& error) { PyErr_SetObject(py::type::of(error).ptr(), error.ptr()); }

py::object problem_of(const models::Diagnostic& one) {
  py::object path = py::none();
  std::optional<std::size_t> line, column;
  if (one.mark.source) path = file_name(one.mark.source->name);
  if (one.mark.line > 0) line = one.mark.line;
  if (one.mark.line > 0) column = one.mark.column;
  const bool error = one.severity == models::Diagnostic::Severity::error;
  std::string text = models::format(one);
  while (text.ends_with('\n')) text.pop_back();
  return class_of("Problem")(error ? "error" : "warning", path, line, column, one.what, one.why, one.suggestion, text);
}

void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const models::InputError& error) {
    raise(class_of("InputError")(std::string(error.what()), problems_of(error.diagnostics())));
  } catch (const engine::FormatError& error) {
    raise(class_of("FormatError")(std::string(error.what()), file_name(error.file())));
  } catch (const models::UnreadableFile& error) {
    raise(class_of("MissingFile")(std::string(error.what()), file_name(error.path()), error.error_number()));
  } catch (const models::MissingFile& error) {
    raise(class_of("MissingFile")(std::string(error.what())));
  } catch (const NotFound& error) {
    raise(class_of("NotFound")(error.what, error.remedy));
  } catch (const tools::UsageError& error) {
    raise(class_of("UsageError")(std::string(error.what())));
  } catch (const engine::TargetExists& error) {
    raise(class_of("TargetExists")(std::string(error.what()), file_name(error.path())));
  } catch (const engine::IoError& error) {
    const py::str text(std::string(error.what())), path = file_name(error.path());
    raise(tools::is_unreadable(error) ? class_of("MissingFile")(text, path, error.error_number())
                                      : class_of("IoError")(text, path, error.remedy(), error.error_number()));
  } catch (const tools::Stopped&) {
    PyErr_SetNone(PyExc_KeyboardInterrupt);
  } catch (const engine::ContractViolation& error) {
    raise(class_of("Bug")(std::string(error.what())));
  }
}

}  // namespace

py::list problems_of(const models::Diagnostics& diagnostics) {
  py::list list;
  for (const models::Diagnostic& one : diagnostics.list()) list.append(problem_of(one));
  return list;
}

void register_errors() { py::register_exception_translator(&translate); }

}  // namespace sojourn::python
