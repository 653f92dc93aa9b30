#include "models/calibrate/replay.h"

#include "engine/base/contract.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace sojourn::models {
namespace {

bool is_open(const EdgeRow& edge, std::uint64_t goals, std::uint64_t pains) {
  return (edge.if_goals & ~goals) == 0 && (edge.if_pains & ~pains) == 0 && (edge.unless_goals & goals) == 0 &&
         (edge.unless_pains & pains) == 0;
}

constexpr double kLargestPower = 340;  // e to it, squared, is still finite

bool inside(double points) { return points > 0 && points < 10; }

template <class Body>
void each_bit(std::uint64_t bits, const Body& body) {
  for (; bits != 0; bits &= bits - 1) body(static_cast<std::uint32_t>(std::countr_zero(bits)));
}

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
      answers_.push_back(
          {site, k + 1, false, satisfaction_after(k + 1, visit.open, visit.goals, false), log_weight, 0});
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
  if (end != kNoSite) {
    const double satisfaction = satisfaction_after(visits.size(), journey.open, journey.goals, true);
    answers_.push_back({end, static_cast<std::uint32_t>(visits.size()), true, satisfaction, log_weight, 0});
  }
  return answers_;
}

void Replay::add(const Answer& answer, SiteSums& sums) const {
  const Odds odds = this->odds(answer.satisfaction);
  const double weight = answer.weight();
  for (std::size_t k = 0; k < kAnswers; ++k) sums[k] += weight * odds.p[k];
  sums[kAnswers] += weight;
}

template <std::size_t K>
class Replay::Sweep {
 public:
  Sweep(Replay& replay, const BankJourney& journey, std::span<const BankVisit> visits, std::span<Column<K>> gradient)
      : r_(replay),
        v_(replay.v_),
        plan_(replay.plan_),
        journey_(journey),
        visits_(visits),
        gradient_(gradient),
        peaks_(peaks_of(replay)) {
    peaks_.assign(visits.size(), Column<K>{});
  }

  /// Answers in reverse order: `adjoint(answer)` gives what is done with each.
  template <class Adjoint>
  void run(std::span<const Answer> answers, const Adjoint& adjoint) {
    std::size_t left = answers.size();
    if (left > 0 && answers[left - 1].at_end) {
      answer(answers[left - 1], adjoint(answers[left - 1]));
      --left;
    }
    // What is behind the last answer that is looked at moves nothing.
    const bool at_end = left < answers.size();
    const auto last = at_end ? visits_.size() : left > 0 ? answers[left - 1].after : 0;
    for (std::size_t k = last; k-- > 0;) {
      const BankVisit& visit = visits_[k];
      if (!visit.given_up && journey_.own_site == kNoSite && (at_end || k + 1 < last)) decisions(visit, k);
      if (left > 0 && answers[left - 1].after == k + 1) {
        answer(answers[left - 1], adjoint(answers[left - 1]));
        --left;
      }
      moment(visit, k);
    }
    beginning();
  }

 private:
  static std::vector<Column<K>>& peaks_of(Replay& replay) {
    if constexpr (K == 1) {
      return replay.peaks_of_one_;
    } else {
      return replay.peaks_of_all_;
    }
  }
  void add(std::uint32_t number, const Column<K>& column, double factor) {
    const std::uint32_t place = r_.moves_[number];
    if (place == kFixed) return;
    Column<K>& to = gradient_[place];
    for (std::size_t c = 0; c < K; ++c) to[c] += factor * column[c];
  }
  static void add_to(Column<K>& to, const Column<K>& column, double factor) {
    for (std::size_t c = 0; c < K; ++c) to[c] += factor * column[c];
  }

