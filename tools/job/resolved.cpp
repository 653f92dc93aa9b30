#include "tools/job/resolved.h"

#include "models/change/one_file.h"
#include "models/journey/defaults.h"
#include "models/journey/write.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"
#include "tools/program/errors.h"

#include <algorithm>

namespace sojourn::tools {

using namespace models;

std::vector<View> views_of(const Case& one) {
  std::vector<View> views;
  for (std::size_t i = 0; i < one.trees.size(); ++i) views.push_back({i, {}, 0});
  for (std::size_t p = 0; p < one.views.view_of_persona.size(); ++p) {
    View& view = views[one.views.view_of_persona[p]];
    const Persona& persona = one.views.views[view.index].personas[p];
    view.who.push_back(persona.id);
    view.share += persona.share;
  }
  return views;
}

View view_for(const Case& one, const std::string& persona) {
  const std::vector<View> views = views_of(one);
  if (persona.empty()) {
    return *std::max_element(views.begin(), views.end(),
                             [](const View& a, const View& b) { return a.share < b.share; });
  }
  std::vector<std::string_view> known;
  for (const View& view : views) {
    if (std::find(view.who.begin(), view.who.end(), persona) != view.who.end()) return view;
    known.insert(known.end(), view.who.begin(), view.who.end());
  }
  std::string what = "there is no persona " + quoted(persona);
  const std::string suggestion = did_you_mean(persona, known);
  throw UsageError(what + (suggestion.empty() ? "" : ". " + suggestion));
}

std::string resolved_yaml(const JourneyFile& journey, const Case& one) {
  if (one.scenarios.empty()) return to_yaml(with_defaults(journey.tree));
  if (const auto file = one_file(one)) return to_yaml(*file);
  const std::vector<View> views = views_of(one);
  std::string text;
  for (const View& view : views) {
    std::string who;
    for (const std::string& id : view.who) who += (who.empty() ? "" : ", ") + id;
    text += "--- # as seen by " + who + "\n" + to_yaml(with_defaults(one.trees[view.index]));
  }
  return text;
}

}  // namespace sojourn::tools
