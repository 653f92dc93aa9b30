#include "engine/store/archive.h"

#include "engine/store/detail/words.h"

#include <algorithm>
#include <bit>
#include <set>

namespace sojourn::engine {
namespace {

bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }
bool same(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](double x, double y) { return same(x, y); });
}
template <class T>
bool same(const T& a, const T& b) {
  return a == b;
}
template <class... T>
bool same(const std::variant<T...>& a, const std::variant<T...>& b) {
  return a.index() == b.index() &&
         std::visit([&](const auto& held) { return same(held, std::get<std::decay_t<decltype(held)>>(b)); }, a);
}
bool same_attributes(const std::vector<Attribute>& a, const std::vector<Attribute>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Attribute& x, const Attribute& y) { return x.name == y.name && same(x.value, y.value); });
}
bool same_variable(const Variable& a, const Variable& b) {
  return a.name == b.name && a.dimensions == b.dimensions && same(a.values, b.values) && a.long_name == b.long_name &&
         a.units == b.units && same_attributes(a.attributes, b.attributes) && a.group == b.group;
}

template <class T>
const T* find(const std::vector<T>& list, std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const T& entry) { return entry.name == name; });
  return found == list.end() ? nullptr : &*found;
}

const Variable* find(const std::vector<Variable>& list, std::string_view name, std::string_view group) {
  const auto found = std::find_if(list.begin(), list.end(),
                                  [&](const Variable& one) { return one.name == name && one.group == group; });
  return found == list.end() ? nullptr : &*found;
}

/// "variable 'lp' of the group 'sample_stats'"
std::string called(const char* kind, const Variable& one) {
  return std::string(kind) + " '" + one.name + "'" + (one.group.empty() ? "" : " of the group '" + one.group + "'");
}

std::string problem_of(const std::vector<Attribute>& attributes, const std::string& owner) {
  std::set<std::string_view> names;
  for (const Attribute& attribute : attributes) {
    const std::string called = "attribute '" + attribute.name + "' of " + owner;
    if (!detail::is_name(attribute.name)) return called + " is not called by a name";
    if (detail::is_reserved(attribute.name)) return called + " has a reserved name";
    if (!names.insert(attribute.name).second) return called + " is there twice";
    if (const auto* text = std::get_if<std::string>(&attribute.value); text != nullptr && !detail::is_text(*text)) {
      return called + " is not UTF-8 text";
    }
    const auto* numbers = std::get_if<std::vector<double>>(&attribute.value);
    const auto* whole = std::get_if<std::vector<std::int64_t>>(&attribute.value);
    if ((numbers != nullptr && numbers->empty()) || (whole != nullptr && whole->empty())) return called + " is empty";
  }
  return {};
}

std::string problem_of(const Variable& variable, const std::string& called) {
  if (!detail::is_name(variable.name)) return called + " is not called by a name";
  if (!detail::is_text(variable.long_name) || !detail::is_text(variable.units))
    return called + " is not described in UTF-8";
  if (const auto* texts = std::get_if<std::vector<std::string>>(&variable.values)) {
    if (!std::all_of(texts->begin(), texts->end(), [](const std::string& text) { return detail::is_text(text); })) {
      return called + " holds what is not UTF-8 text";
    }
  }
  return problem_of(variable.attributes, called);
}

std::string problem_of_groups(const Archive& archive) {
  const std::vector<std::string> groups = groups_of(archive);
  for (const std::string& group : groups) {
    if (!detail::is_name(group) || group == detail::kTexts)
      return "group '" + group + "' has a name that none can have";
  }
  const auto place = [&](const Variable& one) {
    return one.group.empty() ? 0 : 1 + (std::find(groups.begin(), groups.end(), one.group) - groups.begin());
  };
  for (const auto* list : {&archive.coordinates, &archive.variables}) {
    const auto late = std::is_sorted_until(list->begin(), list->end(),
                                           [&](const Variable& a, const Variable& b) { return place(a) < place(b); });
    if (late != list->end()) return "'" + late->name + "' does not stand with its group";
  }
  return {};
}

}  // namespace

