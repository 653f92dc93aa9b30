#include "models/calibrate/calibration.h"

#include "engine/base/contract.h"
#include "engine/base/math.h"
#include "models/calibrate/doubts.h"
#include "models/calibrate/prior_draws.h"
#include "models/calibrate/questions.h"
#include "models/journey/address.h"
#include "models/replay/model.h"
#include "models/replay/own_bank.h"
#include "models/replay/prior.h"

#include <fmt/format.h>
#include <Eigen/LU>

#include <algorithm>
#include <set>

namespace sojourn::models {
namespace {

constexpr std::uint32_t kPilot = 400;  // journeys of each persona that say how many it takes
constexpr double kLeastVisits = 2000;  // that answer at each site, and ...
constexpr double kVisitsPerAnswer =
    10;  // ... for each answer given there: so that the bank's noise is small beside the answers'
constexpr double kMostJourneys = 200'000;
constexpr int kMostBanks = 4;
constexpr int kCheckedDraws = 100;  // posterior draws that checks and forecasts average over
constexpr double kLittleContraction = 0.1;
constexpr std::size_t kMostProfiles = 6;

double sum_of(const std::array<double, kAnswers>& counts) {
  double sum = 0;
  for (const double one : counts) sum += one;
  return sum;
}

class Work {
 public:
  Work(const JourneyFile& journey, const std::vector<CalibrationParameter>& parameters, const Answers& answers,
       const Answers* held_out, const CalibrationPlan& plan, const OnCalibration& on)
      : journey_(journey),
        typed_(typed_journey(journey.tree)),
        answers_(answers),
        held_out_(held_out),
        plan_(plan),
        on_(on),
        model_(journey, parameters),
        space_(parameters) {}

  std::optional<Calibration> run() {
    describe();
    if (!said("journeys", 0)) return std::nullopt;
    if (to_.own_paths) {
      ask_respondents();
    } else {
      ask_everybody();
    }
    refuse_what_moves_nothing(space_, model_.walked(), space_.at(space_.coordinates(model_.written())).values,
                              [&](const Eigen::VectorXd& values) { return record(model_, values); });
    if (!search()) return std::nullopt;
    if (is_walked() && !search_by_walking()) return std::nullopt;
    if (!sample()) return std::nullopt;
    if (!said("checks", 0)) return std::nullopt;
    shares_of_draws();
    for (std::size_t i = 0; i < answers_.cells.size(); ++i)
      to_.cells.push_back(checked_cell(answers_.cells[i], expected(i), plan_.seed, i));
    if (!what_is_weak()) return std::nullopt;
    if (!simpler_journeys()) return std::nullopt;
    if (held_out_) look_at_held_out();
    to_.warnings = doubts_about(to_, space_.parameters(), mark());
    return std::move(to_);
  }

 private:
  Mark mark() const { return {journey_.source, 1, 1}; }
  bool said(std::string_view what, double share) { return !on_ || on_(what, share); }

  void describe() {
    for (const CalibrationParameter& one : space_.parameters()) {
      to_.addresses.push_back(one.address());
      to_.is_time.push_back(one.is_time);
      to_.priors.push_back(prior_mean(one.prior));
      to_.written.push_back(one.value);
    }
    std::array<double, kAnswers> all{};
    for (const AnswerCell& cell : answers_.cells) {
      to_.answers += sum_of(cell.count);
      to_.rows += cell.rows;
      for (std::size_t k = 0; k < kAnswers; ++k) all[k] += cell.count[k];
    }
    for (const Respondent& one : answers_.respondents) {
      for (const Rating& rating : one.ratings) to_.own_paths = to_.own_paths || rating.kind == Rating::Kind::rated;
    }
    for (const double count : all)
      to_.marginal_log_likelihood += count > 0 ? count * engine::log(count / to_.answers) : 0;
  }

