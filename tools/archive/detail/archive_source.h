#pragma once
// The parts of an archive by name, as what they should be.

#include "engine/store/archive.h"
#include "tools/archive/figure_tables.h"

#include <cstdint>
#include <string>
#include <vector>

namespace sojourn::tools::detail {

using engine::Doubles;
using engine::Strings;
using engine::Wholes;

/// Takes parts out of the archive, or says which one is missing or of another shape.
class ArchiveSource {
 public:
  ArchiveSource(const engine::Archive& archive, const std::string& file) : archive_(archive), file_(file) {}

  /// Throws engine::FormatError.
  [[noreturn]] void refuse(const std::string& what, const std::string& why = "the file contradicts itself") const;

  template <class T>
  const T& attribute(const char* name) const {
    const engine::Attribute* found = engine::find_attribute(archive_.attributes, name);
    const T* value = found == nullptr ? nullptr : std::get_if<T>(&found->value);
    if (value == nullptr) refuse("the attribute '" + std::string(name) + "' is missing or of another type");
    return *value;
  }
  bool has_attribute(const char* name) const { return engine::find_attribute(archive_.attributes, name) != nullptr; }

  /// Empty where the dimension is not there.
  template <class T = Strings>
  T labels(const char* dimension) const {
    const engine::Variable* found = engine::find_coordinate(archive_, dimension);
    if (found == nullptr) return {};
    const T* values = std::get_if<T>(&found->values);
    if (values == nullptr) refuse("the dimension '" + std::string(dimension) + "' has labels of another type");
    return *values;
  }

  template <class T>
  const T& values(const std::string& name, const Strings& dimensions) const {
    const engine::Variable* found = engine::find_variable(archive_, name);
    if (found == nullptr) refuse("the array '" + name + "' is missing");
    const T* values = std::get_if<T>(&found->values);
    if (values == nullptr || found->dimensions != dimensions) {
      refuse("the array '" + name + "' is of another type or shape");
    }
    return *values;
  }
  /// About a dimension: empty where the dimension is not there.
  template <class T = Strings>
  T about(const char* name, const char* dimension) const {
    return engine::find_coordinate(archive_, dimension) == nullptr ? T() : values<T>(name, {dimension});
  }

  const std::string* text(const std::string& name) const {
    const engine::Text* found = engine::find_text(archive_, name);
    return found == nullptr ? nullptr : &found->content;
  }

  /// The statistics of the file, by their names; unknown ones are passed over.
  void take(const FigureTable& table) const;

  /// Where the name stands in a list that must hold it; `where` is the array that names it.
  std::uint32_t position(const Strings& list, const std::string& name, const char* where) const;
  /// A number of agents.
  std::uint64_t natural(std::int64_t value) const;

 private:
  const engine::Archive& archive_;
  const std::string& file_;
};

}  // namespace sojourn::tools::detail