  void answer(const Answer& answer, const AnswerAdjoint<K>& adjoint) {
    add_to(log_weight_, adjoint.log_weight, 1);
    add(NumberPlan::bias, adjoint.shift, 1);
    add(NumberPlan::spread, adjoint.spread, 1);
    for (std::uint32_t k = 0; k < 10; ++k) add(NumberPlan::thresholds + k, adjoint.thresholds[k], 1);
    const Column<K>& overall = adjoint.shift;
    if (answer.after == 0) return add(NumberPlan::anchor, overall, inside(answer.satisfaction) ? 1 : 0);
    if (!inside(answer.satisfaction)) return;
    const Step& step = r_.steps_[answer.after - 1];
    if (answer.at_end) {
      for (std::uint32_t goal = 0; goal < r_.rows_.goal_importance.size(); ++goal) {
        if ((journey_.goals >> goal & 1) == 0) add(plan_.goals + goal, overall, -1);
      }
    }
    each_bit(answer.at_end ? journey_.open : visits_[answer.after - 1].open,
             [&](std::uint32_t pain) { add(plan_.lingering + pain, overall, -1); });
    add(NumberPlan::effort_weight, overall, -step.effort);
    add_to(effort_, overall, -v_[NumberPlan::effort_weight]);
    const double total = r_.remembered_after(step);
    const double raw = v_[NumberPlan::memory_peak] + v_[NumberPlan::memory_end] + v_[NumberPlan::memory_mean];
    const double mean = step.weight > 0 ? step.weighted / step.weight : v_[NumberPlan::anchor];
    const Peak peak = r_.peak_of(step);
    add(NumberPlan::memory_peak, overall, (peak.value - total) / raw);
    add(NumberPlan::memory_end, overall, (step.satisfaction - total) / raw);
    add(NumberPlan::memory_mean, overall, (mean - total) / raw);
    add_to(peaks_[step.top], overall, r_.memory_peak_ * peak.by_top);
    add_to(peaks_[step.bottom], overall, r_.memory_peak_ * peak.by_bottom);
    add(NumberPlan::anchor, overall, r_.memory_peak_ * peak.by_anchor);
    add_to(peaks_[answer.after - 1], overall, r_.memory_end_);
    if (step.weight > 0) {
      add_to(mean_, overall, r_.memory_mean_ / step.weight);
      add_to(mean_of_means_, overall, r_.memory_mean_ * mean / step.weight);
    } else {
      add(NumberPlan::anchor, overall, r_.memory_mean_);
    }
  }

  /// Goals, and where next.
  void decisions(const BankVisit& visit, std::size_t k) {
    const WayRow& way = r_.rows_.ways[visit.way];
    if (r_.way_chances_[visit.way]) {
      const std::uint32_t first = plan_.fulfilments + way.fulfilments.first;
      each_bit(visit.offered, [&](std::uint32_t i) { chance(first + i, (visit.given >> i & 1) != 0); });
    }
    if (!r_.way_choice_[visit.way]) return;
    const double mood = mood_after(k) - v_[NumberPlan::anchor];
    r_.log_choice(visit, mood);
    double taken = 0;
    double mean_pull = 0;
    double taken_pull = 0;
    for (const auto& [row, chance] : r_.open_edges_) {
      const double pull = v_[plan_.edge(row, NumberPlan::mood)];
      mean_pull += chance * pull;
      if (r_.rows_.edges[row].to != visit.to) continue;
      taken += chance;
      taken_pull += chance * pull;
    }
    for (const auto& [row, chance] : r_.open_edges_) {
      const double score = (r_.rows_.edges[row].to == visit.to ? chance / taken : 0.0) - chance;
      add(plan_.edge(row, NumberPlan::weight), log_weight_, score / v_[plan_.edge(row, NumberPlan::weight)]);
      add(plan_.edge(row, NumberPlan::mood), log_weight_, score * mood);
    }
    const double pull = taken_pull / taken - mean_pull;
    add_to(mood_, log_weight_, pull);
    add(NumberPlan::anchor, log_weight_, -pull);
  }

  double mood_after(std::size_t k) const {
    const Step& step = r_.steps_[k];
    const double importance = v_[plan_.importance + visits_[k].node];
    return step.mood + std::min(1.0, v_[NumberPlan::reactivity] * importance) * (step.satisfaction - step.mood);
  }

