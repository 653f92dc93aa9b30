#include "tools/report/words.h"

#include "tools/report/embedded.h"
#include "tools/report/html.h"
#include "tools/terminal/number_words.h"

namespace sojourn::tools {

PageWords::PageWords(const std::string& language, std::string_view part)
    : words_(Json::parse(page_words(language))), german_(language == "de") {
  for (const PagePanels& panels : page_panels()) {
    if (panels.part == part) words_.update(Json::parse(german_ ? panels.german : panels.english));
  }
}

std::string PageWords::operator()(const std::string& key,
                                  std::initializer_list<std::pair<std::string, std::string>> given) const {
  const std::string text = html_text(words_.at(key).get<std::string>());
  std::string filled;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t end = text[i] == '{' ? text.find('}', i) : std::string::npos;
    const std::string name = end == std::string::npos ? "" : text.substr(i + 1, end - i - 1);
    bool found = false;
    for (const auto& [slot, value] : given) {
      if (slot != name) continue;
      filled += value;
      found = true;
    }
    if (found) {
      i = end;
    } else {
      filled += text[i];
    }
  }
  return filled;
}

std::string PageWords::localised(std::string english) const {
  if (!german_) return english;
  for (char& c : english) {
    if (c == '.') {
      c = ',';
    } else if (c == ',') {
      c = '.';
    }
  }
  return english;
}

std::string PageWords::decimal(const Json& value, int decimals) const {
  const Look look;
  if (!value.is_number()) return std::string(look.none());
  return localised(tools::decimal(value.get<double>(), decimals, look));
}

std::string PageWords::signed_decimal(const Json& value, int decimals) const {
  const Look look;
  if (!value.is_number()) return std::string(look.none());
  return localised(tools::signed_decimal(value.get<double>(), decimals, look));
}

std::string PageWords::percent(const Json& share) const {
  const Look look;
  if (!share.is_number()) return std::string(look.none());
  return html_text(localised(tools::percent(share.get<double>(), look)));
}

std::string PageWords::whole(std::uint64_t value) const { return localised(tools::whole(value, Look{})); }

std::string PageWords::interval(const Json& figure, int decimals, bool with_sign) const {
  if (!figure.is_array()) return std::string(Look().none());
  const bool together = figure.size() > 5 && figure.at(4).is_number() && figure.at(5).is_number();
  const auto text = [&](const Json& end) { return with_sign ? signed_decimal(end, decimals) : decimal(end, decimals); };
  return (*this)("interval", {{"lo", text(figure.at(together ? 4 : 1))}, {"hi", text(figure.at(together ? 5 : 2))}});
}

}  // namespace sojourn::tools
