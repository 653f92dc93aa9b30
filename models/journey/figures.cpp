#include "models/journey/figures.h"

#include "models/journey/values.h"
#include "models/text/suggest.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <limits>
#include <span>
#include <vector>

namespace sojourn::models {
namespace {

constexpr double endless = std::numeric_limits<double>::infinity();

/// A figure, or a group of them: `group` says what its next part names.
struct Entry {
  std::string_view name;
  FigureRange figure = {0, 0};
  std::string_view group = {};
};

constexpr FigureRange share{0, 1};
constexpr FigureRange points{0, 10};
constexpr FigureRange amount{0, endless};
constexpr FigureRange money{-endless, endless};

constexpr Entry overall[] = {{"nps", {-100, 100}},
                             {"promoters", share},
                             {"passives", share},
                             {"detractors", share},
                             {"score", points},
                             {"satisfaction", points},
                             {"satisfaction_sd", points},
                             {"satisfied", share},
                             {"success", share},
                             {"abandoned", share},
                             {"truncated", share},
                             {"visits", amount},
                             {"elapsed_hours", amount},
                             {"elapsed_hours_sd", amount},
                             {"elapsed_hours_p50", amount},
                             {"elapsed_hours_p90", amount},
                             {"effort", amount},
                             {"cost", money},
                             {"value", money},
                             {"net", money},
                             {"outcomes", share, "outcomes"},
                             {"goals", share, "goals"},
                             {"pains", amount, "pains of people"},
                             {"personas", {}, "personas"},
                             {"touchpoints", {}, "touchpoints"}};

constexpr Entry touchpoint[] = {{"visits", amount},         {"reach", share},
                                {"experience", points},     {"expectation", money},
                                {"disconfirmation", money}, {"satisfaction", points},
                                {"mood", points},           {"given_up", share},
                                {"duration_hours", amount}, {"drop_off", share},
                                {"pain_loss", points},      {"pains", share, "pains"},
                                {"flow", amount, "nodes"},  {"channels", {}, "channels"}};

constexpr Entry pain_of_people[] = {{"met", amount}, {"open", share}};

class Search {
 public:
  Search(const Tree& journey, std::string_view target, Lookup& lookup, NoFigure& problem)
      : journey_(journey), target_(target), rest_(target), lookup_(lookup), problem_(problem) {}

  FigureRange run() { return among(overall, Depth::all); }

 private:
  enum class Depth { all, persona, channel };

  std::string_view next() {
    const std::size_t point = rest_.find('.');
    const std::string_view part = rest_.substr(0, point);
    rest_ = point == std::string_view::npos ? std::string_view{} : rest_.substr(point + 1);
    return part;
  }

  FigureRange fail(std::string what, std::string suggestion) {
    problem_ = {std::move(what), std::move(suggestion)};
    return {};
  }

  static bool left_out(const Entry& entry, Depth depth) {
    return (depth == Depth::persona && entry.name == "personas") ||
           (depth == Depth::channel && entry.name == "channels");
  }

  FigureRange among(std::span<const Entry> entries, Depth depth) {
    const std::string_view part = next();
    std::vector<std::string_view> names;
    for (const Entry& entry : entries) {
      if (left_out(entry, depth)) continue;
      if (entry.name == part) return entry.group.empty() ? whole(entry.figure) : group(entry, depth);
      names.push_back(entry.name);
    }
    std::string suggestion = did_you_mean(part, names);
    return fail("no figure is called " + quoted(target_),
                suggestion.empty() ? "There are " + listed(names) : suggestion);
  }

  FigureRange whole(FigureRange figure) {
    if (!rest_.empty()) return fail("no figure is called " + quoted(target_), "");
    return figure;
  }

  FigureRange group(const Entry& entry, Depth depth) {
    if (rest_.empty())
      return fail(quoted(target_) + " names no single figure", "Write what of it is meant after a point");
    const std::string_view id = next();
    if (!names(entry, id)) {
      return fail(quoted(target_) + " names " + quoted(id) + ", which is not among the " +
                      std::string(entry.group == "nodes" ? "touchpoints and outcomes" : entry.name),
                  did_you_mean(id, candidates(entry)));
    }
    if (entry.group == "personas") return among(overall, Depth::persona);
    if (entry.group == "pains of people") return among(pain_of_people, depth);
    if (entry.group == "channels") return among(touchpoint, Depth::channel);
    if (entry.group == "touchpoints") {
      touchpoint_ = lookup_.find(*journey_.find("touchpoints"), id);
      return among(touchpoint, depth);
    }
    return whole(entry.figure);
  }

  /// The maps whose keys an entry's next part may be.
  std::vector<const Tree*> maps(const Entry& entry) const {
    if (entry.group == "channels") return {touchpoint_ ? touchpoint_->find("channels") : nullptr};
    if (entry.group == "nodes") return {journey_.find("touchpoints"), journey_.find("outcomes")};
    return {journey_.find(entry.name)};
  }

  bool names(const Entry& entry, std::string_view id) {
    if (id == "abandoned" && (entry.group == "nodes" || entry.group == "outcomes")) return true;
    for (const Tree* map : maps(entry)) {
      if (map && lookup_.find(*map, id)) return true;
    }
    return false;
  }

  std::vector<std::string_view> candidates(const Entry& entry) const {
    std::vector<std::string_view> ids;
    for (const Tree* map : maps(entry)) {
      if (!map || map->entries.size() > 500) continue;  // not worth its time
      for (const Tree::Entry& one : map->entries) ids.push_back(one.key);
    }
    return ids;
  }

  const Tree& journey_;
  std::string_view target_;
  std::string_view rest_;
  const Tree* touchpoint_ = nullptr;
  Lookup& lookup_;
  NoFigure& problem_;
};

}  // namespace

FigureRange find_figure(const Tree& journey, std::string_view target, Lookup& lookup, NoFigure& problem) {
  return Search(journey, target, lookup, problem).run();
}

}  // namespace sojourn::models
