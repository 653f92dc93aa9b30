#include "models/schema/json_schema.h"

#include "models/journey/families.h"
#include "models/journey/fields.h"
#include "models/text/number.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace sojourn::models {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view id_pattern = "^[a-z][a-z0-9_-]*$";
constexpr std::string_view number_pattern = "(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?";

std::string duration_pattern() { return "^(\\+?0|\\+?" + std::string(number_pattern) + " *(ms|s|min|h|d|w))$"; }

Json number_json(const std::string& text) {
  const double value = *read_number(text);
  if (std::abs(value) < 9e15 && value == std::trunc(value)) return static_cast<std::int64_t>(value);
  return value;
}

/// A constant default of the table.
Json default_json(std::string_view text) {
  if (text == "{}") return Json::object();
  if (text == "true" || text == "false") return text == "true";
  if (text.starts_with('[')) return Json::parse(text);
  return read_number(text) ? number_json(std::string(text)) : Json(text);
}

/// As the name of a definition: "touchpoint's pain" -> touchpoint_pain.
std::string definition_name(std::string_view name) {
  std::string text;
  for (const char c : name) text += c == ' ' ? '_' : c;
  const std::size_t apostrophe = text.find("'s");
  if (apostrophe != std::string::npos) text.erase(apostrophe, 2);
  return text;
}

