#include "models/score/controlled.h"

#include "engine/tally/controlled.h"
#include "engine/tally/interval.h"
#include "models/behaviour/scores.h"
#include "models/score/detail/known_parts.h"
#include "models/score/figures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace sojourn::models {
namespace {

using detail::Part;
using engine::Estimate;
using engine::Shape;
using engine::StratumScore;

constexpr double kPerNano = 1e-9;
constexpr double fewest_of_a_persona = 50;  // that are to be expected

double centred(std::uint64_t n, engine::Sum a, engine::Sum b, const engine::WideSum& ab) {
  return engine::covariance(n, a, b, ab) * static_cast<double>(n);
}

double mean(engine::Sum sum, std::uint64_t n) { return static_cast<double>(sum) / static_cast<double>(n); }

/// A score as a combination of the controlled ones: their places in Layout::controlled, and their weights.
struct Term {
  std::size_t place;
  double weight;
};

std::vector<Term> terms_of(std::uint32_t which) {
  std::vector<Term> terms;
  const auto answers = [&](std::size_t first, std::size_t last, double weight) {
    for (std::size_t k = first; k <= last; ++k) terms.push_back({k, weight});
  };
  switch (which) {
    case score::nps: answers(9, 10, 100), answers(0, 6, -100); break;
    case score::promoters: answers(9, 10, 1); break;
    case score::passives: answers(7, 8, 1); break;
    case score::detractors: answers(0, 6, 1); break;
    case score::answer:
      for (std::size_t k = 1; k <= 10; ++k) answers(k, k, static_cast<double>(k));
      break;
    case score::satisfaction: terms = {{11, 1}}; break;
    case score::satisfied: terms = {{12, 1}}; break;
    default:
      if (which >= score::answer_0 && which < score::answer_0 + 11)
        answers(which - score::answer_0, which - score::answer_0, 1);
  }
  return terms;
}

/// Estimates over some parts of the population.
class PartFigures {
 public:
  explicit PartFigures(std::vector<Part> parts) : parts_(std::move(parts)), count_(parts_.front().expected.size()) {
    for (Part& part : parts_) forget_what_is_contradicted(part);
    controls_.emplace(strata());
  }

  Estimate of_score(std::uint32_t which, double unit, Shape shape) const {
    const std::vector<Term> terms = terms_of(which);
    std::vector<StratumScore> scores;
    for (const Part& part : parts_) {
      StratumScore& one = scores.emplace_back(score_of(part, part.scores[which]));
      if (terms.empty()) continue;
      for (std::size_t c = 0; c < count_; ++c) {
        double sxy = 0;
        for (const Term& term : terms) {
          const std::uint32_t controlled = place_score(term.place);
          sxy += term.weight *
                 centred(part.agents, part.sums.x(c), part.scores[controlled].sum, part.sums.xy(c, term.place));
        }
        one.sxy.push_back(is_known(part, c) ? sxy : 0);
      }
    }
    return controls_->estimate(scores, plain([&](const Part& part) { return part.scores[which].sum; }), unit, shape);
  }

  /// Of the change of NPS that begins at `node`.
  Estimate of_first_change(std::size_t node) const {
    std::vector<StratumScore> scores;
    for (const Part& part : parts_) {
      const engine::Moments& change = part.first_change[node];
      StratumScore& one = scores.emplace_back(score_of(part, change));
      for (std::size_t c = 0; c < count_; ++c) {
        const double sxy = centred(part.agents, part.sums.x(c), change.sum, part.first_change_x[node * count_ + c]);
        one.sxy.push_back(is_known(part, c) ? sxy : 0);
      }
    }
    return controls_->estimate(scores, plain([&](const Part& part) { return part.first_change[node].sum; }), kPerNano,
                               Shape::real);
  }