  /// Answers of journeys of a bank. Held-out answers are only looked at: their cells weigh nothing.
  void ask_everybody() {
    std::vector<AnswerCell> asked = answers_.cells;
    if (held_out_) asked.insert(asked.end(), held_out_->cells.begin(), held_out_->cells.end());
    questions_ = questions_of(asked, typed_, model_.atlas(), model_.tables());
    for (LikelihoodCell& cell : questions_.cells) cell.count.fill(0);
    for (std::size_t i = 0; i < answers_.cells.size(); ++i) {
      const std::uint32_t cell = questions_.cell_of[i];
      for (std::size_t k = 0; k < kAnswers; ++k) questions_.cells[cell].count[k] += answers_.cells[i].count[k];
      members_.push_back({{cell, 1.0}});
    }
    how_many_journeys();
    if (!answers_.paths.empty()) ask_on_paths();
  }

  /// The same questions, of those who came by the paths that the respondents are known to have come by.
  void ask_on_paths() {
    Bank bank = model_.bank(model_.written(), to_.journeys, {plan_.seed, 1});
    JoinedQuestions joined = join_paths(answers_, held_out_, std::move(bank), typed_, model_.atlas(), model_.tables());
    questions_ = std::move(joined.questions);
    places_ = std::move(joined.places);
    cell_of_held_out_ = std::move(joined.cell_of_held_out);
    to_.join = joined.join;
    std::vector<double> weights(answers_.cells.size(), 0.0);
    for (const Respondent& one : answers_.respondents) {
      if (const auto cell = cell_of(answers_, one)) weights[*cell] += one.weight;
    }
    members_.assign(answers_.cells.size(), {});
    for (std::size_t i = 0; i < answers_.respondents.size(); ++i) {
      const Respondent& one = answers_.respondents[i];
      const auto cell = cell_of(answers_, one);
      if (!cell || !(one.weight > 0)) continue;
      // As many answers as the survey's cell is worth (Kish 1965).
      const double scale = sum_of(answers_.cells[*cell].count) / weights[*cell];
      const std::uint32_t asked = joined.cell_of_respondent[i];
      questions_.cells[asked].count[static_cast<std::size_t>(one.score)] += one.weight * scale;
      members_[*cell].emplace_back(asked, one.weight);
    }
  }

  /// Respondents who rated where they had been answer each for themselves.
  void ask_respondents() {
    for (const Touchpoint& one : typed_.touchpoints) node_of_.push_back(model_.atlas().touchpoints.index(one.id));
    for (const Persona& one : typed_.personas) group_of_.push_back(model_.atlas().personas.index(one.id));
    const UsualOrder order = usual_order(model_.bank(model_.written(), kPilot, {plan_.seed, 2}), node_of_, group_of_);
    paths_ = own_paths(answers_, order);
    if (!answers_.paths.empty()) {
      to_.join.emplace();
      for (const Respondent& one : answers_.respondents) {
        if (one.of_case != kNotSaid) ++(answers_.paths[one.of_case].empty() ? to_.join->not_in_log : to_.join->on_path);
      }
    }
    if (held_out_) {
      if (held_out_->respondents.empty()) {
        Diagnostics problem;
        problem.error(mark(), "the survey has respondents' ratings, and the held-out answers are histograms",
                      "what those respondents rated is not known",
                      "Hold out rows, or calibrate without ratings in the mapping");
        throw InputError(std::move(problem));
      }
      held_out_paths_ = own_paths(*held_out_, order);
    }
    questions_ = questions_of(paths_, model_.atlas());
    members_.resize(answers_.cells.size());
    for (std::size_t i = 0; i < answers_.respondents.size(); ++i) {
      const Respondent& one = answers_.respondents[i];
      const auto cell = cell_of(answers_, one);
      if (cell) members_[*cell].emplace_back(static_cast<std::uint32_t>(i), one.weight);
    }
    to_.journeys = kBankBatches;
  }

