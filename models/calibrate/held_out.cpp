#include "models/calibrate/held_out.h"

#include "engine/base/math.h"
#include "models/survey/baselines.h"
#include "models/survey/rating_model.h"

#include <algorithm>
#include <cmath>

namespace sojourn::models {
namespace {

constexpr double kZ95 = 1.959964;

struct Moments {
  double mean = 0, variance = 0;
};
Moments moments_of(const std::vector<double>& draws) {
  const auto n = static_cast<double>(draws.size());
  Moments to;
  for (const double one : draws) to.mean += one / n;
  for (const double one : draws) to.variance += (one - to.mean) * (one - to.mean) / n;
  return to;
}

/// Of all answers together.
ObservedNps observed_in(std::span<const AnswerCell> cells) {
  std::array<double, 11> counts{};
  for (const AnswerCell& cell : cells) {
    for (std::size_t k = 0; k < counts.size(); ++k) counts[k] += cell.count[k];
  }
  return observed_nps(counts);
}

class Look {
 public:
  Look(std::span<const HeldAnswer> held, const HeldOutForecasts& forecasts) : held_(held), forecasts_(forecasts) {
    for (const HeldAnswer& one : held) {
      scores_.push_back(one.scored);
      weights_ += one.scored.weight;
      squares_ += one.scored.weight * one.scored.weight;
    }
    mean_.assign(held.size(), ScoreOdds{});
    const auto draws = static_cast<double>(forecasts.draws.size());
    for (const std::vector<ScoreOdds>& draw : forecasts.draws) {
      for (std::size_t i = 0; i < held.size(); ++i) {
        const ScoreOdds& odds = draw[held[i].forecast];
        for (std::size_t k = 0; k < odds.size(); ++k) mean_[i][k] += odds[k] / draws;
      }
    }
    to.scores = forecast_scores(mean_, scores_);
  }

  void predicted_nps(const ObservedNps& before) {
    std::vector<double> predicted, shifts;
    for (std::size_t d = 0; d < forecasts_.draws.size(); ++d) {
      predicted.push_back(mean_nps(forecasts_.draws[d]));
      shifts.push_back(predicted[d] - forecasts_.training_nps[d]);
    }
    const double error = to.scores.observed.se * to.scores.observed.se;
    const double half = kZ95 * std::sqrt(moments_of(predicted).variance + error);
    const Moments shift = moments_of(shifts);
    const double shift_half = kZ95 * std::sqrt(shift.variance + error + before.se * before.se);
    to.shift = {shift.mean, shift.mean - shift_half, shift.mean + shift_half, to.scores.observed.nps - before.nps,
                std::sqrt(error + before.se * before.se)};
    to.nps_lo = to.scores.nps - half;
    to.nps_hi = to.scores.nps + half;
    to.nps_observed_lo = to.scores.observed.nps - kZ95 * to.scores.observed.se;
    to.nps_observed_hi = to.scores.observed.nps + kZ95 * to.scores.observed.se;
  }

  void baselines(const Answers& training, bool ratings_count, std::uint64_t seed) {
    const Baselines known(training.cells);
    const auto add = [&](std::string name, std::string why_not, const auto& forecast) {
      Baseline& one = to.baselines.emplace_back();
      one.name = std::move(name);
      std::vector<ScoreOdds> others;
      for (const HeldAnswer& answer : held_) {
        const std::optional<ScoreOdds> odds = forecast(answer);
        if (!odds) {
          one.why_not = std::move(why_not);
          return;
        }
        others.push_back(*odds);
      }
      one.scores = forecast_scores(others, scores_);
      one.gain = score_gain(mean_, others, scores_, seed);
    };
    using Odds = std::optional<ScoreOdds>;
    add("uniform", "", [&](const HeldAnswer&) -> Odds { return known.uniform(); });
    add("marginal", "", [&](const HeldAnswer& one) -> Odds { return known.marginal(one.cell->touchpoint); });
    add("segment", "",
        [&](const HeldAnswer& one) -> Odds { return known.segment(one.cell->persona, one.cell->touchpoint); });
    add("persistence", "no earlier period", [&](const HeldAnswer& one) -> Odds {
      const AnswerCell& cell = *one.cell;
      return cell.period == kNotSaid ? Odds() : known.persistence(cell.persona, cell.touchpoint, cell.period);
    });
    if (!ratings_count) return;
    const Reading<RatingModel> straight = RatingModel::fit(training.respondents, training.shape.ratings);
    add("ordered_logit", straight ? "" : straight.refusal.what,
        [&](const HeldAnswer& one) -> Odds { return straight ? Odds((*straight)(*one.who)) : Odds(); });
  }

