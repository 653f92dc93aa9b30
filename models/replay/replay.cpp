#include "models/replay/replay.h"

#include "engine/base/contract.h"
#include "models/replay/detail/bits.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace sojourn::models {
namespace {

bool is_open(const EdgeRow& edge, std::uint64_t goals, std::uint64_t pains) {
  return (edge.if_goals & ~goals) == 0 && (edge.if_pains & ~pains) == 0 && (edge.unless_goals & goals) == 0 &&
         (edge.unless_pains & pains) == 0;
}

constexpr double kLargestPower = 340;  // e to it, squared, is still finite

}  // namespace

const BetaRow* Replay::beta_of(std::size_t place) const { return betas_[place] ? &*betas_[place] : nullptr; }

double Replay::Answer::weight() const {
  return log_weight == log_weight_then ? 1.0 : engine::exp(log_weight - log_weight_then);
}

Replay::Replay(const JourneyTables& tables, std::uint32_t group, const PersonaNumbers& numbers,
               const AnswerSites& sites, std::span<const std::uint32_t> places, double peak_width)
    : tables_(tables),
      rows_(tables.personas[group]),
      numbers_(numbers),
      plan_(numbers.plan),
      sites_(sites),
      moves_(places),
      peak_width_(peak_width) {
  way_chances_.assign(rows_.ways.size(), 0);
  way_choice_.assign(rows_.ways.size(), 0);
  way_share_.assign(rows_.ways.size(), 0);
  for (std::uint32_t w = 0; w < rows_.ways.size(); ++w) {
    const WayRow& way = rows_.ways[w];
    for (std::uint32_t i = way.pains.first; i < way.pains.first + way.pains.count; ++i) {
      way_chances_[w] |= moves(plan_.pain(i, NumberPlan::probability));
    }
    for (std::uint32_t i = way.resolutions.first; i < way.resolutions.first + way.resolutions.count; ++i) {
      way_chances_[w] |= moves(plan_.resolution(i, NumberPlan::closing));
    }
    for (std::uint32_t i = way.fulfilments.first; i < way.fulfilments.first + way.fulfilments.count; ++i) {
      way_chances_[w] |= moves(plan_.fulfilments + i);
    }
    if (way.edges.count > 1) {
      for (std::uint32_t i = way.edges.first; i < way.edges.first + way.edges.count; ++i) {
        // A choice that heeds the mood hangs on everything that makes the mood.
        way_choice_[w] |= moves(plan_.edge(i, NumberPlan::weight)) || moves(plan_.edge(i, NumberPlan::mood)) ||
                          numbers.values[plan_.edge(i, NumberPlan::mood)] != 0;
      }
    }
  }
  for (const StopRow& stop : rows_.stops) {
    bool any = false;
    for (std::uint32_t w = stop.ways.first; w < stop.ways.first + stop.ways.count; ++w) {
      any = any || moves(plan_.way(w, NumberPlan::share)) || moves(plan_.way(w, NumberPlan::affinity));
    }
    for (std::uint32_t w = stop.ways.first; w < stop.ways.first + stop.ways.count; ++w)
      way_share_[w] = any && stop.ways.count > 1;
  }
  for (std::uint32_t i = 0; i < plan_.count; ++i) {
    const bool of_answer = i == NumberPlan::bias || i == NumberPlan::spread ||
                           (i >= NumberPlan::thresholds && i < NumberPlan::thresholds + 10);
    only_answers_move_ = only_answers_move_ && (of_answer || !moves(i));
  }
  for (std::uint32_t i = 0; i < 3; ++i) expectation_moves_ = expectation_moves_ || moves(NumberPlan::expectation + i);
  for (std::uint32_t i = 0; i < rows_.start.size(); ++i) start_moves_ = start_moves_ || moves(plan_.start + i);
}

void Replay::set(std::span<const double> numbers, std::span<const std::optional<BetaRow>> betas) {
  betas_ = betas;
  v_ = numbers.data();
  const double total = v_[NumberPlan::memory_peak] + v_[NumberPlan::memory_end] + v_[NumberPlan::memory_mean];
  memory_peak_ = v_[NumberPlan::memory_peak] / total;
  memory_end_ = v_[NumberPlan::memory_end] / total;
  memory_mean_ = v_[NumberPlan::memory_mean] / total;
  const double spread = v_[NumberPlan::spread];
  double farthest = 5;
  for (std::size_t k = 0; k < 10; ++k)
    farthest = std::max(farthest, std::abs(v_[NumberPlan::thresholds + k] - v_[NumberPlan::bias] - 5));
  steep_ = farthest > kLargestPower * spread;
  for (std::size_t k = 0; k < 10; ++k) {
    const double z = (v_[NumberPlan::thresholds + k] - v_[NumberPlan::bias] - 5) / spread;
    const double gap = k == 0 ? 0 : v_[NumberPlan::thresholds + k] - v_[NumberPlan::thresholds + k - 1];
    powers_[k] = steep_ ? z : engine::exp(-z);
    power_gaps_[k] = 1 - engine::exp(std::max(-gap / spread, -kLargestPower));
  }
}