  Bank record(const CalibrationModel& model, const Eigen::VectorXd& values) const {
    if (!to_.own_paths) {
      Bank bank = model.bank(values, to_.journeys, {plan_.seed, 1});
      if (!places_.empty()) tell_apart(bank, places_);
      return bank;
    }
    return own_bank(model.tables_at(values), paths_, node_of_, group_of_, plan_.seed);
  }

  BankLikelihood likelihood(const Bank& bank, const Eigen::VectorXd& values, const SurveyQuestions& questions) const {
    return {bank,   model_.tables(), model_.numbers(), questions.sites, questions.site_count, model_.parameters(),
            values, questions.cells};
  }

  void how_many_journeys() {
    const Bank pilot = model_.bank(model_.written(), kPilot, {plan_.seed, 2});
    const std::vector<double> come = likelihood(pilot, model_.written(), questions_).site_answers();
    std::vector<double> wanted(questions_.site_count, kLeastVisits);
    for (const LikelihoodCell& cell : questions_.cells) {
      for (const LikelihoodCell::Part& part : cell.parts)
        wanted[part.site] = std::max(wanted[part.site], kVisitsPerAnswer * sum_of(cell.count));
    }
    refuse_if_nobody_comes(questions_, come, fmt::format("none of {} simulated journeys", kPilot),
                           "Give them a way there, or take the rows out of the survey", model_.atlas(), model_.tables(),
                           mark());
    double journeys = 1000;
    for (std::size_t site = 0; site < questions_.site_count; ++site) {
      if (come[site] > 0) journeys = std::max(journeys, wanted[site] * kPilot / come[site]);
    }
    to_.journeys = plan_.journeys > 0 ? plan_.journeys : static_cast<std::uint32_t>(std::min(journeys, kMostJourneys));
  }

  bool is_walked() const { return std::ranges::find(model_.walked(), true) != model_.walked().end(); }

  /// What no replay follows, and the rest with it; from where `search` has found the rest.
  bool search_by_walking() {
    to_.walks = Calibration::Walks{model_.walked(), 0, true};
    walked_search_.emplace(
        space_, model_.walked(), [&](const Eigen::VectorXd& values) { return record(model_, values); },
        [&](const Bank& bank, const Eigen::VectorXd& values) { return likelihood(bank, values, questions_); },
        plan_.threads);
    const auto on_walk = [&](int done, int most) { return said("walks", static_cast<double>(done) / most); };
    for (int stage = 1;; ++stage) {
      walked_ = walked_search_->run(to_.fit, on_walk);
      if (!walked_) return false;
      to_.walks->banks += walked_->walks;
      to_.walks->settled = walked_->settled;
      // The best of the others once more, on the bank of the place that was found.
      const Eigen::VectorXd values = space_.at(walked_->x).values;
      if (!fit_on_bank_of(values)) return false;
      if (to_.effective_share >= kLeastEffectiveShare || stage == kMostBanks) break;
    }
    const Eigen::VectorXd& x = to_.fit.x;
    const SpacePoint point = space_.at(x);
    replayed_ = to_.fit;
    to_.fit.precision = joint_precision(replayed_, *walked_);
    const Eigen::MatrixXd inverse = point.slopes.inverse();
    to_.fit.information = inverse.transpose() * (to_.fit.precision - space_.prior_precision(x)) * inverse;
    return true;
  }

  /// Fits on a bank; where its journeys have become too unlike those of the fit, records another there.
  bool search() {
    Eigen::VectorXd values = space_.at(space_.coordinates(model_.written())).values;
    for (to_.banks = 1;; ++to_.banks) {
      if (!fit_on_bank_of(values)) return false;
      values = space_.at(to_.fit.x).values;
      if (to_.effective_share >= kLeastEffectiveShare || to_.banks == kMostBanks) break;
    }
    return true;
  }