 private:
  static std::uint32_t place_score(std::size_t place) {
    return place < 11 ? score::answer_0 + static_cast<std::uint32_t>(place)
                      : (place == 11 ? score::satisfaction : score::satisfied);
  }
  /// A mean that the agents are 8 standard errors away from helps nobody: tails too heavy for so few agents, if it is right.
  static void forget_what_is_contradicted(Part& part) {
    constexpr double kFar = 8;
    const auto n = static_cast<double>(part.agents);
    for (std::size_t c = 0; c < part.expected.size(); ++c) {
      if (!std::isfinite(part.expected[c])) continue;
      const double off = mean(part.sums.x(c), part.agents) - part.expected[c];
      const double sxx = centred(part.agents, part.sums.x(c), part.sums.x(c), part.sums.xx(c, c));
      if (sxx > 0 && std::abs(off) > kFar * std::sqrt(sxx / (n - 1) / n)) part.expected[c] = kNone;
    }
  }
  static bool is_known(const Part& part, std::size_t c) { return std::isfinite(part.expected[c]); }
  static StratumScore score_of(const Part& part, const engine::Moments& moments) {
    return {mean(moments.sum, part.agents), centred(part.agents, moments.sum, moments.sum, moments.squares), {}};
  }

  template <class SumOf>
  double plain(const SumOf& sum_of) const {
    engine::Sum sum = 0;
    std::uint64_t agents = 0;
    for (const Part& part : parts_) sum += sum_of(part), agents += part.agents;
    return mean(sum, agents);
  }

  std::vector<engine::Stratum> strata() const {
    std::vector<engine::Stratum> strata;
    const std::size_t k = count_;
    for (const Part& part : parts_) {
      engine::Stratum stratum{part.agents, part.share, std::vector<double>(k, 0.0), std::vector<double>(k * k, 0.0)};
      for (std::size_t a = 0; a < k; ++a) {
        if (!is_known(part, a)) continue;
        stratum.off[a] = mean(part.sums.x(a), part.agents) - part.expected[a];
        for (std::size_t b = 0; b < k; ++b) {
          if (!is_known(part, b)) continue;
          stratum.sxx[a * k + b] = centred(part.agents, part.sums.x(a), part.sums.x(b), part.sums.xx(a, b));
        }
      }
      strata.push_back(std::move(stratum));
    }
    return strata;
  }

  std::vector<Part> parts_;
  std::size_t count_;  // of controls
  std::optional<engine::Controls> controls_;
};

/// What a figure can be.
void keep_in_range(Figure& f, double low, double high) {
  f.estimate = std::clamp(f.estimate, low, high);
  f.lo = std::max(f.lo, low);
  f.hi = std::min(f.hi, high);
}

enum class Form { level, difference };

void put(const Estimate& estimate, Better better, Form form, Figure& figure) {
  Figure now;
  now.estimate = estimate.value;
  now.se = estimate.se;
  now.lo = estimate.lo;
  now.hi = estimate.hi;
  if (form == Form::difference) now.p_better = p_better(estimate.value, estimate.se, better);
  figure = now;
}

void improve(const PartFigures& parts, const Atlas& atlas, Form form, Summary& summary) {
  const auto shape_of = [&](Shape level) { return form == Form::level ? level : Shape::real; };
  for (std::size_t m = 0; m < kMetrics; ++m) {
    const auto metric = static_cast<Metric>(m);
    const std::optional<MetricSource> source = mean_source(metric);
    if (!source) continue;
    Figure& figure = summary.metrics[m];
    put(parts.of_score(source->score, source->unit, shape_of(source->shape)), info(metric).better, form, figure);
    if (form == Form::difference) continue;
    if (metric == Metric::nps) keep_in_range(figure, -100, 100);
    if (metric == Metric::score || metric == Metric::satisfaction) keep_in_range(figure, 0, 10);
  }
  const auto share = [&](std::uint32_t which, Shape shape, Better better, Figure& figure) {
    put(parts.of_score(which, kPerNano, shape_of(shape)), better, form, figure);
  };
  for (std::uint32_t k = 0; k < 11; ++k) {
    share(score::answer_0 + k, Shape::bounded_share, Better::neutral, summary.scores[k]);
  }
  std::uint32_t at = score::fixed_count;
  for (Figure& outcome : summary.outcomes) share(at++, Shape::binary_share, Better::neutral, outcome);
  for (Figure& goal : summary.goals) share(at++, Shape::binary_share, Better::more, goal);
  for (std::uint32_t i = 0; i < summary.pains.size(); ++i) {
    share(at + i, Shape::binary_share, Better::less, summary.pains[i].open);
    put(parts.of_score(at + atlas.pains.size() + i, 1.0, Shape::real), Better::less, form, summary.pains[i].met);
  }
}

double ratio_of(double plain_se, double se) { return plain_se > 0 && se > 0 ? plain_se * plain_se / (se * se) : kNone; }

/// One persona's part, as a population of its own; empty where too few of its agents are to be expected.
std::vector<Part> alone(const std::vector<Part>& parts, std::uint32_t persona, std::uint64_t agents) {
  for (const Part& part : parts) {
    if (part.persona != persona) continue;
    if (part.share * static_cast<double>(agents) < fewest_of_a_persona || part.agents < 2) return {};
    std::vector<Part> list = {part};
    list.front().share = 1;
    return list;
  }
  return {};
}

}  // namespace