  void chance(std::uint32_t number, bool occurred) {
    add(number, log_weight_, occurred ? 1 / v_[number] : -1 / (1 - v_[number]));
  }

  /// Steps 8 to 2 of a visit, backwards.
  void moment(const BankVisit& visit, std::size_t k) {
    const Step& step = r_.steps_[k];
    const WayRow& way = r_.rows_.ways[visit.way];
    const std::uint32_t importance_at = plan_.importance + visit.node;
    const double importance = v_[importance_at];
    add(plan_.way(visit.way, NumberPlan::effort), effort_, 1);
    Column<K> moment = peaks_[k];
    add_to(moment, mean_, importance);
    add(importance_at, mean_, step.satisfaction);
    add(importance_at, mean_of_means_, -1);
    // 7. s' = s + r (m - s), r = min(1, reactivity * importance).
    const double rate = v_[NumberPlan::reactivity] * importance;
    add_to(moment, mood_, std::min(1.0, rate));
    if (rate < 1) {
      add(NumberPlan::reactivity, mood_, importance * (step.satisfaction - step.mood));
      add(importance_at, mood_, v_[NumberPlan::reactivity] * (step.satisfaction - step.mood));
    }
    for (double& m : mood_) m *= 1 - std::min(1.0, rate);
    // 6. e' = e + K (q - e).
    Column<K> experience{};
    add_to(experience, expectation_, v_[NumberPlan::learning]);
    add(NumberPlan::learning, expectation_, step.disconfirmation);
    for (double& e : expectation_) e *= 1 - v_[NumberPlan::learning];
    // 5. m = A + a (q - A) + b g, clamped; g = q - e, or lambda times that below 0.
    if (inside(step.raw)) {
      const double slope = step.disconfirmation >= 0 ? 1 : v_[NumberPlan::loss_aversion];
      const double b = v_[NumberPlan::disconfirmation_weight];
      add_to(experience, moment, v_[NumberPlan::performance_weight] + b * slope);
      add_to(expectation_, moment, -b * slope);
      add(NumberPlan::anchor, moment, 1 - v_[NumberPlan::performance_weight]);
      add(NumberPlan::performance_weight, moment, step.experience - v_[NumberPlan::anchor]);
      add(NumberPlan::disconfirmation_weight, moment, slope * step.disconfirmation);
      if (step.disconfirmation < 0) add(NumberPlan::loss_aversion, moment, b * step.disconfirmation);
    }
    if (r_.way_share_[visit.way] && journey_.own_site == kNoSite) share(visit);
    if (visit.given_up || visit.rated) return;
    performance(visit, way, step, experience);
    if (r_.way_chances_[visit.way]) {
      for (std::uint32_t i = 0; i < way.pains.count; ++i) {
        const std::uint32_t row = way.pains.first + i;
        if (r_.rows_.pains[row].after_ms == PainRow::kNever)
          chance(plan_.pain(row, NumberPlan::probability), (visit.pains >> i & 1) != 0);
      }
      each_bit(visit.tried, [&](std::uint32_t i) {
        chance(plan_.resolution(way.resolutions.first + i, NumberPlan::closing), (visit.closed >> i & 1) != 0);
      });
    }
  }

  /// 4, 3, 2: lifts and pains, each clamped, and what was drawn.
  void performance(const BankVisit& visit, const WayRow& way, const Step& step, const Column<K>& experience) {
    if (step.lifted >= 10) return;
    each_bit(visit.closed, [&](std::uint32_t i) {
      add(plan_.resolution(way.resolutions.first + i, NumberPlan::lift), experience, 1);
    });
    if (step.left <= 0) return;
    each_bit(visit.pains, [&](std::uint32_t i) {
      const std::uint32_t severity = plan_.pain(way.pains.first + i, NumberPlan::severity);
      const std::uint32_t sensitivity = plan_.pain(way.pains.first + i, NumberPlan::sensitivity);
      add(severity, experience, -v_[sensitivity]);
      add(sensitivity, experience, -v_[severity]);
    });
    const std::uint32_t first = plan_.way(visit.way, NumberPlan::experience);
    for (std::uint32_t i = 0; i < 3; ++i) add(first + i, experience, step.by_draw[i]);
  }

