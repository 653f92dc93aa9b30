#include "models/survey/rating_model.h"

#include "engine/base/contract.h"

#include <algorithm>

namespace sojourn::models {

double RatingModel::value(const Column& column, const Respondent& respondent) {
  const Rating& rating = respondent.ratings[column.item];
  const bool missing = rating.kind != Rating::Kind::rated;
  if (column.missing) return missing ? 1 : 0;
  return missing ? column.mean : rating.value;
}

Reading<RatingModel> RatingModel::fit(std::span<const Respondent> training, std::span<const std::string> items) {
  RatingModel to;
  std::array<double, 11> seen{};
  double weights = 0;
  for (const Respondent& one : training) {
    SOJOURN_EXPECT(one.ratings.size() == items.size(), "a rating for each item");
    seen[static_cast<std::size_t>(one.score)] += one.weight;
    weights += one.weight;
  }
  std::array<int, 11> category{};
  for (int score = 0; score <= 10; ++score) {
    category[static_cast<std::size_t>(score)] = static_cast<int>(to.answers_.size());
    if (seen[static_cast<std::size_t>(score)] > 0) to.answers_.push_back(score);
  }
  if (to.answers_.size() < 2) {
    return Refusal{"all training answers are the same", "nothing can be said about what makes them differ", ""};
  }
  to.unseen_ = 0.5 / (weights + 11 * 0.5);

  std::vector<std::vector<double>> values;  // [column][row]
  const auto add = [&](Column column, const std::string& name) {
    std::vector<double> one;
    for (const Respondent& respondent : training) one.push_back(value(column, respondent));
    if (std::ranges::all_of(one, [&](double x) { return x == one.front(); })) return;
    if (std::ranges::find(values, one) != values.end()) return;
    values.push_back(std::move(one));
    to.parts_.push_back(column);
    to.columns_.push_back(name);
  };
  for (std::size_t item = 0; item < items.size(); ++item) {
    double sum = 0, rated = 0;
    for (const Respondent& one : training) {
      if (one.ratings[item].kind != Rating::Kind::rated) continue;
      sum += one.weight * one.ratings[item].value;
      rated += one.weight;
    }
    const double mean = rated > 0 ? sum / rated : 0;
    add({item, false, mean}, items[item]);
    add({item, true, mean}, items[item] + " missing");
  }

  OrderedRows rows{to.columns_, {}, {}, {}};
  for (std::size_t i = 0; i < training.size(); ++i) {
    if (training[i].weight == 0) continue;
    for (const std::vector<double>& column : values) rows.x.push_back(column[i]);
    rows.category.push_back(category[static_cast<std::size_t>(training[i].score)]);
    rows.weight.push_back(training[i].weight);
  }
  Reading<OrderedLogit> fitted = fit_ordered_logit(rows, static_cast<int>(to.answers_.size()));
  if (!fitted) return fitted.refusal;
  to.logit_ = std::move(*fitted.value);
  return to;
}

ScoreOdds RatingModel::operator()(const Respondent& respondent) const {
  std::vector<double> x;
  for (const Column& column : parts_) x.push_back(value(column, respondent));
  const std::vector<double> odds = logit_.probabilities(x);
  ScoreOdds to;
  to.fill(unseen_);
  const double rest = 1 - unseen_ * static_cast<double>(to.size() - answers_.size());
  for (std::size_t i = 0; i < answers_.size(); ++i) to[static_cast<std::size_t>(answers_[i])] = rest * odds[i];
  return to;
}

}  // namespace sojourn::models
