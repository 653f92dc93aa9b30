#pragma once
// How likely the answers of a survey are under given numbers: the multinomial likelihood of whole 0..10 histograms, each answer's
// probability averaged over recorded journeys, never counted from sampled answers.

#include "models/calibrate/space.h"
#include "models/replay/replay.h"
#include "models/survey/forecast_scores.h"

#include <Eigen/Core>

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace sojourn::models {

/// Answers that are alike in all that the journey knows of them.
struct LikelihoodCell {
  struct Part {
    std::uint32_t site = 0;
    double share = 1;  // of those asked, before the journeys' weights
  };
  std::vector<Part> parts;               // one where the persona is known
  std::array<double, kAnswers> count{};  // effective answers
};

struct LogLikelihood {
  double value = 0;
  Eigen::VectorXd slope;  // [parameter] in the unit of the address; empty if it was not asked for
};

/// The journeys of a bank, ready to be asked. What is given must outlive it.
class BankLikelihood {
 public:
  /// `sites` [group]; `site_count` sites in all, respondents' own paths included. The bank was recorded under `values` of the parameters.
  BankLikelihood(const Bank& bank, const JourneyTables& tables, const std::vector<PersonaNumbers>& numbers,
                 std::vector<AnswerSites> sites, std::size_t site_count,
                 const std::vector<CalibrationParameter>& parameters, const Eigen::VectorXd& values,
                 std::vector<LikelihoodCell> cells, double peak_width = Replay::kPeakWidth);

  enum class Slope { no, yes };
  /// At values of the parameters. The same bits for any number of threads.
  LogLikelihood at(const Eigen::VectorXd& values, Slope slope, int threads) const;
  /// Of each cell's answers, and their slopes [cell](answer, parameter).
  struct Expected {
    std::vector<ScoreOdds> shares;
    std::vector<Eigen::MatrixXd> slopes;
  };
  Expected expected(const Eigen::VectorXd& values, int threads) const;
  /// `shift`: points by which every answer is moved, of everyone.
  std::vector<ScoreOdds> shares(const Eigen::VectorXd& values, int threads, double shift = 0) const;
  /// How many journeys of the bank answer at each site, under the bank's own numbers.
  std::vector<double> site_answers() const;
  /// Expected (Fisher) information of the answers about the parameters.
  Eigen::MatrixXd information(const Expected& expected) const;
  /// What another bank of the same size could have made of the slope: the covariance of the slope at `values`, from its batches
  /// (batch means; Schmeiser 1982, Operations Research 30).
  Eigen::MatrixXd slope_noise(const Eigen::VectorXd& values, int threads) const;
  /// (parameter, batch) the slope that each batch of the bank alone would have made, to first order, less the mean of all batches.
  Eigen::MatrixXd slope_influence(const Eigen::VectorXd& values, int threads) const;
  /// [batch] the same of the log-likelihood itself.
  Eigen::VectorXd influence(const Eigen::VectorXd& values, int threads) const;
  /// The smallest effective share of a site's journeys at `values`, (sum w)^2 / (n sum w^2) (Kong 1992): 1 where nothing is weighed.
  double effective_share(const Eigen::VectorXd& values, int threads) const;

  const std::vector<LikelihoodCell>& cells() const { return cells_; }
  std::size_t parameter_count() const { return parameters_; }

 private:
  /// Journeys of one persona and batch.
  struct Block {
    std::uint32_t first = 0, last = 0;  // journeys
  };
  /// A number that moves is slope * parameter + intercept: it hands its derivative to the place of (parameter, slope).
  struct Place {
    std::uint32_t parameter = 0;
    double slope = 1;
  };
  struct Under {                                             // everything that is made once for given values
    std::vector<std::vector<double>> numbers;                // [group]
    std::vector<std::vector<std::optional<BetaRow>>> betas;  // [group]
  };
  class Walker;

  std::span<const Replay::Answer> answers_of(std::uint32_t journey) const;
  Under under(const Eigen::VectorXd& values) const;
  bool is_possible(const Under& under) const;
  /// Sums of parts of the bank: the i-th has the blocks i, i + parts, ...
  template <class Result, class Body>
  std::vector<Result> in_parts(std::size_t parts, const Under& under, int threads, const Result& empty,
                               const Body& body) const;
  std::vector<SiteSums> sums(const Under& under, int threads) const;
  std::vector<SiteSums> adjoints(std::span<const SiteSums> sums) const;
  std::vector<std::vector<SiteSums>> site_slopes(const Under& under, int threads) const;  // [site][place]
  ScoreOdds share_of(const LikelihoodCell& cell, std::span<const SiteSums> sums) const;

  const Bank& bank_;
  const JourneyTables& tables_;
  const std::vector<PersonaNumbers>& numbers_;
  std::vector<AnswerSites> sites_;
  std::size_t site_count_;
  std::size_t parameters_;
  double peak_width_;
  std::vector<LikelihoodCell> cells_;
  std::vector<std::vector<std::uint32_t>> moves_;  // [group][number] place or Replay::kFixed
  std::vector<Place> places_;
  std::vector<std::vector<std::shared_ptr<const BetaByMean>>> betas_;  // [group][way row], then the expectation's
  std::vector<Block> blocks_;
  // Under the bank's numbers: what journey j answered is answers_[answers_from_[j] ... answers_from_[j + 1]].
  std::vector<Replay::Answer> answers_;
  std::vector<std::uint32_t> answers_from_;
};

}  // namespace sojourn::models
