#pragma once
// A journey of ten touchpoints and two personas whose 20 parameters are drawn from their priors, and surveys of it: what calibration is checked
// against.

#include "models/calibrate/likelihood.h"
#include "models/replay/model.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace sojourn::tests {

/// Nine experiences beside one that is known, without which experiences and thresholds could all be higher together; one persona's bias, ten
/// thresholds. Loss aversion is none: it and the lowest thresholds are hard to tell apart.
std::string survey_study_text();

class SurveyStudy {
 public:
  explicit SurveyStudy(const std::string& text = survey_study_text());

  /// Drawn from the priors, thresholds in order.
  Eigen::VectorXd parameters(std::uint64_t seed) const;
  /// `per_cell` answers of each persona at each touchpoint that `asked` holds (all of them if empty), each of a customer of its own.
  std::vector<models::LikelihoodCell> answers(const Eigen::VectorXd& values, int per_cell, std::uint64_t seed) const;

  const models::CalibrationModel& model() const { return *model_; }
  const std::vector<models::AnswerSites>& sites() const { return sites_; }
  std::size_t site_count() const { return site_count_; }

 private:
  models::JourneyFile journey_;
  std::unique_ptr<models::CalibrationModel> model_;
  std::vector<models::AnswerSites> sites_;
  std::size_t site_count_ = 0;
};

}  // namespace sojourn::tests
