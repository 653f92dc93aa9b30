#include "models/calibrate/questions.h"

#include "models/text/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

namespace sojourn::models {
namespace {

/// [group]; 0 for those who do not travel.
std::vector<double> shares_of(const Atlas& atlas, const JourneyTables& tables) {
  std::vector<double> shares(atlas.personas.size(), 0.0);
  double below = 0;
  for (const auto& [cumulated, group] : tables.shares) {
    shares[group] = cumulated - below;
    below = cumulated;
  }
  return shares;
}

}  // namespace

SurveyAsker::SurveyAsker(const Journey& journey, const Atlas& atlas, const JourneyTables& tables, PathPlaces places)
    : journey_(journey), atlas_(atlas), places_(std::move(places)), shares_(shares_of(atlas, tables)) {
  to_.sites.resize(atlas.personas.size());
  for (AnswerSites& sites : to_.sites) sites.after.assign(atlas.touchpoints.size(), kNoSite);
}

std::vector<std::pair<std::uint32_t, double>> SurveyAsker::groups_of(std::uint32_t persona) const {
  if (persona != kNotSaid) return {{atlas_.personas.index(journey_.personas[persona].id), 1}};
  std::vector<std::pair<std::uint32_t, double>> groups;
  for (std::uint32_t group = 0; group < shares_.size(); ++group) {
    if (shares_[group] > 0) groups.emplace_back(group, shares_[group]);
  }
  return groups;
}

std::size_t SurveyAsker::place_of(std::uint32_t touchpoint) const {
  return touchpoint == kNotSaid ? atlas_.touchpoints.size()
                                : atlas_.touchpoints.index(journey_.touchpoints[touchpoint].id);
}

std::uint32_t SurveyAsker::class_count(std::uint32_t touchpoint) const {
  return places_.empty() ? 1 : places_[place_of(touchpoint)].count;
}

std::uint32_t SurveyAsker::first_site(std::uint32_t group, std::uint32_t touchpoint) {
  AnswerSites& sites = to_.sites[group];
  std::uint32_t& at = touchpoint == kNotSaid ? sites.end : sites.after[place_of(touchpoint)];
  if (at == kNoSite) {
    at = static_cast<std::uint32_t>(to_.site_count);
    to_.site_count += class_count(touchpoint);
  }
  return at;
}

std::uint32_t SurveyAsker::cell(std::uint32_t persona, std::uint32_t touchpoint,
                                const std::vector<std::uint32_t>& classes) {
  const auto [known, is_new] =
      cells_.try_emplace({persona, touchpoint, classes}, static_cast<std::uint32_t>(to_.cells.size()));
  if (is_new) {
    LikelihoodCell& cell = to_.cells.emplace_back();
    for (const auto& [group, share] : groups_of(persona)) {
      const std::uint32_t first = first_site(group, touchpoint);
      for (const std::uint32_t one : classes) cell.parts.push_back({first + one, share});
    }
  }
  return known->second;
}

std::uint32_t SurveyAsker::cell(std::uint32_t persona, std::uint32_t touchpoint) {
  std::vector<std::uint32_t> all(class_count(touchpoint));
  std::iota(all.begin(), all.end(), 0U);
  return cell(persona, touchpoint, all);
}

SurveyQuestions questions_of(std::span<const AnswerCell> cells, const Journey& journey, const Atlas& atlas,
                             const JourneyTables& tables) {
  SurveyAsker asker(journey, atlas, tables);
  SurveyQuestions& to = asker.questions();
  for (const AnswerCell& one : cells) {
    const std::uint32_t cell = asker.cell(one.persona, one.touchpoint);
    for (std::size_t k = 0; k < kAnswers; ++k) to.cells[cell].count[k] += one.count[k];
    to.cell_of.push_back(cell);
  }
  return std::move(to);
}

SurveyQuestions questions_of(std::span<const OwnPath> paths, const Atlas& atlas) {
  SurveyQuestions to;
  to.site_count = paths.size();
  to.sites.resize(atlas.personas.size());
  for (AnswerSites& sites : to.sites) sites.after.assign(atlas.touchpoints.size(), kNoSite);
  double weights = 0;
  double squares = 0;
  for (const OwnPath& path : paths) {
    weights += path.weight;
    squares += path.weight * path.weight;
  }
  const double scale = weights > 0 ? effective_number(weights, squares) / weights : 0;
  for (std::uint32_t i = 0; i < paths.size(); ++i) {
    LikelihoodCell& cell = to.cells.emplace_back();
    cell.parts = {{i, 1}};
    cell.count[static_cast<std::size_t>(paths[i].score)] = paths[i].weight * scale;
  }
  return to;
}

void refuse_if_nobody_comes(const SurveyQuestions& questions, std::span<const double> come, const std::string& none_of,
                            const std::string& remedy, const Atlas& atlas, const JourneyTables& tables,
                            const Mark& journey) {
  const auto cell = std::ranges::find_if(questions.cells, [&](const LikelihoodCell& one) {
    return !one.parts.empty() &&
           std::ranges::none_of(one.parts, [&](const LikelihoodCell::Part& part) { return come[part.site] > 0; });
  });
  if (cell == questions.cells.end()) return;
  const std::uint32_t site = cell->parts.front().site;
  const std::vector<double> shares = shares_of(atlas, tables);
  std::string what = "nobody answers where the survey has answers";
  std::string how = remedy;
  for (std::uint32_t group = 0; group < questions.sites.size(); ++group) {
    const AnswerSites& sites = questions.sites[group];
    const std::string who = quoted(atlas.personas.ids()[group]);
    const auto at = std::ranges::find(sites.after, site);
    if (sites.end != site && at == sites.after.end()) continue;
    if (shares[group] == 0) {
      what = "nobody travels as " + who + ", whose answers the survey has";
      how = "Give the persona a share above 0, or take the rows out of the survey";
    } else if (at != sites.after.end()) {
      const auto node = static_cast<std::size_t>(at - sites.after.begin());
      what = fmt::format("{} of {} comes to {}, where the survey has answers", none_of, who,
                         quoted(atlas.touchpoints.ids()[node]));
    }
  }
  Diagnostics problem;
  problem.error(journey, what, "what they would say there is not known", how);
  throw InputError(std::move(problem));
}

}  // namespace sojourn::models
