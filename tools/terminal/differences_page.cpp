#include "tools/terminal/differences_page.h"

#include "models/change/differences.h"
#include "models/text/utf8.h"
#include "tools/terminal/page.h"
#include "tools/terminal/text.h"

#include <algorithm>
#include <map>
#include <vector>

namespace sojourn::tools {
namespace {

using namespace models;

struct Listed {
  Difference difference;
  std::vector<std::string> who;  // personas' ids
};

std::vector<std::string> personas_of(const Case& one) {
  std::vector<std::string> ids;
  for (const Persona& persona : one.views.views.front().personas) ids.push_back(persona.id);
  return ids;
}

/// Whose view of the base stands beside a persona's: its own, or for one that a scenario adds, the first.
std::size_t view_in(const Case& one, const std::string& id) {
  const std::vector<std::string> ids = personas_of(one);
  const auto found = std::find(ids.begin(), ids.end(), id);
  return found == ids.end() ? 0 : one.views.view_of_persona[static_cast<std::size_t>(found - ids.begin())];
}

std::vector<Listed> collect(const Case& base, const Case& changed, const std::vector<std::string>& personas) {
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::string>> pairs;  // (view of base, of changed) -> who
  for (const std::string& id : personas) pairs[{view_in(base, id), view_in(changed, id)}].push_back(id);
  std::vector<Listed> list;
  for (const auto& [views, who] : pairs) {
    for (Difference& one : differences(base.trees[views.first], changed.trees[views.second])) {
      const auto same = std::find_if(list.begin(), list.end(), [&](const Listed& other) {
        return other.difference.address == one.address && other.difference.before == one.before &&
               other.difference.after == one.after;
      });
      if (same == list.end()) {
        list.push_back({std::move(one), who});
      } else {
        same->who.insert(same->who.end(), who.begin(), who.end());
      }
    }
  }
  return list;
}

std::string one_line(const Look& look, std::string_view sign, Tone tone, const std::string& value) {
  const std::string text = "  " + std::string(sign) + " " + printable(value);
  return look.paint(tone, cut(text, look.width, look.ellipsis())) + "\n";
}

}  // namespace

std::string differences_page(const Case& base, const Case& changed, const std::string& persona, const Look& look) {
  const std::vector<std::string> everyone = personas_of(changed);
  const std::vector<Listed> list =
      collect(base, changed, persona.empty() ? everyone : std::vector<std::string>{persona});
  std::string page = heading(look, look.say("{0} changes", {changed.title}));
  if (list.empty())
    return page + (persona.empty() ? look.say("  nothing for anyone\n")
                                   : look.say("  nothing for {0}\n", {printable(persona)}));
  for (const Listed& one : list) {
    std::string who;
    if (persona.empty() && one.who.size() < everyone.size()) {
      for (const std::string& id : one.who) who += (who.empty() ? look.say("  for ") : std::string(", ")) + id;
    }
    page += printable(one.difference.address) + look.paint(Tone::dim, who) + "\n";
    if (!one.difference.before.empty()) page += one_line(look, "-", Tone::dim, one.difference.before);
    if (!one.difference.after.empty()) page += one_line(look, "+", Tone::strong, one.difference.after);
  }
  return page;
}

}  // namespace sojourn::tools
