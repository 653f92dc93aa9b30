#include "models/calibrate/questions.h"

#include <map>

namespace sojourn::models {
namespace {

class Asker {
 public:
  Asker(const Journey& journey, const Atlas& atlas, const JourneyTables& tables, SurveyQuestions& to)
      : journey_(journey), atlas_(atlas), to_(to) {
    to_.sites.resize(atlas.personas.size());
    for (AnswerSites& sites : to_.sites) sites.after.assign(atlas.touchpoints.size(), kNoSite);
    shares_.assign(atlas.personas.size(), 0.0);
    double below = 0;
    for (const auto& [cumulated, group] : tables.shares) {
      shares_[group] = cumulated - below;
      below = cumulated;
    }
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

}  // namespace sojourn::models
