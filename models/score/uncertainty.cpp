#include "models/score/uncertainty.h"

#include "engine/base/contract.h"
#include "engine/study/decision.h"
#include "engine/study/score_walk.h"
#include "engine/tally/estimate.h"
#include "models/behaviour/compile.h"
#include "models/behaviour/scores.h"
#include "models/journey/address_words.h"
#include "models/score/input_draws.h"
#include "models/text/utf8.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace sojourn::models {
namespace {

constexpr double kPerNano = 1e-9;
constexpr double often = 0.05;  // from this share on, what is cut off is worth a warning

/// One row for every address that is drawn in some case.
struct Input {
  std::string address;
  std::vector<double> scores;  // [draw] normal scores
  bool joint = false;          // from a posterior: not independent of the others that are
  std::vector<std::string> of;
  std::string label;
};

/// The draws of every case's uncertain numbers.
class Inputs {
 public:
  Inputs(const Experiment& experiment, const CaseFiles& files, const RunPlan& run, std::uint64_t draws)
      : posterior_(files.posterior), count_(draws) {
    std::map<std::string, std::size_t> known;
    if (posterior_) take_posterior(experiment.case_of(0), known);
    for (std::size_t c = 0; c < experiment.case_count(); ++c) {
      const Case& one = experiment.case_of(c);
      auto& of_case = by_case_.emplace_back();
      auto& placed = uncertain_.emplace_back(from_posterior_);
      for (const Uncertain& uncertain : one.uncertain) {
        if (is_drawn_jointly(uncertain)) continue;
        const InputDraw& draw = draws_.emplace_back(uncertain, run.seed, run.replicate, quantiles_);
        of_case.push_back(&draw);
        placed.push_back(uncertain);
        warn(uncertain, draw);
        const auto [found, is_new] = known.try_emplace(uncertain.address, inputs_.size());
        if (is_new) {
          Input& input = inputs_.emplace_back();
          input.address = uncertain.address;
          input.label = address_words(one.trees.front(), uncertain.address);
          for (std::uint32_t i = 0; i < draws; ++i) input.scores.push_back(draw.normal_score(i));
        }
        const Tree* title = files.journey->tree.find("journey");
        const std::string of = uncertain.scenario > 0 ? one.scenarios[uncertain.scenario - 1]
                                                      : (title ? title->scalar : std::string("the journey"));
        auto& titles = inputs_[found->second].of;
        if (std::ranges::find(titles, of) == titles.end()) titles.push_back(of);
      }
    }
  }

  void sort() {  // sums over them must not show the files' order
    std::ranges::sort(inputs_, {}, &Input::address);
  }

  /// What `values` are of.
  const std::vector<Uncertain>& uncertain(std::size_t one_case) const { return uncertain_[one_case]; }
  std::vector<double> values(std::size_t one_case, std::uint32_t draw) const {
    std::vector<double> list;
    for (std::size_t i = 0; i < from_posterior_.size(); ++i) {
      list.push_back(posterior_->values[i][posterior_->draw_for(draw, count_)]);
    }
    for (const InputDraw* input : by_case_[one_case]) list.push_back(input->value(draw));
    return list;
  }
  const std::vector<Input>& list() const { return inputs_; }
  Diagnostics& warnings() { return warnings_; }

 private:
  void take_posterior(const Case& base, std::map<std::string, std::size_t>& known) {
    for (std::size_t i = 0; i < posterior_->addresses.size(); ++i) {
      Uncertain& own = from_posterior_.emplace_back();
      own.address = posterior_->addresses[i];
      known.emplace(own.address, inputs_.size());
      Input& input = inputs_.emplace_back();
      input.address = own.address;
      input.label = address_words(base.trees.front(), own.address);
      input.joint = true;
      input.of = {posterior_->title};
      std::vector<double> values;
      for (std::uint32_t draw = 0; draw < count_; ++draw)
        values.push_back(posterior_->values[i][posterior_->draw_for(draw, count_)]);
      input.scores = normal_scores(values);
    }
    if (count_ > posterior_->draws()) {
      warnings_.warning({std::make_shared<const SourceText>(SourceText{posterior_->file, {}}), 0, 0, 1},
                        "the posterior has " + std::to_string(posterior_->draws()) + " draws, which is less than " +
                            std::to_string(count_),
                        "each of them is taken several times, and no more is learnt of the inputs by it",
                        "Ask for fewer with --draws, or calibrate with more");
    }
  }

