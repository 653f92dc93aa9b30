#include "models/calibrate/joined_questions.h"

#include <algorithm>
#include <optional>
#include <set>

namespace sojourn::models {
namespace {

constexpr std::size_t kMostPaths =
    100;  // at one place, in their order, and as many by their touchpoints: sums are kept for each
constexpr std::uint32_t kEverybody = kNotSaid;  // a class that holds all

/// A respondent's place, and the path to it.
struct KnownPath {
  std::size_t place = 0;
  VisitedNodes nodes;
};

class Joiner {
 public:
  Joiner(const Answers& answers, Bank bank, const Journey& journey, const Atlas& atlas, const JourneyTables& tables)
      : answers_(answers),
        bank_(std::move(bank)),
        journey_(journey),
        atlas_(atlas),
        tables_(tables),
        plain_(journey, atlas, tables) {}

  JoinedQuestions run(const Answers* held_out) {
    paths_ = known_paths(answers_, &to_.join);
    propose();
    drop_unused();
    tell_apart(bank_, places_);
    count_agents();
    SurveyAsker asker(journey_, atlas_, tables_, places_);
    ask(asker, answers_, paths_, to_.cell_of_respondent, &to_.join);
    for (const AnswerCell& one : answers_.cells) {
      asker.questions().cell_of.push_back(asker.cell(one.persona, one.touchpoint));
    }
    if (held_out) {
      ask(asker, *held_out, known_paths(*held_out, nullptr), to_.cell_of_held_out, nullptr);
      for (const AnswerCell& one : held_out->cells)
        asker.questions().cell_of.push_back(asker.cell(one.persona, one.touchpoint));
    }
    to_.questions = std::move(asker.questions());
    to_.places = std::move(places_);
    return std::move(to_);
  }

 private:
  using KnownPaths = std::vector<std::optional<KnownPath>>;  // [respondent]

  KnownPaths known_paths(const Answers& answers, Join* join) const {
    KnownPaths list;
    for (const Respondent& one : answers.respondents) {
      std::optional<KnownPath>& to = list.emplace_back();
      if (one.of_case == kNotSaid || answers.paths.empty() || !(one.weight > 0)) continue;
      const std::vector<std::uint32_t>& path = answers.paths[one.of_case];
      if (path.empty()) {
        if (join) ++join->not_in_log;
        continue;
      }
      // As far as the last visit of the touchpoint asked about.
      auto last = path.end();
      if (one.touchpoint != kNotSaid) {
        while (last != path.begin() && *(last - 1) != one.touchpoint) --last;
      }
      if (last == path.begin()) {
        if (join) ++join->not_there;
        continue;
      }
      to.emplace();
      to->place = plain_.place_of(one.touchpoint);
      for (auto at = path.begin(); at != last; ++at)
        to->nodes.push_back(static_cast<std::uint32_t>(plain_.place_of(*at)));
    }
    return list;
  }

  /// The most frequent first, equals in their order, so many of them.
  static std::vector<VisitedNodes> most_frequent(const std::map<VisitedNodes, std::size_t>& counts) {
    std::vector<std::pair<std::size_t, VisitedNodes>> list;
    for (const auto& [path, count] : counts) list.emplace_back(count, path);
    std::ranges::stable_sort(list, [](const auto& a, const auto& b) { return a.first > b.first; });
    if (list.size() > kMostPaths) list.resize(kMostPaths);
    std::vector<VisitedNodes> paths;
    for (auto& [count, path] : list) paths.push_back(std::move(path));
    return paths;
  }

  /// Numbers at each place first the paths, then what is met.
  static void number(PathClasses& to, const std::vector<VisitedNodes>& paths, const std::vector<VisitedNodes>& met) {
    to = PathClasses();
    for (const VisitedNodes& one : paths) to.paths[one] = to.count++;
    for (const VisitedNodes& one : met) to.met[one] = to.count++;
  }

  void propose() {
    places_.assign(atlas_.touchpoints.size() + 1, {});
    std::vector<std::map<VisitedNodes, std::size_t>> paths(places_.size()), met(places_.size());
    for (const std::optional<KnownPath>& one : paths_) {
      if (!one) continue;
      ++paths[one->place][one->nodes];
      ++met[one->place][met_on(one->nodes)];
    }
    for (std::size_t place = 0; place < places_.size(); ++place)
      number(places_[place], most_frequent(paths[place]), most_frequent(met[place]));
    tell_apart(bank_, places_);
    count_agents();
  }

  /// [group][place][class] journeys, one for each time that they can have answered there.
  void count_agents() {
    agents_.assign(atlas_.personas.size(), {});
    for (auto& group : agents_) {
      for (const PathClasses& place : places_) group.emplace_back(place.count, 0.0);
    }
    for (const BankJourney& journey : bank_.journeys) {
      auto& group = agents_[journey.group];
      group.back()[journey.path_class] += 1;
      for (std::uint32_t k = journey.first; k < journey.first + journey.count; ++k)
        group[bank_.visits[k].node][bank_.visits[k].path_class] += 1;
    }
  }