void control_figures(const Experiment& experiment, const engine::Tallies& tallies, std::size_t i, Figures& figures) {
  const Atlas& atlas = experiment.atlas();
  const std::vector<Part> parts = detail::parts_of_case(experiment, tallies, i);
  const std::vector<Part> merged = detail::merged(parts, tallies.agents);
  if (merged.empty()) return;
  const double plain_se = figures.overall[Metric::nps].se;
  improve(PartFigures(merged), atlas, Form::level, figures.overall);
  figures.control_ratio = ratio_of(plain_se, figures.overall[Metric::nps].se);
  for (std::uint32_t p = 0; p < atlas.personas.size(); ++p) {
    std::vector<Part> one = alone(parts, p, tallies.agents);
    if (!one.empty()) improve(PartFigures(std::move(one)), atlas, Form::level, figures.personas[p]);
  }
}

void control_differences(const Experiment& experiment, const engine::Tallies& tallies, std::size_t i,
                         Figures& figures) {
  const Atlas& atlas = experiment.atlas();
  const std::vector<Part> parts = detail::parts_of_pair(experiment, tallies, i);
  const std::vector<Part> merged = detail::merged(parts, tallies.agents);
  if (merged.empty()) return;
  const double plain_se = figures.overall[Metric::nps].se;
  const PartFigures all(merged);
  improve(all, atlas, Form::difference, figures.overall);
  figures.control_ratio = ratio_of(plain_se, figures.overall[Metric::nps].se);
  if (!detail::nobody_moves(experiment, i)) return;  // who belongs to a persona is not the same in both
  for (std::uint32_t p = 0; p < atlas.personas.size(); ++p) {
    std::vector<Part> one = alone(parts, p, tallies.agents);
    if (!one.empty()) improve(PartFigures(std::move(one)), atlas, Form::difference, figures.personas[p]);
  }
}

std::vector<Figure> controlled_first_changes(const Experiment& experiment, const engine::Tallies& tallies,
                                             std::size_t i) {
  std::vector<Figure> list(experiment.atlas().layout.node_count() + 1);
  const std::vector<Part> merged = detail::merged(detail::parts_of_pair(experiment, tallies, i), tallies.agents);
  if (merged.empty()) return list;
  const PartFigures all(merged);
  for (std::size_t node = 0; node < list.size(); ++node) {
    put(all.of_first_change(node), Better::neutral, Form::level, list[node]);
  }
  return list;
}

Figure controlled_nps(const Experiment& experiment, const engine::Tallies& tallies,
                      std::optional<std::size_t> scenario) {
  Figure figure;
  const std::vector<Part> merged = detail::merged(
      scenario ? detail::parts_of_pair(experiment, tallies, *scenario) : detail::parts_of_case(experiment, tallies, 0),
      tallies.agents);
  if (!merged.empty()) {
    put(PartFigures(merged).of_score(score::nps, kPerNano, Shape::real), Better::more, Form::level, figure);
  }
  return figure;
}

}  // namespace sojourn::models