/// With x_k = e^((S + bias - t_k) / spread): P(Y <= k) = C_k = 1 / (1 + x_k), and P(Y = k) = C_k - C_k-1 = (x_k-1 - x_k) C_k C_k-1, which keeps its
/// digits however small it is. Where the spread is not tiny, one exponential serves all ten.
Replay::Odds Replay::odds(double satisfaction) const {
  Odds to;
  const double raised = (satisfaction - 5) / v_[NumberPlan::spread];
  const double power = steep_ ? 0 : engine::exp(raised);
  for (std::size_t k = 0; k < 10; ++k) {
    to.x[k] = steep_ ? engine::exp(std::clamp(raised - powers_[k], -2 * kLargestPower, 2 * kLargestPower))
                     : power * powers_[k];
    to.at_most[k] = 1 / (1 + to.x[k]);
    to.p[k] = k == 0 ? to.at_most[0] : to.x[k - 1] * power_gaps_[k] * to.at_most[k] * to.at_most[k - 1];
  }
  to.p[10] = to.x[9] * to.at_most[9];
  return to;
}

/// d log P(Y = k) / dS = (C_k + C_k-1 - 1) / spread.
Replay::Shares Replay::shares(double satisfaction) const {
  const Odds odds = this->odds(satisfaction);
  const double spread = v_[NumberPlan::spread];
  Shares to;
  to.p = odds.p;
  double z_below = 0;  // what P(Y <= k - 1) is the logistic function of
  for (std::size_t k = 0; k < 10; ++k) {
    const double z = (v_[NumberPlan::thresholds + k] - v_[NumberPlan::bias] - satisfaction) / spread;
    to.density[k] = odds.x[k] * odds.at_most[k] * odds.at_most[k] / spread;
    to.by_shift[k] = k == 0 ? -to.density[0] : to.p[k] * (odds.at_most[k] + odds.at_most[k - 1] - 1) / spread;
    to.by_spread[k] = k == 0 ? -to.density[0] * z : to.by_shift[k] * z_below - to.density[k] * (z - z_below);
    z_below = z;
  }
  to.by_shift[10] = to.density[9];
  to.by_spread[10] = to.density[9] * z_below;
  return to;
}

void Replay::draw(Distribution::Family family, std::uint32_t first, double u, double z, const BetaRow* beta,
                  double& value, double* slopes) const {
  using Family = Distribution::Family;
  const double a = v_[first];
  const double b = v_[first + 1];
  slopes[0] = 1;
  slopes[1] = slopes[2] = 0;
  switch (family) {
    case Family::constant: value = a; break;
    case Family::normal:
      value = a + b * z;
      slopes[1] = z;
      break;
    case Family::lognormal:
      slopes[0] = engine::exp(b * z);
      value = a * slopes[0];
      slopes[1] = value * z;
      break;
    case Family::exponential:
      slopes[0] = -engine::log(1 - u);
      value = a * slopes[0];
      break;
    case Family::uniform:
      value = a + (b - a) * u;
      slopes[0] = 1 - u;
      slopes[1] = u;
      break;
    default: {
      SOJOURN_EXPECT(beta != nullptr, "numbers.cpp lets nothing else move");
      const BetaRow::Draw draw = beta->draw(z);
      value = draw.value;
      slopes[0] = draw.by_mean;
    }
  }
}

