#include "models/calibrate/calibration.h"

#include "engine/base/contract.h"
#include "engine/random/luck.h"
#include "engine/study/decision.h"
#include "models/calibrate/baselines.h"
#include "models/calibrate/model.h"
#include "models/calibrate/own_bank.h"
#include "models/calibrate/prior.h"
#include "models/calibrate/prior_draws.h"
#include "models/calibrate/questions.h"
#include "models/calibrate/rating_model.h"
#include "models/journey/address.h"
#include "models/text/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace sojourn::models {
namespace {

constexpr std::uint32_t kPilot = 400;  // journeys of each persona that say how many it takes
constexpr double kLeastVisits = 2000;  // that answer at each site, and ...
constexpr double kVisitsPerAnswer =
    10;  // ... for each answer given there: so that the bank's noise is small beside the answers'
constexpr double kMostJourneys = 200'000;
constexpr double kLeastEffective = 0.5;  // share of the bank's journeys; below it the bank is recorded anew
constexpr int kMostBanks = 4;
constexpr int kCheckedDraws = 100;  // posterior draws that checks and forecasts average over
constexpr std::uint32_t kSurveys = 10;  // simulated of each of them, for intervals of what a survey finds
constexpr double kZ95 = 1.959964;
constexpr double kLittleContraction = 0.1;
constexpr std::size_t kMostProfiles = 6;

double sum_of(const std::array<double, kAnswers>& counts) {
  double sum = 0;
  for (const double one : counts) sum += one;
  return sum;
}

ObservedNps nps_of_counts(const std::array<double, kAnswers>& counts) {
  // The counts are effective answers already: as many answers of weight 1, but for their fractions.
  const double n = sum_of(counts);
  ScoreOdds odds;
  for (std::size_t k = 0; k < kAnswers; ++k) odds[k] = counts[k] / n;
  ObservedNps to;
  to.nps = nps_of(odds);
  to.n = n;
  const double classes = odds[9] + odds[10] + 1 - odds[9] - odds[10] - odds[7] - odds[8];
  to.se = 100 * std::sqrt(std::max(classes - to.nps * to.nps * 1e-4, 0.0) / n);
  return to;
}

/// Of the answers 0..10.
double mean_of(const std::array<double, kAnswers>& counts) {
  double sum = 0;
  for (std::size_t k = 0; k < kAnswers; ++k) sum += static_cast<double>(k) * counts[k];
  return sum / sum_of(counts);
}

double mean_error(const std::array<double, kAnswers>& counts) {
  const double mean = mean_of(counts);
  double sum = 0;
  for (std::size_t k = 0; k < kAnswers; ++k) {
    const double off = static_cast<double>(k) - mean;
    sum += counts[k] * off * off;
  }
  return std::sqrt(sum) / sum_of(counts);
}

void put_quantiles(const std::vector<double>& values, double& lo, double& hi) {
  lo = engine::sample_quantile(values, 0.025);
  hi = engine::sample_quantile(values, 0.975);
}

double chi_squared(const std::array<double, kAnswers>& counts, const ScoreOdds& expected) {
  const double n = sum_of(counts);
  double sum = 0;
  for (std::size_t k = 0; k < kAnswers; ++k) {
    const double off = counts[k] - n * expected[k];
    sum += off * off / std::max(n * expected[k], 1e-12);
  }
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
    if (!search()) return std::nullopt;
    if (!sample()) return std::nullopt;
    if (!said("checks", 0)) return std::nullopt;
    shares_of_draws();
    check_cells();
    if (!what_is_weak()) return std::nullopt;
    if (!simpler_journeys()) return std::nullopt;
    if (held_out_) look_at_held_out();
    warn();
    return std::move(to_);
  }

 private:
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

