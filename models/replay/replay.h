#pragma once
// What a recorded journey's answers are under other numbers, and how they move with every number: one pass forwards, one backwards
// (reverse mode; Griewank & Walther 2008, Evaluating Derivatives, ch. 3). models/behaviour/customer.cpp says what happens at a visit;
// here the same is done with decisions that are already taken, whose likelihood under the numbers becomes the journey's weight (importance
// sampling; Glynn & Iglehart 1989, Management Science 35).

#include "models/replay/bank.h"
#include "models/replay/draw.h"

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace sojourn::models {

/// Where answers are asked for, [group]: of the whole journey, and of the journey so far after each visit to a touchpoint. Such an answer knows
/// the memory, the effort and the open pains so far; goals count at the end only.
/// Where paths are told apart, these are the first of as many sites as there are classes of paths (models/replay/path_classes.h).
struct AnswerSites {
  std::uint32_t end = kNoSite;
  std::vector<std::uint32_t> after;  // [node]
};

/// Sums over the journeys of a bank that answer at one site: of the weights, and of weight times probability of each answer.
inline constexpr std::size_t kAnswers = 11;
inline constexpr std::size_t kSiteColumns = kAnswers + 1;  // the last one: the weights
using SiteSums = std::array<double, kSiteColumns>;

/// One persona's journeys, replayed. Not for two threads at once.
class Replay {
 public:
  /// Where best and worst moment are equally far from the anchor the peak jumps from one to the other, and the likelihood of a finite bank with it.
  /// Between differences of distance of minus and plus this, points, it goes over smoothly instead. What that does to a mean is of second
  /// order: below 0.003 points of S for journeys whose moments vary by a point.
  static constexpr double kPeakWidth = 0.2;

  /// What is given must outlive it. `places` [number]: where its derivative is added, or kFixed where it does not move.
  static constexpr std::uint32_t kFixed = ~std::uint32_t{0};
  Replay(const JourneyTables& tables, std::uint32_t group, const PersonaNumbers& numbers, const AnswerSites& sites,
         std::span<const std::uint32_t> places, double peak_width);

  /// The numbers to replay under, [number]; `betas` [way row], then the expectation's: of those that are betas and move. Both must stay.
  void set(std::span<const double> numbers, std::span<const std::optional<BetaRow>> betas);

  struct Answer {
    std::uint32_t site = kNoSite;
    std::uint32_t after = 0;  // visits
    bool at_end = false;
    double satisfaction = 0;  // S, or what it would be if the journey ended here
    double log_weight =
        0;  // logarithm of the probability of the decisions so far, of those that hang on numbers that move
    double log_weight_then = 0;  // the same under the numbers of the bank, which the caller fills in
    double weight() const;       // the ratio of the two, equation (25)
  };
  /// The journey's answers in order. Valid until the next call.
  std::span<Answer> forward(const BankJourney& journey, std::span<const BankVisit> visits);

  /// Adds an answer's weight and probabilities to its site's sums.
  void add(const Answer& answer, SiteSums& sums) const;

  /// Whether nothing moves but how a satisfaction is answered (bias, spread, thresholds): journeys then answer as they did before.
  bool only_answers_move() const { return only_answers_move_; }

  /// After `forward` of the same journey, which gave `answers`: adds to `gradient` [moving number] the derivative of sum over answers of
  /// adjoint . sums, where `adjoints` [site] says what is done with the sums.
  void backward(const BankJourney& journey, std::span<const BankVisit> visits, std::span<const Answer> answers,
                std::span<const SiteSums> adjoints, std::span<std::array<double, 1>> gradient);
  /// Of one answer alone, the derivatives of its part of all of its site's sums; `gradient` [moving number].
  void backward(const BankJourney& journey, std::span<const BankVisit> visits, const Answer& answer,
                std::span<SiteSums> gradient);

 private:
  template <std::size_t K>
  using Column = std::array<double, K>;
  struct Step {
    double mood, expectation;  // before the visit
    double left;               // of what was drawn, after pains, before the clamp at 0
    double lifted;             // with recoveries, before the clamp at 10
    double experience, disconfirmation, raw, satisfaction;
    double by_draw[3];                // d drawn / d each number of its distribution
    std::uint32_t top, bottom;        // visits of the best and the worst moment so far
    double weight, weighted, effort;  // of the memory so far, with this visit
  };
  /// What is done with an answer's part of its site's sums, as derivatives.
  template <std::size_t K>
  struct AnswerAdjoint {
    Column<K> shift{};  // with respect to S + bias
    Column<K> log_weight{};
    Column<K> spread{};
    std::array<Column<K>, 10> thresholds{};
  };
  /// The peak is the best moment or the worst, whichever is farther from the anchor.
  struct Peak {
    double value;
    double by_top, by_bottom, by_anchor;
  };
  struct Odds {
    std::array<double, 10> x, at_most;
    std::array<double, kAnswers> p;
  };
  struct Shares {
    std::array<double, kAnswers> p;         // of each answer
    std::array<double, kAnswers> by_shift;  // d p / d (S + bias)
    std::array<double, kAnswers> by_spread;
    std::array<double, 10> density;  // d p[k] / d threshold k = - d p[k + 1] / d threshold k
  };

  bool moves(std::uint32_t number) const { return moves_[number] != kFixed; }
  const BetaRow* beta_of(std::size_t place) const;
  void draw(Distribution::Family family, std::uint32_t first, double u, double z, const BetaRow* beta, double& value,
            double* slopes) const;
  void experience(const BankVisit& visit, Step& step) const;
  double log_chances(const BankVisit& visit) const;
  double log_choice(const BankVisit& visit, double mood);
  double log_share(const BankVisit& visit) const;
  double satisfaction_after(std::size_t visits, std::uint64_t open, std::uint64_t goals, bool at_end) const;
  Peak peak_of(const Step& step) const;
  double remembered_after(const Step& step) const;
  Odds odds(double satisfaction) const;
  Shares shares(double satisfaction) const;

  template <std::size_t K>
  class Sweep;

  const JourneyTables& tables_;
  const PersonaTables& rows_;
  const PersonaNumbers& numbers_;
  const NumberPlan& plan_;
  const AnswerSites& sites_;
  std::span<const std::uint32_t> moves_;
  double peak_width_;
  std::span<const std::optional<BetaRow>> betas_;
  std::vector<std::uint8_t> way_chances_, way_choice_, way_share_;  // [way row] whether numbers that move are in there
  bool start_moves_ = false, expectation_moves_ = false, only_answers_move_ = true;

  const double* v_ = nullptr;  // [number]
  double memory_peak_ = 0, memory_end_ = 0, memory_mean_ = 0;
  bool steep_ = false;                   // a spread so small that exponentials must not be taken apart
  std::array<double, 10> powers_{};      // e^((5 + bias - t_k) / spread), or if steep minus that exponent
  std::array<double, 10> power_gaps_{};  // by which share the one before is larger than each

  double expectation_slopes_[3] = {};
  std::vector<Step> steps_;
  std::vector<Answer> answers_;
  std::vector<std::array<double, 1>> peaks_of_one_;
  std::vector<SiteSums> peaks_of_all_;
  std::vector<std::pair<std::uint32_t, double>> open_edges_;  // row, probability; of the choice looked at last
};

}  // namespace sojourn::models