  bool fit_on_bank_of(const Eigen::VectorXd& recorded) {
    bank_ = record(model_, recorded);
    likelihood_.emplace(likelihood(bank_, recorded, questions_));
    refuse_if_nobody_comes(questions_, likelihood_->site_answers(),
                           fmt::format("none of the {} recorded journeys", to_.journeys), "Record more with --journeys",
                           model_.atlas(), model_.tables(), mark());
    const auto on_step = [&](int step) { return said("fit", step / (step + 10.0)); };
    const std::optional<Fit> found =
        fit(*likelihood_, space_, space_.coordinates(recorded), plan_.threads, on_step, model_.walked());
    if (!found) return false;
    to_.fit = *found;
    const Eigen::VectorXd values = space_.at(found->x).values;
    to_.effective_share = likelihood_->effective_share(values, plan_.threads);
    to_.mode.assign(values.begin(), values.end());
    return true;
  }

  bool sample() {
    PosteriorPlan plan = plan_.posterior;
    plan.seed = plan_.seed;
    plan.threads = plan_.threads;
    const auto on_draw = [&](int done, int all) { return said("posterior", static_cast<double>(done) / all); };
    std::optional<Posterior> found =
        walked_ ? sample_posterior(*likelihood_, space_, replayed_, plan, on_draw, &*walked_,
                                   [&](const Eigen::VectorXd& values) { return is_possible(values); })
                : sample_posterior(*likelihood_, space_, to_.fit, plan, on_draw);
    if (!found) return false;
    to_.posterior = std::move(*found);
    for (std::size_t i = 0; i < space_.size(); ++i) {
      std::vector<double> draws;
      for (const Eigen::MatrixXd& chain : to_.posterior.chains) {
        const Eigen::VectorXd column = chain.col(static_cast<Eigen::Index>(i));
        draws.insert(draws.end(), column.begin(), column.end());
      }
      to_.shapes.push_back(shape_of(space_.parameters()[i], draws));
    }
    to_.prior = prior_draws(space_.parameters(), plan.seed, plan.draws);
    return true;
  }

  void shares_of_draws() {
    if (to_.own_paths && held_out_) {
      held_out_questions_ = questions_of(held_out_paths_, model_.atlas());
      hold_out_at(space_.at(to_.fit.x).values);
    }
    const auto& chains = to_.posterior.chains;
    const auto all = static_cast<int>(chains.size()) * static_cast<int>(chains.front().rows());
    const int wanted = std::min(kCheckedDraws, all);
    for (int i = 0; i < wanted; ++i) {
      // Evenly over chains and along each.
      const auto& chain = chains[static_cast<std::size_t>(i) % chains.size()];
      const auto row = static_cast<Eigen::Index>(static_cast<long>(i) * chain.rows() / wanted);
      const Eigen::VectorXd values = chain.row(row).transpose();
      if (walked_) {
        // A replay does not follow the walked numbers: under each draw the journeys are others.
        const Bank bank = record(model_, values);
        draws_.push_back(likelihood(bank, values, questions_).shares(values, plan_.threads));
        if (held_out_likelihood_) hold_out_at(values);
      } else {
        draws_.push_back(likelihood_->shares(values, plan_.threads));
      }
      if (held_out_likelihood_) held_out_draws_.push_back(held_out_likelihood_->shares(values, plan_.threads));
    }
    if (walked_ && held_out_likelihood_) hold_out_at(space_.at(to_.fit.x).values);
  }

  /// The held-out respondents' own journeys, recorded under these values.
  void hold_out_at(const Eigen::VectorXd& values) {
    held_out_likelihood_.reset();
    held_out_bank_ = own_bank(model_.tables_at(values), held_out_paths_, node_of_, group_of_, plan_.seed);
    held_out_likelihood_.emplace(likelihood(held_out_bank_, values, held_out_questions_));
  }

  /// Whether the values make a journey.
  bool is_possible(const Eigen::VectorXd& values) const {
    try {
      static_cast<void>(model_.tables_at(values));
      return true;
    } catch (const InputError&) {
      return false;
    }
  }