  void share(const BankVisit& visit) {
    const Slice& ways = r_.rows_.stops[visit.node].ways;
    double total = 0;
    const auto weight = [&](std::uint32_t w) {
      return v_[plan_.way(w, NumberPlan::share)] * v_[plan_.way(w, NumberPlan::affinity)];
    };
    for (std::uint32_t w = ways.first; w < ways.first + ways.count; ++w) total += weight(w);
    for (std::uint32_t w = ways.first; w < ways.first + ways.count; ++w) {
      const double score = (w == visit.way ? 1.0 : 0.0) - weight(w) / total;
      for (const std::uint32_t which : {NumberPlan::share, NumberPlan::affinity}) {
        add(plan_.way(w, which), log_weight_, score / v_[plan_.way(w, which)]);
      }
    }
  }

  void beginning() {
    add(NumberPlan::anchor, mood_, 1);
    for (std::uint32_t i = 0; i < 3; ++i) add(NumberPlan::expectation + i, expectation_, r_.expectation_slopes_[i]);
    if (!r_.start_moves_) return;
    double total = 0;
    for (std::uint32_t i = 0; i < r_.rows_.start.size(); ++i) total += v_[plan_.start + i];
    for (std::uint32_t i = 0; i < r_.rows_.start.size(); ++i) {
      add(plan_.start + i, log_weight_, (i == journey_.start ? 1 / v_[plan_.start + i] : 0.0) - 1 / total);
    }
  }

  Replay& r_;
  const double* v_;
  const NumberPlan& plan_;
  const BankJourney& journey_;
  std::span<const BankVisit> visits_;
  std::span<Column<K>> gradient_;
  // Adjoints of what is carried along, of all answers behind.
  Column<K> log_weight_{}, mood_{}, expectation_{}, effort_{}, mean_{}, mean_of_means_{};
  std::vector<Column<K>>& peaks_;  // [visit] of the moment as a peak or an end
};

void Replay::backward(const BankJourney& journey, std::span<const BankVisit> visits, std::span<const SiteSums> adjoints,
                      std::span<std::array<double, 1>> gradient) {
  const auto adjoint = [&](const Answer& answer) {
    const Shares list = shares(answer.satisfaction);
    const SiteSums& to = adjoints[answer.site];
    const double weight = answer.weight();
    AnswerAdjoint<1> result;
    double sum = to[kAnswers];
    for (std::size_t k = 0; k < kAnswers; ++k) {
      sum += to[k] * list.p[k];
      result.shift[0] += weight * to[k] * list.by_shift[k];
      result.spread[0] += weight * to[k] * list.by_spread[k];
      if (k < 10) result.thresholds[k][0] = weight * (to[k] - to[k + 1]) * list.density[k];
    }
    result.log_weight[0] = weight * sum;
    return result;
  };
  Sweep<1>(*this, journey, visits, gradient).run(answers_, adjoint);
}

void Replay::backward(const BankJourney& journey, std::span<const BankVisit> visits, const Answer& answer,
                      std::span<SiteSums> gradient) {
  const auto adjoint = [&](const Answer& one) {
    const Shares list = shares(one.satisfaction);
    const double weight = one.weight();
    AnswerAdjoint<kSiteColumns> result;
    for (std::size_t k = 0; k < kAnswers; ++k) {
      result.log_weight[k] = weight * list.p[k];
      result.shift[k] = weight * list.by_shift[k];
      result.spread[k] = weight * list.by_spread[k];
      if (k == 10) continue;
      result.thresholds[k][k] = weight * list.density[k];
      result.thresholds[k][k + 1] = -weight * list.density[k];
    }
    result.log_weight[kAnswers] = weight;
    return result;
  };
  Sweep<kSiteColumns>(*this, journey, visits, gradient).run(std::span(&answer, 1), adjoint);
}

}  // namespace sojourn::models
