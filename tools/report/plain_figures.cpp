#include "tools/report/plain_figures.h"

#include "models/text/utf8.h"
#include "tools/report/html.h"
#include "tools/terminal/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace sojourn::tools {
namespace {

/// A figure's estimate and the ends of its interval, those that hold for all scenarios together where there are such.
struct Effect {
  std::string name;
  bool whole = false;
  double estimate = 0, lo = 0, hi = 0;
};

void add_effect(const std::string& name, bool whole, const Json& figure, std::vector<Effect>& to) {
  if (!figure.is_array() || !figure.at(0).is_number()) return;
  const bool together = figure.size() > 5 && figure.at(4).is_number() && figure.at(5).is_number();
  const auto number = [&](std::size_t i) {
    return figure.at(i).is_number() ? figure.at(i).get<double>() : figure.at(0).get<double>();
  };
  to.push_back({name, whole, number(0), number(together ? 4 : 1), number(together ? 5 : 2)});
}

/// A label as it fits beside a figure.
std::string label(const std::string& text) { return html_text(cut(models::printable(text), 44, "\u2026")); }

std::string opened(double width, double height, const std::string& name) {
  return fmt::format(
      "<svg role=\"img\" aria-label=\"{}\" width=\"{:.0f}\" height=\"{:.0f}\" viewBox=\"0 0 {:.0f} {:.0f}\">", name,
      width, height, width, height);
}

}  // namespace

std::string plain_forest(const std::vector<const Json*>& scenarios, const Json& names, const PageWords& say) {
  std::vector<Effect> effects;
  for (const Json* scenario : scenarios) {
    add_effect((*scenario).at("scenario").value("title", ""), true, (*scenario).at("difference").at("nps"), effects);
    for (const auto& [id, persona] : (*scenario).at("personas").items()) {
      add_effect(names.at("personas").contains(id) ? names.at("personas").at(id).value("label", id) : id, false,
                 persona.at("nps"), effects);
    }
  }
  if (effects.empty()) return "";
  double low = 0, high = 0;
  for (const Effect& one : effects) {
    low = std::min({low, one.lo, one.estimate});
    high = std::max({high, one.hi, one.estimate});
  }
  if (high - low < 1) high = low + 1;
  constexpr double left = 330, width = 400, row = 22;
  const auto x = [&](double value) { return left + width * (value - low) / (high - low); };
  const double height = row * static_cast<double>(effects.size()) + 8;
  std::string svg = opened(left + width + 90, height, say("forest_name"));
  auto out = std::back_inserter(svg);
  fmt::format_to(out, "<line class=\"ax0\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"0\" y2=\"{1:.0f}\"/>", x(0), height);
  for (std::size_t i = 0; i < effects.size(); ++i) {
    const Effect& one = effects[i];
    const double y = row * static_cast<double>(i) + 14;
    const char* kind = one.lo > 0 ? "good" : one.hi < 0 ? "bad" : "unclear";
    fmt::format_to(out, "<text class=\"e{}\" x=\"{:.0f}\" y=\"{:.0f}\">{}</text>", one.whole ? " b" : " m", left - 14,
                   y + 4, label(one.name));
    fmt::format_to(
        out,
        "<g class=\"effect {}\"><line class=\"whisker\" x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.0f}\" y2=\"{:.0f}\"/>"
        "<circle class=\"dot{}\" cx=\"{:.1f}\" cy=\"{:.0f}\" r=\"4\"/></g>",
        kind, x(one.lo), x(one.hi), y, y, one.whole ? "" : " hollow", x(one.estimate), y);
    fmt::format_to(out, "<text x=\"{:.0f}\" y=\"{:.0f}\">{}</text>", left + width + 14, y + 4,
                   say.signed_decimal(one.estimate, 1));
  }
  return svg + "</svg>\n";
}

std::string plain_histogram(const Json& shares, const PageWords& say) {
  double most = 0.01;
  for (const Json& share : shares) most = std::max(most, share.is_number() ? share.get<double>() : 0.0);
  constexpr double step = 46, tall = 110;
  std::string svg = opened(step * 11, tall + 40, say("scores_name"));
  auto out = std::back_inserter(svg);
  for (std::size_t k = 0; k < shares.size(); ++k) {
    const double share = shares.at(k).is_number() ? shares.at(k).get<double>() : 0;
    const double height = tall * share / most;
    const double middle = step * (static_cast<double>(k) + 0.5);
    fmt::format_to(out, "<rect class=\"bar\" x=\"{:.0f}\" y=\"{:.1f}\" width=\"{:.0f}\" height=\"{:.1f}\"/>",
                   middle - 20, tall + 18 - height, 40.0, height);
    fmt::format_to(out, "<text class=\"c s\" x=\"{:.0f}\" y=\"{:.1f}\">{}</text>", middle, tall + 13 - height,
                   say.percent(shares.at(k)));
    fmt::format_to(out, "<text class=\"c m\" x=\"{:.0f}\" y=\"{:.0f}\">{}</text>", middle, tall + 34, k);
  }
  return svg + "</svg>\n";
}

}  // namespace sojourn::tools
