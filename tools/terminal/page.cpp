#include "tools/terminal/page.h"

#include "models/text/utf8.h"
#include "tools/terminal/number_words.h"
#include "tools/terminal/text.h"

#include <algorithm>
#include <cmath>

namespace sojourn::tools {

std::string heading(const Look& look, std::string_view title, std::string_view how_to_read) {
  std::string text = "\n" + painted(look, Tone::strong, models::printable(title));
  if (!how_to_read.empty()) text += painted(look, Tone::dim, how_to_read);
  return text;
}

std::string painted(const Look& look, Tone tone, std::string_view text, std::size_t indent) {
  std::string block;
  for (std::string line : wrap(text, look.width > indent ? look.width - indent : 1)) {
    while (line.ends_with(' ')) line.pop_back();
    block += std::string(indent, ' ') + look.paint(tone, line) + "\n";
  }
  return block;
}

std::string label_of(const models::Named& named) { return named.label.empty() ? named.id : named.label; }

std::string spoken(const Look& look, std::string_view sentence) {
  std::string text = models::printable(sentence);
  if (look.utf8) return text;
  constexpr std::string_view minus = "\u2212";
  for (std::size_t at = text.find(minus); at != std::string::npos; at = text.find(minus, at)) {
    text.replace(at, minus.size(), "-");
  }
  return text;
}

std::string controls_in_words(const std::vector<std::string>& controls, std::vector<double> ratios, const Look& look) {
  std::erase_if(ratios, [](double ratio) { return !std::isfinite(ratio); });
  if (controls.empty() || ratios.empty()) return "";
  const auto [least, most] = std::minmax_element(ratios.begin(), ratios.end());
  constexpr double to_speak_of = 1.05;
  if (*most < to_speak_of) return "";
  std::string list;
  for (const std::string& control : controls) {
    std::string words = control;
    if (control == "personas") words = look.say("how many are of each persona");
    if (control == "start") words = look.say("where they start");
    if (control == "expectation") words = look.say("what they expect at first");
    if (control == "elapsed_hours") words = look.say("time");
    if (control == "visits") words = look.say("visits");
    if (control == "success") words = look.say("success");
    const bool last = &control == &controls.back();
    list += (list.empty() ? std::string() : (last ? look.say(" and ") : std::string(", "))) + words;
  }
  const auto times = [&](double ratio) { return decimal(std::max(1.0, ratio), ratio < 9.95 ? 1 : 0, look); };
  const std::string range =
      times(*least) == times(*most) ? times(*most) : look.say("{0} to {1}", {times(*least), times(*most)});
  return look.say(
      "Sharper by what is known beforehand ({0}): as if {1} times as many customers had travelled. --plain "
      "leaves it out.",
      {list, range});
}

std::string next_step(const Look& look, std::string_view command, std::string_view what_for) {
  return "  " + models::printable(command) + "\n" + painted(look, Tone::dim, what_for, 4);
}

}  // namespace sojourn::tools