  /// A scenario's own entry is about its change of the number, which the posterior knows nothing of.
  bool is_drawn_jointly(const Uncertain& uncertain) const {
    return posterior_ && uncertain.scenario == 0 &&
           std::ranges::find(posterior_->addresses, uncertain.address) != posterior_->addresses.end();
  }

  void warn(const Uncertain& uncertain, const InputDraw& draw) {
    if (draw.share_outside() < often) return;
    if (!warned_.insert({uncertain.mark.source.get(), uncertain.mark.line}).second) return;
    const auto percent = std::to_string(static_cast<int>(100 * draw.share_outside() + 0.5));
    warnings_.warning(uncertain.mark,
                      "uncertain: " + percent + " % of the distribution of " + quoted(uncertain.address) +
                          " lie outside of what it can be",
                      "only the part inside is drawn from, so that its mean and width are not those written",
                      "Choose a distribution that keeps to the range");
  }

  const PosteriorDraws* posterior_;
  std::uint64_t count_;
  Quantiles quantiles_;
  std::deque<InputDraw> draws_;
  std::vector<Uncertain> from_posterior_;               // [parameter] of it
  std::vector<std::vector<Uncertain>> uncertain_;       // [case] those of the posterior, then the others
  std::vector<std::vector<const InputDraw*>> by_case_;  // [case] of the others
  std::vector<Input> inputs_;
  std::set<std::pair<const void*, std::size_t>> warned_;
  Diagnostics warnings_;
};

/// What a draw does to the NPS of its agents, against the journeys as they are written: of the base, then of each difference.
struct DrawResult {
  bool walked = false;
  std::vector<engine::Moments> shifts;  // [series], in nano-points
};

/// NPS of some agents in every case, as the base's and the differences, [series][agent].
using ScoreRows = std::vector<std::vector<std::int64_t>>;

void walk_case(std::size_t c, const Customer& customer, const Atlas& atlas, const engine::PlaceKeys& keys,
               std::span<const std::uint64_t> agents, ScoreRows& rows) {
  const std::size_t scores = atlas.layout.scores - atlas.layout.mark_kinds.size();
  rows[c].resize(agents.size());
  engine::walk_for_score(customer, keys, agents, scores, score::nps, std::span(rows[c]));
  if (c == 0) return;
  for (std::size_t i = 0; i < agents.size(); ++i) rows[c][i] -= rows[0][i];
}

/// The outer loop. Each draw has agents of its own from the main run, who travel with the same luck through the journeys as
/// drawn and as written: what they have in common falls out, and the draws' errors are independent of each other.
class Loop {
 public:
  Loop(const Experiment& experiment, const CaseFiles& files, const Inputs& inputs, const RunPlan& run,
       const DrawPlan& plan)
      : experiment_(experiment),
        files_(files),
        inputs_(inputs),
        run_(run),
        plan_(plan),
        keys_(experiment.keys(run.seed, run.replicate)) {}

  /// False if it was stopped.
  bool go(const OnProgress& on_draw) {
    engine::ParallelPlan parallel;
    parallel.last_agent = plan_.draws;  // here, what is worked through one by one are draws
    parallel.threads = run_.threads;
    parallel.shuffle = run_.shuffle;
    parallel.chunk = 1;
    results_.resize(plan_.draws);
    std::mutex mutex;
    const auto progress = [&](std::uint64_t done) {
      if (!on_draw) return true;
      const std::lock_guard lock(mutex);
      return on_draw({done, plan_.draws});
    };
    return engine::for_each_chunk(parallel, progress, [&](int, engine::ChunkRange range) {
      const auto draw = static_cast<std::uint32_t>(range.first_agent);
      try {
        walk_draw(draw);
      } catch (const InputError& error) {
        note(mutex, draw, error.diagnostics().list().front().what);
      } catch (const engine::NoWayOn&) {
        note(mutex, draw, "an agent has no way on");
      }
    });
  }

