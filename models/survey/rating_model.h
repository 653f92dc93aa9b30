#pragma once
// The score straight from the ratings, without a journey between: what a journey on respondents' own paths is held against.

#include "models/survey/answers.h"
#include "models/survey/forecast_scores.h"
#include "models/survey/ordered_logit.h"

#include <span>
#include <vector>

namespace sojourn::models {

/// An ordered logit on every rated item, with the mean of the training answers in place of what is missing (blank or never used) and a
/// column that says where that is. Items that always say the same as one before them are left out.
class RatingModel {
 public:
  /// From training respondents, whose ratings are as `items`; with their weights. Refused as fit_ordered_logit refuses.
  static Reading<RatingModel> fit(std::span<const Respondent> training, std::span<const std::string> items);

  /// Answers that nobody in training gave have half an answer each.
  ScoreOdds operator()(const Respondent& respondent) const;

  const OrderedLogit& logit() const { return logit_; }
  const std::vector<std::string>& columns() const { return columns_; }

 private:
  struct Column {
    std::size_t item;
    bool missing;  // says whether the rating is missing
    double mean;   // of the rating, for what is missing
  };
  static double value(const Column& column, const Respondent& respondent);

  std::vector<Column> parts_;
  std::vector<std::string> columns_;  // names of parts_: "food", "food missing"
  std::vector<int> answers_;          // [category] of the fit
  double unseen_ = 0;                 // probability of each other answer
  OrderedLogit logit_;
};

}  // namespace sojourn::models
