#pragma once
// Forecasts without a journey, which a calibrated journey has to beat.

#include "models/survey/answers.h"
#include "models/survey/forecast_scores.h"

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace sojourn::models {

/// Histograms of training answers. To each question (a touchpoint, or the whole journey) with half an answer more of each kind
/// (Krichevsky & Trofimov 1981). Those of a persona to it are drawn towards that, those of a persona in a period towards the persona's:
/// (n + c p) / (N + c), with the c under which the histograms of that kind are likeliest.
class Baselines {
 public:
  /// Cells as models/survey/answers.h makes them, with periods in the order of time.
  explicit Baselines(std::span<const AnswerCell> training);

  ScoreOdds uniform() const;
  /// Of all who were asked the same; of all answers where nobody was.
  ScoreOdds marginal(std::uint32_t touchpoint) const;
  /// Of the persona.
  ScoreOdds segment(std::uint32_t persona, std::uint32_t touchpoint) const;
  /// Of the persona in the latest period before this one in which it answered; nothing where there is none.
  std::optional<ScoreOdds> persistence(std::uint32_t persona, std::uint32_t touchpoint, std::uint32_t period) const;

 private:
  using Segment = std::pair<std::uint32_t, std::uint32_t>;  // touchpoint, persona
  using Counts = std::array<double, 11>;
  Counts all_{};
  std::map<std::uint32_t, Counts> questions_;
  std::map<Segment, Counts> segments_;
  std::map<Segment, std::map<std::uint32_t, Counts>> periods_;
  double segment_pull_ = 0, period_pull_ = 0;  // c, in answers
};

/// The c > 0 under which counts that were drawn from shares that vary around `centre` as Dirichlet(c centre) are likeliest (Minka 2000,
/// eq. 1 to 6), from 0.1 to 10^6, which stands for no variation that can be seen. Centres are positive.
double likeliest_concentration(std::span<const std::pair<std::array<double, 11>, ScoreOdds>> counts_and_centres);

}  // namespace sojourn::models