  /// One number for all held-out answers: by how many points they are moved beyond what the journey explains. Its likelihood is searched by
  /// Newton's method with differences.
  void drift() {
    constexpr double kStep = 0.02;
    double shift = 0;
    for (int i = 0; i < 8; ++i) {
      const double here = log_likelihood(shift);
      const double above = log_likelihood(shift + kStep);
      const double below = log_likelihood(shift - kStep);
      const double curvature = (2 * here - above - below) / (kStep * kStep);
      if (!(curvature > 0)) break;
      to.drift_se = 1 / std::sqrt(curvature);
      const double step = std::clamp((above - below) / (2 * kStep) / curvature, -1.0, 1.0);
      shift += step;
      if (std::abs(step) < 1e-4) break;
    }
    to.drift = shift;
    to.drift_lo = shift - kZ95 * to.drift_se;
    to.drift_hi = shift + kZ95 * to.drift_se;
    const double unshifted = mean_nps(forecasts_.shifted(0));
    const auto moves = [&](double by) { return mean_nps(forecasts_.shifted(by)) - unshifted; };
    to.drift_nps = moves(to.drift);
    to.drift_nps_lo = moves(to.drift_lo);
    to.drift_nps_hi = moves(to.drift_hi);
  }

  HeldOut to;

 private:
  double mean_nps(const std::vector<ScoreOdds>& odds) const {
    double sum = 0;
    for (const HeldAnswer& one : held_) sum += one.scored.weight * nps_of(odds[one.forecast]);
    return sum / weights_;
  }

  double log_likelihood(double shift) const {
    const std::vector<ScoreOdds> odds = forecasts_.shifted(shift);
    double sum = 0;
    for (const HeldAnswer& one : held_) {
      const double chance = odds[one.forecast][static_cast<std::size_t>(one.scored.score)];
      sum += one.scored.weight * engine::log(std::max(chance, 1e-300));
    }
    return sum * effective_number(weights_, squares_) / weights_;
  }

  std::span<const HeldAnswer> held_;
  const HeldOutForecasts& forecasts_;
  std::vector<ScoredAnswer> scores_;
  std::vector<ScoreOdds> mean_;  // [held] over draws
  double weights_ = 0, squares_ = 0;
};

}  // namespace

bool drifts(const HeldOut& held_out) {
  return held_out.drift_se > 0 && std::abs(held_out.drift) > 2 * held_out.drift_se;
}

std::vector<HeldAnswer> held_answers(const Answers& answers, const ForecastOf& forecast) {
  std::vector<HeldAnswer> list;
  for (std::uint32_t i = 0; i < answers.respondents.size(); ++i) {
    const Respondent& one = answers.respondents[i];
    const auto cell = cell_of(answers, one);
    if (cell) list.push_back({{one.score, one.weight}, forecast(i, *cell), &answers.cells[*cell], &one});
  }
  if (!list.empty()) return list;
  for (std::uint32_t c = 0; c < answers.cells.size(); ++c) {
    const AnswerCell& cell = answers.cells[c];
    for (std::size_t k = 0; k < cell.count.size(); ++k) {
      // Of a histogram each answer is one: what is drawn again in a bootstrap are answers.
      for (long n = std::lround(cell.count[k]); n > 0; --n)
        list.push_back({{static_cast<int>(k), 1}, forecast(kNotSaid, c), &cell, nullptr});
    }
  }
  return list;
}

HeldOut look_at_held_out(std::span<const HeldAnswer> held, const HeldOutForecasts& forecasts, const Answers& training,
                         bool ratings_count, std::uint64_t seed) {
  Look look(held, forecasts);
  look.predicted_nps(observed_in(training.cells));
  look.baselines(training, ratings_count, seed);
  look.drift();
  return std::move(look.to);
}

}  // namespace sojourn::models