void Replay::experience(const BankVisit& visit, Step& step) const {
  std::fill_n(step.by_draw, 3, 0.0);
  step.left = step.lifted = step.experience = 0;
  if (visit.given_up) return;
  if (visit.rated) {
    step.experience = visit.drawn;
    return;
  }
  double drawn = visit.drawn;
  const std::uint32_t first = plan_.way(visit.way, NumberPlan::experience);
  if (moves(first) || moves(first + 1) || moves(first + 2)) {
    draw(numbers_.experience[visit.way], first, visit.u, visit.z, beta_of(visit.way), drawn, step.by_draw);
    if (!inside(drawn)) std::fill_n(step.by_draw, 3, 0.0);
    drawn = clamp_points(drawn);
  }
  const WayRow& way = rows_.ways[visit.way];
  step.left = drawn;
  each_bit(visit.pains, [&](std::uint32_t i) {
    const std::uint32_t row = way.pains.first + i;
    step.left -= v_[plan_.pain(row, NumberPlan::severity)] * v_[plan_.pain(row, NumberPlan::sensitivity)];
  });
  step.lifted = std::max(step.left, 0.0);
  each_bit(visit.closed,
           [&](std::uint32_t i) { step.lifted += v_[plan_.resolution(way.resolutions.first + i, NumberPlan::lift)]; });
  step.experience = std::min(step.lifted, 10.0);
}

/// Of pains and recoveries; those of goals come with the choice, behind the answer of the touchpoint.
double Replay::log_chances(const BankVisit& visit) const {
  const WayRow& way = rows_.ways[visit.way];
  double sum = 0;
  const auto add = [&](std::uint32_t number, bool occurred) {
    if (moves(number)) sum += engine::log(occurred ? v_[number] : 1 - v_[number]);
  };
  for (std::uint32_t i = 0; i < way.pains.count; ++i) {
    const std::uint32_t row = way.pains.first + i;
    if (rows_.pains[row].after_ms == PainRow::kNever)
      add(plan_.pain(row, NumberPlan::probability), (visit.pains >> i & 1) != 0);
  }
  each_bit(visit.tried, [&](std::uint32_t i) {
    add(plan_.resolution(way.resolutions.first + i, NumberPlan::closing), (visit.closed >> i & 1) != 0);
  });
  return sum;
}

double Replay::log_choice(const BankVisit& visit, double mood) {
  const WayRow& way = rows_.ways[visit.way];
  open_edges_.clear();
  double largest = -std::numeric_limits<double>::infinity();
  for (std::uint32_t i = way.edges.first; i < way.edges.first + way.edges.count; ++i) {
    if (!is_open(rows_.edges[i], visit.goals, visit.open)) continue;
    const double exponent = v_[plan_.edge(i, NumberPlan::mood)] * mood;
    open_edges_.emplace_back(i, exponent);
    largest = std::max(largest, exponent);
  }
  double total = 0;
  double taken = 0;
  for (auto& [row, chance] : open_edges_) {
    chance = v_[plan_.edge(row, NumberPlan::weight)] * (chance == largest ? 1.0 : engine::exp(chance - largest));
    total += chance;
    if (rows_.edges[row].to == visit.to) taken += chance;
  }
  for (auto& [row, chance] : open_edges_) chance /= total;
  return engine::log(taken / total);
}

double Replay::log_share(const BankVisit& visit) const {
  const Slice& ways = rows_.stops[visit.node].ways;
  double total = 0;
  double own = 0;
  for (std::uint32_t w = ways.first; w < ways.first + ways.count; ++w) {
    const double weight = v_[plan_.way(w, NumberPlan::share)] * v_[plan_.way(w, NumberPlan::affinity)];
    total += weight;
    if (w == visit.way) own = weight;
  }
  return engine::log(own / total);
}

Replay::Peak Replay::peak_of(const Step& step) const {
  const double anchor = v_[NumberPlan::anchor];
  const double above = steps_[step.top].satisfaction - anchor;
  const double below = anchor - steps_[step.bottom].satisfaction;
  const double lead = above - below;
  if (lead >= peak_width_ && (lead > 0 || step.top <= step.bottom)) return {anchor + above, 1, 0, 0};
  if (lead <= -peak_width_) return {anchor - below, 0, 1, 0};
  const double t = 0.5 * (lead / peak_width_ + 1);
  const double share = t * t * (3 - 2 * t);
  const double jump = 3 * t * (1 - t) / peak_width_ * (above + below);
  return {anchor + share * above - (1 - share) * below, share + jump, 1 - share + jump, -2 * jump};
}

double Replay::remembered_after(const Step& step) const {
  const double mean = step.weight > 0 ? step.weighted / step.weight : v_[NumberPlan::anchor];
  return memory_peak_ * peak_of(step).value + memory_end_ * step.satisfaction + memory_mean_ * mean;
}

