#include "models/journey/families.h"
#include "models/journey/write.h"
#include "models/text/number.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace sojourn::models {
namespace {

using Json = nlohmann::ordered_json;

Json number(const std::string& text) {
  const Reading<double> read = read_number(text);
  if (!read) return text;
  const double value = *read;
  if (std::abs(value) < 9e15 && value == std::trunc(value)) return static_cast<std::int64_t>(value);
  return value;
}

/// Keys are unique already; the library would look through all of them.
void append(Json& object, const std::string& key, Json value) {
  using Object = Json::object_t;
  object.get_ref<Object&>().Object::Container::emplace_back(key, std::move(value));
}

/// Without a type: as it looks.
Json guess(const Tree& tree) {
  switch (tree.kind) {
    case Tree::Kind::map: {
      Json json = Json::object();
      for (const Tree::Entry& entry : tree.entries) append(json, entry.key, guess(entry.value));
      return json;
    }
    case Tree::Kind::list: {
      Json json = Json::array();
      for (const Tree& item : tree.items) json.push_back(guess(item));
      return json;
    }
    case Tree::Kind::scalar: break;
  }
  if (tree.quoted) return tree.scalar;
  if (tree.scalar == "true" || tree.scalar == "false") return tree.scalar == "true";
  return number(tree.scalar);
}

Json record(const Tree& tree, const Record& record);

Json value(const Tree& tree, const Type& type) {
  switch (type.kind) {
    case Kind::boolean:
    case Kind::number:
    case Kind::count:
    case Kind::distribution:
    case Kind::value: return guess(tree);
    case Kind::record:
      if (tree.is_map()) return record(tree, *type.record);
      if (tree.kind == Tree::Kind::list) {
        Json json = Json::array();
        for (const Tree& item : tree.items) json.push_back(record(item, *type.record));
        return json;
      }
      return guess(tree);
    case Kind::map: {
      if (!tree.is_map()) return tree.scalar;
      Json json = Json::object();
      for (const Tree::Entry& entry : tree.entries) append(json, entry.key, value(entry.value, *type.element));
      return json;
    }
    case Kind::list: {
      Json json = Json::array();
      for (const Tree& item : tree.items) json.push_back(value(item, *type.element));
      return json;
    }
    default: return tree.kind == Tree::Kind::scalar ? Json(tree.scalar) : guess(tree);
  }
}

Json record(const Tree& tree, const Record& record) {
  Json json = Json::object();
  for (const Tree::Entry& entry : tree.entries) {
    const Field* field = find_field(record, entry.key);
    append(json, entry.key, field ? value(entry.value, field->type) : guess(entry.value));
  }
  return json;
}

}  // namespace

std::string to_json(const Tree& tree, const Record& of) { return record(tree, of).dump(2) + "\n"; }

}  // namespace sojourn::models