  /// Histograms, answered by journeys of a bank. Held-out answers are only looked at: their cells weigh nothing.
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
  }

  /// Respondents who rated where they had been answer each for themselves.
  void ask_respondents() {
    for (const Touchpoint& one : typed_.touchpoints) node_of_.push_back(model_.atlas().touchpoints.index(one.id));
    for (const Persona& one : typed_.personas) group_of_.push_back(model_.atlas().personas.index(one.id));
    const UsualOrder order = usual_order(model_.bank(model_.written(), kPilot, {plan_.seed, 2}), node_of_, group_of_);
    paths_ = own_paths(answers_, order);
    if (held_out_) {
      if (held_out_->respondents.empty()) {
        Diagnostics problem;
        problem.error(
            Mark{journey_.source, 1, 1}, "the survey has respondents' ratings, and the held-out answers are histograms",
            "what those respondents rated is not known", "Hold out rows, or calibrate without ratings in the mapping");
        throw InputError(std::move(problem));
      }
      held_out_paths_ = own_paths(*held_out_, order);
    }
    questions_ = questions_about(paths_);
    members_.resize(answers_.cells.size());
    for (std::size_t i = 0; i < answers_.respondents.size(); ++i) {
      const Respondent& one = answers_.respondents[i];
      const auto cell = cell_of(answers_, one);
      if (cell) members_[*cell].emplace_back(static_cast<std::uint32_t>(i), one.weight);
    }
    to_.journeys = kBankBatches;
  }

  static std::optional<std::size_t> cell_of(const Answers& answers, const Respondent& one) {
    const auto found = std::ranges::find_if(answers.cells, [&](const AnswerCell& cell) {
      return cell.persona == one.persona && cell.touchpoint == one.touchpoint && cell.period == one.period;
    });
    if (found == answers.cells.end()) return std::nullopt;  // nobody there has any weight
    return static_cast<std::size_t>(found - answers.cells.begin());
  }

  /// A site and a cell for each path; weights scaled to the effective number of answers.
  SurveyQuestions questions_about(const std::vector<OwnPath>& paths) const {
    SurveyQuestions to;
    to.site_count = paths.size();
    to.sites.resize(model_.atlas().personas.size());
    for (AnswerSites& sites : to.sites) sites.after.assign(model_.atlas().touchpoints.size(), kNoSite);
    double weights = 0;
    double squares = 0;
    for (const OwnPath& path : paths) {
      weights += path.weight;
      squares += path.weight * path.weight;
    }
    for (std::uint32_t i = 0; i < paths.size(); ++i) {
      LikelihoodCell& cell = to.cells.emplace_back();
      cell.parts = {{i, 1}};
      cell.count[static_cast<std::size_t>(paths[i].score)] = paths[i].weight * weights / squares;
    }
    return to;
  }

  Bank record(const CalibrationModel& model, const Eigen::VectorXd& values) const {
    if (!to_.own_paths) return model.bank(values, to_.journeys, {plan_.seed, 1});
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
    refuse_if_nobody_comes(come, fmt::format("none of {} simulated journeys", kPilot),
                           "Give them a way there, or take the rows out of the survey");
    double journeys = 1000;
    for (std::size_t site = 0; site < questions_.site_count; ++site) {
      if (come[site] > 0) journeys = std::max(journeys, wanted[site] * kPilot / come[site]);
    }
    to_.journeys = plan_.journeys > 0 ? plan_.journeys : static_cast<std::uint32_t>(std::min(journeys, kMostJourneys));
  }

  /// `come` [site]. A cell of several personas needs one who comes.
  void refuse_if_nobody_comes(const std::vector<double>& come, const std::string& none,
                              const std::string& remedy) const {
    for (const LikelihoodCell& cell : questions_.cells) {
      const bool any =
          std::ranges::any_of(cell.parts, [&](const LikelihoodCell::Part& part) { return come[part.site] > 0; });
      if (!any && !cell.parts.empty()) nobody_comes(cell.parts.front().site, none, remedy);
    }
  }

  [[noreturn]] void nobody_comes(std::size_t site, const std::string& none, const std::string& remedy) const {
    std::string what = "nobody answers where the survey has answers";
    std::string how = remedy;
    for (std::uint32_t group = 0; group < questions_.sites.size(); ++group) {
      const AnswerSites& sites = questions_.sites[group];
      const std::string who = quoted(model_.atlas().personas.ids()[group]);
      const auto at = std::ranges::find(sites.after, site);
      if (sites.end != site && at == sites.after.end()) continue;
      if (!travels(group)) {
        what = "nobody travels as " + who + ", whose answers the survey has";
        how = "Give the persona a share above 0, or take the rows out of the survey";
      } else if (at != sites.after.end()) {
        const auto node = static_cast<std::size_t>(at - sites.after.begin());
        what = fmt::format("{} of {} comes to {}, where the survey has answers", none, who,
                           quoted(model_.atlas().touchpoints.ids()[node]));
      }
    }
    Diagnostics problem;
    problem.error(Mark{journey_.source, 1, 1}, what, "what they would say there is not known", how);
    throw InputError(std::move(problem));
  }

  bool travels(std::uint32_t group) const {
    double below = 0;
    for (const auto& [cumulated, of] : model_.tables().shares) {
      if (of == group) return cumulated > below;
      below = cumulated;
    }
    return false;
  }

  /// Fits on a bank; where its journeys have become too unlike those of the fit, records another there.
  bool search() {
    Eigen::VectorXd values = space_.at(space_.coordinates(model_.written())).values;
    for (to_.banks = 1;; ++to_.banks) {
      bank_ = record(model_, values);
      likelihood_.emplace(likelihood(bank_, values, questions_));
      refuse_if_nobody_comes(likelihood_->site_answers(), fmt::format("none of the {} recorded journeys", to_.journeys),
                             "Record more with --journeys");
      const auto on_step = [&](int step) { return said("fit", step / (step + 10.0)); };
      const std::optional<Fit> found = fit(*likelihood_, space_, space_.coordinates(values), plan_.threads, on_step);
      if (!found) return false;
      to_.fit = *found;
      values = space_.at(found->x).values;
      to_.effective_share = likelihood_->effective_share(values, plan_.threads);
      if (to_.effective_share >= kLeastEffective || to_.banks == kMostBanks) break;
    }
    to_.mode.assign(values.begin(), values.end());
    return true;
  }

  bool sample() {
    PosteriorPlan plan = plan_.posterior;
    plan.seed = plan_.seed;
    plan.threads = plan_.threads;
    const auto on_draw = [&](int done, int all) { return said("posterior", static_cast<double>(done) / all); };
    std::optional<Posterior> found = sample_posterior(*likelihood_, space_, to_.fit, plan, on_draw);
    if (!found) return false;
    to_.posterior = std::move(*found);
    to_.prior = prior_draws(space_.parameters(), plan.seed, plan.draws);
    for (std::size_t i = 0; i < space_.size(); ++i) {
      std::vector<double> draws;
      for (const Eigen::MatrixXd& chain : to_.posterior.chains) {
        const Eigen::VectorXd column = chain.col(static_cast<Eigen::Index>(i));
        draws.insert(draws.end(), column.begin(), column.end());
      }
      to_.shapes.push_back(shape_of(space_.parameters()[i], draws));
    }
    return true;
  }

  void shares_of_draws() {
    if (to_.own_paths && held_out_) {
      const Eigen::VectorXd values = space_.at(to_.fit.x).values;
      held_out_questions_ = questions_about(held_out_paths_);
      held_out_bank_ = own_bank(model_.tables_at(values), held_out_paths_, node_of_, group_of_, plan_.seed);
      held_out_likelihood_.emplace(likelihood(held_out_bank_, values, held_out_questions_));
    }
    const auto& chains = to_.posterior.chains;
    const auto all = static_cast<int>(chains.size()) * static_cast<int>(chains.front().rows());
    const int wanted = std::min(kCheckedDraws, all);
    for (int i = 0; i < wanted; ++i) {
      // Evenly over chains and along each.
      const auto& chain = chains[static_cast<std::size_t>(i) % chains.size()];
      const auto row = static_cast<Eigen::Index>(static_cast<long>(i) * chain.rows() / wanted);
      const Eigen::VectorXd values = chain.row(row).transpose();
      draws_.push_back(likelihood_->shares(values, plan_.threads));
      if (held_out_likelihood_) held_out_draws_.push_back(held_out_likelihood_->shares(values, plan_.threads));
    }
  }

  /// What a posterior draw expects in a cell of the survey.
  ScoreOdds expected(std::size_t draw, std::size_t cell) const {
    ScoreOdds odds{};
    double weights = 0;
    for (const auto& [member, weight] : members_[cell]) {
      for (std::size_t k = 0; k < kAnswers; ++k) odds[k] += weight * draws_[draw][member][k];
      weights += weight;
    }
    for (double& one : odds) one /= weights;
    return odds;
  }

  /// As many answers as a cell has, drawn from `odds`.
  static std::array<double, kAnswers> replicate(const ScoreOdds& odds, double answers, const engine::Luck& luck) {
    std::array<double, kAnswers> counts{};
    const auto n = static_cast<std::uint32_t>(std::lround(answers));
    for (std::uint32_t i = 0; i < n; ++i) {
      const double u = engine::uniform(luck.block(i / 4)[i % 4]);
      std::size_t k = 0;
      double upto = odds[0];
      while (k < 10 && u >= upto) upto += odds[++k];
      counts[k] += answers / n;
    }
    return counts;
  }

  void check_cells() {
    const engine::PlaceKey key = engine::place_key(plan_.seed, "posterior predictive");
    for (std::size_t i = 0; i < answers_.cells.size(); ++i) {
      CheckedCell cell;
      cell.observed = answers_.cells[i];
      const double n = sum_of(cell.observed.count);
      int more = 0;
      std::vector<double> nps;
      Spread expectations;
      for (std::size_t d = 0; d < draws_.size(); ++d) {
        const ScoreOdds odds = expected(d, i);
        for (std::size_t k = 0; k < kAnswers; ++k) cell.expected[k] += odds[k] / static_cast<double>(draws_.size());
        nps.push_back(nps_of(odds));
        expectations.add(odds);
        const auto luck = engine::luck_of(key, i, 0, static_cast<std::uint32_t>(d));
        more += chi_squared(replicate(odds, n, luck), odds) >= chi_squared(cell.observed.count, odds) ? 1 : 0;
      }
      cell.p_value = static_cast<double>(more) / static_cast<double>(draws_.size());
      const ObservedNps observed = nps_of_counts(cell.observed.count);
      cell.nps_observed = observed.nps;
      cell.nps_observed_se = observed.se;
      cell.nps_observed_lo = observed.nps - kZ95 * observed.se;
      cell.nps_observed_hi = observed.nps + kZ95 * observed.se;
      cell.nps = nps_of(cell.expected);
      double variance = 0;
      for (const double one : nps) variance += (one - cell.nps) * (one - cell.nps) / static_cast<double>(nps.size());
      put_quantiles(nps, cell.nps_lo, cell.nps_hi);
      cell.mean_observed = mean_of(cell.observed.count);
      cell.mean_observed_se = mean_error(cell.observed.count);
      cell.mean_observed_lo = cell.mean_observed - kZ95 * cell.mean_observed_se;
      cell.mean_observed_hi = cell.mean_observed + kZ95 * cell.mean_observed_se;
      cell.mean = mean_of(cell.expected);
      put_quantiles(expectations.means, cell.mean_lo, cell.mean_hi);
      expectations.put(cell.expected_lo, cell.expected_hi);
      predict(cell, i);
      // Errors of what is expected, so that a cell where all say the same is not infinitely surprised.
      const double class_share = 1 - cell.expected[7] - cell.expected[8];
      const double expected_variance = 1e4 * (class_share - cell.nps * cell.nps * 1e-4) / n;
      cell.z = (observed.nps - cell.nps) / std::sqrt(std::max(expected_variance + variance, 1e-12));
      to_.cells.push_back(cell);
    }
  }

  /// Shares, NPS and mean of several surveys.
  struct Spread {
    std::array<std::vector<double>, kAnswers> shares;
    std::vector<double> nps, means;

    void add(const ScoreOdds& odds) {
      for (std::size_t k = 0; k < kAnswers; ++k) shares[k].push_back(odds[k]);
      nps.push_back(nps_of(odds));
      means.push_back(mean_of(odds));
    }
    void put(ScoreOdds& lo, ScoreOdds& hi) const {
      for (std::size_t k = 0; k < kAnswers; ++k) put_quantiles(shares[k], lo[k], hi[k]);
    }
  };

  /// What another survey of as many answers would find in a cell.
  void predict(CheckedCell& cell, std::size_t which) const {
    const engine::PlaceKey key = engine::place_key(plan_.seed, "posterior predictive intervals");
    const double n = sum_of(cell.observed.count);
    Spread surveys;
    for (std::size_t d = 0; d < draws_.size(); ++d) {
      const ScoreOdds odds = expected(d, which);
      for (std::uint32_t survey = 0; survey < kSurveys; ++survey) {
        ScoreOdds found = replicate(odds, n, engine::luck_of(key, which, survey, static_cast<std::uint32_t>(d)));
        for (double& one : found) one /= n;
        surveys.add(found);
      }
    }
    surveys.put(cell.predicted_lo, cell.predicted_hi);
    put_quantiles(surveys.nps, cell.nps_predicted_lo, cell.nps_predicted_hi);
    put_quantiles(surveys.means, cell.mean_predicted_lo, cell.mean_predicted_hi);
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
      to_.profiles.push_back(profile(*likelihood_, space_, to_.fit, parameter, plan_.threads));
    }
    return true;
  }

  /// Whether what the journey has beyond simpler ones is earned.
  bool simpler_journeys() {
    const auto without = [&](std::string name, const std::vector<std::pair<std::string, double>>& set) {
      JourneyFile simpler = journey_;
      std::vector<CalibrationParameter> left;
      bool changes = false;
      for (const auto& [address, value] : set) {
        changes = changes || value_at(simpler.tree, address) != value;
        set_number(simpler.tree, address, value);
      }
      for (const CalibrationParameter& one : space_.parameters()) {
        const bool is_set = std::ranges::any_of(set, [&](const auto& each) { return each.first == one.address(); });
        changes = changes || is_set;
        if (!is_set) left.push_back(one);
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
                             static_cast<int>(space_.size() - left.size())});
      return true;
    };
    std::vector<std::pair<std::string, double>> no_asymmetry;
    for (const Persona& persona : typed_.personas)
      no_asymmetry.emplace_back("personas." + persona.id + ".loss_aversion", 1);
    if (!without("loss_aversion_1", no_asymmetry)) return false;
    return without("mean_only_memory",
                   {{"satisfaction.memory.peak", 0}, {"satisfaction.memory.end", 0}, {"satisfaction.memory.mean", 1}});
  }

  /// An answer that was held out, or so many: where it is among the shares of a draw.
  struct HeldAnswer {
    ScoredAnswer scored;
    std::uint32_t share = 0;  // of held_out_draws_ where there are such, else of draws_
    const AnswerCell* cell = nullptr;
    const Respondent* who = nullptr;
  };

  const std::vector<ScoreOdds>& held_out_shares(std::size_t draw) const {
    return held_out_draws_.empty() ? draws_[draw] : held_out_draws_[draw];
  }

  std::vector<HeldAnswer> held_answers() const {
    std::vector<HeldAnswer> list;
    const std::size_t first = answers_.cells.size();
    for (std::size_t i = 0; i < held_out_->respondents.size(); ++i) {
      const Respondent& one = held_out_->respondents[i];
      const auto cell = cell_of(*held_out_, one);
      if (!cell) continue;
      const std::uint32_t share = to_.own_paths ? static_cast<std::uint32_t>(i) : questions_.cell_of[first + *cell];
      list.push_back({{one.score, one.weight}, share, &held_out_->cells[*cell], &one});
    }
    if (!list.empty()) return list;
    for (std::size_t i = 0; i < held_out_->cells.size(); ++i) {
      const AnswerCell& cell = held_out_->cells[i];
      for (std::size_t k = 0; k < kAnswers; ++k) {
        // Of a histogram each answer is one: what is drawn again in a bootstrap are answers.
        for (long n = std::lround(cell.count[k]); n > 0; --n) {
          list.push_back({{static_cast<int>(k), 1}, questions_.cell_of[first + i], &cell, nullptr});
        }
      }
    }
    return list;
  }

  void look_at_held_out() {
    HeldOut& to = to_.held_out.emplace();
    const std::vector<HeldAnswer> held = held_answers();
    std::vector<ScoreOdds> forecasts(held.size(), ScoreOdds{});
    std::vector<ScoredAnswer> scores;
    for (std::size_t i = 0; i < held.size(); ++i) {
      scores.push_back(held[i].scored);
      for (std::size_t d = 0; d < draws_.size(); ++d) {
        const ScoreOdds& odds = held_out_shares(d)[held[i].share];
        for (std::size_t k = 0; k < kAnswers; ++k) forecasts[i][k] += odds[k] / static_cast<double>(draws_.size());
      }
    }
    to.scores = forecast_scores(forecasts, scores);
    predicted_nps(to, held);
    baselines(to, forecasts, scores, held);
    drift(to, held);
  }

  void predicted_nps(HeldOut& to, const std::vector<HeldAnswer>& held) const {
    double weights = 0;
    for (const HeldAnswer& one : held) weights += one.scored.weight;
    std::vector<double> predicted;
    for (std::size_t d = 0; d < draws_.size(); ++d) {
      double sum = 0;
      for (const HeldAnswer& one : held) sum += one.scored.weight * nps_of(held_out_shares(d)[one.share]);
      predicted.push_back(sum / weights);
    }
    double mean = 0;
    double variance = 0;
    for (const double one : predicted) mean += one / static_cast<double>(predicted.size());
    for (const double one : predicted) variance += (one - mean) * (one - mean) / static_cast<double>(predicted.size());
    const double half = kZ95 * std::sqrt(variance + to.scores.observed.se * to.scores.observed.se);
    to.nps_lo = to.scores.nps - half;
    to.nps_hi = to.scores.nps + half;
    to.nps_observed_lo = to.scores.observed.nps - kZ95 * to.scores.observed.se;
    to.nps_observed_hi = to.scores.observed.nps + kZ95 * to.scores.observed.se;
  }

  void baselines(HeldOut& to, const std::vector<ScoreOdds>& forecasts, const std::vector<ScoredAnswer>& scores,
                 const std::vector<HeldAnswer>& held) const {
    const Baselines baselines(answers_.cells);
    const auto add = [&](std::string name, std::string why_not, const auto& forecast) {
      Baseline& one = to.baselines.emplace_back();
      one.name = std::move(name);
      std::vector<ScoreOdds> others;
      for (const HeldAnswer& answer : held) {
        const std::optional<ScoreOdds> odds = forecast(answer);
        if (!odds) {
          one.why_not = std::move(why_not);
          return;
        }
        others.push_back(*odds);
      }
      one.scores = forecast_scores(others, scores);
      one.gain = score_gain(forecasts, others, scores, plan_.seed);
    };
    using Odds = std::optional<ScoreOdds>;
    add("uniform", "", [&](const HeldAnswer&) -> Odds { return baselines.uniform(); });
    add("marginal", "", [&](const HeldAnswer& one) -> Odds { return baselines.marginal(one.cell->touchpoint); });
    add("segment", "",
        [&](const HeldAnswer& one) -> Odds { return baselines.segment(one.cell->persona, one.cell->touchpoint); });
    add("persistence", "no earlier period", [&](const HeldAnswer& one) -> Odds {
      const AnswerCell& cell = *one.cell;
      return cell.period == kNotSaid ? Odds() : baselines.persistence(cell.persona, cell.touchpoint, cell.period);
    });
    if (!to_.own_paths) return;
    const Reading<RatingModel> straight = RatingModel::fit(answers_.respondents, answers_.shape.ratings);
    add("ordered_logit", straight ? "" : straight.refusal.what,
        [&](const HeldAnswer& one) -> Odds { return straight ? Odds((*straight)(*one.who)) : Odds(); });
  }

  /// One number for all held-out answers: by how many points they are moved beyond what the journey explains. Its likelihood is searched by
  /// Newton's method with differences.
  void drift(HeldOut& to, const std::vector<HeldAnswer>& held) const {
    const Eigen::VectorXd values = space_.at(to_.fit.x).values;
    const BankLikelihood& journeys = held_out_likelihood_ ? *held_out_likelihood_ : *likelihood_;
    double weights = 0;
    double squares = 0;
    for (const HeldAnswer& one : held) {
      weights += one.scored.weight;
      squares += one.scored.weight * one.scored.weight;
    }
    const double scale = weights / squares;  // weighted rows count as their effective number
    const auto likelihood = [&](double shift) {
      const std::vector<ScoreOdds> odds = journeys.shares(values, plan_.threads, shift);
      double sum = 0;
      for (const HeldAnswer& one : held) {
        sum += scale * one.scored.weight *
               engine::log(std::max(odds[one.share][static_cast<std::size_t>(one.scored.score)], 1e-300));
      }
      return sum;
    };
    constexpr double kStep = 0.02;
    double shift = 0;
    for (int i = 0; i < 8; ++i) {
      const double here = likelihood(shift);
      const double above = likelihood(shift + kStep);
      const double below = likelihood(shift - kStep);
      const double curvature = (2 * here - above - below) / (kStep * kStep);
      if (!(curvature > 0)) break;
      to.drift_se = 1 / std::sqrt(curvature);
      const double step = std::clamp((above - below) / (2 * kStep) / curvature, -1.0, 1.0);
      shift += step;
      if (std::abs(step) < 1e-4) break;
    }
    to.drift = shift;
    const auto nps = [&](double by) {
      const std::vector<ScoreOdds> odds = journeys.shares(values, plan_.threads, by);
      double sum = 0;
      for (const HeldAnswer& one : held) sum += one.scored.weight * nps_of(odds[one.share]) / weights;
      return sum;
    };
    to.drift_lo = shift - kZ95 * to.drift_se;
    to.drift_hi = shift + kZ95 * to.drift_se;
    const double unshifted = nps(0);
    to.drift_nps = nps(shift) - unshifted;
    to.drift_nps_lo = nps(to.drift_lo) - unshifted;
    to.drift_nps_hi = nps(to.drift_hi) - unshifted;
  }

  void warn() {
    const Mark mark{journey_.source, 1, 1};
    const auto say = [&](const Mark& where, std::string what, std::string why, std::string remedy = "") {
      to_.warnings.warning(where, std::move(what), std::move(why), std::move(remedy));
    };
    for (std::size_t i = 0; i < to_.weak.size(); ++i) {
      say(space_.parameters()[to_.weak[i].parts.front().parameter].prior.mark,
          "the data say less than the prior about " + to_.weak_words[i],
          "what is estimated there is mostly what was assumed",
          "Ask at more touchpoints, fix one of them, or say more in the priors");
    }
    for (std::size_t i = 0; i < space_.size(); ++i) {
      const ParameterEstimate& one = to_.posterior.parameters[i];
      if (one.rhat > 1.05 || one.effective < 100) {
        say(space_.parameters()[i].prior.mark,
            fmt::format("the sampler has not settled on {}: R-hat {:.3f}, {:.0f} effective draws", to_.addresses[i],
                        one.rhat, one.effective),
            "its interval may be wrong", "Ask for more draws with --draws");
      }
    }
    if (!to_.fit.converged)
      say(mark, "the search for the most likely values ended before it was sure",
          "a value may be off by a part of its error");
    if (to_.effective_share < kLeastEffective) {
      say(mark,
          fmt::format("only {:.0f} % of the recorded journeys count where the answers lead", 100 * to_.effective_share),
          "chances have moved far from those in the file", "Calibrate again from the calibrated file");
    }
    if (to_.posterior.noise > 0.05) {
      say(mark, fmt::format("{:.0f} % of the variances are the simulation's", 100 * to_.posterior.noise),
          "they are in the intervals", to_.own_paths ? "" : "Record more journeys with --journeys");
    }
    if (to_.fit.log_likelihood <= to_.marginal_log_likelihood) {
      say(mark, "the journey does no better than one histogram for everybody",
          "nothing that it says about touchpoints and personas is in the answers");
    }
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
  Bank bank_;
  std::optional<BankLikelihood> likelihood_;
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

bool fits(const CheckedCell& cell) { return std::abs(cell.z) <= 3 && cell.p_value >= 0.01; }

bool is_earned(const SimplerFit& simpler) { return simpler.worse > 2 + simpler.fewer; }

bool drifts(const HeldOut& held_out) {
  return held_out.drift_se > 0 && std::abs(held_out.drift) > 2 * held_out.drift_se;
}

std::optional<Calibration> calibrate(const JourneyFile& journey, const std::vector<CalibrationParameter>& parameters,
                                     const Answers& answers, const Answers* held_out, const CalibrationPlan& plan,
                                     const OnCalibration& on) {
  SOJOURN_EXPECT(!parameters.empty() && !answers.cells.empty(),
                 "something to calibrate, and something to calibrate to");
  return Work(journey, parameters, answers, held_out, plan, on).run();
}

}  // namespace sojourn::models