bool identical(const Values& a, const Values& b) { return same(a, b); }

bool identical(const Archive& a, const Archive& b) {
  const auto same_list = [](const std::vector<Variable>& x, const std::vector<Variable>& y) {
    return std::equal(x.begin(), x.end(), y.begin(), y.end(), same_variable);
  };
  const auto same_text = [](const Text& x, const Text& y) { return x.name == y.name && x.content == y.content; };
  return same_attributes(a.attributes, b.attributes) && same_list(a.coordinates, b.coordinates) &&
         same_list(a.variables, b.variables) &&
         std::equal(a.texts.begin(), a.texts.end(), b.texts.begin(), b.texts.end(), same_text);
}

std::size_t size(const Values& values) {
  return std::visit([](const auto& held) { return held.size(); }, values);
}

std::vector<std::string> groups_of(const Archive& archive) {
  std::vector<std::string> groups;
  for (const auto* list : {&archive.coordinates, &archive.variables}) {
    for (const Variable& one : *list) {
      if (!one.group.empty() && std::find(groups.begin(), groups.end(), one.group) == groups.end())
        groups.push_back(one.group);
    }
  }
  return groups;
}
const Variable* find_coordinate(const Archive& archive, std::string_view name, std::string_view group) {
  return find(archive.coordinates, name, group);
}
const Variable* find_variable(const Archive& archive, std::string_view name, std::string_view group) {
  return find(archive.variables, name, group);
}
const Attribute* find_attribute(const std::vector<Attribute>& attributes, std::string_view name) {
  return find(attributes, name);
}
const Text* find_text(const Archive& archive, std::string_view name) { return find(archive.texts, name); }

std::string problem_of(const Archive& archive) {
  if (std::string problem = problem_of_groups(archive); !problem.empty()) return problem;
  std::set<std::pair<std::string_view, std::string_view>> names = {{"", detail::kTexts}};  // group, name
  const std::vector<std::string> groups = groups_of(archive);                              // the names look into it
  for (const std::string& group : groups) names.insert({"", group});
  for (const Variable& coordinate : archive.coordinates) {
    const std::string called = engine::called("coordinate", coordinate);
    if (!names.insert({coordinate.group, coordinate.name}).second) return called + " is there twice";
    if (coordinate.dimensions != std::vector{coordinate.name}) return called + " is not over itself";
    if (size(coordinate.values) == 0) return called + " is empty";
    if (std::string problem = problem_of(coordinate, called); !problem.empty()) return problem;
  }
  for (const Variable& variable : archive.variables) {
    const std::string called = engine::called("variable", variable);
    if (!names.insert({variable.group, variable.name}).second) return called + " is there twice";
    std::size_t expected = 1;
    for (const std::string& dimension : variable.dimensions) {
      const Variable* coordinate = find_coordinate(archive, dimension, variable.group);
      if (coordinate == nullptr) return called + " is over '" + dimension + "', which is not there";
      expected *= size(coordinate->values);
    }
    if (variable.dimensions.size() > detail::kMostDimensions) return called + " has too many dimensions";
    if (size(variable.values) != expected) {
      return called + " has " + std::to_string(size(variable.values)) + " elements instead of " +
             std::to_string(expected);
    }
    if (std::string problem = problem_of(variable, called); !problem.empty()) return problem;
  }
  std::set<std::string_view> texts;
  for (const Text& text : archive.texts) {
    const std::string called = "text '" + text.name + "'";
    if (!detail::is_name(text.name) || !texts.insert(text.name).second)
      return called + " is not called by a name of its own";
    if (!detail::is_text(text.content)) return called + " is not UTF-8 text";
  }
  return problem_of(archive.attributes, "the whole");
}

}  // namespace sojourn::engine
