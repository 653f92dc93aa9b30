#include "tools/report/figure_json.h"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <cmath>

namespace sojourn::tools {

Json short_number(double value) {
  if (!std::isfinite(value)) return nullptr;
  std::array<char, 32> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 5);
  double rounded = 0;
  std::from_chars(text.data(), written.ptr, rounded);
  return rounded;
}

Json short_figure(const models::Figure& figure) {
  if (!std::isfinite(figure.estimate)) return nullptr;
  return Json::array({short_number(figure.estimate), short_number(figure.lo), short_number(figure.hi)});
}

}  // namespace sojourn::tools
