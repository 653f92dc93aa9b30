#include "models/calibrate/questions.h"

#include "models/text/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

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

class Asker {
 public:
  Asker(const Journey& journey, const Atlas& atlas, const JourneyTables& tables, SurveyQuestions& to)
      : journey_(journey), atlas_(atlas), to_(to) {
    to_.sites.resize(atlas.personas.size());
    for (AnswerSites& sites : to_.sites) sites.after.assign(atlas.touchpoints.size(), kNoSite);
    shares_ = shares_of(atlas, tables);
  }

  std::uint32_t cell(const AnswerCell& asked) {
    const auto [known, is_new] =
        cells_.try_emplace({asked.persona, asked.touchpoint}, static_cast<std::uint32_t>(to_.cells.size()));
    if (is_new) {
      LikelihoodCell& cell = to_.cells.emplace_back();
      for (std::uint32_t group = 0; group < shares_.size(); ++group) {
        const bool is_theirs =
            asked.persona == kNotSaid || atlas_.personas.index(journey_.personas[asked.persona].id) == group;
        if (is_theirs && (shares_[group] > 0 || asked.persona != kNotSaid)) {
          cell.parts.push_back({site(group, asked.touchpoint), asked.persona == kNotSaid ? shares_[group] : 1});
        }
      }
    }
    for (std::size_t k = 0; k < kAnswers; ++k) to_.cells[known->second].count[k] += asked.count[k];
    return known->second;
  }

 private:
  std::uint32_t site(std::uint32_t group, std::uint32_t touchpoint) {
    AnswerSites& sites = to_.sites[group];
    std::uint32_t& at =
        touchpoint == kNotSaid ? sites.end : sites.after[atlas_.touchpoints.index(journey_.touchpoints[touchpoint].id)];
    if (at == kNoSite) at = static_cast<std::uint32_t>(to_.site_count++);
    return at;
  }

  const Journey& journey_;
  const Atlas& atlas_;
  SurveyQuestions& to_;
  std::vector<double> shares_;  // [group]
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> cells_;
};

}  // namespace

SurveyQuestions questions_of(std::span<const AnswerCell> cells, const Journey& journey, const Atlas& atlas,
                             const JourneyTables& tables) {
  SurveyQuestions to;
  Asker asker(journey, atlas, tables, to);
  for (const AnswerCell& one : cells) to.cell_of.push_back(asker.cell(one));
  return to;
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