  /// [draw] what each posterior draw expects in a cell of the survey.
  std::vector<ScoreOdds> expected(std::size_t cell) const {
    std::vector<ScoreOdds> list;
    for (const std::vector<ScoreOdds>& draw : draws_) {
      ScoreOdds& odds = list.emplace_back();
      double weights = 0;
      for (const auto& [member, weight] : members_[cell]) {
        for (std::size_t k = 0; k < kAnswers; ++k) odds[k] += weight * draw[member][k];
        weights += weight;
      }
      for (double& one : odds) one /= weights;
    }
    return list;
  }

  bool what_is_weak() {
    to_.weak = weak_directions(space_, to_.fit);
    std::set<std::size_t> asked;
    for (const WeakDirection& one : to_.weak) {
      to_.weak_words.push_back(words_of(one, space_));
      if (!one.parts.empty()) asked.insert(one.parts.front().parameter);
    }
    for (std::size_t i = 0; i < space_.size(); ++i) {
      if (to_.posterior.parameters[i].contraction < kLittleContraction) asked.insert(i);
    }
    for (const std::size_t parameter : asked) {
      if (to_.profiles.size() == kMostProfiles) break;
      if (!said("profiles", static_cast<double>(to_.profiles.size()) / static_cast<double>(asked.size()))) return false;
      const Profile one = profile(space_, to_.fit, parameter, [&](const Eigen::VectorXd& start) {
        return model_.walked()[parameter] ? walked_at(start, parameter) : replayed_at(start, parameter);
      });
      if (!one.values.empty()) to_.profiles.push_back(one);
    }
    return true;
  }

  /// What is walked stays where it was found.
  std::optional<double> replayed_at(const Eigen::VectorXd& start, std::size_t parameter) const {
    std::vector<bool> fixed = model_.walked();
    fixed[parameter] = true;
    return fit_near(*likelihood_, space_, start, plan_.threads, fixed, to_.fit.information).log_likelihood;
  }

  std::optional<double> walked_at(const Eigen::VectorXd& start, std::size_t parameter) const {
    const std::optional<Fit> there = walked_search_->along(*walked_, start, static_cast<Eigen::Index>(parameter));
    return there ? std::optional(there->log_likelihood) : std::nullopt;
  }

  /// Whether what the journey has beyond simpler ones is earned.
  bool simpler_journeys() {
    const auto without = [&](std::string name, const std::vector<std::pair<std::string, double>>& set) {
      JourneyFile simpler = journey_;
      std::vector<CalibrationParameter> left;
      bool changes = false;
      std::size_t held = 0;
      for (const auto& [address, value] : set) {
        changes = changes || value_at(simpler.tree, address) != value;
        set_number(simpler.tree, address, value);
      }
      for (std::size_t i = 0; i < space_.size(); ++i) {
        const CalibrationParameter& one = space_.parameters()[i];
        const bool is_set = std::ranges::any_of(set, [&](const auto& each) { return each.first == one.address(); });
        changes = changes || is_set;
        if (!is_set && model_.walked()[i]) {
          // It stays where the whole journey has it.
          set_number(simpler.tree, one.address(), to_.mode[i]);
          ++held;
        } else if (!is_set) {
          left.push_back(one);
        }
      }
      if (!changes || left.empty()) return true;
      const CalibrationModel model(simpler, left);
      const ParameterSpace space(left);
      const Bank bank = record(model, model.written());
      const BankLikelihood there(bank, model.tables(), model.numbers(), questions_.sites, questions_.site_count, left,
                                 model.written(), questions_.cells);
      const auto on_step = [&](int step) { return said("simpler journeys", step / (step + 10.0)); };
      const std::optional<Fit> found = fit(there, space, space.coordinates(model.written()), plan_.threads, on_step);
      if (!found) return false;
      to_.simpler.push_back({std::move(name), found->log_likelihood, to_.fit.log_likelihood - found->log_likelihood,
                             static_cast<int>(space_.size() - left.size() - held)});
      return true;
    };
    std::vector<std::pair<std::string, double>> no_asymmetry;
    for (const Persona& persona : typed_.personas)
      no_asymmetry.emplace_back("personas." + persona.id + ".loss_aversion", 1);
    if (!without("loss_aversion_1", no_asymmetry)) return false;
    return without("mean_only_memory",
                   {{"satisfaction.memory.peak", 0}, {"satisfaction.memory.end", 0}, {"satisfaction.memory.mean", 1}});
  }

