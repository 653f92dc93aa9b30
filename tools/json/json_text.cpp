#include "tools/json/json_text.h"

#include "models/text/number.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace sojourn::tools {
namespace {

bool is_leaf(const Json& json) {
  return std::none_of(json.begin(), json.end(), [](const Json& child) { return child.is_structured(); });
}

std::string scalar(const Json& json) {
  if (json.is_number_float()) {
    const double value = json.get<double>();
    if (!std::isfinite(value)) return "null";
    return models::shortest(value == 0 ? 0 : value);  // -0 is 0
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void write(const Json& json, std::size_t indent, std::string& text) {
  if (!json.is_structured()) {
    text += scalar(json);
    return;
  }
  const bool object = json.is_object();
  const bool one_line = is_leaf(json);
  const std::string line = one_line ? "" : "\n" + std::string(indent + 2, ' ');
  text += object ? '{' : '[';
  bool first = true;
  for (auto child = json.begin(); child != json.end(); ++child) {
    if (!first) text += one_line ? ", " : ",";
    first = false;
    text += line;
    if (object) text += scalar(Json(child.key())) + ": ";
    write(*child, indent + 2, text);
  }
  if (!one_line) text += "\n" + std::string(indent, ' ');
  text += object ? '}' : ']';
}

}  // namespace

std::string json_text(const Json& json) {
  std::string text;
  write(json, 0, text);
  return text + "\n";
}

}  // namespace sojourn::tools