  const std::vector<DrawResult>& results() const { return results_; }  // [draw]
  /// Of the first draw that was left out.
  const std::string& why_left_out() const { return why_left_out_; }

 private:
  void walk_draw(std::uint32_t draw) {
    std::deque<Case> cases;
    std::vector<const Case*> pointers;
    for (std::size_t c = 0; c < experiment_.case_count(); ++c) {
      const std::vector<double> values = inputs_.values(c, draw);
      cases.push_back(build_case(*files_.journey, files_.scenarios[c], inputs_.uncertain(c), values));
      pointers.push_back(&cases.back());
    }
    std::vector<std::uint64_t> agents;
    for (std::uint64_t i = 0; i < plan_.agents; ++i) agents.push_back((draw * plan_.agents + i) % plan_.population);
    const Atlas atlas = make_atlas(pointers);
    const engine::PlaceKeys keys = engine::place_keys({run_.seed, run_.replicate}, atlas.touchpoints.ids());
    const auto quantiles = std::make_shared<Quantiles>(experiment_.quantiles());
    ScoreRows drawn(cases.size());
    ScoreRows written(cases.size());
    DrawResult result;
    for (std::size_t c = 0; c < cases.size(); ++c) {
      walk_case(c, Customer(compile(cases[c], atlas, quantiles)), atlas, keys, agents, drawn);
      walk_case(c, experiment_.customer(c), experiment_.atlas(), keys_, agents, written);
      engine::Moments& shift = result.shifts.emplace_back();
      for (std::size_t i = 0; i < agents.size(); ++i) shift.add(drawn[c][i] - written[c][i]);
    }
    result.walked = true;
    results_[draw] = std::move(result);
  }

  void note(std::mutex& mutex, std::uint32_t draw, const std::string& why) {
    const std::lock_guard lock(mutex);
    if (draw >= first_left_out_) return;
    first_left_out_ = draw;
    why_left_out_ = why;
  }

