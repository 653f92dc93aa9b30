#pragma once
// Labelled arrays as a document: what a result is before it is a file, and after. It knows nothing of what it holds.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace sojourn::engine {

/// The elements of an array, the last dimension running fastest. NaN is "does not exist". Strings are UTF-8 without
/// NUL.
using Doubles = std::vector<double>;
using Wholes = std::vector<std::int64_t>;
using Strings = std::vector<std::string>;
using Values = std::variant<Doubles, Wholes, Strings>;

using AttributeValue =
    std::variant<std::string, double, std::int64_t, std::uint64_t, std::vector<double>, std::vector<std::int64_t>>;

struct Attribute {
  std::string name;
  AttributeValue value;  // a list is not empty
};

/// An array over named dimensions. Names are [A-Za-z][A-Za-z0-9_]*.
struct Variable {
  std::string name;
  std::vector<std::string> dimensions;  // the slowest first; none: a single value
  Values values;
  std::string long_name;              // for people; may be empty
  std::string units;                  // UDUNITS where it can be: "1", "h"; may be empty
  std::vector<Attribute> attributes;  // others than long_name, units and _FillValue
  std::string group = {};             // a name; empty: the root
};

/// A text that is kept word for word.
struct Text {
  std::string name;  // as a variable's
  std::string content;
};

/// Variables are over the coordinates of their own group. The root comes first in both lists, then one group after the
/// other, in the same order in both.
struct Archive {
  std::vector<Attribute> attributes;
  std::vector<Variable>
      coordinates;  // one for each dimension of each group: its labels or numbers, named like it and over itself only
  std::vector<Variable> variables;
  std::vector<Text> texts;  // what went in
};

/// Exactly the same document: order, types and bits (a NaN equals the same NaN).
bool identical(const Archive& a, const Archive& b);
bool identical(const Values& a, const Values& b);

/// How many elements.
std::size_t size(const Values& values);

/// The groups beside the root, in their order.
std::vector<std::string> groups_of(const Archive& archive);

/// By name; nullptr where there is none.
const Variable* find_coordinate(const Archive& archive, std::string_view name, std::string_view group = {});
const Variable* find_variable(const Archive& archive, std::string_view name, std::string_view group = {});
const Attribute* find_attribute(const std::vector<Attribute>& attributes, std::string_view name);
const Text* find_text(const Archive& archive, std::string_view name);

/// What keeps it from being a document (a name twice or not a name, a dimension that is not there, a number of elements
/// that does not fit, an empty dimension, groups out of order, text that is not UTF-8), in one sentence; empty if nothing does.
std::string problem_of(const Archive& archive);

}  // namespace sojourn::engine