  /// [draw] of all answers that calibrated.
  std::vector<double> training_nps() const {
    std::vector<double> list(draws_.size(), 0.0);
    for (std::size_t cell = 0; cell < answers_.cells.size(); ++cell) {
      const std::vector<ScoreOdds> by_draw = expected(cell);
      const double share = sum_of(answers_.cells[cell].count) / to_.answers;
      for (std::size_t d = 0; d < list.size(); ++d) list[d] += share * nps_of(by_draw[d]);
    }
    return list;
  }

  void look_at_held_out() {
    const std::size_t first = answers_.cells.size();
    const std::vector<HeldAnswer> held = held_answers(*held_out_, [&](std::uint32_t respondent, std::uint32_t cell) {
      if (to_.own_paths) return respondent;
      return cell_of_held_out_.empty() || respondent == kNotSaid ? questions_.cell_of[first + cell]
                                                                 : cell_of_held_out_[respondent];
    });
    const BankLikelihood& journeys = held_out_likelihood_ ? *held_out_likelihood_ : *likelihood_;
    const Eigen::VectorXd values = space_.at(to_.fit.x).values;
    const HeldOutForecasts forecasts{held_out_likelihood_ ? std::move(held_out_draws_) : draws_, training_nps(),
                                     [&](double shift) { return journeys.shares(values, plan_.threads, shift); }};
    to_.held_out = models::look_at_held_out(held, forecasts, answers_, to_.own_paths, plan_.seed);
  }

  const JourneyFile& journey_;
  Journey typed_;
  const Answers& answers_;
  const Answers* held_out_;
  const CalibrationPlan& plan_;
  const OnCalibration& on_;
  CalibrationModel model_;
  ParameterSpace space_;
  SurveyQuestions questions_;
  PathPlaces places_;                            // where paths are told apart
  std::vector<std::uint32_t> cell_of_held_out_;  // [respondent] there
  Bank bank_;
  std::optional<BankLikelihood> likelihood_;
  std::optional<WalkedSearch> walked_search_;
  std::optional<WalkedFit> walked_;
  Fit replayed_;  // of what is not walked, at what is
  // Of respondents' own paths.
  std::vector<std::uint32_t> node_of_, group_of_;  // of touchpoints and personas in file order
  std::vector<OwnPath> paths_, held_out_paths_;
  SurveyQuestions held_out_questions_;
  Bank held_out_bank_;
  std::optional<BankLikelihood> held_out_likelihood_;
  std::vector<std::vector<ScoreOdds>> draws_, held_out_draws_;  // [draw][cell of the questions]
  std::vector<std::vector<std::pair<std::uint32_t, double>>>
      members_;  // [cell of the survey] cells of the questions, and their weights
  Calibration to_;
};

}  // namespace

bool is_earned(const SimplerFit& simpler) { return simpler.worse > 2 + simpler.fewer; }

bool is_walked(const Calibration& calibration, std::size_t parameter) {
  return calibration.walks && calibration.walks->walked[parameter];
}

std::optional<Calibration> calibrate(const JourneyFile& journey, const std::vector<CalibrationParameter>& parameters,
                                     const Answers& answers, const Answers* held_out, const CalibrationPlan& plan,
                                     const OnCalibration& on) {
  SOJOURN_EXPECT(!parameters.empty() && !answers.cells.empty(),
                 "something to calibrate, and something to calibrate to");
  return Work(journey, parameters, answers, held_out, plan, on).run();
}

}  // namespace sojourn::models