  const Experiment& experiment_;
  const CaseFiles& files_;
  const Inputs& inputs_;
  const RunPlan& run_;
  const DrawPlan& plan_;
  engine::PlaceKeys keys_;
  std::vector<DrawResult> results_;
  std::uint32_t first_left_out_ = ~std::uint32_t{0};
  std::string why_left_out_;
};

/// The draws of one series in NPS points: `raw` as the agents gave them, around the main run's centre; `clean` drawn together
/// around their mean until their variance is what the inputs make.
struct Series {
  std::vector<double> raw, clean;
  double by_inputs = 0;           // variance
  std::vector<double> explained;  // [input] of the variance
};

/// The inputs' normal scores, [input][draw], and which of them come from one joint distribution.
struct Scores {
  std::vector<std::vector<double>> of;
  std::vector<bool> joint;
};

/// Of the variance between draws, chance makes the mean of the draws' squared standard errors; the rest is the inputs'
/// (equation (18), one-way analysis of variance with random draws: O'Hagan, Stevenson & Madan 2007, Health Economics 16). Where chance
/// is large that rest is poorly known and can be nothing; it is at least what the inputs one by one explain. Of those that hang
/// together, which explain the same, only the one that explains most counts.
Series series_of(const std::vector<const DrawResult*>& draws, const Scores& scores, const DrawPlan& plan, std::size_t s,
                 double centre) {
  Series series;
  double mean = 0;
  double by_chance = 0;
  for (const DrawResult* draw : draws) {
    const engine::Estimate shift =
        engine::estimate(engine::mean_sums(plan.agents, draw->shifts[s]), kPerNano, engine::Shape::real);
    series.raw.push_back(centre + shift.value);
    mean += series.raw.back();
    if (shift.se > 0) by_chance += shift.se * shift.se;
  }
  const auto n = static_cast<double>(draws.size());
  mean /= n;
  by_chance /= n;
  double observed = 0;
  for (const double value : series.raw) observed += (value - mean) * (value - mean);
  observed /= std::max(1.0, n - 1);
  double additive = 0;
  double most_of_joint = 0;
  for (std::size_t i = 0; i < scores.of.size(); ++i) {
    const double explained = series.explained.emplace_back(engine::variance_explained(scores.of[i], series.raw));
    if (scores.joint[i]) {
      most_of_joint = std::max(most_of_joint, explained);
    } else {
      additive += explained;
    }
  }
  additive += most_of_joint;
  series.by_inputs = std::min(observed, std::max(observed - by_chance, additive));
  const double keep = observed > 0 ? std::sqrt(series.by_inputs / observed) : 0;
  for (const double value : series.raw) series.clean.push_back(keep == 1 ? value : mean + keep * (value - mean));
  return series;
}

double share_of(const Series& series, std::size_t input) {
  return series.by_inputs > 0 ? std::min(1.0, series.explained[input] / series.by_inputs) : 0;
}

InputFigure figure_of(const Series& series) {
  InputFigure figure;
  double mean = 0;
  for (const double value : series.clean) mean += value;
  figure.estimate = mean / static_cast<double>(series.clean.size());
  figure.lo = engine::sample_quantile(series.clean, 0.025);
  figure.hi = engine::sample_quantile(series.clean, 0.975);
  return figure;
}

/// Choosing between the base and what-ifs.
void decide(const std::vector<Series>& series, Uncertainty& to) {
  engine::Gains gains(to.draws, series.size());
  for (std::size_t s = 1; s < series.size(); ++s) {
    for (std::size_t draw = 0; draw < to.draws; ++draw) gains.at(draw, s) = series[s].clean[draw];
  }
  const std::vector<double> best = engine::chance_of_being_best(gains);
  const engine::ValueOfKnowing all = engine::value_of_knowing_all(gains);
  to.evpi_se = all.se;
  to.base.p_best = best[0];
  to.base.evpi = all.value;
  for (std::size_t s = 1; s < series.size(); ++s) {
    to.differences[s - 1].p_best = best[s];
    to.differences[s - 1].evpi = all.value;
  }
}

void weigh_inputs(const Inputs& inputs, const Scores& scores, const std::vector<Series>& series, Uncertainty& to) {
  engine::Gains gains(to.draws, series.size());  // a regression needs no cleaning: it averages chance away
  for (std::size_t s = 1; s < series.size(); ++s) {
    for (std::size_t draw = 0; draw < to.draws; ++draw) gains.at(draw, s) = series[s].raw[draw];
  }
  for (std::size_t i = 0; i < scores.of.size(); ++i) {
    const Input& input = inputs.list()[i];
    UncertainInput row;
    row.address = input.address;
    row.label = input.label;
    row.of = input.of;
    if (series.size() > 1) row.evppi = engine::value_of_knowing(gains, scores.of[i]);
    row.base_share = share_of(series[0], i);
    for (std::size_t s = 1; s < series.size(); ++s) {
      row.difference_shares.push_back(share_of(series[s], i));
    }
    to.inputs.push_back(std::move(row));
  }
  const auto weight = [&](const UncertainInput& input) {
    double largest = input.base_share;
    for (const double share : input.difference_shares) largest = std::max(largest, share);
    return std::pair(series.size() > 1 ? input.evppi : 0.0, largest);
  };
  std::ranges::stable_sort(to.inputs, [&](const auto& a, const auto& b) { return weight(a) > weight(b); });
  if (series.size() > 1) to.groups = groups_of(to.inputs);
}

[[noreturn]] void refuse_draws(const Experiment& experiment, const CaseFiles& files, const DrawPlan& plan,
                               std::uint64_t left_out, const std::string& why) {
  Diagnostics problem;
  Mark mark;
  for (std::size_t c = 0; c < experiment.case_count() && !mark.source; ++c) {
    const auto& list = experiment.case_of(c).uncertain;
    if (!list.empty()) mark = list.front().mark;
  }
  if (files.posterior) mark = {std::make_shared<const SourceText>(SourceText{files.posterior->file, {}}), 0, 0, 1};
  problem.error(mark,
                (files.posterior ? "" : "uncertain: ") + std::to_string(left_out) + " of " +
                    std::to_string(plan.draws) + " draws give no journey that can be walked",
                "the first of them: " + why, "Narrow the distributions, or turn them off with --draws 0");
  throw InputError(std::move(problem));
}

}  // namespace