double Replay::satisfaction_after(std::size_t visits, std::uint64_t open, std::uint64_t goals, bool at_end) const {
  if (visits == 0) return clamp_points(v_[NumberPlan::anchor]);
  const Step& step = steps_[visits - 1];
  double overall = remembered_after(step) - v_[NumberPlan::effort_weight] * step.effort;
  if (at_end) {
    for (std::uint32_t goal = 0; goal < rows_.goal_importance.size(); ++goal) {
      if ((goals >> goal & 1) == 0) overall -= v_[plan_.goals + goal];
    }
  }
  each_bit(open, [&](std::uint32_t pain) { overall -= v_[plan_.lingering + pain]; });
  return clamp_points(overall);
}

std::span<Replay::Answer> Replay::forward(const BankJourney& journey, std::span<const BankVisit> visits) {
  steps_.resize(visits.size());
  answers_.clear();
  const double anchor = v_[NumberPlan::anchor];
  double log_weight = 0;
  if (start_moves_) {
    double total = 0;
    for (std::uint32_t i = 0; i < rows_.start.size(); ++i) total += v_[plan_.start + i];
    log_weight += engine::log(v_[plan_.start + journey.start] / total);
  }
  double mood = anchor;
  double expectation = journey.expectation;
  if (expectation_moves_)
    draw(numbers_.expectation, NumberPlan::expectation, journey.u_expectation, journey.z_expectation,
         beta_of(betas_.size() - 1), expectation, expectation_slopes_);
  double weight = 0;
  double weighted = 0;
  double effort = 0;
  std::uint32_t top = 0;
  std::uint32_t bottom = 0;
  for (std::uint32_t k = 0; k < visits.size(); ++k) {
    const BankVisit& visit = visits[k];
    Step& step = steps_[k];
    step.mood = mood;
    step.expectation = expectation;
    if (way_share_[visit.way] && journey.own_site == kNoSite) log_weight += log_share(visit);
    experience(visit, step);
    if (way_chances_[visit.way] && !visit.given_up && !visit.rated) log_weight += log_chances(visit);
    step.disconfirmation = step.experience - expectation;
    const double weighed =
        step.disconfirmation >= 0 ? step.disconfirmation : v_[NumberPlan::loss_aversion] * step.disconfirmation;
    step.raw = anchor + v_[NumberPlan::performance_weight] * (step.experience - anchor) +
               v_[NumberPlan::disconfirmation_weight] * weighed;
    step.satisfaction = clamp_points(step.raw);
    expectation += v_[NumberPlan::learning] * step.disconfirmation;
    const double importance = v_[plan_.importance + visit.node];
    mood += std::min(1.0, v_[NumberPlan::reactivity] * importance) * (step.satisfaction - mood);
    weight += importance;
    weighted += importance * step.satisfaction;
    if (step.satisfaction > steps_[top].satisfaction) top = k;
    if (step.satisfaction < steps_[bottom].satisfaction) bottom = k;
    effort += v_[plan_.way(visit.way, NumberPlan::effort)];
    step.top = top;
    step.bottom = bottom;
    step.weight = weight;
    step.weighted = weighted;
    step.effort = effort;
    const std::uint32_t site = journey.own_site == kNoSite ? sites_.after[visit.node] : kNoSite;
    if (site != kNoSite) {
      answers_.push_back({site + visit.path_class, k + 1, false,
                          satisfaction_after(k + 1, visit.open, visit.goals, false), log_weight, 0});
    }
    if (visit.given_up || journey.own_site != kNoSite) continue;
    if (way_chances_[visit.way]) {
      const std::uint32_t first = plan_.fulfilments + rows_.ways[visit.way].fulfilments.first;
      each_bit(visit.offered, [&](std::uint32_t i) {
        if (moves(first + i))
          log_weight += engine::log((visit.given >> i & 1) != 0 ? v_[first + i] : 1 - v_[first + i]);
      });
    }
    if (way_choice_[visit.way]) log_weight += log_choice(visit, mood - anchor);
  }
  const std::uint32_t end = journey.own_site == kNoSite ? sites_.end : journey.own_site;
  if (end != kNoSite) {  // of an own path the class is 0
    const double satisfaction = satisfaction_after(visits.size(), journey.open, journey.goals, true);
    answers_.push_back(
        {end + journey.path_class, static_cast<std::uint32_t>(visits.size()), true, satisfaction, log_weight, 0});
  }
  return answers_;
}

void Replay::add(const Answer& answer, SiteSums& sums) const {
  const Odds odds = this->odds(answer.satisfaction);
  const double weight = answer.weight();
  for (std::size_t k = 0; k < kAnswers; ++k) sums[k] += weight * odds.p[k];
  sums[kAnswers] += weight;
}

}  // namespace sojourn::models