class Schema {
 public:
  std::string write(const Record& record) {
    Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                   {"title", "sojourn " + std::string(record.name) + " file, format sojourn/1"}};
    schema.update(object(record));
    schema["definitions"] = definitions_;
    return schema.dump(2) + "\n";
  }

 private:
  Json object(const Record& record) {
    Json json = {{"description", record.description}, {"type", "object"}, {"additionalProperties", false}};
    Json properties = Json::object();
    Json required = Json::array();
    Json choices = Json::array();
    for (const Field& field : record.fields) {
      properties[std::string(field.key)] = property(field);
      if (field.need == Need::required) required.push_back(field.key);
      if (field.need == Need::one_of) choices.push_back({{"required", {field.key}}});
    }
    json["properties"] = std::move(properties);
    if (!required.empty()) json["required"] = std::move(required);
    if (!choices.empty()) json["oneOf"] = std::move(choices);
    if (record.rule == Rule::experience) json["anyOf"] = experience();
    if (record.rule == Rule::change) json["dependencies"] = change_parts(record);
    return json;
  }

  static Json experience() {
    Json in_channels = {{"minProperties", 1}, {"additionalProperties", {{"required", {"experience"}}}}};
    return {{{"required", {"experience"}}},
            {{"required", {"channels"}}, {"properties", {{"channels", std::move(in_channels)}}}}};
  }

  static Json change_parts(const Record& record) {
    Json parts = Json::object();
    for (const auto& [verb, part] : {std::pair("set", "to"), {"scale", "by"}, {"shift", "by"}, {"add", "as"}}) {
      if (find_field(record, verb)) parts[verb] = {part};
    }
    parts["to"] = {"set"};
    if (find_field(record, "as")) parts["as"] = {"add"};
    if (find_field(record, "reroute")) parts["reroute"] = {"remove"};
    return parts;
  }

  Json property(const Field& field) {
    Json json = type(field.type);
    std::string description(field.description);
    if (!field.unit.empty() && field.unit != "time") description += " In " + std::string(field.unit) + ".";
    if (json.contains("$ref")) json = {{"allOf", {std::move(json)}}};  // draft-07 ignores what stands beside $ref
    Json described = {{"description", description}};
    described.update(json);
    if (field.default_from == DefaultFrom::constant && !field.default_text.empty()) {
      described["default"] = default_json(field.default_text);
    }
    return described;
  }

  Json reference(const std::string& name, auto&& make) {
    if (!definitions_.contains(name)) {
      definitions_[name] = nullptr;  // its place, before what it needs itself
      definitions_[name] = make();
    }
    return {{"$ref", "#/definitions/" + name}};
  }

  Json type(const Type& of) {
    switch (of.kind) {
      case Kind::text: return {{"type", {"string", "number", "boolean"}}};  // `label: 2026` is a text here
      case Kind::boolean: return {{"type", "boolean"}};
      case Kind::number: return number(of, "number");
      case Kind::count: return number(of, "integer");
      case Kind::duration: return duration();
      case Kind::distribution: return distribution(of.quantity);
      case Kind::reference: return {{"type", "string"}, {"pattern", id_pattern}};
      case Kind::address: return {{"type", "string"}, {"pattern", "^[^ .*]+(\\.[^ .*]+)*$"}};
      case Kind::path: return {{"type", "string"}, {"minLength", 1}};
      case Kind::format: return {{"enum", {"sojourn/1"}}};
      case Kind::record: return record(of);
      case Kind::map: return map(of);
      case Kind::list: return list(of);
      case Kind::value: return {{"not", {{"type", "null"}}}};
    }
    return Json::object();
  }

  static Json number(const Type& of, std::string_view name) {
    Json json = {{"type", name}};
    const auto bound = [&](std::string_view key, double value) {
      if (std::isfinite(value)) json[std::string(key)] = number_json(shortest(value));
    };
    bound(of.range.above_low ? "exclusiveMinimum" : "minimum", of.range.low);
    bound("maximum", of.range.high);
    return json;
  }

  Json duration() {
    return reference("duration", [] {
      return Json{{"description", "One number and one unit: ms, s, min, h, d (24 h), w (7 d)."},
                  {"anyOf", {{{"type", "string"}, {"pattern", duration_pattern()}}, {{"enum", {0}}}}}};
    });
  }

  Json record(const Type& of) {
    Json whole = reference(definition_name(of.record->name), [&] { return object(*of.record); });
    if (of.short_form != ShortForm::weight) return whole;
    Json several = {{"type", "array"}, {"minItems", 2}, {"items", whole}};
    return {{"anyOf", {type(find_field(*of.record, "weight")->type), std::move(whole), std::move(several)}}};
  }

  Json map(const Type& of) {
    Json json = {{"type", "object"}};
    const bool ids = of.section != Section::address && of.section != Section::figure;
    if (ids) json["propertyNames"] = {{"pattern", id_pattern}};
    json["additionalProperties"] = type(*of.element);
    if (of.least > 0) json["minProperties"] = of.least;
    if (of.short_form != ShortForm::start) return json;
    return {{"anyOf", {{{"type", "string"}, {"pattern", id_pattern}}, std::move(json)}}};
  }

  Json list(const Type& of) {
    Json json = {{"type", "array"}, {"items", type(*of.element)}};
    if (of.least > 0) json["minItems"] = of.least;
    if (of.most < std::numeric_limits<std::size_t>::max()) json["maxItems"] = of.most;
    return json;
  }

  Json distribution(Quantity quantity) {
    switch (quantity) {
      case Quantity::points: return reference("distribution_of_points", [&] { return families(quantity); });
      case Quantity::time: return reference("distribution_of_times", [&] { return families(quantity); });
      default: break;
    }
    // What stands at an address is not known to a schema.
    return reference("distribution", [&] {
      return Json{{"anyOf", {distribution(Quantity::points), distribution(Quantity::time)}}};
    });
  }

  Json families(Quantity quantity) {
    Json of_family = Json::object();
    for (const FamilyForm& form : family_forms()) {
      if (form.family == Distribution::Family::beta && quantity == Quantity::time) continue;
      Json one = form.family == Distribution::Family::discrete ? discrete(quantity) : parameters(form, quantity);
      const std::string name(form.name);
      if (of_family.contains(name)) {
        of_family[name] = {{"anyOf", {of_family[name], std::move(one)}}};
      } else {
        of_family[name] = std::move(one);
      }
    }
    Json map = {{"type", "object"},
                {"minProperties", 1},
                {"maxProperties", 1},
                {"additionalProperties", false},
                {"properties", std::move(of_family)}};
    return {{"description", quantity == Quantity::time ? "A duration, or a distribution of durations."
                                                       : "A number, or a distribution of numbers."},
            {"anyOf", {type(constant_type(quantity)), std::move(map)}}};
  }

  Json parameters(const FamilyForm& form, Quantity quantity) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const Parameter& parameter : form.parameters) {
      properties[std::string(parameter.key)] = type(parameter_type(parameter, quantity));
      required.push_back(parameter.key);
    }
    return {{"type", "object"},
            {"additionalProperties", false},
            {"properties", std::move(properties)},
            {"required", std::move(required)}};
  }

  static Json discrete(Quantity quantity) {
    const std::string pattern =
        quantity == Quantity::time ? duration_pattern() : "^[-+]?" + std::string(number_pattern) + "$";
    return {{"type", "object"},
            {"minProperties", 1},
            {"propertyNames", {{"pattern", pattern}}},
            {"additionalProperties", {{"type", "number"}, {"minimum", 0}}}};
  }

  Json definitions_ = Json::object();
};

}  // namespace

std::string json_schema(const Record& record) { return Schema().write(record); }

}  // namespace sojourn::models