  /// [class] the class that it belongs to, where too few of a persona have it: what is met, else the rest, else everybody.
  std::vector<std::uint32_t> merged(std::uint32_t persona, std::size_t place) const {
    const PathClasses& classes = places_[place];
    std::vector<double> agents(classes.count, 0.0);
    for (const auto& [group, share] : plain_.groups_of(persona)) {
      for (std::uint32_t c = 0; c < classes.count; ++c) agents[c] += agents_[group][place][c];
    }
    std::vector<std::uint32_t> to(classes.count);
    for (std::uint32_t c = 0; c < classes.count; ++c) to[c] = c;
    const auto join_if_few = [&](std::uint32_t c, std::uint32_t larger) {
      if (agents[c] >= kLeastOnPath) return;
      to[c] = larger;
      if (larger != kEverybody) agents[larger] += agents[c];
    };
    for (const auto& [path, c] : classes.paths) {
      const auto met = classes.met.find(met_on(path));
      join_if_few(c, met == classes.met.end() ? 0 : met->second);
    }
    for (const auto& [met, c] : classes.met) join_if_few(c, 0);
    join_if_few(0, kEverybody);
    for (std::uint32_t& one : to) {
      while (one != kEverybody && to[one] != one) one = to[one];
    }
    return to;
  }

  /// Only what some respondents are held against stays a class.
  void drop_unused() {
    std::vector<std::set<std::uint32_t>> used(places_.size());
    for (std::size_t i = 0; i < paths_.size(); ++i) {
      if (!paths_[i]) continue;
      const std::size_t place = paths_[i]->place;
      const std::uint32_t c = of_persona(answers_.respondents[i].persona, place)[places_[place].of(paths_[i]->nodes)];
      if (c != kEverybody) used[place].insert(c);
    }
    for (std::size_t place = 0; place < places_.size(); ++place) {
      std::vector<VisitedNodes> paths, met;
      for (const auto& [path, c] : places_[place].paths) {
        if (used[place].contains(c)) paths.push_back(path);
      }
      for (const auto& [nodes, c] : places_[place].met) {
        if (used[place].contains(c)) met.push_back(nodes);
      }
      number(places_[place], paths, met);
    }
    merged_.clear();
  }

  const std::vector<std::uint32_t>& of_persona(std::uint32_t persona, std::size_t place) {
    const auto [known, is_new] = merged_.try_emplace({persona, place});
    if (is_new) known->second = merged(persona, place);
    return known->second;
  }

  void ask(SurveyAsker& asker, const Answers& answers, const KnownPaths& paths, std::vector<std::uint32_t>& cells,
           Join* join) {
    for (std::size_t i = 0; i < paths.size(); ++i) {
      const Respondent& one = answers.respondents[i];
      if (!(one.weight > 0)) {
        cells.push_back(0);  // whatever is asked there: it weighs nothing, and asks for no journeys
        continue;
      }
      if (!paths[i]) {
        cells.push_back(asker.cell(one.persona, one.touchpoint));
        continue;
      }
      const PathClasses& place = places_[paths[i]->place];
      const std::vector<std::uint32_t>& merged_to = of_persona(one.persona, paths[i]->place);
      const std::uint32_t own = merged_to[place.of(paths[i]->nodes)];
      if (join) ++counter(*join, place, own);
      if (own == kEverybody) {
        cells.push_back(asker.cell(one.persona, one.touchpoint));
        continue;
      }
      std::vector<std::uint32_t> classes;
      for (std::uint32_t c = 0; c < merged_to.size(); ++c) {
        if (merged_to[c] == own) classes.push_back(c);
      }
      cells.push_back(asker.cell(one.persona, one.touchpoint, classes));
    }
  }

  static std::uint64_t& counter(Join& join, const PathClasses& place, std::uint32_t own) {
    if (own == kEverybody) return join.everybody;
    if (own == 0) return join.others;
    return own <= place.paths.size() ? join.on_path : join.met;
  }

  const Answers& answers_;
  Bank bank_;
  const Journey& journey_;
  const Atlas& atlas_;
  const JourneyTables& tables_;
  SurveyAsker plain_;  // knows who is who
  KnownPaths paths_;
  PathPlaces places_;
  std::vector<std::vector<std::vector<double>>> agents_;
  std::map<std::pair<std::uint32_t, std::size_t>, std::vector<std::uint32_t>> merged_;  // [persona, place][class]
  JoinedQuestions to_;
};

}  // namespace

JoinedQuestions join_paths(const Answers& answers, const Answers* held_out, Bank bank, const Journey& journey,
                           const Atlas& atlas, const JourneyTables& tables) {
  return Joiner(answers, std::move(bank), journey, atlas, tables).run(held_out);
}

}  // namespace sojourn::models