DrawPlan draw_plan(std::uint64_t agents, std::optional<std::uint64_t> draws) {
  constexpr std::uint64_t fewest_agents = 100;
  constexpr std::uint64_t most_agents = 20'000;
  DrawPlan plan;
  plan.population = agents;
  plan.draws = draws.value_or(std::clamp<std::uint64_t>(agents / 250, 40, 200));
  if (plan.draws == 0) return plan;
  const std::uint64_t fewest = std::min(agents, fewest_agents);
  plan.agents = std::clamp(agents / plan.draws, fewest, std::max(fewest, most_agents));
  return plan;
}

std::vector<InputGroup> groups_of(const std::vector<UncertainInput>& inputs) {
  std::vector<InputGroup> groups;
  for (const UncertainInput& input : inputs) {
    for (const std::string& title : input.of) {
      auto found = std::ranges::find(groups, title, &InputGroup::of);
      if (found == groups.end()) found = groups.insert(groups.end(), {title, 0});
      found->evppi += input.evppi;
    }
  }
  return groups;
}

bool has_uncertain_inputs(const Experiment& experiment) {
  for (std::size_t c = 0; c < experiment.case_count(); ++c) {
    if (!experiment.case_of(c).uncertain.empty()) return true;
  }
  return false;
}

std::optional<DrawnInputs> draw_inputs(const Experiment& experiment, const CaseFiles& files, const RunPlan& run,
                                       const DrawPlan& plan, std::span<const double> centre,
                                       const OnProgress& on_draw) {
  SOJOURN_EXPECT(plan.draws >= 1 && plan.draws <= most_draws && plan.agents >= 1, "there is something to draw");
  SOJOURN_EXPECT(centre.size() == experiment.case_count() && files.scenarios.size() == centre.size(), "one a case");
  Inputs inputs(experiment, files, run, plan.draws);
  inputs.sort();
  Loop loop(experiment, files, inputs, run, plan);
  if (!loop.go(on_draw)) return std::nullopt;

  std::vector<std::uint32_t> drawn;  // those that could be walked
  std::vector<const DrawResult*> draws;
  for (std::uint32_t draw = 0; draw < plan.draws; ++draw) {
    if (!loop.results()[draw].walked) continue;
    drawn.push_back(draw);
    draws.push_back(&loop.results()[draw]);
  }
  const std::uint64_t left_out = plan.draws - drawn.size();
  if (2 * left_out > plan.draws) refuse_draws(experiment, files, plan, left_out, loop.why_left_out());

  DrawnInputs result;
  Uncertainty& to = result.uncertainty;
  to.draws = drawn.size();
  to.left_out = left_out;
  to.agents = plan.agents;
  Scores scores;
  for (const Input& input : inputs.list()) {
    auto& of_input = scores.of.emplace_back();
    scores.joint.push_back(input.joint);
    for (const std::uint32_t draw : drawn) of_input.push_back(input.scores[draw]);
  }
  std::vector<Series> series;
  for (std::size_t s = 0; s < experiment.case_count(); ++s) {
    series.push_back(series_of(draws, scores, plan, s, centre[s]));
  }
  to.base = figure_of(series[0]);
  for (std::size_t s = 1; s < series.size(); ++s) to.differences.push_back(figure_of(series[s]));
  if (series.size() > 1) decide(series, to);
  weigh_inputs(inputs, scores, series, to);

  result.warnings = std::move(inputs.warnings());
  if (left_out > 0) {
    result.warnings.warning({files.journey->source, 0, 0, 1},
                            "uncertain: " + std::to_string(left_out) + " of " + std::to_string(plan.draws) +
                                " draws are left out: their values do not go together",
                            "the first of them: " + loop.why_left_out());
  }
  return result;
}

}  // namespace sojourn::models
